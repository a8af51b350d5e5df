"""One synchronisation, from the greeting to the comparison of what both sides hold.

Each step is one transaction on one side, and says on which side it was done before the next begins: wherever the
program is stopped, the next session goes on from there. A batch is kept until its answer is written, and sent again
under the same name; nothing is received while a batch has no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from ..errors import Cancelled, ResorptionError
from ..i18n import mark
from ..ports import Feedback, Part, Silent, stop_if_cancelled
from .news import Action, Welcome
from .operations import Batch, Key, Operation, Outcome, Result, records
from .patience import Patience
from .ports import Bucket, LocalSide, Probe, Received, RefusedError, RemoteSide, Waiting, unwatched
from .settling import is_taken
from .welcoming import Emptying, refuse_emptied, refuse_unless_welcome

ROUNDS = 4
"""What others did may leave something to send, and a person may go on editing: so often at most within a session."""

COMPARISONS = 3
"""How often the digests are compared, repairs between, before the difference is left to the next session."""

MANY_ROWS = 1_000
"""The workspace is copied before so many rows are written at once."""

ROWS_AT_ONCE = 500
"""How many rows are asked for by name at once."""


class Scrutiny(Enum):
    """What is compared once all is exchanged."""

    TOUCHED = "touched"
    """What was written since the last time."""
    ALL = "all"


class Paused(Cancelled):
    """The user stopped between two steps."""

    def __init__(self) -> None:
        ResorptionError.__init__(
            self,
            mark("Stopped: what was exchanged so far is kept, the rest waits here for the next synchronisation."),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a session did."""

    sent: int = 0
    """Records of which the server applied something, or already knew it: each once, however often it went."""
    received: int = 0
    """Rows written in the workspace."""
    merged: int = 0
    """Operations applied to rows that someone else had changed elsewhere in them."""
    conflicts: int = 0
    """Contradictions found by this session."""
    refused: int = 0
    repaired: int = 0
    """Rows asked for again, as what was known of them was not what the server holds."""
    layers: frozenset[str] = frozenset()
    """The layers written in the workspace."""
    unrepaired: tuple[Bucket, ...] = ()
    """Where the two sides still differ."""
    is_new_beginning: bool = False
    """Whether everything was read anew."""
    waiting: Waiting = field(default_factory=lambda: Waiting(0, 0, 0))


def synchronise(
    local: LocalSide,
    remote: RemoteSide,
    feedback: Feedback | None = None,
    *,
    patience: Patience | None = None,
    probe: Probe = unwatched,
    scrutiny: Scrutiny = Scrutiny.TOUCHED,
    emptying: Emptying = Emptying.REFUSED,
) -> Report:
    """Exchange with the shared database all that can be, and say what was done.

    Raises ``RefusedError`` when the server wants something else first, ``UnreachableError`` when it does not answer,
    ``EmptiedError`` unless a person agreed, ``WorkspaceError``, ``Paused``. Nothing is lost by any of them: the next
    session goes on.
    """
    session = _Session(local, remote, feedback or Silent(), patience or Patience(), probe)
    return session.run(scrutiny, emptying)


