"""The return sheet written to a file, and the line of the log of exports that says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from .. import paths
from ..core.errors import ExportFileError
from ..core.exchange.platform import return_sheet
from ..core.exchange.platform.held import LAYERS, RECORD
from ..core.exchange.platform.returning import Returned, returned_sites
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import Feedback, stop_if_cancelled
from ..core.territory import Territory
from ..geopackage import shared_file
from ..geopackage.store import GeoPackageStore
from .exports import logged_file
from .translation import tr


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """What a return sheet tells."""

    sites: int
    changes: int
    never_imported: bool
    """Whether no export of the platform was ever imported: then everything is new to it."""


def check_return_sheet_name(path: Path) -> None:
    """Raise ``ExportFileError`` when no return sheet is written under this name."""
    if path.suffix.lower() not in return_sheet.SUFFIXES:
        raise ExportFileError(
            mark("The return sheet {path} must end in {suffixes}."),
            path=path.name,
            suffixes=", ".join(return_sheet.SUFFIXES),
        )
    shared_file.refuse_workspace(path)


def export_return_sheet(workspace: Path, output: Path, feedback: Feedback, now: dt.datetime) -> ReturnSheet:
    """Write the file, logged; it holds exact positions and the names of owners, so it is for the services.

    Raises ``ResorptionError`` when it cannot be made; nothing is then written.
    """
    check_return_sheet_name(output)
    with GeoPackageStore.open(workspace, read_only=True) as store:
        data = store.read(LAYERS, feedback)
        changes = return_sheet.last_changes(store.history.changes(LAYERS))
    sites: list[Returned] = returned_sites(data, Territory.load(paths.territories()))
    stop_if_cancelled(feedback)
    with logged_file(workspace, tr("Return sheet"), Audience.SERVICES, output, now) as draft:
        draft.rows = sum(len(each.differences) for each in sites)
        return_sheet.write(draft.path, sites, changes, tr)
    return ReturnSheet(len(sites), draft.rows, not data.layer(RECORD))
