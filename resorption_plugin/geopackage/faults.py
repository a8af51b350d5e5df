"""What SQLite complains about, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import WorkspaceError
from ..core.i18n import mark

_SENTENCES = {
    "SQLITE_BUSY": mark(
        "The workspace {path} is being written by another program: nothing was changed. "
        "Save or cancel the edits there, then try again."
    ),
    "SQLITE_LOCKED": mark("The workspace {path} is locked by another job: nothing was changed. Try again later."),
    "SQLITE_FULL": mark("The disk is full: nothing was written to {path}. Free some space and try again."),
    "SQLITE_READONLY": mark("The workspace {path} is read-only: nothing was written."),
    "SQLITE_CONSTRAINT": mark(
        "A rule of the workspace {path} refuses a value ({reason}): nothing was written. Correct the value."
    ),
    "SQLITE_CORRUPT": mark(
        "The workspace {path} is damaged or was cut short while being copied. Take it again from a backup."
    ),
    "SQLITE_IOERR": mark("The disk of {path} does not answer ({reason}): nothing was written. Check the disk."),
}
_OTHER = mark("The workspace {path} cannot be used ({reason}): nothing was written.")


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn every error of SQLite into a ``WorkspaceError`` about the file at ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        template = next((text for code, text in _SENTENCES.items() if name.startswith(code)), _OTHER)
        raise WorkspaceError(template, path=path, reason=error) from error
