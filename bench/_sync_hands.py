"""The officer's edits, through QGIS's own layers, and those of another program: the same for each program compared."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bench._sync_world import Wish, Wishes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QGIS_CUSTOM_CONFIG_PATH", tempfile.mkdtemp())

from osgeo import gdal
from qgis.core import NULL, QgsApplication, QgsFeature, QgsFeatureRequest, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

EDITS_A_COMMIT = 500
_KEPT: list[Any] = []
"""QGIS lives as long as the process."""


class CommitError(Exception):
    """QGIS did not save the edits."""


def start_qgis() -> None:
    """Start QGIS without a screen."""
    gdal.UseExceptions()
    if not _KEPT:
        _KEPT.append(QgsApplication([], False))
        QgsApplication.initQgis()


def edit(layers: Mapping[str, QgsVectorLayer], plan: Wishes) -> None:
    """Make the officer's edits in edit sessions of at most 500."""
    for table, layer in layers.items():
        some = [wish for wish in plan.mine if wish.table == table and wish.kind != "other tool"]
        known = _numbers(layer)
        pattern = layer.getFeature(next(iter(known.values())))
        for part in _parts(some):
            layer.startEditing()
            for wish in part:
                _do(layer, wish, known, pattern)
            if not layer.commitChanges(True):
                raise CommitError("; ".join(layer.commitErrors()))


def edit_with_another_tool(path: Path, names: Mapping[str, str], plan: Wishes) -> None:
    """Make the edits of a script of GDAL in the file; ``names`` are those of the tables in it."""
    data = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    for wish in plan.of("other tool"):
        data.ExecuteSQL(
            f"UPDATE \"{names[wish.table]}\" SET \"{wish.field}\" = '{wish.value}' WHERE uid = '{wish.uid}'"  # noqa: S608
        )
    del data


def _numbers(layer: QgsVectorLayer) -> dict[str, int]:
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(["uid"], layer.fields())
    return {str(feature["uid"]).strip("{}"): feature.id() for feature in layer.getFeatures(request)}


def _parts(some: Iterable[Wish]) -> Iterator[list[Wish]]:
    left = iter(some)
    while part := list(islice(left, EDITS_A_COMMIT)):
        yield part


def _do(layer: QgsVectorLayer, wish: Wish, known: Mapping[str, int], pattern: QgsFeature) -> None:
    fields = layer.fields()
    match wish.kind:
        case "delete":
            done = layer.deleteFeature(known[wish.uid])
        case "insert":
            feature = QgsFeature(pattern)
            for key in ("fid", "id"):
                if fields.indexOf(key) >= 0:
                    feature.setAttribute(key, NULL)
            feature.setAttribute("uid", wish.uid)
            feature.setAttribute(wish.field, wish.value)
            done = layer.addFeature(feature)
        case "move":
            shape = QgsGeometry()
            shape.fromWkb(bytes.fromhex(wish.value or ""))
            done = layer.changeGeometry(known[wish.uid], shape)
        case _:
            value = QVariant(QVariant.String) if wish.value is None else wish.value  # what a form of QGIS writes
            done = layer.changeAttributeValue(known[wish.uid], fields.indexOf(wish.field), value)
    if not done:
        raise CommitError(f"QGIS refused {wish}")
