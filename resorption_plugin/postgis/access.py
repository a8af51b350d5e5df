"""Grants and takes access to the shared database; asked as an administrator of it."""

from __future__ import annotations

from ..core.sync.access import Access
from .connection import Server

_GRANT = "SELECT app.grant_access(%s::text, %s::text, %s::text[], %s::text[], %s::text)"
_REVOKE = "SELECT app.revoke_access(%s::text)"


def grant_access(server: Server, access: Access) -> None:
    """Give a login its access, or replace it. Raises ``SyncError``."""
    rights = [right.value for right in access.rights]
    server.ask(_GRANT, (access.login, access.role.value, list(access.areas), rights, access.organisation))


def revoke_access(server: Server, login: str) -> None:
    """Take all access from a login, which goes on existing. Raises ``SyncError``."""
    server.ask(_REVOKE, (login,))
