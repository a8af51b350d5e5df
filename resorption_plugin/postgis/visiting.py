"""Who a login is on a server, and what the server is: asked before anything is exchanged, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..core.sync.access import Right
from .connection import Server

_SERVER = """SELECT current_setting('server_version'), coalesce((SELECT ssl FROM pg_stat_ssl
    WHERE pid = pg_backend_pid()), false), session_user::text, (SELECT extversion FROM pg_extension
    WHERE extname = 'postgis'), EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app'), pg_is_in_recovery()"""
_LOGIN = """SELECT app.my_role(), app.my_areas(), app.my_departments(),
    ARRAY(SELECT name FROM unnest(%s::text[]) AS name WHERE app.has_right(name))"""
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
