"""Upgrades a workspace of an older version: all of it in one transaction, or nothing; a copy is kept beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import Cancelled, OutdatedWorkspaceError, WorkspaceError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import Feedback, Silent, SystemClock, stop_if_cancelled
from ..core.sync.ports import Probe, unwatched
from . import history, safety, upgrades
from .faults import sentences
from .history_tables import SWITCH_TABLE
from .moves import Step, has_table
from .schema import META_TABLE
from .sql import fill
from .store import LOCK_TIMEOUT_S, connect
from .sync import backup, recoding
from .sync.notes import Notes

_NOTE = fill("UPDATE {meta} SET value = ? WHERE key = ?", meta=META_TABLE)
_TOUCH = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_STEPS_BETWEEN_LOOKS = 50_000
"""Of SQLite's own machine: some milliseconds."""
_OF_THE_COPY = 0.4


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did."""

    before: int
    """The version of the data before."""
    now: int
    copy: Path | None
    """The workspace as it was before; ``None`` when there was nothing to do, or another program had just done it."""


def is_outdated(path: Path) -> bool:
    """Say whether a file is a workspace that can be upgraded; nothing else is said of it."""
    try:
        safety.check_file(path)
    except OutdatedWorkspaceError:
        return True
    except WorkspaceError:
        return False
    return False


def upgrade(
    path: Path,
    feedback: Feedback | None = None,
    *,
    probe: Probe = unwatched,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> Upgraded:
    """Make a workspace one of this version, with its history and all that waits to be sent; done already, do nothing.

    Raises ``Cancelled`` and ``WorkspaceError``: the file is then as it was, and no copy is left.
    """
    try:
        safety.check_file(path)
    except OutdatedWorkspaceError:
        safety.check_writable(path)
    else:
        return Upgraded(catalogue.SCHEMA_VERSION, catalogue.SCHEMA_VERSION, None)
    watch = feedback or Silent()
    with sentences(path), closing(connect(path, read_only=False, lock_timeout_s=lock_timeout_s)) as connection:
        # a table is made anew under the eyes of those that refer to it
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA legacy_alter_table = ON")
        with _transaction(connection, watch):
            before = safety.noted_version(connection, path)  # since the first look another program may have done it
            if before >= catalogue.SCHEMA_VERSION:
                return Upgraded(before, before, None)
            copy = _copied(path, before, watch)
            try:
                _run(connection, path, upgrades.since(before), watch)
                probe("upgrade:before_commit")
                connection.execute("COMMIT")
            except BaseException:
                copy.unlink(missing_ok=True)
                raise
        probe("upgrade:after_commit")
    watch.progress(1.0)
    return Upgraded(before, catalogue.SCHEMA_VERSION, copy)


@contextmanager
def _transaction(connection: sqlite3.Connection, watch: Feedback) -> Iterator[None]:
    """Hold the file; whoever does not commit leaves it as it was. Cancelling interrupts SQLite wherever it is."""
    connection.execute("BEGIN IMMEDIATE")
    connection.set_progress_handler(watch.is_cancelled, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _copied(path: Path, version: int, watch: Feedback) -> Path:
    """Copy the workspace by a connection of its own: SQLite copies nothing through one that may write."""

    def tell(left: int, pages: int) -> None:
        stop_if_cancelled(watch)
        watch.progress(_OF_THE_COPY * (1 - left / max(pages, 1)))

    name = f"{path.stem}_version{version}_{SystemClock().now():%Y%m%dT%H%M%S%f}{path.suffix}"
    with closing(connect(path, read_only=True)) as reader:
        return backup.copy_to(reader, path, path.with_name(name), tell)


def _run(connection: sqlite3.Connection, path: Path, steps: tuple[Step, ...], watch: Feedback) -> None:
    broken = _broken_references(connection)
    for number, step in enumerate(steps, start=1):
        stop_if_cancelled(watch)
        step.upgrade(connection)
        recoding.recode(connection, step.recoded)
        watch.progress(_OF_THE_COPY + (0.9 - _OF_THE_COPY) * number / len(steps))
    history.renew(connection)
    _begin_anew(connection)
    connection.execute(_TOUCH)
    connection.execute(_NOTE, (str(catalogue.SCHEMA_VERSION), safety.VERSION_KEY))
    safety.check_tables(connection, path)
    if _broken_references(connection) - broken:
        raise WorkspaceError(
            mark(
                "The upgrade of {path} would part records from those they belong to: nothing was changed. Send the "
                "file to whoever maintains the plugin."
            ),
            path=path,
        )


def _begin_anew(connection: sqlite3.Connection) -> None:
    """Have everything read anew at the next synchronisation, after what is on its way: the server was upgraded too."""
    if has_table(connection, SWITCH_TABLE) and Notes(connection).is_known():
        Notes(connection).forget_scope()


def _broken_references(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    return set(connection.execute("PRAGMA foreign_key_check"))
