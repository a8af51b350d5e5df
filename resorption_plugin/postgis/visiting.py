"""Who a login is on a server, and what the server is: asked before anything is exchanged, nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from psycopg2 import sql

from ..core.sync.access import Right
from ..core.sync.travelling import travels
from .connection import Server

_SERVER = """SELECT current_setting('server_version'), coalesce((SELECT ssl FROM pg_stat_ssl
    WHERE pid = pg_backend_pid()), false), session_user::text, (SELECT extversion FROM pg_extension
    WHERE extname = 'postgis'), EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app'), pg_is_in_recovery()"""
_LOGIN = """SELECT app.my_role(), app.my_areas(), app.my_departments(),
    ARRAY(SELECT name FROM unnest(%s::text[]) AS name WHERE app.has_right(name))"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'resorption'"
_UIDS = sql.SQL("SELECT {key} AS layer, uid::text FROM resorption.{table}")
_MAY = "SELECT has_schema_privilege('app', 'USAGE')"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit found."""

    where: str
    postgresql: str
    postgis: str
    """Empty without PostGIS."""
    is_encrypted: bool
    is_local: bool
    is_read_only: bool
    is_installed: bool
    login: str
    role: str = ""
    """Empty for a login without access."""
    areas: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether this login may exchange with this database."""
        return self.is_installed and bool(self.role)


def visit(server: Server) -> Visit:
    """Return what the server is and who asks. Raises ``UnreachableError`` and ``RefusedError``."""
    ((version, is_encrypted, login, postgis, is_installed, is_copy),) = server.ask(_SERVER, is_harmless=True)
    target = server.target
    found = Visit(target.where, version, postgis or "", is_encrypted, target.is_local, is_copy, is_installed, login)
    if not is_installed or not server.ask(_MAY, is_harmless=True)[0][0]:
        return found
    ((role, areas, departments, rights),) = server.ask(_LOGIN, [[*map(str, Right)]], is_harmless=True)
    return replace(
        found, role=role or "", areas=tuple(areas or ()), departments=tuple(departments or ()), rights=tuple(rights)
    )


def uids_held(server: Server) -> dict[str, frozenset[str]]:
    """Return the uids of what this login may read, by layer: of computed layers, of what people wrote on.

    Raises ``UnreachableError``, ``RefusedError`` and ``Cancelled``.
    """
    found: dict[str, set[str]] = {there.key: set() for there in travels()}
    known = {name for (name,) in server.ask(_TABLES, is_harmless=True)}
    asked = _of_all(key for key in found if key in known)
    for layer, uid in server.ask(asked, is_harmless=True):
        found[layer].add(uid)
    return {layer: frozenset(uids) for layer, uids in found.items()}


def _of_all(keys: Iterable[str]) -> sql.Composable:
    return sql.SQL(" UNION ALL ").join(_UIDS.format(key=sql.Literal(key), table=sql.Identifier(key)) for key in keys)
