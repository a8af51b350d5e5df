"""Copies of the workspace, made before much of it is written anew."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ...core.errors import WorkspaceError
from ...core.exchange.whole_file import draft_beside
from ...core.i18n import mark
from ..faults import sentences

Tell = Callable[[int, int], None]
_PAGES_AT_ONCE = 2_000
KEPT = 3
"""So many copies are kept; a new one takes the place of the oldest."""


def back_up(connection: sqlite3.Connection, path: Path, now: dt.datetime) -> Path:
    """Copy a workspace beside it, by SQLite's own means: whole, whoever else is writing. Raises ``WorkspaceError``."""
    target = copy_to(connection, path, path.with_name(f"{path.stem}_backup_{now:%Y%m%dT%H%M%S%f}{path.suffix}"))
    for old in backups(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def copy_to(connection: sqlite3.Connection, path: Path, target: Path, tell: Tell | None = None) -> Path:
    """Copy the workspace at ``path`` to a file beside it, which appears complete or not at all; return the copy.

    ``tell`` is told how many pages are left, of how many, and may stop it by an error. Raises ``WorkspaceError``.
    """
    draft: Path | None = None
    try:
        draft = draft_beside(target)
        with sentences(path), _reading(connection), closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy, pages=_PAGES_AT_ONCE, progress=tell and _told(tell))
        draft.replace(target)
    except OSError as error:
        raise WorkspaceError(
            mark("The workspace cannot be copied to {path} ({reason}): nothing was changed. Free some space."),
            path=target,
            reason=error.strerror,
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
    return target


def _told(tell: Tell) -> Callable[[int, int, int], None]:
    return lambda _status, left, pages: tell(left, pages)


@contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the file as it is: against the lock of another program, SQLite's copying would wait for ever."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
    finally:
        connection.execute("ROLLBACK")


def backups(path: Path) -> list[Path]:
    """Return the copies of a workspace, the oldest first."""
    return sorted(path.parent.glob(f"{_literal(path.stem)}_backup_*{path.suffix}"))


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
