"""The primary dies while people send, its standby takes over; later an old backup is restored: nothing is lost.

A ledger holds each value that somebody wrote and the server confirmed. Every value occurs once.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psycopg2
import pytest
import shapely

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.patience import Patience
from resorption_plugin.core.sync.ports import UnreachableError
from resorption_plugin.core.sync.session import Report, Scrutiny, synchronise
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace import _write_tables
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.remote import PostgresRemote
from resorption_plugin.postgis.target import Target
from tools.standby import either, is_running, kill, promote, standby_of
from tools.throw_away_cluster import Cluster, NoServerError, running_cluster

BASE = "shared"
ADMIN = "ada"
LOGINS = ("anne", "bruno", "chloe")
SESSIONS = 3
"""What each person does before and after the primary dies."""
AT_ONCE = Patience((), ())
"""Tells each failure, so that they are counted."""


@dataclass
class Person:
    """One officer and their workspace."""

    login: str
    path: Path
    servers: Callable[[], dict[str, str]]
    confirmed: list[str] = field(default_factory=list)
    begun_anew: int = 0
    cuts: int = 0
    sending: Event = field(default_factory=Event)
    _sites: list[str] = field(default_factory=list)

    def write(self) -> list[str]:
        """Add a site and change a former one; return the values written."""
        new = str(uuid.uuid4())
        name, address = f"{self.login}-{new[:8]}", f"{self.login} was at {new[:8]}"
        site = Record("site", new, {"name": name, "department": "31"}, shapely.Point(1.44, 43.6))
        changed = [Record("site", self._sites[-1], {"address": address})] if self._sites else []
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(insert=[site], update=changed))
        self._sites.append(new)
        return [name, address] if changed else [name]

    def session(self, scrutiny: Scrutiny = Scrutiny.TOUCHED) -> Report:
        """Synchronise once; raises what the network raises."""
        with PostgresRemote(Target(self.servers())) as remote, SyncedWorkspace.attach(self.path) as local:
            report = synchronise(local, remote, patience=AT_ONCE, scrutiny=scrutiny, probe=self._watch)
        self.begun_anew += report.is_new_beginning
        return report

    def _watch(self, step: str) -> None:
        if step == "push:before_send":
            self.sending.set()

    def insist(self) -> Report:
        """Synchronise until it succeeds."""
        deadline = time.monotonic() + 40
        while True:
            try:
                return self.session()
            except UnreachableError:
                assert time.monotonic() < deadline
                self.cuts += 1
                time.sleep(0.05)

    def work(self, sessions: int, begun: Event) -> None:
        """Write and synchronise some times; what a session confirmed goes to the ledger."""
        try:
            for _ in range(sessions):
                written = self.write()
                self.insist()
                self.confirmed += written
                begun.set()
        finally:
            begun.set()

    def values(self) -> list[str]:
        """Return what the workspace holds of all that was written by anybody."""
        with GeoPackageStore.open(self.path, read_only=True) as store:
            return told(store.read(["site"]).layer("site"))


def told(sites: Iterator[Record] | list[Record]) -> list[str]:
    return sorted(value for site in sites for value in (site["name"], site["address"]) if value)


def on_server(server: Cluster) -> list[str]:
    with closing(psycopg2.connect(server.place(BASE))) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT unnest(ARRAY[name, address]) FROM resorption.site")
        return sorted(value for (value,) in cursor.fetchall() if value)


def ever_on_server(server: Cluster) -> set[str]:
    """Return every value that the log knows, those replaced since too."""
    query = "SELECT value FROM app.changes('-infinity'), jsonb_each_text(new) WHERE key IN ('name', 'address')"
    with closing(psycopg2.connect(server.place(BASE, ADMIN))) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return {value for (value,) in cursor.fetchall() if value}


def prepare(server: Cluster) -> None:
    server.sql(f"CREATE DATABASE {BASE}")
    server.sql("CREATE EXTENSION postgis", BASE)
    with closing(psycopg2.connect(server.place(BASE))) as connection:
        install(connection)
    for login in (*LOGINS, ADMIN):
        server.login(login)
        role = "admin" if login == ADMIN else "officer"
        server.sql(f"SELECT app.grant_access('{login}', '{role}', '{{31}}', '{{}}', NULL)", BASE)


@dataclass
class Pair:
    """A primary, its standby, and people who know the address of both."""

    primary: Cluster
    standby: Cluster
    people: list[Person]

    def all_work(self, sessions: int, meanwhile: Callable[[], None] = lambda: None) -> None:
        begun = [Event() for _ in self.people]
        with ThreadPoolExecutor(len(self.people)) as pool:
            working = [
                pool.submit(person.work, sessions, event) for person, event in zip(self.people, begun, strict=True)
            ]
            for event in begun:
                event.wait(30)
            meanwhile()
            for work in working:
                work.result()

    def agree(self, server: Cluster) -> None:
        """Let everybody receive what is left, then compare everything with everything."""
        for person in (*self.people, *self.people[:-1]):  # the first have not seen what the last sent
            report = person.session(Scrutiny.ALL)
            assert not report.unrepaired
            assert not report.refused
        for person in self.people:
            assert person.values() == on_server(server)
        assert server.sql("SELECT app.verify_chain() IS NULL", BASE) == "t"

    @property
    def confirmed(self) -> set[str]:
        """Return every value that the server confirmed to somebody."""
        return {value for person in self.people for value in person.confirmed}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        try:
            primary = stack.enter_context(running_cluster(tcp=True))
        except NoServerError as missing:
            pytest.skip(str(missing))
        prepare(primary)
        standby = stack.enter_context(standby_of(primary))
        _write_tables(tmp_path / "empty.gpkg")
        people = []
        for login in LOGINS:
            path = tmp_path / f"{login}.gpkg"
            path.write_bytes((tmp_path / "empty.gpkg").read_bytes())
            people.append(Person(login, path, lambda login=login: either(primary, standby, BASE, login)))
        yield Pair(primary, standby, people)


def test_nothing_confirmed_is_lost_by_a_takeover_nor_by_a_restored_backup(pair: Pair, tmp_path: Path):
    epoch = pair.primary.sql("SELECT epoch FROM sync.head", BASE)

    def die() -> None:
        reads_on_the_standby(pair)
        pair.people[0].sending.clear()
        pair.people[0].sending.wait(10)
        kill(pair.primary)
        time.sleep(0.2)
        promote(pair.standby)

    pair.all_work(SESSIONS, die)
    assert not is_running(pair.primary)
    pair.agree(pair.standby)
    assert pair.confirmed <= ever_on_server(pair.standby)
    assert pair.standby.sql("SELECT epoch FROM sync.head", BASE) == epoch
    assert [person.begun_anew for person in pair.people] == [1, 1, 1], "a standby goes on where the primary stopped"
    assert sum(person.cuts for person in pair.people), "somebody was cut off"

    backup = tmp_path / "backup"
    dump(pair.standby, backup)
    at_backup = pair.confirmed
    pair.all_work(1)
    restore(pair.standby, backup)
    assert pair.confirmed - at_backup
    assert not (pair.confirmed - at_backup) & ever_on_server(pair.standby), "the backup is older"
    pair.all_work(1)
    pair.agree(pair.standby)
    assert pair.confirmed <= ever_on_server(pair.standby)
    assert [person.begun_anew for person in pair.people] == [2, 2, 2], "a backup is noticed though nobody says so"

    pair.standby.sql("SELECT app.new_epoch()", BASE)
    assert pair.people[0].session().is_new_beginning
    assert pair.people[0].values() == on_server(pair.standby)


def reads_on_the_standby(pair: Pair) -> None:
    """A standby verifies the chain, shows the views and the past, and takes no writing."""
    with closing(psycopg2.connect(pair.standby.place(BASE, ADMIN))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT app.verify_chain(), (SELECT count(*) FROM app.v_site)")
            broken, sites = cursor.fetchone()
            assert broken is None
            assert sites >= len(LOGINS)
            cursor.execute("SELECT count(*) FROM app.as_of('site', now())")
            assert cursor.fetchone()[0] >= len(LOGINS)
            with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
                cursor.execute("SELECT app.new_epoch()")


def dump(server: Cluster, path: Path) -> None:
    path.parent.chmod(0o777)
    server.run("pg_dump", "-Fc", "-f", f"{server.folder}/{path.name}", "-d", server.place(BASE))


def restore(server: Cluster, path: Path) -> None:
    server.drop(BASE)
    server.run("pg_restore", "--create", "--exit-on-error", "-d", server.place(), f"{server.folder}/{path.name}")
