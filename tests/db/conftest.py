"""A throw-away PostgreSQL cluster: made for the session, deleted afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest

from tools.throw_away_cluster import NoServerError, binaries, throw_away_cluster


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
