"""Who may read and write what on the shared database; asked as an administrator of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .connection import Server

_GRANT = "SELECT app.grant_access(%s::text, %s::text, %s::text[], %s::text[], %s::text)"
_REVOKE = "SELECT app.revoke_access(%s::text)"


class Role(StrEnum):
    """What a login is on the shared database."""

    OFFICER = "officer"
    """Reads its departments, writes in its areas."""
    ADMIN = "admin"
    """Reads and writes everything, grants access, settles any contradiction."""
    AUDITOR = "auditor"
    """Reads everything, the log too, and writes nothing."""


class Right(StrEnum):
    """What has to be granted beside the areas."""

    JUSTICE = "justice"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Access:
    """What one login may do; it replaces what the login could do before."""

    login: str
    """An existing login of PostgreSQL."""
    role: Role
    areas: Sequence[str] = ()
    """As ``core.sync.areas`` gives them."""
    rights: Sequence[Right] = ()
    organisation: str | None = None
    """Opens the messages that are addressed to it."""


def grant_access(server: Server, access: Access) -> None:
    """Give a login its access, or replace it. Raises ``SyncError``."""
    rights = [right.value for right in access.rights]
    server.ask(_GRANT, (access.login, access.role.value, list(access.areas), rights, access.organisation))


def revoke_access(server: Server, login: str) -> None:
    """Take all access from a login, which goes on existing. Raises ``SyncError``."""
    server.ask(_REVOKE, (login,))
