"""Makes the next batch of what was changed in the workspace, and notes what became of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ...core.i18n import mark
from ...core.sync import freezing, merging, settling, wire
from ...core.sync.ancestry import LocalRow
from ...core.sync.freezing import Decision
from ...core.sync.operations import OPERATIONS_AT_ONCE, Batch, Choice, Key, Kind, Operation, Result, records
from ...core.sync.ports import Emptied
from ...core.sync.travelling import Travel, travel, travels
from ...core.sync.wire import UnsendableError
from ..sql import fill
from . import recoding, stored, tables
from .conflicts import Conflicts, known
from .notes import Notes
from .noticing import deleted, notice
from .outbox import Outbox
from .quarantine import Cause, Quarantine, Quarantined
from .rows import Raw, Rows, keys
from .scanning import Found, Scanner
from .writing import Writer

FEWEST = 50
"""Of a layer with fewer records, most may go without anybody being asked: a list is that soon made anew."""

_TOO_LARGE = mark("This record alone is larger than what can be sent at once. Shorten its texts.")
_TWICE = mark("Several records bear the same identifier. Delete all of them but one.")
_NO_IDENTIFIER = mark("The identifier “{uid}” is not one that can be sent. Draw the record again.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be sent as it is."""

    layer: str
    uid: str
    cause: Cause
    error: UnsendableError
    operation: Operation | None = None


@dataclass(slots=True)
class Sender:
    """Reads one workspace, inside the transaction of whoever asks."""

    connection: sqlite3.Connection
    workspace: Path
    scanner: Scanner
    found: Mapping[str, Found] = field(default_factory=dict)
    contested: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    aside: Mapping[Key, Quarantined] = field(default_factory=dict)
    left: frozenset[Key] = frozenset()
    """Rows that were set aside when they went where this login may not read."""
    differing: set[Key] = field(default_factory=set)
    """The records that differ at all from the server's, also where nothing of it is to be sent."""
    mended: set[Key] = field(default_factory=set)
    """What was set aside and may be sent now, or has nothing to send any more."""
    refusals: list[Refusal] = field(default_factory=list)
    """What cannot be sent, as far as the rows were read."""

    def freeze(self) -> Batch | None:
        """Keep a batch of what was changed; ``None`` when there is nothing to send."""
        self._look()
        filled = freezing.fill(self._operations())
        error = UnsendableError(_TOO_LARGE)
        self.refusals += [Refusal(made.layer, made.uid, Cause.TOO_LARGE, error, made) for made in filled.too_large]
        Quarantine(self.connection).drop(self.mended)
        for refusal in self.refusals:
            self._set_aside(refusal)
        if not filled.taken:
            return None
        notice(self.connection, self.workspace, filled.taken)
        return Outbox(self.connection).add(filled.taken)

    def count(self) -> int:
        """Return how many records are to be sent (``operations``).

        Of very many, how many differ from the server's at all or bear a decision: what is to be sent is not read.
        """
        self._look()
        if len(self.differing) > OPERATIONS_AT_ONCE:
            disputes = (one for one in Conflicts(self.connection).all() if one.decision is not None)
            return len(self.differing | {(one.conflict.layer, one.conflict.row) for one in disputes})
        return len(records(self._all()))

    def emptied(self) -> list[Emptied]:
        """Return the layers out of which most records went, and no trigger saw it."""
        self._look()
        found = []
        for there in travels():
            removed = self.found[there.key].removed
            if len(removed) < FEWEST / 2:
                continue
            count = fill("SELECT count(*) FROM {table}", table=tables.base(there))
            ((known,),) = self.connection.execute(count)
            gone = len(set(removed) - deleted(self.connection, there.key))
            if known >= FEWEST and gone * 2 > known:
                found.append(Emptied(there.key, gone, known))
        return found

    def operations(self) -> list[Operation]:
        """Return all that is to be sent: of a record at most one edit, and each decision."""
        self._look()
        return self._all()

    def _all(self) -> list[Operation]:
        """Return what is in flight and what is to be sent besides; what is both is told as it is now."""
        batch = Outbox(self.connection).first()
        frozen = batch.operations() if batch is not None else []
        return list({(made.key, made.conflict): made for made in [*frozen, *self._operations()]}.values())

    def _look(self) -> None:
        self.found = self.scanner.scan(self.connection)
        self.contested = Conflicts(self.connection).contested()
        self.aside = Quarantine(self.connection).mendable()
        self.left = Quarantine(self.connection).of(Cause.LEFT_AREA)
        self.differing = {(key, uid) for key, found in self.found.items() for uid in found}
        self.mended = self.aside.keys() - self.differing

    def _operations(self) -> Iterator[Operation]:
        """Yield what to send, in the order of ``freezing.ordered``; read no further than the batch is full."""
        decided = freezing.ordered(map(freezing.resolution, self._decisions()))
        yield from (made for made in decided if made.version is None)
        for there in travels():
            yield from self._of(there, self.found[there.key].added)
        yield from (made for made in decided if made.version is not None and made.edits)
        for there in travels():
            yield from self._of(there, self.found[there.key].changed)
        for there in reversed(travels()):
            yield from self._of(there, self.found[there.key].removed)
        yield from (made for made in decided if made.version is not None and not made.edits)

    def _decisions(self) -> Iterator[Decision]:
        for dispute in Conflicts(self.connection).all():
            if dispute.decision is not None:
                yield self._as_it_is_now(dispute.decision) if dispute.is_mine else dispute.decision

    def _as_it_is_now(self, decision: Decision) -> Decision:
        """Return a decision for what is here with the values that are here: they may have been edited since."""
        if decision.choice is not Choice.MINE:
            return decision
        conflict = decision.conflict
        there = travel(conflict.layer)
        row = Rows(self.connection, self.workspace, there).read([conflict.row])[conflict.row]
        values = merging.mine(there, row, conflict)
        return Decision(conflict, decision.choice, values, decision.comment)

    def _of(self, there: Travel, uids: Sequence[str]) -> Iterator[Operation]:
        rows = Rows(self.connection, self.workspace, there)
        for start in range(0, len(uids), 500):
            part = uids[start : start + 500]
            held = rows.held(part)
            for uid, raw in rows.raw(part):
                one = self.aside.get((there.key, uid))
                if raw.base is None and (there.key, uid) in self.left:
                    continue
                try:
                    row = self._sendable(there, rows, uid, raw)
                except UnsendableError as error:
                    self.refusals.append(Refusal(there.key, uid, Cause.UNSENDABLE, error))
                    continue
                row = LocalRow(row.working, row.base, row.version, held.get(uid, {}))
                yield from self._made(there, uid, row, one)

    def _made(self, there: Travel, uid: str, row: LocalRow, one: Quarantined | None) -> Iterator[Operation]:
        contested = self.contested.get((there.key, uid), frozenset())
        made = freezing.operation(there, uid, row, contested)
        if one is not None:
            if made is not None and freezing.fingerprint(made) == one.fingerprint:
                return
            self.mended.add((there.key, uid))
        if made is not None:
            yield made

    def _sendable(self, there: Travel, rows: Rows, uid: str, raw: Raw) -> LocalRow:
        if raw.is_double:
            raise UnsendableError(_TWICE)
        if not wire.UUID.fullmatch(uid):
            raise UnsendableError(_NO_IDENTIFIER, uid=uid)
        base = raw.base and stored.readable_image(there, rows.columns, raw.base)
        working = None
        if raw.working and raw.base and base:
            working = stored.image_beside(there, rows.columns, raw.working, raw.base, base)
        elif raw.working:
            working = stored.image(there, rows.columns, raw.working)
        return LocalRow(working or None, base or None, raw.version)

    def _set_aside(self, refusal: Refusal) -> None:
        rows = Rows(self.connection, self.workspace, travel(refusal.layer))
        found = dict(rows.raw([refusal.uid]))[refusal.uid]
        image = stored.raw_json(rows.columns, found.working) if found.working else None
        Quarantine(self.connection).put(
            refusal.layer,
            refusal.uid,
            refusal.cause,
            stored.sentence_to_json(refusal.error),
            operation=refusal.operation,
            image=image,
        )


