"""Upgrades a shared database that is there already."""

from __future__ import annotations

from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from . import installing
from .connection import Server


def upgrade(server: Server) -> installing.Installed:
    """Bring a shared database up to this version; ``RefusedError`` where none is installed. Raises ``SyncError``."""
    if not server.run(installing.is_installed):
        raise RefusedError(
            mark("The database {where} holds no shared workspace yet. Install it first."), where=server.target.where
        )
    return server.run(installing.install)
