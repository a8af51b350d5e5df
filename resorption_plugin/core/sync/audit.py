"""The log of the shared database as lines to read: who wrote what, when, and in which department the record was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from ..history.changes import GEOMETRY, Change, Operation
from ..history.lines import Line, is_told
from ..model import catalogue
from . import wire

Key = tuple[str, str]
"""The layer and the uid of a record."""


class Event(Enum):
    """What an entry says of a record, for who reads it."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    LEFT = "left"
    """Since then the reader may not read it: it went to another department, or to other readers."""
    CAME = "came"
    """Until then the reader could not read it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One writing of a row, as the server tells it; what the reader may not read of a side is ``None``."""

    revision: int
    at: dt.datetime
    who: str
    """The login."""
    layer: str
    uid: str
    event: Event
    departments: tuple[str, ...]
    """Those of the record after the writing, before it where the reader knows no more."""
    old: Mapping[str, Any] = field(default_factory=dict)
    """Wire values before: all (deletion), or those that changed."""
    new: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(  # noqa: PLR0917 - the columns of a row of the log
        cls,
        revision: int,
        at: dt.datetime,
        who: str,
        layer: str,
        uid: str,
        operation: str,
        depts_old: Sequence[str] | None,
        depts_new: Sequence[str] | None,
        old: Mapping[str, Any] | None,
        new: Mapping[str, Any] | None,
    ) -> Entry:
        """Return the entry of a row of the log."""
        if operation == "U":
            event = Event.LEFT if depts_new is None else Event.CAME if depts_old is None else Event.CHANGED
        else:
            event = Event.CREATED if operation == "I" else Event.DELETED
        departments = depts_new if depts_new is not None else depts_old
        return cls(revision, at, who, layer, uid, event, tuple(departments or ()), old or {}, new or {})

    @property
    def key(self) -> Key:
        """Return the record."""
        return self.layer, self.uid


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server answered, the newest first."""

    entries: tuple[Entry, ...]
    is_cut: bool
    """Whether there are more, older ones."""
    begins: dt.datetime | None
    """Before when the server has forgotten; ``None``: it knows everything since its installation."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is what was written."""

    revisions: int
    trimmed: int
    """The last revision whose entries were forgotten on purpose."""
    broken: int | None
    """The first revision that is not what was written; ``None``: the log is intact."""
    at: dt.datetime | None
    """When that revision says that it was written; ``None`` when it is missing."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line: a field that took another value, or what became of a record."""

    entry: Entry
    field: str | None = None

    def changes(self) -> tuple[Change, ...]:
        """Return everything that was written on the record at once, filled by the program or by people."""
        return tuple(_changes(self.entry))

    def line(self) -> Line:
        """Return the line as the history of a workspace has it, with its values decoded."""
        held = self.changes() if self.entry.event is Event.DELETED else ()
        return Line(_change(self.entry, self.field), held)


def tell(entries: Iterable[Entry]) -> Iterator[Told]:
    """Yield the lines of entries in their order, without what the program writes by itself.

    What this version of the plugin does not know (layers and columns of a newer server) is left out.
    """
    for entry in entries:
        if entry.event is Event.CHANGED:
            yield from (Told(entry, name) for name in _ordered(entry.layer, entry.new) if _is_told(entry.layer, name))
        elif _is_told(entry.layer, None):
            yield Told(entry)


def _changes(entry: Entry) -> Iterator[Change]:
    yield from (_change(entry, name) for name in _ordered(entry.layer, {**entry.old, **entry.new}))


_OPERATIONS = {Event.CREATED: Operation.INSERT, Event.DELETED: Operation.DELETE}


def _change(entry: Entry, name: str | None) -> Change:
    before, after = (
        None if name is None else read(entry.layer, name, side.get(name)) for side in (entry.old, entry.new)
    )
    return Change(
        number=entry.revision,
        at=entry.at,
        author=entry.who,
        presumed=False,
        layer=entry.layer,
        uid=entry.uid,
        operation=_OPERATIONS.get(entry.event, Operation.UPDATE),
        field=name,
        before=before,
        after=after,
        received=True,
    )


@lru_cache(maxsize=64)
def known_columns(layer: str) -> dict[str, int]:
    """Return the place of each column of a layer that this version of the plugin knows; none of a newer layer."""
    try:
        names = catalogue.layer(layer).names()
    except KeyError:
        return {}
    return {name: place for place, name in enumerate((*names, GEOMETRY)) if name != "uid"}


def _ordered(layer: str, names: Iterable[str]) -> list[str]:
    order = known_columns(layer)
    return sorted((name for name in names if name in order), key=order.__getitem__)


@lru_cache(maxsize=4096)
def _is_told(layer: str, name: str | None) -> bool:
    return bool(known_columns(layer)) and is_told(layer, name)


def read(layer: str, name: str, value: Any) -> Any:
    """Return the Python value of a wire value."""
    return wire.read_geometry(value) if name == GEOMETRY else wire.read(catalogue.layer(layer).field(name), value)
