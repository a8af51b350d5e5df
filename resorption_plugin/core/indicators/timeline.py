"""What a workspace holds and its history, from which any day is rebuilt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..history.as_of import as_of
from ..history.changes import Change
from ..records import Dataset
from .on_day import REBUILT, Days, end_of


@dataclass(frozen=True, slots=True)
class Timeline:
    """The records of today and the changes that led to them (of the layers ``REBUILT``, in any order)."""

    present: Dataset
    changes: Sequence[Change] = field(default_factory=tuple)

    def on(self, day: dt.date) -> Dataset:
        """Return the records to be counted on a day."""
        return next(records for _, records in self.back(iter([day])))

    def back(self, days: Iterable[dt.date]) -> Iterator[tuple[dt.date, Dataset]]:
        """Yield the records to be counted on each of ``days``, which must go backwards in time.

        Each day is rebuilt from the one after it, so that the whole history is gone through once.
        """
        records = Days(self.present)
        past = Dataset(record for layer in REBUILT for record in self.present.layer(layer))
        waiting = sorted(self.changes, key=lambda change: change.at)
        for day in days:
            late: list[Change] = []
            while waiting and waiting[-1].at >= end_of(day):
                late.append(waiting.pop())
            if late:
                past = as_of(past, late, min(change.at for change in late) - dt.timedelta(microseconds=1))
            yield day, records.on(past, day)
