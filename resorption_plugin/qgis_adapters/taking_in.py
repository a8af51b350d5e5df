"""Completes what other programs wrote in a workspace: QField and scripts know neither its communes nor its photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from ..core.errors import ImportFileError, ResorptionError
from ..core.model import catalogue
from ..core.model.fields import Geometry, Origin
from ..core.ports import ChangeSet, Clock, Feedback
from ..core.records import Record
from ..core.water.measuring import has_position
from ..geopackage.photo_folder import KeptPhoto, PhotoFolder
from ..geopackage.store import GeoPackageStore
from ..geopackage.strange_rows import StrangeRows
from .checking import territory
from .photo_reading import read_photo

_PLACE = ("fk_city", "department")
"""A record with neither was never placed: in the form, and in imports, the position fills both."""


def take_in(workspace: Path, clock: Clock, feedback: Feedback) -> list[ResorptionError]:
    """Complete the records and the photos that other programs added; the unsaved edits of a person come before.

    A record without commune takes that of its position. A photo whose row names a file beside the workspace, and no
    content, is copied to the folder of photos; the file it comes from stays, a row without file is left as it is.
    Returns why a file was refused. Raises ``WorkspaceError`` and ``Cancelled``: the rows are then as they were.
    """
    with StrangeRows.open(workspace, read_only=True) as rows:
        unplaced = [row for key in _placed_layers() for row in rows.lacking(key, _PLACE)]
        photos = rows.lacking("photo", ["sha256"])
    refused: list[ResorptionError] = []
    changed = [*_placed(unplaced), *_adopted(workspace, photos, clock, feedback, refused)]
    if changed:
        with GeoPackageStore.open(workspace) as store:
            store.apply(ChangeSet(update=changed))
    return refused


def _placed_layers() -> Iterator[str]:
    """Yield the layers whose records are in the commune of their position."""
    for layer in catalogue.layers():
        columns = {field.name for field in layer.fields if field.origin is Origin.POSITION}
        if layer.geometry is not Geometry.NONE and columns.issuperset(_PLACE):
            yield layer.key


def _placed(records: list[Record]) -> Iterator[Record]:
    for record in records:
        if not has_position(record.geometry):
            continue
        place = shapely.point_on_surface(record.geometry)
        match = territory().commune_at(place.x, place.y)
        if match is not None:
            commune = match.commune
            values = {
                "fk_city": commune.code,
                "commune": commune.name,
                "epci": commune.epci_code or None,
                "department": commune.department.code,
                "commune_distance_m": round(match.distance_m, 1),
            }
            known = catalogue.layer(record.layer).names()
            yield Record(record.layer, record.uid, {name: values[name] for name in values if name in known})


def _adopted(
    workspace: Path, photos: list[Record], clock: Clock, feedback: Feedback, refused: list[ResorptionError]
) -> Iterator[Record]:
    folder = PhotoFolder(workspace)
    for row in photos:
        file = folder.find(str(row["path"]))
        if file is None:
            continue
        try:
            values = _told(file, clock) | _kept(folder.keep(file, feedback))
        except ImportFileError as error:
            refused.append(error)
            continue
        news = {name: value for name, value in values.items() if name == "path" or row[name] is None}
        yield Record("photo", row.uid, news)


def _told(file: Path, clock: Clock) -> dict[str, Any]:
    exif = read_photo(file, clock.now())
    return {"taken_at": exif.taken_at, "exif_latitude": exif.latitude, "exif_longitude": exif.longitude}


def _kept(photo: KeptPhoto) -> dict[str, Any]:
    return {
        "path": photo.path,
        "sha256": photo.sha256,
        "original_name": photo.original_name,
        "size_bytes": photo.size_bytes,
    }
