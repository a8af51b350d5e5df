"""The history that the shared database tells, as a table to read, count and choose from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import shapely

from ..model import catalogue
from ..model.fields import Label
from ..wording import displacement, field_title, instant_text, value_text
from .audit import Event, Key, Told
from .audit_subjects import Subject

_WORDS = {
    Event.CREATED: Label("Created", "Création"),
    Event.DELETED: Label("Deleted", "Suppression"),
    Event.LEFT: Label("Left what you may read", "Sortie de ce que vous pouvez lire"),
    Event.CAME: Label("Came into what you may read", "Entrée dans ce que vous pouvez lire"),
}


class Facet(Enum):
    """What lines are counted and chosen by."""

    COMMUNE = "commune"
    LAYER = "layer"
    PERSON = "person"


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
    groups: Mapping[Facet, Mapping[str, Sequence[Told]]] = field(init=False)
    """The lines of each value of each facet, the most frequent value first."""

    def __post_init__(self) -> None:
        """Part the lines: who makes a history is in a task, who shows it is not."""
        object.__setattr__(self, "groups", {facet: _grouped(self, facet) for facet in Facet})

    def subject(self, told: Told) -> Subject:
        """Return what a line is about."""
        return self.subjects[told.entry.key]


_FACETS: Mapping[Facet, Callable[[SharedHistory, Told], str]] = {
    Facet.COMMUNE: lambda history, told: history.subject(told).commune,
    Facet.LAYER: lambda _history, told: told.entry.layer,
    Facet.PERSON: lambda _history, told: told.entry.who,
}


def _grouped(history: SharedHistory, facet: Facet) -> dict[str, list[Told]]:
    read, groups = _FACETS[facet], defaultdict[str, list[Told]](list)
    for told in history.told:
        groups[read(history, told)].append(told)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


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


def chosen(history: SharedHistory, wanted: Mapping[Facet, str]) -> Sequence[Told]:
    """Return the lines that have these values."""
    groups = [(facet, value, history.groups[facet].get(value, ())) for facet, value in wanted.items()]
    if not groups:
        return history.told
    groups.sort(key=lambda group: len(group[2]))
    tests = [(_FACETS[facet], value) for facet, value, _ in groups[1:]]
    smallest = groups[0][2]
    return (
        [told for told in smallest if all(read(history, told) == value for read, value in tests)] if tests else smallest
    )
