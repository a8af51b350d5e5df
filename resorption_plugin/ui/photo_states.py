"""Where photos are, in words: a sign stands before each, no colour is needed to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from ..core.errors import WorkspaceError
from ..core.i18n import mark
from ..core.photos import TARGETS
from ..core.sync.attachments import TO_SEND, PhotoState, seen
from ..geopackage.photo_folder import PhotoFolder
from ..geopackage.sync.workspace import is_attached
from ..geopackage.workspace_photos import WorkspacePhotos
from ..qgis_adapters.translation import tr

_SIGNS = {
    PhotoState.LOCAL: "↑",
    PhotoState.SENDING: "↑",
    PhotoState.SAFE: "✓",
    PhotoState.COMING: "↓",
    PhotoState.MISSING: "⚠",
}
_SENTENCES = {
    PhotoState.LOCAL: mark("On this computer only: the file goes at the next synchronisation."),
    PhotoState.SENDING: mark("A part of the file is on the server: the rest goes at the next synchronisation."),
    PhotoState.SAFE: mark("Safe: the server has confirmed that it holds the whole file."),
    PhotoState.COMING: mark(
        "The file of this photo is not here yet: it comes by synchronising, once its author has sent it."
    ),
    PhotoState.MISSING: mark("The file {path} is missing from the folder {folder}. Copy it back beside the workspace."),
}
_HELD = mark("The server has it: it comes back at the next synchronisation.")

_COUNTS = {
    PhotoState.SAFE: mark("{count} safe on the server"),
    PhotoState.LOCAL: mark("{count} to send"),
    PhotoState.COMING: mark("{count} to come"),
    PhotoState.MISSING: mark("{count} missing"),
}


def where(workspace: Path, path: str, sha256: str) -> str:
    """Return a sentence on where the file of a photo is; empty where it is here and nobody shares it.

    Raises ``WorkspaceError``.
    """
    is_here = PhotoFolder(workspace).find(path) is not None
    is_shared = is_attached(workspace)
    noted = WorkspacePhotos(workspace).states().get(sha256) if is_shared else None
    state = seen(noted, is_here=is_here)
    if not is_shared and state is not PhotoState.MISSING:
        return ""
    told = f"{_SIGNS[state]} {tr(_SENTENCES[state], path=path, folder=workspace.parent)}"
    return f"{told} {tr(_HELD)}" if state is PhotoState.MISSING and noted is PhotoState.SAFE else told


def of_record(workspace: Path, layer: str, uid: str) -> str:
    """Return how many photos of a record are where; empty where there is nothing to tell, or no way to read it."""
    try:
        states = WorkspacePhotos(workspace).seen(TARGETS[layer], uid)
        return summary(states.values(), is_shared=is_attached(workspace)) if states else ""
    except WorkspaceError:
        return ""  # whoever reads its records says what is wrong with the file


def summary(states: Collection[PhotoState], *, is_shared: bool) -> str:
    """Return the counts of some photos; of those that nobody shares, only the missing ones are worth a word."""
    counts = Counter(PhotoState.LOCAL if state in TO_SEND else state for state in states)
    told = [state for state in _COUNTS if counts[state] and (is_shared or state is PhotoState.MISSING)]
    parts = [f"{_SIGNS[state]} {tr(_COUNTS[state], count=counts[state])}" for state in told]
    return tr("Photos: {parts}", parts=", ".join(parts)) if parts else ""
