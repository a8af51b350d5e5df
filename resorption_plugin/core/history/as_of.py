"""What a workspace held at a past moment, rebuilt backwards from what it holds now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from ..model import catalogue
from ..model.fields import Role
from ..records import Dataset, Record
from .changes import GEOMETRY, Change, Operation

Key = tuple[str, str]


def as_of(data: Dataset, changes: Iterable[Change], at: dt.datetime) -> Dataset:
    """Return the records of ``data`` as they were at the instant ``at`` (aware).

    ``data`` is what the workspace holds now, ``changes`` the history of the layers it holds: all of it, or at least
    what is later than ``at``, in any order. Neither is altered. Records that people write are rebuilt whole. Of what
    is computed (findings, distances) only the columns that people write are: the others are of today, and a row goes
    when the record it refers to was not there yet. What a program replaced as a whole keeps what it was replaced by.
    """
    late = sorted((change for change in changes if change.at > at), key=lambda change: -change.number)
    drafts: dict[Key, Draft] = {}
    for change in late:
        key = (change.layer, change.uid)
        draft = drafts.get(key)
        if draft is None:
            draft = drafts[key] = Draft(data.get(*key))
        draft.undo(change)
    held = {record.layer for record in data}
    return Dataset(_without_orphans(Dataset(_merged(data, drafts)), held))


class Draft:
    """A record on its way back."""

    def __init__(self, record: Record | None) -> None:
        """Begin with what is there now, ``None`` when there is nothing."""
        self._values: dict[str, Any] | None = None if record is None else dict(record.values)
        self._geometry = None if record is None else record.geometry

    def undo(self, change: Change) -> None:
        """Go back before a change; the newest comes first."""
        if change.operation is Operation.INSERT:
            self._values = None
        elif change.operation is Operation.DELETE and self._values is None:
            layer = catalogue.layer(change.layer)
            if layer.role is not Role.RECORD:
                return  # what was computed beside it is not known any more
            self._values = dict.fromkeys(name for name in layer.names() if name != "uid")
            self._geometry = None
        if change.field is None or self._values is None:
            return
        if change.field == GEOMETRY:
            self._geometry = change.before
        else:
            self._values[change.field] = change.before

    def record(self, key: Key) -> Record | None:
        """Return the record as it was, ``None`` when there was none; going on does not alter it."""
        return None if self._values is None else Record(*key, dict(self._values), self._geometry)


def _merged(data: Dataset, drafts: dict[Key, Draft]) -> Iterator[Record]:
    """Yield the records that were there: those of now in their order, then those deleted since."""
    waiting = dict(drafts)
    for record in data:
        key = (record.layer, record.uid)
        draft = waiting.pop(key, None)
        past = record if draft is None else draft.record(key)
        if past is not None:
            yield past
    for key, draft in waiting.items():
        if (past := draft.record(key)) is not None:
            yield past


def _without_orphans(data: Dataset, held: Collection[str]) -> Iterator[Record]:
    """Yield the records, without the computed ones about a record of the layers ``held`` that was not there."""
    parents = {
        layer.key: [relation for relation in layer.relations if relation.parent in held]
        for layer in catalogue.layers()
        if layer.role is Role.COMPUTED
    }
    for record in data:
        relations = parents.get(record.layer, ())
        if all(data.get(relation.parent, record[relation.column]) for relation in relations):
            yield record
