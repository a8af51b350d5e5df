"""The log of the shared database as lines to read: who wrote what, when, and in which department the record was."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

import shapely

from ..history.changes import GEOMETRY, Change, Operation
from ..history.lines import Line, is_told
from ..model import catalogue
from ..model.fields import Label
from ..wording import displacement, field_title, instant_text, record_name, value_text
from . import wire
from .travelling import travels

Key = tuple[str, str]
"""The layer and the uid of a record."""

_PARENTS = ("site_uid", "action_uid", "water_point_uid")


class Event(Enum):
    """What an entry says of a record, for who reads it."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    LEFT = "left"
    """Since then the reader may not read it: it went to another department, or to other readers."""
    CAME = "came"
    """Until then the reader could not read it."""


_WORDS = {
    Event.CREATED: Label("Created", "Création"),
    Event.DELETED: Label("Deleted", "Suppression"),
    Event.LEFT: Label("Left what you may read", "Sortie de ce que vous pouvez lire"),
    Event.CAME: Label("Came into what you may read", "Entrée dans ce que vous pouvez lire"),
}


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

    def line(self) -> Line:
        """Return the line as the history of a workspace has it, with its values decoded."""
        held = _changes(self.entry) if self.entry.event is Event.DELETED else ()
        return Line(_change(self.entry, self.field), tuple(held))


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that a line is about, as people call it."""

    name: str
    commune: str


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """What a window shows."""

    told: tuple[Told, ...]
    """The newest first."""
    subjects: Mapping[Key, Subject]
    names: Mapping[str, str]
    """What people call the records, by uid."""
    is_cut: bool = False
    begins: dt.datetime | None = None

    def subject(self, told: Told) -> Subject:
        """Return what a line is about."""
        return self.subjects[told.entry.key]


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


def changes_with(told: Told) -> tuple[Change, ...]:
    """Return everything that was written on the record at once with a line, filled by the program or by people."""
    return tuple(_changes(told.entry))


_OPERATIONS = {Event.CREATED: Operation.INSERT, Event.DELETED: Operation.DELETE}


def _change(entry: Entry, name: str | None) -> Change:
    before, after = (
        None if name is None else _read(entry.layer, name, side.get(name)) for side in (entry.old, entry.new)
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
def _order(layer: str) -> dict[str, int]:
    try:
        names = catalogue.layer(layer).names()
    except KeyError:
        return {}
    return {name: place for place, name in enumerate((*names, GEOMETRY)) if name != "uid"}


def _ordered(layer: str, names: Iterable[str]) -> list[str]:
    order = _order(layer)
    return sorted((name for name in names if name in order), key=order.__getitem__)


@lru_cache(maxsize=4096)
def _is_told(layer: str, name: str | None) -> bool:
    return bool(_order(layer)) and is_told(layer, name)


def _read(layer: str, name: str, value: Any) -> Any:
    return wire.read_geometry(value) if name == GEOMETRY else wire.read(catalogue.layer(layer).field(name), value)


def mentioned(entries: Iterable[Entry]) -> set[Key]:
    """Return the records that entries are about, and those that their values name."""
    found: set[Key] = set()
    for entry in entries:
        found.add(entry.key)
        for column, parent in _references(entry.layer):
            found |= {(parent, str(side[column])) for side in (entry.old, entry.new) if side.get(column)}
    return found


def parents(values: Mapping[Key, Mapping[str, Any]]) -> set[Key]:
    """Return the records to which others belong, by their values."""
    return {parent for key, held in values.items() for parent in _parent(key[0], held)}


def values_told(entries: Iterable[Entry]) -> dict[Key, dict[str, Any]]:
    """Return what entries, the newest first, say last of each record: as much as its name, commune and parents take."""
    found: dict[Key, dict[str, Any]] = {}
    for entry in entries:
        held = found.setdefault(entry.key, {})
        for name in _naming(entry.layer):
            if name not in held and (name in entry.new or name in entry.old):
                held[name] = _read(entry.layer, name, entry.new.get(name, entry.old.get(name)))
    return found


@lru_cache(maxsize=64)
def _references(layer: str) -> tuple[tuple[str, str], ...]:
    if not _order(layer):
        return ()
    return tuple((relation.column, relation.parent) for relation in catalogue.layer(layer).relations)


@lru_cache(maxsize=64)
def _naming(layer: str) -> tuple[str, ...]:
    if not _order(layer):
        return ()
    known = catalogue.layer(layer)
    wanted = {"commune", *(column for column, _ in _references(layer))}
    return tuple(name for name in known.names() if name in wanted or f'"{name}"' in known.display)


def _parent(layer: str, values: Mapping[str, Any]) -> Iterator[Key]:
    references = dict(_references(layer))
    for column in _PARENTS:
        if column in references and values.get(column):
            yield references[column], str(values[column])


def subjects(values: Mapping[Key, Mapping[str, Any]], language: str) -> tuple[dict[Key, Subject], dict[str, str]]:
    """Return how records are called and in which commune they are, and their names by uid.

    ``values`` are Python values by column; those of the parents are among them where anybody knows them.
    """
    order = {there.key: place for place, there in enumerate(travels())}
    names: dict[str, str] = {}
    found: dict[Key, Subject] = {}
    known = (key for key in values if key[0] in order)
    for key in sorted(known, key=lambda key: order[key[0]]):  # parents first: others are called by their names
        held = values[key]
        name = record_name(key[0], held, language, names)
        if name:
            names[key[1]] = name
        found[key] = Subject(name, _commune(key[0], held, values))
    return found, names


def _commune(layer: str, held: Mapping[str, Any], values: Mapping[Key, Mapping[str, Any]]) -> str:
    if held.get("commune"):
        return str(held["commune"])
    for parent in _parent(layer, held):
        above = values.get(parent, {})
        commune = above.get("commune") or _commune(parent[0], above, values)
        if commune:
            return str(commune)
    return ""


CELLS = (
    Label("When", "Quand"),
    Label("Author", "Auteur"),
    Label("Department", "Département"),
    Label("Commune", "Commune"),
    Label("Record", "Fiche"),
    Label("Field", "Champ"),
    Label("Before", "Avant"),
    Label("After", "Après"),
)
"""The titles of ``cells``."""


def cells(history: SharedHistory, told: Told, language: str) -> tuple[str, ...]:
    """Return a line in words, as ``CELLS`` names them."""
    entry, subject = told.entry, history.subject(told)
    label = catalogue.layer(entry.layer).label.text(language)
    return (
        instant_text(entry.at, language),
        entry.who,
        ", ".join(entry.departments),
        subject.commune,
        f"{label} – {subject.name}" if subject.name else label,
        what(told, language),
        *_sides(history, told, language),
    )


def what(told: Told, language: str) -> str:
    """Return the title of the field that changed, else what became of the record."""
    entry = told.entry
    return _WORDS[entry.event].text(language) if told.field is None else field_title(entry.layer, told.field, language)


def _sides(history: SharedHistory, told: Told, language: str) -> tuple[str, str]:
    if told.field is None:
        return "", ""
    change = told.line().change
    before, after = (
        value_text(change.layer, told.field, value, language, history.names) for value in (change.before, change.after)
    )
    if isinstance(change.before, shapely.Geometry) and isinstance(change.after, shapely.Geometry):
        after = f"{displacement(change.before, change.after, language)} ({after})"
    return before, after


class Facet(Enum):
    """What lines are counted and chosen by."""

    COMMUNE = "commune"
    LAYER = "layer"
    PERSON = "person"


_FACETS: Mapping[Facet, Callable[[SharedHistory, Told], str]] = {
    Facet.COMMUNE: lambda history, told: history.subject(told).commune,
    Facet.LAYER: lambda _history, told: told.entry.layer,
    Facet.PERSON: lambda _history, told: told.entry.who,
}


def counted(history: SharedHistory, facet: Facet) -> list[tuple[str, int]]:
    """Return the values of a facet with their number of lines, the most frequent first."""
    counts = Counter(_FACETS[facet](history, told) for told in history.told)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def chosen(history: SharedHistory, wanted: Mapping[Facet, str]) -> tuple[Told, ...]:
    """Return the lines that have these values."""
    tests = [(_FACETS[facet], value) for facet, value in wanted.items()]
    return tuple(told for told in history.told if all(read(history, told) == value for read, value in tests))