def settle(
    connection: sqlite3.Connection, workspace: Path, batch: Batch, results: Sequence[Result], revision: int
) -> None:
    """Note what became of a batch: what the server confirmed is from now on what it is known to hold."""
    notes, conflicts, quarantine = Notes(connection), Conflicts(connection), Quarantine(connection)
    outbox, told = Outbox(connection), json.dumps([_told(result) for result in results], ensure_ascii=False)
    before = outbox.answer(batch)
    outbox.done(batch, revision, told)
    if before == (revision, told):
        return  # the server had lost nothing
    batch, results = recoding.in_todays_words(batch, results)
    ours = [dispute.conflict.uid for dispute in conflicts.all() if dispute.is_mine]
    settled = settling.settle(batch, results, ours=ours, is_old=before is not None)
    for layer, uids in keys(list(settled.confirmed)).items():
        rows = Rows(connection, workspace, travel(layer))
        for uid, row in rows.read(uids).items():
            after = settling.advanced(row, settled.confirmed[layer, uid])
            rows.renew_base(uid, row.base, after.base, after.version)
            if after.held or row.held:
                rows.write_held(uid, after.held)
    void = _settle_decisions(conflicts, settled, notes.devices())
    quarantine.drop(settled.confirmed)
    if settled.confirmed:
        quarantine.retry([Cause.PASSING])
    for refused in settled.refused:
        if refused.operation.kind is not Kind.RESOLVE:
            _put_refused(connection, workspace, quarantine, refused)
    for decision in void:
        Writer(connection, workspace).keep_decided(decision)


def _settle_decisions(conflicts: Conflicts, settled: settling.Settled, devices: frozenset[str]) -> list[Decision]:
    """Note which decisions were accepted, and what contradicts since.

    Return what was written in decisions that were not accepted and that no open contradiction shows any more.
    """
    again = {str(made.conflict) for made in settled.void if conflicts.revive(made)}
    reasons = {one.operation.conflict: one for one in settled.refused if one.operation.kind is Kind.RESOLVE}
    for uid in settled.undecided:
        conflicts.reject(uid, *((reasons[uid].code, reasons[uid].reason) if uid in reasons else ()))
    raised = [known(one) for one in settled.conflicts]
    closed, undecided = set(settled.closed) - again, set(settled.undecided)
    conflicts.close(closed - undecided)
    void = [*conflicts.overtake(raised), *conflicts.withdraw(sorted(closed & undecided))]
    conflicts.put(raised, devices.union(one.device for one in raised))
    return void


def _put_refused(
    connection: sqlite3.Connection, workspace: Path, quarantine: Quarantine, refused: settling.Refused
) -> None:
    made = refused.operation
    rows = Rows(connection, workspace, travel(made.layer))
    found = dict(rows.raw([made.uid]))[made.uid]
    shown = found.working or found.base
    quarantine.put_refused(refused, stored.raw_json(rows.columns, shown) if shown else None)


def _told(result: Result) -> dict[str, object]:
    conflicts = [{**asdict(one), "kind": one.kind.value} for one in result.conflicts]
    return {
        "no": result.number,
        "outcome": result.outcome.value,
        "conflicts": conflicts,
        "reason": result.reason,
        "code": result.code,
        "ver": result.version,
    }
