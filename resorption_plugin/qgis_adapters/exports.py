"""What leaves the workspace, and the log that says who made it leave, how much, at which level of detail, and when."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsApplication

from ..core.errors import ExportFileError, WorkspaceError
from ..core.exchange.whole_file import whole_file
from ..core.indicators.audience import Audience
from ..core.ports import ChangeSet
from ..core.records import Record
from ..geopackage.store import GeoPackageStore
from .translation import tr


@dataclass
class Draft:
    """A file that is being written."""

    path: Path
    rows: int | None = None
    """How many records, or lines where they are not records, whoever writes it puts in it; ``None`` is not known."""


@contextmanager
def logged_file(workspace: Path, title: str, audience: Audience, output: Path, now: dt.datetime) -> Iterator[Draft]:
    """Give a draft to write; it is logged, then becomes ``output``: a file that cannot be logged does not leave.

    Raises ``ExportFileError`` or ``WorkspaceError`` when it cannot be written or logged; ``output`` is then as it was.
    """
    with whole_file(output) as path:
        draft = Draft(path)
        try:
            yield draft
        except (ExportFileError, WorkspaceError) as error:  # whoever writes the draft knows its passing name alone
            raise type(error)(error.template, **{**error.values, "path": output}) from error
        told = title if draft.rows is None else tr("{title} – rows: {count}", title=title, count=draft.rows)
        log_export(workspace, told, audience, output, now)


def log_export(workspace: Path, title: str, audience: Audience, file: Path, now: dt.datetime) -> None:
    """Write one line in the workspace's log of exports; raises ``WorkspaceError`` when it cannot be written."""
    values = {
        "exported_at": now,
        "exported_by": QgsApplication.userFullName() or QgsApplication.userLoginName() or "?",
        "output": title,
        "file_name": file.name,
        "audience": audience.value,
    }
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("export_log", str(uuid.uuid4()), values)]))
