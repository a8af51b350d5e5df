"""Whether a workspace is attached to a shared database, and how the connection is called; needs no driver."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import ParameterError, ResorptionError
from ..core.i18n import mark
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.workspace import is_attached

CONNECTION_KEY = "connection"
"""The property of the workspace that holds the name of the connection."""


class NotAttachedError(ResorptionError):
    """The workspace has nothing to do with a shared database yet."""

    def __init__(self, workspace: Path) -> None:
        super().__init__(
            mark("The workspace {path} is not attached to a shared database. Attach it first."), path=workspace
        )


def remembered_connection(workspace: Path) -> str:
    """Return how the connection of a workspace is called; empty when it remembers none. Raises ``WorkspaceError``."""
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.meta(CONNECTION_KEY) or ""


def connection_of(workspace: Path, reference: str = "") -> str:
    """Return the connection by which to reach the shared database: the one given, else the one remembered.

    Raises ``NotAttachedError``, ``ParameterError`` where there is neither, and ``WorkspaceError``.
    """
    if not is_attached(workspace):
        raise NotAttachedError(workspace)
    chosen = reference.strip() or remembered_connection(workspace)
    if not chosen:
        raise ParameterError(
            mark("The workspace {path} remembers no connection. Give the one with which it was attached."),
            path=workspace,
        )
    return chosen
