"""The log of exports: who made what leave the workspace, at which level of detail, and when."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from qgis.core import QgsApplication

from ..core.indicators.audience import Audience
from ..core.ports import ChangeSet
from ..core.records import Record
from ..geopackage.store import GeoPackageStore


def log_export(workspace: Path, output: str, audience: Audience, file: Path, now: dt.datetime) -> None:
    """Write one line in the workspace's log of exports; raises ``WorkspaceError`` when it cannot be written."""
    values = {
        "exported_at": now,
        "exported_by": QgsApplication.userFullName() or QgsApplication.userLoginName() or "?",
        "output": output,
        "file_name": file.name,
        "audience": audience.value,
    }
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("export_log", str(uuid.uuid4()), values)]))