class _Session:
    def __init__(
        self, local: LocalSide, remote: RemoteSide, feedback: Feedback, patience: Patience, probe: Probe
    ) -> None:
        self._local = local
        self._remote = remote
        self._feedback = feedback
        self._patience = patience
        self._probe = probe
        self._report = Report()
        self._is_backed_up = False
        self._echo: dict[Key, int] = {}
        self._sent: set[Key] = set()

    def run(self, scrutiny: Scrutiny, emptying: Emptying) -> Report:
        welcome = self._greet()
        if emptying is Emptying.REFUSED:
            refuse_emptied(self._local.emptied())
        self._begin_anew_if_asked(welcome)
        self._advance(0.3)
        for turn in range(ROUNDS):
            has_sent = self._send_all(welcome)
            has_received = self._receive_all(welcome)
            self._advance(0.3 + 0.5 * (turn + 1) / ROUNDS)
            if not has_sent and not has_received:
                break
        self._compare(welcome, scrutiny)
        self._advance(1.0)
        return replace(self._report, waiting=self._local.waiting())

    def _greet(self) -> Welcome:
        self._advance(0.0)
        state = self._local.state()
        welcome = self._patience.with_busy(lambda: self._remote.hello(state))
        refuse_unless_welcome(welcome)
        self._local.greet(welcome)
        return welcome

    def _begin_anew_if_asked(self, welcome: Welcome) -> None:
        """Read everything anew; before, send what has no answer, or has one that the server has lost since."""
        state = self._local.state()
        if welcome.action is not Action.REBASE and state.epoch:
            return
        if not state.epoch:
            self._begin_anew(welcome)
            return
        if welcome.epoch != state.epoch or welcome.revision < state.cursor or welcome.reason == "chain":
            for _ in range(self._local.requeue()):
                self._send_one(welcome)
        else:
            self._send_all(welcome)
        self._local.back_up()
        self._begin_anew(welcome)

    def _begin_anew(self, welcome: Welcome) -> None:
        def rebase() -> Received:
            with self._remote.snapshot() as snapshot:
                return self._local.rebase(welcome, snapshot, Part(self._feedback, 0.05, 0.3))

        self._note(self._patience.with_losses(rebase))
        self._report = replace(self._report, is_new_beginning=True)

    def _send_all(self, welcome: Welcome) -> bool:
        """Send batch after batch; return whether there was one."""
        told: set[str] = set()
        while batch := self._send_one(welcome):
            if batch.sha256 in told:
                break  # the same again: the answer does not change what there is to send
            told.add(batch.sha256)
        return bool(told)

    def _send_one(self, welcome: Welcome) -> Batch | None:
        self._advance()
        batch = self._local.freeze()
        if batch is None:
            return None
        state = replace(self._local.state(), epoch=welcome.epoch)

        def push() -> tuple[int, list[Result]]:
            self._probe("push:before_send")
            return self._remote.push(batch, state)

        try:
            revision, results = self._patience.with_losses(push)
        except RefusedError as refusal:
            if refusal.action is not Action.UPGRADE_PLUGIN or batch.schema_version == state.schema_version:
                raise
            # made before the workspace was upgraded: the server never took it, and never will
            self._local.renew(batch)
            return self._send_one(welcome)
        self._probe("push:after_answer")
        self._local.settle(batch, results, revision)
        made = batch.operations()
        self._count(made, results)
        self._remember(made, results)
        return batch

    def _remember(self, made: Sequence[Operation], results: Collection[Result]) -> None:
        """Keep the versions that rows got from here: the server tells them again, and they are not written again."""
        for result in results:
            if result.version is not None:
                own = made[result.number - 1]
                self._echo[own.layer, own.uid] = result.version

    def _count(self, made: Sequence[Operation], results: Collection[Result]) -> None:
        told = [(made[result.number - 1], result) for result in results]
        self._sent |= records(own for own, result in told if is_taken(own, result))
        report = self._report
        self._report = replace(
            report,
            sent=len(self._sent),
            merged=report.merged + sum(result.outcome is Outcome.MERGED for result in results),
            conflicts=report.conflicts + sum(len(result.conflicts) for result in results),
            refused=report.refused + sum(result.outcome.is_refusal for result in results),
        )

    def _receive_all(self, welcome: Welcome) -> bool:
        """Receive all there is; return whether there was something."""
        try:
            return self._receive_pages()
        except RefusedError as refusal:
            if refusal.action is not Action.REBASE:
                raise
        self._local.back_up()
        self._begin_anew(welcome)
        return True

    def _receive_pages(self) -> bool:
        has_rows = False
        more = True
        while more:
            self._advance()
            cursor = self._local.state().cursor
            page = self._patience.with_losses(lambda cursor=cursor: self._remote.pull(cursor))  # type: ignore[misc]
            if sum(self._echo.get((row.layer, row.uid)) != row.version for row in page.rows) > MANY_ROWS and (
                not self._is_backed_up
            ):
                self._local.back_up()
                self._is_backed_up = True
            received = self._local.receive(page)
            self._note(received)
            self._ask_again(received.damaged)
            has_rows = has_rows or bool(page.rows)
            more = page.more
        return has_rows

    def _ask_again(self, keys: Collection[Key]) -> None:
        for some in _parts(sorted(keys)):
            rows = self._patience.with_losses(lambda some=some: self._remote.rows(some))  # type: ignore[misc]
            self._note(self._local.repair(rows, some))
            self._report = replace(self._report, repaired=self._report.repaired + len(some))

    def _compare(self, welcome: Welcome, scrutiny: Scrutiny) -> None:
        """Compare what both sides hold, at one revision, and ask again for what differs."""
        wrong: list[Bucket] = []
        for _ in range(COMPARISONS):
            self._advance()
            touched = self._local.touched_buckets()
            if scrutiny is Scrutiny.TOUCHED and not touched:
                return
            revision, theirs = self._patience.with_losses(self._remote.digest)
            if revision != self._local.state().cursor:
                self._receive_all(welcome)
                continue
            ours = self._local.digest(None if scrutiny is Scrutiny.ALL else touched)
            compared = touched if scrutiny is Scrutiny.TOUCHED else ours.keys() | theirs.keys()
            wrong = [bucket for bucket in sorted(compared) if ours.get(bucket) != theirs.get(bucket)]
            if not wrong:
                self._local.digests_agreed()
                return
            self._repair(wrong)
        self._report = replace(self._report, unrepaired=tuple(wrong))

    def _repair(self, buckets: Collection[Bucket]) -> None:
        for bucket in buckets:
            self._advance()
            theirs = self._patience.with_losses(lambda bucket=bucket: self._remote.uids(bucket))  # type: ignore[misc]
            ours = self._local.uids(bucket)
            differ = {uid for uid in ours.keys() | theirs.keys() if ours.get(uid) != theirs.get(uid)}
            self._ask_again([(bucket[0], uid) for uid in differ])

    def _note(self, received: Received) -> None:
        report = self._report
        self._report = replace(report, received=report.received + received.rows, layers=report.layers | received.layers)

    def _advance(self, fraction: float | None = None) -> None:
        try:
            stop_if_cancelled(self._feedback)
        except Cancelled as error:
            raise Paused from error
        if fraction is not None:
            self._feedback.progress(fraction)


def _parts(keys: list[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(keys), ROWS_AT_ONCE):
        yield keys[start : start + ROWS_AT_ONCE]
