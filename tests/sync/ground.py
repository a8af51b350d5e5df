"""A server for many histories: one cluster, an installed template, and databases copied from it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg2

from resorption_plugin.geopackage import workspace
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.remote import PostgresRemote
from resorption_plugin.postgis.target import Target
from tools.throw_away_cluster import Cluster, running_cluster

from .proxy import Proxy
from .witness import Witness

TEMPLATE = "template_of_tests"
LOGINS = ("anne", "bruno", "chloe", "david")
ADMIN = "ada"

_SETTLED = {
    "connect_timeout": "5",
    "tcp_user_timeout": "5000",
    # what waits for a lock in a test waits for another client, never for a person
    "options": "-c lock_timeout=5s -c statement_timeout=60s",
}


@dataclass
class Ground:
    """A cluster whose template is installed; ``proxy`` stands before it."""

    cluster: Cluster
    proxy: Proxy
    folder: Path
    """Where the workspaces lie."""
    database: str = TEMPLATE
    remotes: dict[str, PostgresRemote] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def renew(self) -> str:
        """Go on in a new copy of the template; the one used before is deleted."""
        former = self.database
        self.hang_up()
        self.database = f"shared_{next(self._numbers)}"
        self.cluster.copy(TEMPLATE, self.database)
        if former != TEMPLATE:
            self.cluster.drop(former)
        return self.database

    def target(self, login: str, *, by_proxy: bool = True) -> Target:
        """Return how a login reaches the database."""
        port = self.proxy.port if by_proxy else None
        return Target({**self.cluster.address(self.database, login, port), **_SETTLED})

    def remote(self, login: str) -> PostgresRemote:
        """Return a connection of a login that is kept until the next database."""
        if login not in self.remotes:
            self.remotes[login] = PostgresRemote(self.target(login))
        return self.remotes[login]

    def hang_up(self) -> None:
        """Close the connections that are kept."""
        for remote in self.remotes.values():
            remote.server.close()
        self.remotes.clear()
        self.owner.close()

    @cached_property
    def owner(self) -> Witness:
        """Return a look at the database as its owner, for those who keep nothing."""
        return Witness("")

    def witness(self) -> Witness:
        """Return a look at the database as its owner."""
        return Witness(self.cluster.place(self.database))

    def grant(
        self, login: str, areas: Sequence[str], role: str = "officer", rights: Sequence[str] = ("justice", "owners")
    ) -> None:
        """Let a login work in some areas, and nowhere else."""
        self.owner.place = self.cluster.place(self.database)
        self.owner.ask("SELECT app.grant_access(%s, %s, %s, %s, %s)", (login, role, list(areas), list(rights), None))

    def workspace(self, name: str, department: str) -> Path:
        """Make an empty workspace of a department."""
        path = self.folder / f"{name}.gpkg"
        path.write_bytes((self.folder / "empty.gpkg").read_bytes())
        with GeoPackageStore.open(path) as store:
            store.set_meta("departments", department)
        return path


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder in memory where there is one: killed processes lose nothing there either, and nobody waits."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(prefix="sync-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def make_empty(path: Path) -> None:
    """Make a workspace without communes: it is copied in milliseconds."""
    workspace._write_tables(path)
    with GeoPackageStore.open(path) as store:
        store.set_meta("departments", "31")
        store.set_meta("metric_epsg", "2154")


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """Give a running cluster with an installed template; workspaces lie in ``folder``."""
    make_empty(folder / "empty.gpkg")
    with running_cluster(tcp=True) as cluster, Proxy(cluster.port) as proxy:
        prepare(cluster)
        made = Ground(cluster, proxy, folder)
        made.renew()
        yield made
        made.hang_up()


def prepare(cluster: Cluster) -> None:
    """Install the template, and make the logins."""
    cluster.sql(f"CREATE DATABASE {TEMPLATE}")
    cluster.sql("CREATE EXTENSION postgis", TEMPLATE)
    with closing(psycopg2.connect(cluster.place(TEMPLATE))) as connection:
        install(connection)
    for login in LOGINS:
        cluster.login(login, "resorption_officer")
    cluster.login(ADMIN, "resorption_admin")
