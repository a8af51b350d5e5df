"""Imports the platform's list of sites into a workspace: compare first, reading only; then write what was seen."""

from __future__ import annotations

from pathlib import Path

from .. import paths
from ..core.errors import ImportFileError, ResorptionError
from ..core.exchange.formats import TABLE, TITLES, detect
from ..core.exchange.platform.held import LAYERS
from ..core.exchange.platform.preview import Decisions, SitesPreview, SitesPreviewer
from ..core.exchange.platform.reader import PlatformReading, read_export
from ..core.exchange.platform.return_sheet import IMPORTED
from ..core.exchange.surroundings import Surroundings
from ..core.exchange.tabular import read_delimited
from ..core.i18n import mark
from ..core.ports import Clock, Feedback, Part, SystemClock, stop_if_cancelled
from ..core.territory import Territory
from ..geopackage.store import GeoPackageStore
from .importing import Extent
from .translation import tr
from .vector_files import is_vector_file

_NOT_SITES = mark(
    "{path} is no list of sites of the platform but a file of another kind ({kind}): use “Import Water Points…” or "
    "“Import Streets…”."
)


def read_sites(path: Path, feedback: Feedback) -> PlatformReading:
    """Read an export of the platform. Raises ``ImportFileError`` and ``Cancelled``."""
    if is_vector_file(path) or path.suffix.lower() in (".pbf", ".osm"):
        raise ImportFileError(_NOT_SITES, path=path, kind=path.suffix.lower())
    try:
        return read_export(path, Territory.load(paths.territories()), feedback)
    except ImportFileError as error:
        kind = _kind_of_water_file(path)
        if kind:
            raise ImportFileError(_NOT_SITES, path=path, kind=kind) from error
        raise


def _kind_of_water_file(path: Path) -> str:
    """Return what a file of water points in a known format is called, empty for any other file."""
    try:
        kind = detect(read_delimited(path))
    except ResorptionError:
        return ""
    return "" if kind == TABLE else tr(TITLES[kind])


def preview_sites(
    workspace: Path, reading: PlatformReading, decisions: Decisions, feedback: Feedback, clock: Clock | None = None
) -> SitesPreview:
    """Return what importing would do; the workspace is only read. Raises ``WorkspaceError`` and ``Cancelled``."""
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return _preview(store, reading, decisions, clock or SystemClock(), feedback)


def import_sites(
    workspace: Path,
    reading: PlatformReading,
    decisions: Decisions,
    feedback: Feedback,
    *,
    agreed: SitesPreview | None = None,
    clock: Clock | None = None,
) -> SitesPreview:
    """Write the rows of an export in one transaction and return what was done.

    ``agreed`` is the preview the user saw, without the fields taken from the file since: when the workspace has changed
    meanwhile, nothing is written. Raises ``WorkspaceError``, ``Cancelled`` and ``ResorptionError``; the workspace is
    then as it was.
    """
    watch = clock or SystemClock()
    with GeoPackageStore.open(workspace) as store:
        share = 0.5 if decisions.taken else 1
        preview = _preview(store, reading, Decisions(decisions.answers), watch, Part(feedback, 0, share))
        if agreed is not None and not preview.does_the_same_as(agreed):
            raise ResorptionError(mark("The workspace changed since the preview. Preview again, then import."))
        if decisions.taken:
            preview = _preview(store, reading, decisions, watch, Part(feedback, share, 1))
        stop_if_cancelled(feedback)
        store.apply(preview.change_set(watch.now(), f"{IMPORTED}{reading.name}"))
    return preview


def _preview(
    store: GeoPackageStore, reading: PlatformReading, decisions: Decisions, clock: Clock, feedback: Feedback
) -> SitesPreview:
    extent = Extent.of(store)
    data = store.read(LAYERS, Part(feedback, 0, 0.1))
    territory = Territory.load(paths.territories())
    surroundings = Surroundings(territory, extent.departments, extent.metric_epsg)
    today = clock.now().astimezone().date()
    return SitesPreviewer(data, surroundings, territory).preview(reading, decisions, today, Part(feedback, 0.1, 1))
