"""Imports into a workspace: compare first, reading only; write later, in one transaction, what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import paths
from ..core.errors import ResorptionError
from ..core.exchange.preview import Preview, Previewer
from ..core.exchange.readers import LAYER, Reading, RowReader, read_rows
from ..core.exchange.rows import SourceTable
from ..core.exchange.surroundings import Surroundings
from ..core.i18n import mark
from ..core.ports import Clock, Feedback, Part, SystemClock, stop_if_cancelled
from ..core.territory import Territory
from ..geopackage.store import GeoPackageStore
from .table_reader import layers_of, read_points


@dataclass(frozen=True, slots=True)
class Extent:
    """What a workspace covers."""

    departments: tuple[str, ...]
    metric_epsg: int

    @classmethod
    def of(cls, store: GeoPackageStore) -> Extent:
        """Read it from an open workspace; raises ``WorkspaceError``."""
        departments = tuple(filter(None, (store.meta("departments") or "").split(",")))
        return cls(departments, int(store.meta("metric_epsg") or 2154))

    @classmethod
    def of_file(cls, workspace: Path) -> Extent:
        """Read it from a workspace file without writing a byte; raises ``WorkspaceError``."""
        with GeoPackageStore.open(workspace, read_only=True) as store:
            return cls.of(store)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file read, the layers it offers and the one that was read, and what the workspace covers."""

    table: SourceTable
    layers: list[str]
    layer: str
    extent: Extent


def open_file(path: Path, layer: str, workspace: Path, feedback: Feedback) -> OpenedFile:
    """Read a file of water points for a workspace: the ``layer`` named, else the first one.

    Raises ``ImportFileError``, ``WorkspaceError`` and ``Cancelled``.
    """
    extent = Extent.of_file(workspace)
    layers = layers_of(path)
    chosen = layer or (layers[0] if len(layers) > 1 else "")
    return OpenedFile(read_points(path, chosen, feedback), layers, chosen, extent)


def preview_water_points(workspace: Path, table: SourceTable, reader: RowReader, feedback: Feedback) -> Preview:
    """Return what importing would do; the workspace is only read. Raises ``WorkspaceError`` and ``Cancelled``."""
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return _preview(store, table, reader, feedback)


def import_water_points(
    workspace: Path,
    table: SourceTable,
    reader: RowReader,
    feedback: Feedback,
    *,
    agreed: Preview | None = None,
    clock: Clock | None = None,
) -> Preview:
    """Write the rows of a table in one transaction and return what was done.

    Where the user ``agreed`` to a preview, exactly that is written: when the workspace has changed since, nothing is.
    Raises ``WorkspaceError``, ``Cancelled`` and ``ResorptionError``; the workspace is then as it was.
    """
    with GeoPackageStore.open(workspace) as store:
        preview = _preview(store, table, reader, feedback)
        if agreed is not None and not preview.does_the_same_as(agreed):
            raise ResorptionError(mark("The workspace changed since the preview. Preview again, then import."))
        stop_if_cancelled(feedback)
        changes = preview.change_set((clock or SystemClock()).now(), f"import: {table.name}")
        store.apply(changes)
    return preview


def _preview(store: GeoPackageStore, table: SourceTable, reader: RowReader, feedback: Feedback) -> Preview:
    extent = Extent.of(store)
    reading: Reading = read_rows(table, reader, Part(feedback, 0, 0.4))
    existing = store.read({LAYER}, Part(feedback, 0.4, 0.5)).layer(LAYER)
    territory = Territory.load(paths.territories())
    surroundings = Surroundings(territory, extent.departments, extent.metric_epsg)
    return Previewer(existing, surroundings, territory).preview(reading, Part(feedback, 0.5, 1))
