"""What a person does in a shared workspace outside its layers: decide, take back, give up. Runs in a task."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.sync.operations import Choice
from ..core.sync.wire import Image
from ..geopackage.sync.workspace import SyncedWorkspace


def decide(path: Path, conflicts: Sequence[str], choice: Choice, values: Image, comment: str) -> None:
    """Decide conflicts alike, in the order given; the next synchronisation sends it.

    Raises ``WorkspaceError``: none is decided then.
    """
    with SyncedWorkspace.attach(path) as local:
        local.decide_alike(conflicts, choice, values, comment.strip() or None)


def undecide(path: Path, *conflicts: str) -> None:
    """Take decisions back, in this order; raises ``WorkspaceError`` where one is being sent: none is taken back."""
    with SyncedWorkspace.attach(path) as local:
        local.undecide(*conflicts)


def discard(path: Path, layer: str, uid: str) -> None:
    """Give up what was written here on a record that cannot be sent; raises ``WorkspaceError``."""
    with SyncedWorkspace.attach(path) as local:
        local.discard(layer, uid)
