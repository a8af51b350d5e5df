"""Copies of the workspace, made before much of it is written anew."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ...core.errors import WorkspaceError
from ...core.exchange.whole_file import draft_beside
from ...core.i18n import mark
from ..faults import sentences

Tell = Callable[[int, int], None]
_PAGES_AT_ONCE = 2_000
KEPT = 3
"""So many copies are kept; a new one takes the place of the oldest."""
_STAMP = "%Y%m%dT%H%M%S%f"
_DIGITS = r"\d{8}T\d{12}"
_MADE_WITHIN = dt.timedelta(minutes=30)
"""A copy written to so long after it was begun is somebody's work."""


def back_up(connection: sqlite3.Connection, path: Path, now: dt.datetime) -> Path:
    """Copy a workspace beside it, by SQLite's own means: whole, whoever else is writing. Raises ``WorkspaceError``."""
    target = copy_to(connection, path, path.with_name(f"{path.stem}_backup_{now:{_STAMP}}{path.suffix}"))
    for old in backups(path)[:-KEPT]:
        if old != target:
            with suppress(OSError):  # another program may have it open: it goes the next time
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
    """Return the copies that were made of a workspace, the oldest first; not those in which somebody works since."""
    named = re.compile(f"{re.escape(path.stem)}_backup_({_DIGITS}){re.escape(path.suffix)}")
    found = ((named.fullmatch(each.name), each) for each in path.parent.iterdir())
    return sorted(each for match, each in found if match and not _is_work(each, match[1]))


def _is_work(copy: Path, stamp: str) -> bool:
    try:
        begun = dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)
        return dt.datetime.fromtimestamp(copy.stat().st_mtime, dt.UTC) - begun > _MADE_WITHIN
    except (OSError, ValueError):
        return True
