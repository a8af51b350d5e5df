"""What the tests of the tables and their history write and read by SQL, without a function of the server."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

SITE = """INSERT INTO resorption.site (uid, status, living_conditions_version, geom, department, name)
VALUES (%s, 'open', 2, 'SRID=4326;POINT(1.4 43.6)', %s, %s)"""
ANY_SITE = """INSERT INTO resorption.site (uid, status, living_conditions_version, department, geom)
VALUES (gen_random_uuid(), 'open', 2, '31', 'SRID=4326;POINT(1.4 43.6)')"""
DWELLING = "INSERT INTO resorption.dwelling (uid, site_uid, geom) VALUES (%s, %s, 'SRID=4326;POINT(1.4 43.6)')"


def new() -> str:
    """Return the identifier of a new row."""
    return str(uuid.uuid4())


def rows(cursor: Cursor, query: str, values: list[Any] | None = None) -> list[tuple]:
    """Run a statement, and return its rows."""
    cursor.execute(query, values)
    return cursor.fetchall()


def asked(connection: Connection, query: str) -> list[tuple]:
    """Run statements on a connection, and return the rows that the last one gives, if any."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []
