"""A throw-away PostgreSQL cluster, and shared databases in it: made for the session, deleted afterwards."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from resorption_plugin import paths
from resorption_plugin.postgis import installing
from tests.db.protocol import People, people
from tests.db.shared_base import SharedBase, shared_base
from tools.throw_away_cluster import NoServerError, binaries, throw_away_cluster

TEMPLATE = "server_template"


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """Return the libpq string of a running cluster whose administrator is ``postgres``."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with throw_away_cluster() as connection:
        yield connection


@pytest.fixture
def cursor(cluster: str) -> Iterator[psycopg2.extensions.cursor]:
    """Return a cursor whose work is undone after the test."""
    connection = psycopg2.connect(cluster)
    try:
        with connection.cursor() as opened:
            yield opened
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture(scope="session")
def empty_template(cluster: str) -> str:
    """Return the name of a database that holds PostGIS and nothing else, to be copied."""
    name = "empty_template"
    run(cluster, f"CREATE DATABASE {name}")
    run(make_dsn(cluster, dbname=name), "CREATE EXTENSION postgis")
    return name


@pytest.fixture(scope="session")
def server_template(cluster: str, empty_template: str) -> str:
    """Return the name of a database where the server is installed, to be copied."""
    run(cluster, f"CREATE DATABASE {TEMPLATE} TEMPLATE {empty_template}")
    with closing(psycopg2.connect(make_dsn(cluster, dbname=TEMPLATE))) as connection:
        installing.install(connection)
    return TEMPLATE


@pytest.fixture(scope="session")
def kept_database(cluster: str, server_template: str) -> Iterator[str]:
    """Return the libpq string of a shared database for tests that undo all they do in it."""
    yield from copied(cluster, server_template)


@pytest.fixture
def undone(kept_database: str) -> Iterator[psycopg2.extensions.cursor]:
    """Return a cursor of the administrator in a shared database; its work is undone after the test."""
    with closing(psycopg2.connect(kept_database)) as connection, connection.cursor() as opened:
        yield opened
        connection.rollback()


@pytest.fixture
def empty_database(cluster: str, empty_template: str) -> Iterator[str]:
    """Return the libpq string, as the administrator of the cluster, of a database with PostGIS alone."""
    yield from copied(cluster, empty_template)


@pytest.fixture
def database(cluster: str, server_template: str) -> Iterator[str]:
    """Return the libpq string, as the administrator of the cluster, of a shared database of the test's own."""
    yield from copied(cluster, server_template)


@pytest.fixture
def base(cluster: str, server_template: str) -> Iterator[SharedBase]:
    """Give a shared database of the test's own, with its people."""
    with shared_base(cluster, server_template) as made:
        yield made


@pytest.fixture
def empty(empty_database: str) -> Iterator[psycopg2.extensions.connection]:
    """Return a connection to a database with PostGIS alone."""
    with closing(psycopg2.connect(empty_database)) as connection:
        yield connection


@pytest.fixture
def sql_copy(tmp_path: Path) -> Path:
    """Return a copy of the SQL that a test may alter."""
    return Path(shutil.copytree(paths.sql(), tmp_path / "sql"))


@pytest.fixture
def installed(database: str) -> Iterator[psycopg2.extensions.connection]:
    """Return a connection to a shared database of the test's own, that commits each statement."""
    with closing(psycopg2.connect(database)) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture(scope="module")
def everyone(cluster: str, server_template: str) -> Iterator[People]:
    """Return people who share a database of the module's own."""
    for place in copied(cluster, server_template):
        yield from people(place)


@pytest.fixture
def known(everyone: People) -> People:
    """Return people who share a database, and know all that was done in it before."""
    for workspace in everyone.each():
        workspace.catch_up()
    return everyone


def copied(cluster: str, template: str) -> Iterator[str]:
    name = f"copy_{uuid.uuid4().hex}"
    run(cluster, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield make_dsn(cluster, dbname=name)
    finally:
        run(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def run(place: str, statement: str) -> None:
    with closing(psycopg2.connect(place)) as connection:
        connection.autocommit = True
        with connection.cursor() as opened:
            opened.execute(statement)
