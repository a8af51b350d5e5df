"""The batches sent: kept word for word until the server has said what became of them, and a month more."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence

from ...core.sync.operations import Batch, Operation
from ..sql import fill
from .tables import OUTBOX

KEPT_DAYS = 30
"""A server that is set back further than this to a backup does not get the lost batches again by themselves."""

_FIRST = fill(
    "SELECT batch, payload, schema_version FROM {table} WHERE state = 'sending' ORDER BY id LIMIT 1", table=OUTBOX
)
_ADD = fill(
    """INSERT INTO {table} (batch, payload, sha256, schema_version, state, at)
    VALUES (?, ?, ?, ?, 'sending', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))""",
    table=OUTBOX,
)
_RENEW = fill("UPDATE {table} SET batch = ?, payload = ?, sha256 = ?, schema_version = ? WHERE batch = ?", table=OUTBOX)
_DONE = fill(
    """UPDATE {table} SET state = 'done', revision = ?, results = ?, at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE batch = ?""",
    table=OUTBOX,
)
_ANSWER = fill("SELECT revision, results FROM {table} WHERE batch = ? AND results IS NOT NULL", table=OUTBOX)
_AGAIN = fill("UPDATE {table} SET state = 'sending' WHERE state = 'done'", table=OUTBOX)
_WAITING = fill("SELECT count(*) FROM {table} WHERE state = 'sending'", table=OUTBOX)
_OLD = fill(
    "DELETE FROM {table} WHERE state = 'done' AND julianday(at) < julianday('now') - ?",
    table=OUTBOX,
)


class Outbox:
    """Reads and writes the batches, inside the transaction of whoever asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open workspace."""
        self._connection = connection

    def first(self) -> Batch | None:
        """Return the batch in flight, the oldest of them."""
        row = self._connection.execute(_FIRST).fetchone()
        return None if row is None else Batch(*row)

    def waiting(self) -> int:
        """Return how many batches are not confirmed."""
        return int(self._connection.execute(_WAITING).fetchone()[0])

    def add(self, operations: Sequence[Operation]) -> Batch:
        """Keep a new batch of some operations."""
        batch = Batch.of(str(uuid.uuid4()), operations)
        self._connection.execute(_ADD, (batch.uid, batch.payload, batch.sha256, batch.schema_version))
        return batch

    def renew(self, batch: Batch, other: Batch) -> None:
        """Put another batch in the place of one that the server never took."""
        self._connection.execute(_RENEW, (other.uid, other.payload, other.sha256, other.schema_version, batch.uid))

    def answer(self, batch: Batch) -> tuple[int, str] | None:
        """Return the revision and the results of the answer that a batch had before it was put back, if it had one."""
        row = self._connection.execute(_ANSWER, (batch.uid,)).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def done(self, batch: Batch, revision: int, results: str) -> None:
        """Note the server's answer to a batch, and let go of the answers of long ago."""
        self._connection.execute(_DONE, (revision, results, batch.uid))
        self._connection.execute(_OLD, (KEPT_DAYS,))

    def again(self) -> int:
        """Put back the batches that were confirmed, as they were; return how many now wait.

        They keep their names: the server answers again to those it still knows, and applies those it lost.
        """
        self._connection.execute(_AGAIN)
        return self.waiting()
