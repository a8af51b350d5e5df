"""Somebody with a workspace, who works with the plugin of today or with that of the next version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.session import Report, synchronise
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, SharedBase
from tests.next_version import NextPlugin
from tests.stories.world import AT_ONCE

HERE = shapely.Point(1.44, 43.6)
SYNCHRONISE = """
from psycopg2.extensions import parse_dsn
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.core.sync.session import synchronise
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.remote import PostgresRemote
from resorption_plugin.postgis.target import Target
with PostgresRemote(Target(parse_dsn(given[1]))) as remote, SyncedWorkspace.attach(Path(given[0])) as local:
    try:
        report = synchronise(local, remote)
        told = {"sent": report.sent, "refused": report.refused, "conflicts": report.conflicts,
            "unrepaired": report.unrepaired, "anew": report.is_new_beginning, "waiting": report.waiting.to_send}
    except RefusedError as error:
        told = {"action": error.action.value, "sentence": str(error), "waiting": local.waiting().to_send}
"""
INSTALL = """
import psycopg2
from resorption_plugin.postgis.installing import install
told = install(psycopg2.connect(given[0])).changelogs
"""
WRITE = """
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
with GeoPackageStore.open(Path(given[0])) as store:
    store.apply(ChangeSet(update=[Record("site", given[1], json.loads(given[2]))]))
"""


@dataclass
class Officer:
    """Somebody with a workspace, and the plugin of today or of the next version."""

    path: Path
    base: SharedBase
    plugin: NextPlugin

    def sync(self) -> Report:
        with PostgresRemote(self.base.target(ANNE)) as remote, SyncedWorkspace.attach(self.path) as local:
            return synchronise(local, remote, patience=AT_ONCE)

    def sync_by_next(self) -> dict[str, Any]:
        told: dict[str, Any] = self.plugin.run(SYNCHRONISE, self.path, self.base.place(ANNE))
        return told

    def write(self, uid: str = "", **values: Any) -> str:
        made = uid or str(uuid.uuid4())
        with GeoPackageStore.open(self.path) as store:
            record = Record("site", made, values, None if uid else HERE)
            store.apply(ChangeSet(update=[record]) if uid else ChangeSet(insert=[record]))
        return made

    def waiting(self) -> int:
        with SyncedWorkspace.attach(self.path) as local:
            return local.waiting().to_send
