"""How the records of the log are called, and in which commune they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..model import catalogue
from ..model.fields import Geometry
from ..wording import record_name
from .audit import Entry, Key, known_columns, read
from .travelling import travels

PARENTS = ("site_uid", "action_uid", "water_point_uid")
"""The columns that say to which record another belongs, for people; the first that is filled counts."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that a line is about, as people call it."""

    name: str
    commune: str
    place: Key | None = None
    """The record itself where it has a place on the map, else the one it belongs to."""


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
                held[name] = read(entry.layer, name, entry.new.get(name, entry.old.get(name)))
    return found


@lru_cache(maxsize=64)
def _references(layer: str) -> tuple[tuple[str, str], ...]:
    if not known_columns(layer):
        return ()
    return tuple((relation.column, relation.parent) for relation in catalogue.layer(layer).relations)


@lru_cache(maxsize=64)
def _naming(layer: str) -> tuple[str, ...]:
    if not known_columns(layer):
        return ()
    known = catalogue.layer(layer)
    wanted = {"commune", *(column for column, _ in _references(layer))}
    return tuple(name for name in known.names() if name in wanted or f'"{name}"' in known.display)


def _parent(layer: str, values: Mapping[str, Any]) -> Iterator[Key]:
    references = dict(_references(layer))
    for column in PARENTS:
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
        found[key] = Subject(name, _commune(key[0], held, values), _place(key, values))
    return found, names


def _place(key: Key, values: Mapping[Key, Mapping[str, Any]]) -> Key | None:
    if catalogue.layer(key[0]).geometry is not Geometry.NONE:
        return key
    above = _parent(key[0], values.get(key, {}))
    return next((place for place in (_place(parent, values) for parent in above) if place), None)


def _commune(layer: str, held: Mapping[str, Any], values: Mapping[Key, Mapping[str, Any]]) -> str:
    if held.get("commune"):
        return str(held["commune"])
    for parent in _parent(layer, held):
        above = values.get(parent, {})
        commune = above.get("commune") or _commune(parent[0], above, values)
        if commune:
            return str(commune)
    return ""
