"""A workspace that is exchanged with a shared database: implements ``core.sync.ports.LocalSide``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from ...core.model import catalogue
from ...core.ports import Feedback, SystemClock
from ...core.sync.freezing import Decision
from ...core.sync.news import Page, PulledRow, Welcome
from ...core.sync.operations import Batch, Choice, Operation, Result
from ...core.sync.ports import Bucket, Digest, Emptied, LocalState, Probe, Received, Snapshot, Waiting, unwatched
from ...core.sync.wire import Image
from .. import safety
from ..faults import sentences
from ..store import LOCK_TIMEOUT_S, GeoPackageStore
from . import backup, digests, recoding, sending, stored, tables
from .conflicts import Conflicts, Dispute
from .deciding import Desk, HeldBack
from .notes import APPLYING, Notes
from .outbox import Outbox
from .quarantine import Cause, Quarantine, Quarantined
from .rebasing import Rebase
from .receiving import Receiver
from .scanning import Scanner, written_by_others
from .sending import Sender


def is_attached(path: Path) -> bool:
    """Say whether a workspace is exchanged with a shared database; raises ``WorkspaceError``."""
    safety.check_file(path)
    with sentences(path), closing(safety.look(path)) as connection:
        return Notes(connection).is_known()


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
        self._scanner = Scanner()
        self._connection.text_factory = stored.TEXT
        with sentences(self.path):
            missing = tables.missing(self._connection)
            statements = [*tables.make(missing), *tables.unkeyed(self._connection)]
            if not statements and Notes(self._connection).is_known():
                return
            with self._transaction():
                for statement in statements:
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
            if Notes(self._connection).greet(welcome):
                Quarantine(self._connection).retry([Cause.REFUSED, Cause.PASSING])

    def freeze(self) -> Batch | None:
        with self._reading():
            batch = Outbox(self._connection).first()
        if batch is not None:
            return batch
        with self._step("freeze"):
            return Sender(self._connection, self.path, self._scanner).freeze()

    def to_send(self) -> list[Operation]:
        """Return what the next batches would hold; nothing is written."""
        with self._reading():
            return Sender(self._connection, self.path, self._scanner).operations()

    def settle(self, batch: Batch, results: Sequence[Result], revision: int) -> None:
        with self._step("settle"):
            sending.settle(self._connection, self.path, batch, results, revision)

    def renew(self, batch: Batch) -> None:
        with self._transaction():
            Outbox(self._connection).renew(batch, recoding.under_another_name(batch))

    def emptied(self) -> list[Emptied]:
        with self._reading():
            return Sender(self._connection, self.path, self._scanner).emptied()

    def receive(self, page: Page) -> Received:
        with self._reading():
            if not Receiver(self._connection, self.path).may_change(page):
                return Received()
        return self._take("pull", lambda: Receiver(self._connection, self.path).receive(page))

    def repair(self, rows: Sequence[PulledRow], asked: Collection[tuple[str, str]]) -> Received:
        return self._take("repair", lambda: Receiver(self._connection, self.path).repair(rows, asked))

    def rebase(self, welcome: Welcome, snapshot: Snapshot, feedback: Feedback) -> Received:
        rebase = Rebase(self._connection, self.path, self.probe)
        others = -1

        def begin() -> Received:
            nonlocal others
            self._scanner.forget(self._connection)
            received = rebase.run(snapshot, feedback)
            notes = Notes(self._connection)
            notes.begin(welcome)
            notes.move(snapshot.revision, snapshot.chain)
            others = written_by_others(self._connection)
            return received

        received = self._take("rebase", begin)
        if rebase.is_copy:
            with self._reading():
                self._scanner.agree(self._connection, others)
        return received

    def requeue(self) -> int:
        with self._transaction():
            return Outbox(self._connection).again()

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
                Sender(self._connection, self.path, self._scanner).count(),
                sum(dispute.is_mine and dispute.decision is None for dispute in Conflicts(self._connection).all()),
                len(Quarantine(self._connection).all()),
            )

    def conflicts(self) -> list[Dispute]:
        """Return the open contradictions, the oldest first, with what was decided here on them."""
        with self._reading():
            return Conflicts(self._connection).all()

    def decide(
        self, conflict: str, choice: Choice, values: Image | None = None, comment: str | None = None
    ) -> Decision:
        """Decide a conflict by its uid: the workspace shows it at once, the next synchronisation sends it.

        ``values`` are those of ``EDIT``, by column, in wire form. Raises ``WorkspaceError`` for a conflict that is no
        more open, or values that the rules of the layer refuse; nothing is changed then.
        """
        return self.decide_alike([conflict], choice, values, comment)[0]

    def decide_alike(
        self, conflicts: Sequence[str], choice: Choice, values: Image | None = None, comment: str | None = None
    ) -> list[Decision]:
        """Decide several conflicts in the same way (``decide``); where one cannot be, none is."""
        with self._transaction():
            desk = Desk(self._connection, self.path)
            return [desk.decide(uid, choice, values or {}, comment) for uid in conflicts]

    def dispute(self, conflict: str) -> Dispute:
        """Return a contradiction by its uid; raises ``WorkspaceError`` when it is no more to be decided."""
        with self._reading():
            return Desk(self._connection, self.path).dispute(conflict)

    def mine(self, dispute: Dispute) -> Image:
        """Return what deciding for ``MINE`` writes, in wire form: also what was edited since it was raised."""
        with self._reading():
            return Desk(self._connection, self.path).mine(dispute)

    def undecide(self, *conflicts: str) -> None:
        """Take decisions back, in this order; raises ``WorkspaceError`` where one is being sent: none is taken back."""
        with self._transaction():
            desk = Desk(self._connection, self.path)
            for uid in conflicts:
                desk.undecide(uid)

    def held_back(self) -> list[HeldBack]:
        """Return what others wrote and cannot be taken beside what was edited here."""
        with self._reading():
            return Desk(self._connection, self.path).held_back()

    def quarantined(self) -> list[Quarantined]:
        """Return the rows that cannot be sent, the oldest first."""
        with self._reading():
            return Quarantine(self._connection).all()

    def discard(self, layer: str, uid: str, cause: Cause) -> None:
        """Give up what is set aside of a row for a cause (``Desk.discard``)."""
        with self._transaction():
            Desk(self._connection, self.path).discard(layer, uid, cause)
            self._refresh_extent(catalogue.layer(layer))

    def detach(self) -> None:
        """Forget the shared database: the workspace stays, whole, with all that was edited in it.

        A copy of the workspace with all that is forgotten, what was not sent among it, is made beside it before.
        """
        self.back_up()
        with self._step("detach"):
            Notes(self._connection).forget()
            for statement in tables.drop():
                self._connection.execute(statement.sql, statement.values)

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
