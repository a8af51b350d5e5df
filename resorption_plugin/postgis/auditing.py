"""Asks the log of the shared database: the history of a row, of a period, and whether it is intact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..core.ports import Feedback, Silent, stop_if_cancelled
from ..core.sync.audit import Entry, Reading, Verification
from .connection import Query, Server

ROWS_AT_ONCE = 2_000
"""Entries fetched between two looks whether the user wants to stop."""

_COLUMNS = "rev, at, who::text, tbl, uid::text, op::text, depts_old, depts_new, old, new"
_DECLARE = "SET LOCAL statement_timeout = 0; DECLARE told NO SCROLL CURSOR FOR SELECT {columns} FROM {source}; "
_BEGINS = "SELECT app.log_begins()"
_PERIOD = "app.newest_changes(%s::timestamptz, %s::timestamptz, %s::integer)"
_RECORD = "app.history(%s::text, %s::uuid, %s::integer)"
_FETCH = f"FETCH {ROWS_AT_ONCE} FROM told"
_VERIFY = "SET LOCAL statement_timeout = 0; SELECT * FROM app.verification()"


def read_period(
    server: Server, since: dt.datetime, until: dt.datetime, *, at_most: int, feedback: Feedback | None = None
) -> Reading:
    """Return what was written from ``since`` until before ``until``, of what the login may read.

    Raises ``SyncError`` and ``Cancelled``.
    """
    return _read(server, _PERIOD, (since, until), at_most, feedback or Silent())


def read_record(server: Server, layer: str, uid: str, *, at_most: int, feedback: Feedback | None = None) -> Reading:
    """Return what was written on a row and on those that belong or belonged to it, of what the login may read.

    Raises ``SyncError`` and ``Cancelled``.
    """
    return _read(server, _RECORD, (layer, uid), at_most, feedback or Silent())


def verify(server: Server) -> Verification:
    """Return whether the log is intact; for administrators and auditors. Raises ``SyncError`` and ``Cancelled``."""
    with server.look(_VERIFY) as ((revisions, trimmed, broken, at),):
        return Verification(revisions, trimmed, broken, at)


def _read(server: Server, source: str, values: Sequence[object], at_most: int, feedback: Feedback) -> Reading:
    """Read one entry more than ``at_most``, which says whether there are more."""
    declare: Query = _DECLARE.format(columns=_COLUMNS, source=source) + _BEGINS
    entries: list[Entry] = []
    with server.look(declare, (*values, at_most + 1)) as ((begins,),):
        while True:
            stop_if_cancelled(feedback)
            rows = server.ask(_FETCH)
            entries += [Entry.of(*row) for row in rows]
            feedback.progress(min(len(entries) / (at_most + 1), 1))
            if len(rows) < ROWS_AT_ONCE:
                break
    return Reading(tuple(entries[:at_most]), len(entries) > at_most, begins)
