"""What the core asks of the outside: implemented in ``geopackage`` and ``qgis_adapters``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .errors import Cancelled, ResorptionError
from .records import Dataset, Record


class Feedback(Protocol):
    """Progress and cancellation of a long job."""

    def progress(self, fraction: float) -> None:
        """Tell how much is done, from 0 to 1."""

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop."""


class Silent:
    """A feedback that shows nothing and is never cancelled."""

    def progress(self, fraction: float) -> None:
        """Ignore the progress."""

    def is_cancelled(self) -> bool:
        """Never stop."""
        return False


class Part:
    """A stretch of the progress of a longer job."""

    def __init__(self, whole: Feedback, start: float, end: float) -> None:
        """Tell ``whole`` a progress between ``start`` and ``end``."""
        self._whole = whole
        self._start = start
        self._end = end

    def progress(self, fraction: float) -> None:
        """Tell how much of the stretch is done, from 0 to 1."""
        self._whole.progress(self._start + fraction * (self._end - self._start))

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return self._whole.is_cancelled()


def stop_if_cancelled(feedback: Feedback) -> None:
    """Raise ``Cancelled`` when the user asked to stop."""
    if feedback.is_cancelled():
        raise Cancelled


class Notifier(Protocol):
    """Tells the user, in one sentence, what happened."""

    def inform(self, text: str) -> None:
        """Say that something was done; ``text`` is already in the user's language."""

    def report(self, error: ResorptionError) -> None:
        """Say what went wrong and what to do next."""


class Clock(Protocol):
    """The present moment, replaceable in tests."""

    def now(self) -> dt.datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """Return the present instant in UTC, to the millisecond (the stored precision)."""
        present = dt.datetime.now(dt.UTC)
        return present.replace(microsecond=present.microsecond // 1000 * 1000)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Rows to write together, in one transaction: all of them or none."""

    insert: list[Record] = field(default_factory=list)
    update: list[Record] = field(default_factory=list)
    """Records whose ``values`` hold only the columns to change; a ``None`` geometry is left as it is."""
    delete: list[tuple[str, str]] = field(default_factory=list)
    """(layer, uid) pairs."""

    def __bool__(self) -> bool:
        return bool(self.insert or self.update or self.delete)

    def layers(self) -> set[str]:
        """Return the keys of the layers written."""
        return {record.layer for record in (*self.insert, *self.update)} | {key for key, _ in self.delete}


class FeatureStore(Protocol):
    """A workspace, read and written as records."""

    def read(self, layers: Collection[str] | None = None, feedback: Feedback | None = None) -> Dataset:
        """Return the records of the layers named (all layers when ``None``)."""

    def read_uids(self, layer: str, uids: Iterable[str]) -> list[Record]:
        """Return the records of one layer whose uid is in ``uids``."""

    def apply(self, *steps: ChangeSet) -> None:
        """Write the changes, step after step, in one transaction; on any error nothing is written."""

    def version(self, layer: str) -> str:
        """Return a text that changes when the records of a layer do."""

    def former(self, uids: Mapping[str, Collection[str]]) -> Mapping[str, list[Record]] | None:
        """Return by layer the places that records have left, those that are gone their last one.

        Each is a record with a geometry and the worst ``position_accuracy_m`` it ever had. ``None`` when some may be
        missing, or nobody keeps count.
        """

    def meta(self, key: str) -> str | None:
        """Return a workspace property (``territory``, ``schema_version`` …)."""
