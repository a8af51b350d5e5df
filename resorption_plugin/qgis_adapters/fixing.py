"""Looks for what can be corrected, and corrects: in the edit buffer of a layer, or two records made one in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from qgis.core import QgsFeatureRequest, QgsGeometry, QgsProject, QgsVectorLayer

from ..core.errors import ResorptionError, WorkspaceError
from ..core.fixes import merge
from ..core.fixes.proposal import Correction
from ..core.fixes.registry import fix_of
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import ChangeSet
from ..core.records import Dataset, Record
from ..geopackage.store import GeoPackageStore
from .checking import territory
from .layers import find_layer
from .translation import language


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, and what belongs to them."""

    kept: Record
    dropped: Record
    data: Dataset

    def steps(self, answers: Mapping[str, Any]) -> list[ChangeSet]:
        """Return what makes them one; raises ``ParameterError``."""
        return merge.merge(self.kept, self.dropped, answers, self.data)


def find_corrections(workspace: Path, findings: Sequence[Record]) -> list[Correction]:
    """Return what the corrections of some findings of one check would change. Runs in a task."""
    found: list[Correction] = []
    with GeoPackageStore.open(workspace, read_only=True) as store:
        for finding in findings:
            fix = fix_of(finding["check_id"])
            for record in store.read_uids(finding["target_layer"], [finding["target_uid"]]) if fix else ():
                correction = fix.propose(record, territory()) if fix else None
                if correction:
                    found.append(correction)
    return found


def find_pair(workspace: Path, finding: Record) -> Pair:
    """Return the two records that a finding is about. Runs in a task; raises ``WorkspaceError`` when one is gone."""
    layer, uids = finding["target_layer"], [finding["target_uid"], *json.loads(finding["related_uids"] or "[]")]
    with GeoPackageStore.open(workspace, read_only=True) as store:
        data = store.read(merge.layers_to_read(layer))
    records = [record for uid in uids if (record := data.get(layer, uid))]
    if len(records) != 2:
        raise WorkspaceError(mark("One of the two records has been deleted since. Run the checks again."))
    kept, dropped = merge.order(*records)
    return Pair(kept, dropped, data)


def write_steps(workspace: Path, steps: Sequence[ChangeSet]) -> None:
    """Write steps in one transaction. Runs in a task; raises ``WorkspaceError``, then nothing is written."""
    with GeoPackageStore.open(workspace) as store:
        store.apply(*steps)


def refuse_unsaved(project: QgsProject, keys: Sequence[str]) -> None:
    """Raise ``WorkspaceError`` when a layer has edits that are not saved: they would be judged or written over."""
    for key in keys:
        layer = find_layer(project, key)
        if layer is not None and layer.isModified():
            raise WorkspaceError(
                mark("The layer “{layer}” has edits that are not saved. Save them or give them up, then try again."),
                layer=catalogue.layer(key).plural.text(language()),
            )


def correct(project: QgsProject, corrections: Sequence[Correction], title: str) -> list[QgsVectorLayer]:
    """Make corrections in the edit buffers, one edit command a layer; return the layers, which are to be saved.

    Raises ``WorkspaceError`` when a layer is not in the project, cannot be edited, or a record is gone: then nothing
    is changed.
    """
    by_layer: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_layer.setdefault(correction.record.layer, []).append(correction)
    layers = {key: _editable(project, key) for key in by_layer}
    for key, layer in layers.items():
        with _command(layer, title):
            for correction in by_layer[key]:
                _change(layer, correction)
    return list(layers.values())


def _editable(project: QgsProject, key: str) -> QgsVectorLayer:
    layer = find_layer(project, key)
    if layer is None or not (layer.isEditable() or layer.startEditing()):
        raise WorkspaceError(
            mark("The layer “{layer}” cannot be edited in this project. Open the workspace's own project."),
            layer=catalogue.layer(key).plural.text(language()),
        )
    return layer


@contextmanager
def _command(layer: QgsVectorLayer, title: str) -> Any:
    layer.beginEditCommand(title)
    try:
        yield
    except ResorptionError:
        layer.destroyEditCommand()
        raise
    layer.endEditCommand()


def _change(layer: QgsVectorLayer, correction: Correction) -> None:
    request = QgsFeatureRequest().setFilterExpression(f"\"uid\" = '{correction.record.uid}'")
    feature = next(iter(layer.getFeatures(request)), None)
    if feature is None:
        raise WorkspaceError(mark("This record has been deleted since. Run the checks again."))
    done = True
    if correction.geometry is not None:
        shape = QgsGeometry()
        shape.fromWkb(shapely.to_wkb(correction.geometry))
        done = layer.changeGeometry(feature.id(), shape)
    values = {layer.fields().indexOf(name): value for name, value in correction.values.items()}
    if not done or (values and not layer.changeAttributeValues(feature.id(), values)):
        raise WorkspaceError(
            mark("QGIS refused the correction in the layer “{layer}”: nothing was changed."), layer=layer.name()
        )
