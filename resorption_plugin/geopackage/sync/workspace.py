"""A workspace that is exchanged with a shared database: implements ``core.sync.ports.LocalSide``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from ...core.model import catalogue
from ...core.ports import Feedback, SystemClock
from ...core.sync.operations import Batch, Page, PulledRow, Result, Welcome
from ...core.sync.ports import Bucket, Digest, LocalState, Probe, Received, Snapshot, Waiting, unwatched
from ..faults import sentences
from ..store import LOCK_TIMEOUT_S, GeoPackageStore
from . import backup, digests, sending, stored, tables
from .conflicts import Conflicts
from .notes import APPLYING, Notes
from .outbox import Outbox
from .quarantine import Quarantine
from .rebasing import Rebase
from .receiving import Receiver
from .sending import Sender


class SyncedWorkspace(GeoPackageStore):
    """An open workspace; a context manager that closes it. Each method that writes is one transaction.

    All methods raise ``WorkspaceError``.
    """

    probe: Probe = staticmethod(unwatched)

    @classmethod
    def attach(cls, path: Path, *, probe: Probe = unwatched, lock_timeout_s: float = LOCK_TIMEOUT_S) -> Self:
        """Open a workspace to exchange it; what that needs is made in it, also where a program has dropped it.

        Without what was known of the server, everything is asked for anew; nothing edited here is lost by it.
        """
        workspace = cls.open(path, lock_timeout_s=lock_timeout_s)
        try:
            workspace.make(probe)
        except BaseException:
            workspace.close()
            raise
        return workspace

    def make(self, probe: Probe) -> None:
        """Make the tables that are missing; ``probe`` watches from now on."""
        self.probe = probe
        self._connection.text_factory = stored.TEXT
        with sentences(self.path):
            missing = tables.missing(self._connection)
            if not missing and Notes(self._connection).is_known():
                return
            with self._transaction():
                for statement in tables.make(missing):
                    self._connection.execute(statement.sql, statement.values)
                notes = Notes(self._connection)
                notes.name_device()
                if any(name.startswith("gpkg_sync_base_") for name in missing):
                    notes.begin_anew()

    def state(self) -> LocalState:
        with self._reading():
            return Notes(self._connection).state()

    def welcome(self) -> dict[str, Any]:
        """Return who this workspace is for the server: login, role, departments, areas, rights; empty before."""
        with self._reading():
            return Notes(self._connection).welcome()

    def greet(self, welcome: Welcome) -> None:
        with self._transaction():
            Notes(self._connection).greet(welcome)

    def freeze(self) -> Batch | None:
        with self._reading():
            batch = Outbox(self._connection).first()
        if batch is not None:
            return batch
        with self._step("freeze"):
            return Sender(self._connection, self.path).freeze()

    def settle(self, batch: Batch, results: Sequence[Result], revision: int) -> None:
        with self._step("settle"):
            sending.settle(self._connection, self.path, batch, results, revision)

    def receive(self, page: Page) -> Received:
        return self._take("pull", lambda: Receiver(self._connection, self.path).receive(page))

    def repair(self, rows: Sequence[PulledRow], asked: Collection[tuple[str, str]]) -> Received:
        return self._take("repair", lambda: Receiver(self._connection, self.path).repair(rows, asked))

    def rebase(self, welcome: Welcome, snapshot: Snapshot, feedback: Feedback) -> Received:
        def begin() -> Received:
            received = Rebase(self._connection, self.path, self.probe).run(snapshot, feedback)
            notes = Notes(self._connection)
            notes.begin(welcome)
            notes.move(snapshot.revision, snapshot.chain)
            return received

        return self._take("rebase", begin)

    def requeue(self, revision: int) -> int:
        """Put back the batches confirmed after a revision, under their names; return how many wait now."""
        with self._transaction():
            return Outbox(self._connection).again(revision)

    def touched_buckets(self) -> frozenset[Bucket]:
        with self._reading():
            return Notes(self._connection).touched()

    def digest(self, buckets: Collection[Bucket] | None = None) -> Digest:
        with self._reading():
            return digests.digest(self._connection, buckets)

    def uids(self, bucket: Bucket) -> dict[str, int]:
        with self._reading():
            return digests.uids(self._connection, bucket)

    def digests_agreed(self) -> None:
        with self._transaction():
            Notes(self._connection).untouch()

    def back_up(self) -> None:
        with sentences(self.path):
            backup.back_up(self._connection, self.path, SystemClock().now())

    def waiting(self) -> Waiting:
        with self._reading():
            return Waiting(
                Sender(self._connection, self.path).count(),
                sum(dispute.is_mine and dispute.decision is None for dispute in Conflicts(self._connection).all()),
                len(Quarantine(self._connection).all()),
            )

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with sentences(self.path):
            yield

    def _take(self, step: str, work: Callable[[], Received]) -> Received:
        """Write what came from the server: the history flags it, and the dates of the layers tell that they changed."""
        with self._step(step):
            notes = Notes(self._connection)
            notes.write(**{APPLYING: 1})
            received = work()
            notes.write(**{APPLYING: 0})
            for key in sorted(received.layers):
                self._refresh_extent(catalogue.layer(key))
        return received

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """Write in one transaction, named to those who watch."""
        with self._transaction():
            yield
            self.probe(f"{name}:before_commit")
        self.probe(f"{name}:after_commit")
