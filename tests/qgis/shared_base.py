"""What the tests of the shared database in QGIS have in common: a server, algorithms run as Processing does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import shapely
from qgis.core import (
    QgsProcessingContext,
    QgsProject,
)

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.grant_access import GrantAccess
from resorption_plugin.processing.sync_workspace import SyncWorkspace
from tests.qgis.processing_log import Log
from tools.throw_away_cluster import OWNER, Cluster

EMPTY, INSTALLED = "empty", "installed"


def start(algorithm: type, log: Log, project: QgsProject | None = None, **parameters: Any) -> dict[str, Any] | None:
    """Run as Processing does; ``None`` after a failure."""
    context = QgsProcessingContext()
    if project is not None:
        context.setProject(project)
    given = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
    made = algorithm().create()
    is_accepted, refusal = made.checkParameterValues(given, context)
    if not is_accepted:
        log.lines.append(refusal)
        return None
    outputs, succeeded = made.run(given, context, log)
    return outputs if succeeded else None


def run(algorithm: type, **parameters: Any) -> dict[str, Any]:
    log = Log()
    outputs = start(algorithm, log, **parameters)
    assert outputs is not None, str(log)
    return outputs


def refused(algorithm: type, **parameters: Any) -> str:
    """Return the sentence with which an algorithm ends."""
    log = Log()
    assert start(algorithm, log, **parameters) is None
    assert "Traceback" not in str(log)
    return str(log)


class Base:
    """A database of the test's own."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self.cluster = cluster
        self.name = name

    def place(self, login: str = OWNER) -> str:
        return self.cluster.place(self.name, login)

    def rows(self, query: str, login: str = OWNER) -> list[tuple]:
        with closing(psycopg2.connect(self.place(login))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []

    def officer(self, login: str, areas: str = "31", **others: str) -> str:
        self.cluster.login(login)
        run(GrantAccess, CONNECTION=self.place(), LOGIN=login, ROLE="officer", AREAS=areas, **others)
        return login


def copy_of(cluster: Cluster, template: str) -> Iterator[Base]:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    cluster.copy(template, name)
    yield Base(cluster, name)
    cluster.drop(name)


COUNTS = ("SENT", "RECEIVED", "CONFLICTS", "QUARANTINED")
HERE = shapely.Point(1.44, 43.6)


def counts(algorithm: type, **parameters: Any) -> tuple[int, ...]:
    outputs = run(algorithm, **parameters)
    return tuple(outputs[name] for name in COUNTS)


def synced(workspace: Path, connection: str = "") -> tuple[int, ...]:
    return counts(SyncWorkspace, WORKSPACE=workspace, CONNECTION=connection)


def add_site(workspace: Path, department: str = "31", **values: Any) -> str:
    uid = str(uuid.uuid4())
    told = {"status": "open", "living_conditions_version": 2, "department": department, **values}
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("site", uid, told, HERE)]))
    return uid


def change(workspace: Path, uid: str, **values: Any) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(update=[Record("site", uid, values)]))


def names(workspace: Path) -> dict[str, str]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return {record.uid: record["name"] for record in store.read({"site"}).layer("site")}


def on_server(base: Base) -> dict[str, str]:
    return dict(base.rows("SELECT uid::text, name FROM resorption.site"))
