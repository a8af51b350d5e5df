"""What a person does in a shared workspace outside its layers: decide, take back, give up. Runs in a task."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.sync.operations import Choice
from ..core.sync.wire import Image
from ..geopackage.sync.workspace import SyncedWorkspace
from .aside import Aside


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


def discard(path: Path, one: Aside) -> None:
    """Give up what cannot be sent; raises ``WorkspaceError``."""
    if one.cause is not None:
        with SyncedWorkspace.attach(path) as local:
            local.discard(one.layer, one.uid, one.cause)
