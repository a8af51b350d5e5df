"""People with every kind of rights, rows in every kind of place, and who reads and writes which."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extensions import make_dsn

from tests.db.conftest import run

PLACES = {
    "toulouse": ("31555", "243100518", "31"),
    "blagnac": ("31069", "243100518", "31"),
    "muret": ("31395", "200068641", "31"),
    "montauban": ("82121", "248200099", "82"),
    "nowhere": (None, None, None),
}
PEOPLE = {
    "r_department": ("officer", ["31"]),
    "r_epci": ("officer", ["243100518@31"]),
    "r_commune": ("officer", ["31555"]),
    "r_two": ("officer", ["31555", "82"]),
    "r_elsewhere": ("officer", ["82"]),
    "r_admin": ("admin", []),
    "r_auditor": ("auditor", []),
}
STRANGER, REVOKED = "r_stranger", "r_revoked"
IN_31 = {"toulouse", "blagnac", "muret"}
READS = {
    "r_department": IN_31,
    "r_epci": IN_31,
    "r_commune": IN_31,
    "r_two": IN_31 | {"montauban"},
    "r_elsewhere": {"montauban"},
    "r_admin": set(PLACES),
    "r_auditor": set(PLACES),
}
WRITES = {
    "r_department": IN_31,
    "r_epci": {"toulouse", "blagnac"},
    "r_commune": {"toulouse"},
    "r_two": {"toulouse", "montauban"},
    "r_elsewhere": {"montauban"},
    "r_admin": set(PLACES),
    "r_auditor": set(),
}
WRITING = """CREATE FUNCTION public.written(statement text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n bigint; BEGIN EXECUTE statement; GET DIAGNOSTICS n = ROW_COUNT; RETURN n; END $$;
CREATE FUNCTION public.told(statement text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN RETURN QUERY EXECUTE statement; END $$;
ALTER FUNCTION public.written(text) OWNER TO resorption_writer;
ALTER FUNCTION public.told(text) OWNER TO resorption_writer"""


@dataclass(frozen=True)
class Base:
    """A shared database with one site, one dwelling and one procedure per place."""

    place: str
    sites: dict[str, str] = field(default_factory=lambda: {name: str(uuid.uuid4()) for name in PLACES})
    dwellings: dict[str, str] = field(default_factory=lambda: {name: str(uuid.uuid4()) for name in PLACES})

    @contextmanager
    def of(self, login: str) -> Iterator[Cursor]:
        """Give a cursor of a login; what it does is undone."""
        with closing(psycopg2.connect(make_dsn(self.place, user=login))) as connection:
            with connection.cursor() as cursor:
                yield cursor
            connection.rollback()

    def names(self, uids: list[tuple[str]]) -> set[str]:
        by_uid = {uid: name for names in (self.sites, self.dwellings) for name, uid in names.items()}
        return {by_uid[uid] for (uid,) in uids if uid in by_uid}


def site(uid: str, place: str) -> str:
    told = ", ".join("NULL" if part is None else f"'{part}'" for part in PLACES[place])
    return (
        "INSERT INTO resorption.site (uid, status, living_conditions_version, geom, fk_city, epci, department)"
        f" VALUES ('{uid}', 'open', 2, 'SRID=4326;POINT(1.4 43.6)', {told})"
    )


def dwelling(uid: str, site_uid: str) -> str:
    return (
        f"INSERT INTO resorption.dwelling (uid, site_uid, geom)"
        f" VALUES ('{uid}', '{site_uid}', 'SRID=4326;POINT(1.4 43.6)')"
    )


def written(cursor: Cursor, statement: str) -> int:
    """Write as the server's own functions do; return how many rows were written."""
    cursor.execute("SELECT public.written(%s)", [statement])
    return cursor.fetchone()[0]


def told(cursor: Cursor, statement: str) -> list[tuple[str]]:
    """Read as the server's own functions do."""
    cursor.execute("SELECT public.told(%s)", [statement])
    return cursor.fetchall()


def make_logins(cluster: str) -> None:
    for login in (*PEOPLE, STRANGER, REVOKED):
        run(cluster, f"DROP ROLE IF EXISTS {login}")
        run(cluster, f"CREATE ROLE {login} LOGIN")
