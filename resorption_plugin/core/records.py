"""What checks, distances, planning and sync read: plain records, free of any GIS library."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

import shapely

_FEW = 100
"""Up to so many changes a sorted list is mended one by one; sorting it again looks at each of its records."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a layer.

    ``values`` holds the attributes by column name with plain Python values (``None`` = unknown;
    dates as ``datetime.date``, instants as aware ``datetime``). ``geometry`` is in EPSG:4326.
    """

    layer: str
    uid: str
    values: Mapping[str, Any] = field(default_factory=dict)
    geometry: shapely.Geometry | None = None

    def __getitem__(self, column: str) -> Any:
        """Return the value of a column, ``None`` when it is unknown or absent."""
        return self.values.get(column)


Grouping = Callable[[Record], Collection[K]]
"""Names the groups of a record, by what the record alone holds; equal groupings are one."""

Groups = dict[K, list[Record]]
"""Records by group; not to be altered."""


@dataclass(frozen=True, slots=True)
class ByColumn:
    """Groups records by the uid held in a column; those without one are in no group."""

    column: str

    def __call__(self, record: Record) -> Collection[str]:
        """Return the uid, if there is one."""
        return (record[self.column],) if record[self.column] else ()


class Rows:
    """The records of one layer, never altered: ``changed`` gives others, which keep what is known of these."""

    def __init__(
        self, records: Mapping[str, Record], groups: Mapping[Grouping[Any], Groups[Any]] | None = None
    ) -> None:
        """Take the records, by uid, and their groups as far as they are known."""
        self.by_uid = records
        self._groups = dict(groups or {})

    def grouped(self, by: Grouping[K]) -> Groups[K]:
        """Return the records by group, those of a group by uid; a group that stays the same stays the same list."""
        if by not in self._groups:
            groups: dict[K, list[Record]] = {}
            for uid in sorted(self.by_uid):
                record = self.by_uid[uid]
                for key in by(record):
                    groups.setdefault(key, []).append(record)
            self._groups[by] = groups
        return self._groups[by]

    def changed(self, uids: Iterable[str], records: Iterable[Record]) -> Rows:
        """Return these records without those of ``uids``, then with ``records``."""
        now = {record.uid: record for record in records}
        before = {uid: self.by_uid[uid] for uid in {*uids, *now} if uid in self.by_uid}
        rows = {**self.by_uid, **now}
        for uid in before.keys() - now.keys():
            del rows[uid]
        known = list(self._groups.items())
        return Rows(rows, {by: _regrouped(by, groups, before.values(), now.values()) for by, groups in known})


def _regrouped(by: Grouping[K], groups: Groups[K], before: Iterable[Record], now: Iterable[Record]) -> Groups[K]:
    left: dict[K, set[str]] = {}
    come: dict[K, list[Record]] = {}
    for record in before:
        for key in by(record):
            left.setdefault(key, set()).add(record.uid)
    for record in now:
        for key in by(record):
            come.setdefault(key, []).append(record)
    made = dict(groups)
    for key in {*left, *come}:
        if found := _without_and_with(groups.get(key, []), left.get(key, set()), come.get(key, [])):
            made[key] = found
        else:
            made.pop(key, None)
    return made


def _without_and_with(rows: list[Record], gone: set[str], come: list[Record]) -> list[Record]:
    if len(gone) + len(come) > _FEW:
        return sorted([*(record for record in rows if record.uid not in gone), *come], key=_uid)
    found = rows.copy()
    for uid in gone:
        del found[bisect_left(found, uid, key=_uid)]
    for record in come:
        insort(found, record, key=_uid)
    return found


def alike(before: Sequence[Record], now: Sequence[Record]) -> tuple[int, int]:
    """Return how many records are the same at the beginning and at the end of two lists."""
    shorter = min(len(before), len(now))
    begin = next((at for at, (old, new) in enumerate(zip(before, now, strict=False)) if old is not new), shorter)
    rest = shorter - begin
    ends = zip(reversed(before), reversed(now), strict=False)
    return begin, next((at for at, (old, new) in enumerate(ends) if old is not new or at == rest), rest)


def _uid(record: Record) -> str:
    return record.uid


class Memory:
    """What was computed of records that are still the same: records are never altered, so it holds as long as they do.

    Any thread may ask; two that ask at once may both compute.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, key: Hashable, sources: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` gives, or gave last time for this key if it was made from the very same objects."""
        return self.revised(key, sources, lambda _before: make())

    def revised(self, key: Hashable, sources: tuple[object, ...], make: Callable[[T | None], T]) -> T:
        """Do the same; ``make`` gets what was made last for this key, from other objects."""
        known, result = self._kept.get(key, ((), None))
        if not known or len(known) != len(sources) or not all(map(is_, known, sources)):
            result = make(result)
            self._kept[key] = (sources, result)
        return result  # type: ignore[no-any-return]


_NONE = Rows({})


class Dataset:
    """Records of several layers, indexed by layer and by uid."""

    def __init__(
        self, records: Iterable[Record] = (), rows: Mapping[str, Rows] | None = None, memory: Memory | None = None
    ) -> None:
        """Index records, the last of those with one uid in one layer, or take the ``rows`` of each layer.

        ``memory`` holds what was computed of them, or of some that were there before.
        """
        layers: dict[str, dict[str, Record]] = {}
        for record in records:
            layers.setdefault(record.layer, {})[record.uid] = record
        self._rows = {key: Rows(found) for key, found in layers.items()} | dict(rows or {})
        self.memory = memory or Memory()

    def layer(self, key: str) -> list[Record]:
        """Return the records of a layer (an empty list when there are none)."""
        return list(self.rows(key).by_uid.values())

    def rows(self, key: str) -> Rows:
        """Return a layer."""
        return self._rows.get(key, _NONE)

    def get(self, layer: str, uid: str | None) -> Record | None:
        """Return one record, or ``None``."""
        return self.rows(layer).by_uid.get(uid) if uid else None

    def some(self, layer: str, uids: Iterable[str]) -> list[Record]:
        """Return the records of a layer that have one of these uids; unknown ones are left out."""
        known = self.rows(layer).by_uid
        return [known[uid] for uid in uids if uid in known]

    def grouped(self, layer: str, by: Grouping[K]) -> Groups[K]:
        """Group the records of ``layer``, each group by uid."""
        return self.rows(layer).grouped(by)

    def children(self, layer: str, column: str) -> Groups[str]:
        """Group the records of ``layer`` by the uid held in ``column``, each group by uid."""
        return self.grouped(layer, ByColumn(column))

    def __iter__(self) -> Iterator[Record]:
        for rows in self._rows.values():
            yield from rows.by_uid.values()

    def __len__(self) -> int:
        return sum(len(rows.by_uid) for rows in self._rows.values())
