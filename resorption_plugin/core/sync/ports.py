"""What a session of synchronisation asks of the two sides: implemented in ``geopackage`` and ``postgis``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ..errors import ResorptionError
from ..ports import Feedback
from .news import Action, Page, PulledRow, Welcome
from .operations import Batch, Conflict, Result

Probe = Callable[[str], None]
"""Called with the name of a step just before and after what must not be torn; tests stop the program there."""


def unwatched(step: str) -> None:
    """Watch nothing: what is used outside the tests."""


class SyncError(ResorptionError):
    """The shared database cannot be used as things are."""


class UnreachableError(SyncError):
    """The server does not answer, or no more: being without network is a state; what was asked may have been done."""


class BusyError(UnreachableError):
    """The server asks to try again: a lock, a deadlock, a restart."""


class RefusedError(SyncError):
    """The server answers, and refuses: login, rights, versions. ``action`` says who has to do what."""

    def __init__(self, template: str, /, action: Action = Action.WAIT, **values: object) -> None:
        super().__init__(template, **values)
        self.action = action


@dataclass(frozen=True, slots=True)
class LocalState:
    """What a workspace remembers of the shared database."""

    device: str
    counter: int
    """How many times this device said hello: a copied file is found by it."""
    epoch: str
    """Empty before the first exchange."""
    cursor: int
    chain: str
    """The hash of the server's chain at ``cursor``: a history that was rewritten is found by it."""
    scope: str
    schema_version: int


Bucket = tuple[str, int]
"""A layer, and the number of the bucket (the first two hexadecimal digits of the uid)."""
Digest = Mapping[Bucket, tuple[int, int]]
"""By bucket: how many rows, and their hashes joined by exclusive or; empty buckets are left out."""


@dataclass(frozen=True, slots=True)
class Table:
    """All the rows of a layer that a login may read, for a new beginning.

    ``lines`` are those of PostgreSQL's COPY in its text format, in UTF-8: uid, version, hash, then ``columns`` in the
    form in which the workspace stores them (yes and no as 1 and 0, lists as JSON, a geometry as hexadecimal WKB).
    """

    layer: str
    columns: tuple[str, ...]
    lines: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a login may read at one revision."""

    revision: int
    chain: str
    tables: Iterator[Table]
    """One after the other: each is read to its end before the next."""
    conflicts: tuple[Conflict, ...] = ()
    """The open ones, of the rows this login may read: the workspace drops those that are not among them."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a page or a new beginning changed in the workspace."""

    layers: frozenset[str] = frozenset()
    rows: int = 0
    damaged: tuple[tuple[str, str], ...] = ()
    """(layer, uid) of the rows whose hash is not the server's: they have to be asked for again, whole."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is left to do, once all is exchanged."""

    to_send: int
    """Rows changed and not sent yet."""
    conflicts: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Emptied:
    """A layer out of which a program took many records behind the back of the history: perhaps nobody wanted it."""

    layer: str
    gone: int
    """So many records would be deleted for everybody."""
    known: int
    """So many the shared database holds, as far as this workspace knows."""


class LocalSide(Protocol):
    """The workspace. Each method that writes is one transaction: all of it or nothing; all raise ``WorkspaceError``."""

    def state(self) -> LocalState:
        """Return what the workspace remembers; a device is given to it the first time."""

    def greet(self, welcome: Welcome) -> None:
        """Note that hello was said: the counter grows, another device is taken where the file was a copy."""

    def freeze(self) -> Batch | None:
        """Return the batch in flight, else a new one of what was changed; ``None`` when there is nothing to send."""

    def settle(self, batch: Batch, results: Sequence[Result], revision: int) -> None:
        """Note what became of a batch: its conflicts, its refused rows; it is no more in flight."""

    def renew(self, batch: Batch) -> None:
        """Say a batch of before an upgrade, which the server never took nor ever will, in the words of today."""

    def emptied(self) -> Sequence[Emptied]:
        """Return the layers of which most records would be deleted without anybody having been seen deleting them."""

    def receive(self, page: Page) -> Received:
        """Write what others did, with the cursor; what was edited here and not sent stays."""

    def rebase(self, welcome: Welcome, snapshot: Snapshot, feedback: Feedback) -> Received:
        """Begin anew from everything the server holds, edits kept; raises ``Cancelled``."""

    def requeue(self) -> int:
        """Put the batches that were confirmed back in the outbox, in their order and as they were.

        Return how many wait there, the one in flight included. The server answers again to those it knows, and applies
        those it has lost.
        """

    def repair(self, rows: Sequence[PulledRow], asked: Collection[tuple[str, str]]) -> Received:
        """Replace what is known of some rows; those asked for and not among ``rows`` are not on the server."""

    def touched_buckets(self) -> frozenset[Bucket]:
        """Return the buckets written since the digests were last found equal."""

    def digest(self, buckets: Collection[Bucket] | None = None) -> Digest:
        """Return the digests of what the server is known to hold; of all buckets when ``None``."""

    def uids(self, bucket: Bucket) -> dict[str, int]:
        """Return the hash of each row known of a bucket, by uid."""

    def digests_agreed(self) -> None:
        """Note that the digests were found equal."""

    def back_up(self) -> None:
        """Copy the workspace beside it, by SQLite's own means."""

    def waiting(self) -> Waiting:
        """Return what is left to do."""


class RemoteSide(Protocol):
    """The shared database, reached as one login. All raise ``UnreachableError``, ``BusyError`` and ``RefusedError``."""

    def hello(self, state: LocalState) -> Welcome:
        """Say who asks; nothing else is asked before."""

    def push(self, batch: Batch, state: LocalState) -> tuple[int, list[Result]]:
        """Send a batch; return the revision it got and what became of each operation. Sent again, it changes nothing.

        ``UnreachableError`` means that nobody knows whether it was applied.
        """

    def pull(self, cursor: int) -> Page:
        """Return what changed after a revision."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Give everything this login may read, at one revision."""

    def digest(self) -> tuple[int, Digest]:
        """Return the revision and the digests of what this login may read."""

    def rows(self, asked: Collection[tuple[str, str]]) -> list[PulledRow]:
        """Return some rows whole, those of them that this login may read."""

    def uids(self, bucket: Bucket) -> dict[str, int]:
        """Return the hash of each row of a bucket, by uid."""
