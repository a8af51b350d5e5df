"""The history as a list to read: what people changed, newest first, without what the program writes by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..model import catalogue
from .changes import GEOMETRY, Change, Operation

SAME_MOMENT = dt.timedelta(seconds=2)
"""Saving one form writes several times, the attributes and the geometry apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a field that took another value, or a record that appeared, went or was replaced."""

    change: Change
    held: tuple[Change, ...] = ()
    """The values that a deleted record held."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed in one go, in the order in which it was written."""

    at: dt.datetime
    """When it was done."""
    author: str | None
    changes: tuple[Change, ...]


def lines(changes: Iterable[Change]) -> list[Line]:
    """Return the changes that people made, newest first."""
    held: dict[tuple[str, str], list[Change]] = {}
    found: list[Line] = []
    # backwards, the values of a deleted record come before the entry that says that it went
    for change in sorted(changes, key=lambda change: -change.number):
        key = (change.layer, change.uid)
        if change.operation is Operation.DELETE and change.field is not None:
            held.setdefault(key, []).append(change)
        elif change.operation is Operation.DELETE:
            found.append(Line(change, tuple(reversed(held.pop(key, [])))))
        elif _is_told(change):
            found.append(Line(change))
    # what people wrote on a computed row that went: there is no entry for the row itself
    found += [Line(change) for values in held.values() for change in values if _is_told(change)]
    return sorted(found, key=lambda line: -line.change.number)


def is_told(layer_key: str, field: str | None) -> bool:
    """Say whether people write a field, or anything (``None``) in a layer: what programs write is not told."""
    layer = catalogue.layer(layer_key)
    if field is None:
        return any(not each.read_only for each in layer.fields)
    return field == GEOMETRY or not layer.field(field).read_only


def _is_told(change: Change) -> bool:
    return is_told(change.layer, change.field)


def moments(changes: Iterable[Change]) -> Iterator[Moment]:
    """Yield the changes grouped by who made them in one go, oldest first."""
    go: list[Change] = []
    for change in sorted(changes, key=lambda change: change.number):
        if go and not _together(go[-1], change):
            yield _moment(go)
            go = []
        go.append(change)
    if go:
        yield _moment(go)


def _together(one: Change, next_one: Change) -> bool:
    same = (one.author, one.received) == (next_one.author, next_one.received)
    return same and abs(next_one.at - one.at) <= SAME_MOMENT


def _moment(go: Sequence[Change]) -> Moment:
    return Moment(go[-1].at, go[-1].author, tuple(go))


def by_record(changes: Iterable[Change]) -> Iterator[tuple[tuple[str, str], list[Change]]]:
    """Yield the changes of each record, oldest first."""

    def key(change: Change) -> tuple[str, str]:
        return change.layer, change.uid

    ordered = sorted(changes, key=lambda change: (*key(change), change.number))
    for record, own in groupby(ordered, key):
        yield record, list(own)
