"""The successive states of the records of a layer, each with the time during which it held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..ports import Feedback, Silent, stop_if_cancelled
from ..records import Dataset, Record
from .as_of import Draft
from .changes import Change
from .lines import by_record, moments


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was from ``start`` (``None``: since before the history) until ``end`` (``None``: still is)."""

    record: Record
    start: dt.datetime | None
    end: dt.datetime | None
    author: str | None
    """Who made it so."""


def versions(
    data: Dataset, layer: str, changes: Iterable[Change], feedback: Feedback | None = None
) -> Iterator[Version]:
    """Yield every state of the records of a layer, deleted ones included, those of one record newest first.

    What one person changed in one go makes one state. Raises ``Cancelled``.
    """
    watch = feedback or Silent()
    own = {key: entries for key, entries in by_record(changes) if key[0] == layer}
    keys = dict.fromkeys([(record.layer, record.uid) for record in data.layer(layer)] + list(own))
    for done, key in enumerate(keys, start=1):
        stop_if_cancelled(watch)
        yield from _of_record(data.get(*key), own.get(key, []), key)
        watch.progress(done / len(keys))


def _of_record(now: Record | None, changes: list[Change], key: tuple[str, str]) -> Iterator[Version]:
    draft = Draft(now)
    end: dt.datetime | None = None
    for moment in reversed(list(moments(changes))):
        state = draft.record(key)
        if state is not None:
            yield Version(state, moment.at, end, moment.author)
        for change in reversed(moment.changes):
            draft.undo(change)
        end = moment.at
    state = draft.record(key)
    if state is not None:
        yield Version(state, None, end, None)
