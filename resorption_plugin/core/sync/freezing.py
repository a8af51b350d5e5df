"""What a workspace sends: the operation of each row, their order, and how many of them at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .ancestry import WHOLE, LocalRow, before, is_written, same
from .operations import (
    BYTES_AT_ONCE,
    OPERATIONS_AT_ONCE,
    UNKNOWN,
    Choice,
    Conflict,
    ConflictKind,
    Edit,
    Kind,
    Operation,
)
from .travelling import AUDIT, Travel, travels
from .wire import Image


@dataclass(frozen=True, slots=True)
class Decision:
    """How a person decided a conflict."""

    conflict: Conflict
    """As the person saw it."""
    choice: Choice
    values: Image = field(default_factory=dict)
    """What the columns shall hold, for ``MINE`` and ``EDIT``; every column for a row that someone deleted."""
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """How some operations part into a first batch and others."""

    taken: list[Operation]
    """Those of the first batch."""
    too_large: list[Operation]
    """Those that no batch can hold."""


def operation(travel: Travel, uid: str, row: LocalRow, contested: frozenset[str] = frozenset()) -> Operation | None:
    """Return what to send of a row; ``None`` when there is nothing.

    ``contested`` are the groups of columns under an open conflict raised from here (``WHOLE`` for the whole row): they
    wait for a person.
    """
    if WHOLE in contested:
        return None
    if row.working is None:
        if row.base is None or not travel.is_whole:
            return None  # a computed row that is missing was merely not computed here
        return Operation(travel.key, uid, Kind.DELETE, version=row.seen())
    if row.base is None:
        if contested or not is_written(travel, row.working):
            return None
        edits = {name: Edit(UNKNOWN, row.working.get(name)) for name in (*travel.columns, *travel.carried)}
        return Operation(travel.key, uid, Kind.INSERT, edits)
    edits = _edits(travel, row, row.working, contested)
    return Operation(travel.key, uid, Kind.UPDATE, edits, row.version) if edits else None


def _edits(travel: Travel, row: LocalRow, working: Image, contested: frozenset[str]) -> dict[str, Edit]:
    """Return the edits of the groups that have one.

    The columns of such a group that were not edited go too, from their value to itself: when someone else changed
    them meanwhile, the two edits contradict each other although no column is in both.
    """
    groups = {travel.groups[name] for name in row.edited(travel)} - contested
    known = row.known(travel)
    edits = {
        name: Edit(before(known, name), working.get(name))
        for name in travel.columns
        if name not in AUDIT and travel.groups[name] in groups
    }
    if not edits:
        return {}
    signed = [name for name in AUDIT if name in travel.columns and not same(working.get(name), before(known, name))]
    return edits | {name: Edit(before(known, name), working.get(name)) for name in signed}


def resolution(decision: Decision) -> Operation:
    """Return what to send of a decision."""
    conflict = decision.conflict
    edits: dict[str, Edit] = {}
    if decision.choice is not Choice.THEIRS and conflict.kind is not ConflictKind.DELETE_VS_EDIT:
        gone = conflict.kind is ConflictKind.EDIT_VS_DELETE
        edits = {
            name: Edit(UNKNOWN if gone else conflict.theirs.get(name), value) for name, value in decision.values.items()
        }
    return Operation(
        conflict.layer,
        conflict.row,
        Kind.RESOLVE,
        edits,
        conflict.version,
        conflict.uid,
        decision.choice,
        decision.comment,
    )


def fingerprint(made: Operation) -> str:
    """Return what tells an operation from another: the hexadecimal SHA-256 of what it says."""
    return hashlib.sha256(_told(made).encode()).hexdigest()


def _told(made: Operation) -> str:
    return json.dumps(made.to_json(0), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def ordered(operations: Iterable[Operation]) -> list[Operation]:
    """Return operations in the order to send them: what is new, parents first; edits; what goes, children first."""
    return sorted(operations, key=_place)


def _place(made: Operation) -> tuple[int, int, str]:
    at = _depths()[made.layer]
    if made.kind is Kind.INSERT or (made.kind is Kind.RESOLVE and made.version is None):
        return 0, at, made.uid
    if made.kind is Kind.DELETE or (made.kind is Kind.RESOLVE and not made.edits):
        return 2, -at, made.uid
    return 1, at, made.uid


@lru_cache(maxsize=1)
def _depths() -> dict[str, int]:
    return {travel.key: depth for depth, travel in enumerate(travels())}


def fill(operations: Iterable[Operation]) -> Filled:
    """Return the first of some operations, in their order, that go in one batch."""
    taken: list[Operation] = []
    too_large: list[Operation] = []
    size = len("[]")
    for made in operations:
        needs = len(_told(made).encode()) + len(str(OPERATIONS_AT_ONCE)) + len(",")
        if needs + len("[]") > BYTES_AT_ONCE:
            too_large.append(made)
        elif len(taken) == OPERATIONS_AT_ONCE or size + needs > BYTES_AT_ONCE:
            break
        else:
            taken.append(made)
            size += needs
    return Filled(taken, too_large)
