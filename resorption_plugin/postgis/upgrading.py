"""Upgrades a shared database that is there already."""

from __future__ import annotations

from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from . import installing, requirements
from .connection import Server


def upgrade(server: Server) -> installing.Installed:
    """Bring a shared database up to this version; ``RefusedError`` where none is installed. Raises ``SyncError``."""
    if not server.run(_is_installed):
        raise RefusedError(
            mark("The database {where} holds no shared workspace yet. Install it first."), where=server.target.where
        )
    return server.run(installing.install)


def _is_installed(connection: Connection) -> bool:
    with connection.cursor() as cursor:
        return requirements.is_installed(cursor)
