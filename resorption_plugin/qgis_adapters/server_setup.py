"""What an administrator does to the shared database from QGIS: install, upgrade, grant access."""

from __future__ import annotations

from ..core.ports import Feedback
from ..core.sync.access import Access
from ..postgis import access, installing, upgrading
from ..postgis.connection import Server
from .server_connection import target_of


def install_server(reference: str, feedback: Feedback) -> installing.Installed:
    """Install the shared database where a connection leads, or bring it up to this version.

    All of it is done, or nothing. Raises ``SyncError``, ``ParameterError`` and ``Cancelled``.
    """
    with Server(target_of(reference), feedback) as server:
        return server.run(installing.install)


def upgrade_server(reference: str, feedback: Feedback) -> installing.Installed:
    """Bring a shared database up to this version; ``RefusedError`` where none is installed."""
    with Server(target_of(reference), feedback) as server:
        return upgrading.upgrade(server)


def grant_access(reference: str, granted: Access, feedback: Feedback) -> None:
    """Give a login its access, in the name of an administrator. Raises ``SyncError`` and ``ParameterError``."""
    with Server(target_of(reference), feedback) as server:
        access.grant_access(server, granted)


def revoke_access(reference: str, login: str, feedback: Feedback) -> None:
    """Take all access from a login, in the name of an administrator. Raises ``SyncError`` and ``ParameterError``."""
    with Server(target_of(reference), feedback) as server:
        access.revoke_access(server, login)
