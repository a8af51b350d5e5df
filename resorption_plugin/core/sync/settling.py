"""What the server's answer to a batch means for the workspace that sent it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .ancestry import UNSEEN, WHOLE, LocalRow
from .freezing import fingerprint
from .operations import Batch, Choice, Conflict, Key, Kind, Operation, Outcome, Result
from .travelling import AUDIT, travel
from .wire import Image

_UNKNOWN_CONFLICT = "unknown_conflict"
"""The server's word for a conflict that this login may not see any more: its row went elsewhere."""

_CONSTRAINTS = "23"
"""The class of SQLSTATE of the constraints: what they refuse may pass once other rows went before."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the server said that it holds of a row."""

    kind: Kind
    """``INSERT`` (the whole row), ``UPDATE`` (some columns) or ``DELETE`` (nothing)."""
    values: Image = field(default_factory=dict)
    version: int | None = None
    """The row's version; ``None`` when the server holds more in it than is known here."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An operation of which the server applied nothing."""

    operation: Operation
    code: str
    reason: str
    fingerprint: str
    """What is not to be sent again."""

    @property
    def is_passing(self) -> bool:
        """Say whether it is worth another try once something else was accepted."""
        return self.code.startswith(_CONSTRAINTS)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a batch."""

    conflicts: tuple[Conflict, ...] = ()
    """To be written as open: raised, or open again because someone changed the row before the decision came."""
    closed: tuple[str, ...] = ()
    """The uids of the conflicts that decisions of this batch have closed, or that others have to decide from now on."""
    void: tuple[Operation, ...] = ()
    """The decisions that were not accepted: they have to be taken again, and what was written in them is kept."""
    refused: tuple[Refused, ...] = ()
    confirmed: dict[Key, Confirmed] = field(default_factory=dict)
    """By row; those of which the server applied nothing are not there."""

    @property
    def undecided(self) -> tuple[str, ...]:
        """Return the uids of the conflicts that have to be decided again."""
        return tuple(str(made.conflict) for made in self.void)


def settle(batch: Batch, results: Sequence[Result], *, ours: Collection[str] = (), is_old: bool = False) -> Settled:
    """Return what became of a batch. An operation without a result counts as not sent.

    ``ours`` are the uids of the conflicts raised from this workspace: the row holds what was decided on them since the
    decision was taken. What was decided on others' conflicts comes with the pull, as all that others do.
    ``is_old``: the batch had an answer before, and was sent again in case the server had lost it. What is confirmed
    then is no news: the workspace has gone on since. (The very answer it had before needs not be settled at all.)
    """
    pairs = list(_pairs(batch, results))
    decisions = [(made, result) for made, result in pairs if made.kind is Kind.RESOLVE]
    void = [made for made, result in decisions if result.outcome is Outcome.CONFLICT or result.outcome.is_refusal]
    return Settled(
        tuple(conflict for _made, result in pairs for conflict in result.conflicts if conflict.is_open),
        tuple(str(made.conflict) for made, result in decisions if made not in void or result.code == _UNKNOWN_CONFLICT),
        tuple(void),
        tuple(
            Refused(made, result.code, result.reason, fingerprint(made))
            for made, result in pairs
            if result.outcome.is_refusal
        ),
        {} if is_old else _confirmed([(made, result) for made, result in pairs if made.conflict in (None, *ours)]),
    )


def advanced(row: LocalRow, confirmed: Confirmed) -> LocalRow:
    """Return a row whose base says what the server confirmed of it; what is edited here stays edited."""
    match confirmed.kind:
        case Kind.DELETE:
            return replace(row, base=None, version=None, held={})
        case Kind.INSERT:
            return replace(row, base=dict(confirmed.values), version=confirmed.version or UNSEEN, held={})
    if row.base is None:
        return row
    held = {name: value for name, value in row.held.items() if name not in confirmed.values}
    return replace(row, base={**row.base, **confirmed.values}, version=confirmed.version or row.version, held=held)


def is_taken(made: Operation, result: Result) -> bool:
    """Say whether the server applied something of an operation, or already knew it."""
    if result.outcome is Outcome.CONFLICT:
        return _of_one(made, result) is not None
    return not result.outcome.is_refusal


def _pairs(batch: Batch, results: Sequence[Result]) -> Iterator[tuple[Operation, Result]]:
    by_number = {result.number: result for result in results}
    for number, made in enumerate(batch.operations(), start=1):
        if number in by_number:
            yield made, by_number[number]


def _confirmed(pairs: Sequence[tuple[Operation, Result]]) -> dict[Key, Confirmed]:
    found: dict[Key, Confirmed] = {}
    for made, result in pairs:
        told = _of_one(made, result)
        if told is None:
            continue
        earlier = found.get((made.layer, made.uid))
        if earlier is not None and told.kind is Kind.UPDATE:
            told = Confirmed(earlier.kind, {**earlier.values, **told.values}, told.version or earlier.version)
        found[made.layer, made.uid] = told
    return found


def _of_one(made: Operation, result: Result) -> Confirmed | None:
    if result.outcome.is_refusal or made.choice is Choice.THEIRS:
        return None
    contested = {conflict.group for conflict in result.conflicts}
    if WHOLE in contested or (contested and made.kind is not Kind.UPDATE):
        return None
    if made.kind is Kind.DELETE or (made.kind is Kind.RESOLVE and not made.edits):
        return Confirmed(Kind.DELETE)
    groups = travel(made.layer).groups
    values = {name: edit.after for name, edit in made.edits.items() if groups.get(name) not in contested}
    if made.kind is Kind.INSERT or (made.kind is Kind.RESOLVE and made.version is None):
        return Confirmed(Kind.INSERT, values, result.version)
    if values.keys() <= set(AUDIT):
        return None
    if result.outcome is Outcome.NOOP:  # signatures are written with something else only
        values = {name: value for name, value in values.items() if name not in AUDIT}
    return Confirmed(Kind.UPDATE, values, result.version)
