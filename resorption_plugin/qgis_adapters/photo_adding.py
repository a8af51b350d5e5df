"""Adds photos to the records of a workspace: the files to its folder, the rows to its table. Runs in a task."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from qgis.PyQt.QtGui import QImage

from ..core import geo
from ..core.errors import ImportFileError
from ..core.nearby import Neighbour, nearest
from ..core.photos import TARGETS, Exif, photo_values
from ..core.ports import ChangeSet, Clock, Feedback, stop_if_cancelled
from ..core.records import Record
from ..geopackage.photo_folder import KeptPhoto, PhotoFolder
from ..geopackage.store import GeoPackageStore
from .photo_reading import read_photo, thumbnail

PROPOSED_METRES = 500.0
"""Choice of this plugin: beyond, a photo is not proposed for a record; the officer may still choose it."""

Target = tuple[str, str]
"""A layer and the uid of one of its records."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file the officer chose: what it tells, what it is likely to show, or why it is refused."""

    path: Path
    exif: Exif = field(default_factory=Exif)
    proposed: Neighbour | None = None
    refusal: ImportFileError | None = None
    thumbnail: QImage | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A photo to add to a record."""

    path: Path
    exif: Exif
    target: Target


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the photos."""

    added: int
    known: int
    """Photos that the record had already."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The files looked at, and the records they may be added to."""

    photos: Sequence[LookedAt]
    records: Sequence[Record]


def look_at(workspace: Path, files: Iterable[Path], clock: Clock, feedback: Feedback) -> Inspection:
    """Read files and propose for each the nearest site or water point; a file that is refused says why."""
    with GeoPackageStore.open(workspace, read_only=True) as store:
        records = [record for key in TARGETS for record in store.read([key], feedback).layer(key)]
        epsg = int(store.meta("metric_epsg") or geo.METROPOLE_EPSG)
    chosen = list(files)
    looked: list[LookedAt] = []
    for done, path in enumerate(chosen, start=1):
        stop_if_cancelled(feedback)
        looked.append(_look_at(path, records, epsg, clock))
        feedback.progress(done / len(chosen))
    return Inspection(looked, records)


def _look_at(path: Path, records: Sequence[Record], epsg: int, clock: Clock) -> LookedAt:
    try:
        exif = read_photo(path, clock.now())
    except ImportFileError as error:
        return LookedAt(path, refusal=error)
    place = exif.place
    found = nearest(shapely.Point(place), records, PROPOSED_METRES, epsg) if place else None
    return LookedAt(path, exif, found, thumbnail=thumbnail(path))


def add_photos(workspace: Path, wishes: Sequence[Wish], by: str, clock: Clock, feedback: Feedback) -> Added:
    """Copy the files into the folder of photos and write their rows, all in one transaction.

    Raises ``ImportFileError``, ``WorkspaceError`` or ``Cancelled``; no row and no new file is left then.
    """
    folder, kept = PhotoFolder(workspace), []
    with GeoPackageStore.open(workspace) as store:
        there = {_identity(record.values) for record in store.read(["photo"]).layer("photo")}
        rows: list[Record] = []
        try:
            for done, wish in enumerate(wishes, start=1):
                photo = folder.keep(wish.path, feedback)
                kept.append(photo)
                values = _values(photo, wish, by, clock)
                if _identity(values) not in there:
                    there.add(_identity(values))
                    rows.append(Record("photo", str(uuid.uuid4()), values))
                feedback.progress(done / len(wishes))
            stop_if_cancelled(feedback)
            store.apply(ChangeSet(insert=rows))
        except BaseException:
            for photo in kept:
                folder.forget(photo)
            raise
    return Added(len(rows), len(wishes) - len(rows))


def _identity(values: Any) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in ("sha256", *TARGETS.values()))


def _values(photo: KeptPhoto, wish: Wish, by: str, clock: Clock) -> dict[str, Any]:
    now = clock.now()
    return {
        **photo_values(wish.exif, wish.target),
        "path": photo.path,
        "sha256": photo.sha256,
        "original_name": photo.original_name,
        "size_bytes": photo.size_bytes,
        "created_at": now,
        "created_by": by,
        "updated_at": now,
        "updated_by": by,
    }
