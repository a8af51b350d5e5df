"""A shared database of a test's own, and its people: photos, audit and failover ask the same of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extensions import make_dsn, parse_dsn
from psycopg2.sql import SQL, Identifier

from resorption_plugin.postgis.target import Target

HERE = "SRID=4326;POINT(1.44 43.6)"
ADMIN = "base_ada"
AUDITOR = "base_alix"
ANNE, BRUNO = "base_anne", "base_bruno"
"""Officers of the departments 31 and 32."""


@dataclass(frozen=True)
class SharedBase:
    """One database of the cluster, reached by its socket as anybody."""

    cluster: str
    database: str
    _kept: dict[str, Connection] = field(default_factory=dict, repr=False, compare=False)

    def place(self, login: str = "postgres") -> str:
        """Return the libpq string of a login."""
        return make_dsn(self.cluster, dbname=self.database, user=login)

    def target(self, login: str) -> Target:
        return Target(parse_dsn(self.place(login)))

    def rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = (), login: str = "postgres") -> list[Any]:
        """Run one statement in a transaction of its own; return its rows."""
        with self._connection(login).cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def _connection(self, login: str) -> Connection:
        kept = self._kept.get(login)
        if kept is None or kept.closed:
            kept = self._kept[login] = psycopg2.connect(self.place(login))
            kept.autocommit = True
        return kept

    def close(self) -> None:
        """Let go of the database: it can then be copied or dropped."""
        for connection in self._kept.values():
            connection.close()

    def value(self, query: str, values: Sequence[Any] | Mapping[str, Any] = (), login: str = "postgres") -> Any:
        """Return the one value that a statement gives."""
        ((found,),) = self.rows(query, values, login)
        return found

    def grant(self, login: str, *departments: str, role: str = "officer") -> str:
        """Make a login and let it work in some departments."""
        if not self.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]):
            _alone(self.cluster, SQL("CREATE ROLE {} LOGIN").format(Identifier(login)))
        call = "SELECT app.grant_access(%s, %s, %s, ARRAY['justice', 'owners'], NULL)"
        self.rows(call, [login, role, list(departments)])
        return login

    def insert(self, table: str, login: str = ADMIN, **values: Any) -> str:
        """Add a row, by SQL, as an administrator may; return its uid."""
        row = {"uid": str(uuid.uuid4()), **values}
        text = SQL("INSERT INTO resorption.{} ({}) VALUES ({})").format(
            Identifier(table), SQL(", ").join(map(Identifier, row)), SQL(", ").join(SQL("%s") * len(row))
        )
        self.rows(text, list(row.values()), login)
        return row["uid"]

    def site(self, department: str = "31", **values: Any) -> str:
        """Add a site of a department."""
        told = {"status": "open", "living_conditions_version": 2, "geom": HERE, "department": department}
        return self.insert("site", **told, **values)

    def photo(self, site: str, sha256: str) -> str:
        """Add the row of a photo of a site."""
        return self.insert("photo", site_uid=site, path=f"photos/{sha256[:2]}/{sha256}.jpg", sha256=sha256)


@contextmanager
def shared_base(cluster: str, template: str) -> Iterator[SharedBase]:
    """Give a copy of an installed database in which the people have their rights; it is deleted afterwards."""
    base = SharedBase(cluster, f"base_{uuid.uuid4().hex[:12]}")
    _alone(cluster, f"CREATE DATABASE {base.database} TEMPLATE {template} STRATEGY file_copy")
    try:
        base.grant(ADMIN, role="admin")
        base.grant(AUDITOR, role="auditor")
        base.grant(ANNE, "31")
        base.grant(BRUNO, "32")
        yield base
    finally:
        base.close()
        _alone(cluster, f"DROP DATABASE {base.database} WITH (FORCE)")


def _alone(place: str, statement: Any) -> None:
    with closing(psycopg2.connect(place)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
