"""What is compared of a site: the columns of the export, those that only make sense together as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from ...model.catalogue import layer
from ...model.fields import Origin
from .column import ClosureValue, Column, Coordinate, OwnerPart, ProcedureValue, Rows, SiteValue
from .columns import COLUMNS

SEPARATOR = " · "


class Rule(Enum):
    """How a topic is compared."""

    THREE_WAY = "three-way"
    FOLLOWED = "followed"
    """Said by the platform alone (its statuses, its date of update): the newest export is right."""
    ADDED = "added"
    """Messages: those that are not there yet are added, none is changed."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One or several columns that change together. ``title`` is the platform's, or names the whole."""

    title: str
    columns: tuple[Column, ...]
    rule: Rule
    names: tuple[str, ...]
    """Of the columns, as in the texts of a row."""

    def text(self, texts: Mapping[str, str], present: Collection[str]) -> str:
        """Return what some texts say of the topic, in the columns that are ``present``; empty when nothing."""
        if len(self.names) == 1:
            return texts.get(self.names[0], "") if self.names[0] in present else ""
        parts = [texts.get(name, "") for name in self.names if name in present]
        return SEPARATOR.join(parts) if any(parts) else ""


POSITION = "Latitude, longitude"
OWNERS = "Propriétaires"
CLOSURE = "Fermeture"

_DERIVED = frozenset({"commune"})
"""Follows from the INSEE code."""

_TOGETHER = {"closed_at": CLOSURE, "status": CLOSURE}
"""An open site has no date of closure and a closed one has: neither column changes without the other."""


def _place_of(column: Column) -> tuple[str, Rule] | None:
    """Return the topic a column belongs to and how it is compared; ``None`` when it is not."""
    match column.target:
        case Coordinate():
            return POSITION, Rule.THREE_WAY
        case OwnerPart():
            return OWNERS, Rule.THREE_WAY
        case SiteValue(name):
            if name in _DERIVED:
                return None
            is_said = layer("site").field(name).origin is Origin.SYSTEM
            return _TOGETHER.get(name, column.name), Rule.FOLLOWED if is_said else Rule.THREE_WAY
        case Rows("journal_entry"):
            return column.name, Rule.ADDED
        case _:
            return (column.name, Rule.THREE_WAY) if hasattr(column.target, "codec") else None


def _topics() -> tuple[Topic, ...]:
    members: dict[str, list[Column]] = {}
    rules: dict[str, Rule] = {}
    for column in COLUMNS:
        place = _place_of(column)
        if place is not None:
            members.setdefault(place[0], []).append(column)
            rules[place[0]] = place[1]
    return tuple(
        Topic(title, tuple(columns), rules[title], tuple(column.name for column in columns))
        for title, columns in members.items()
    )


TOPICS = _topics()
"""In the order of the platform's columns."""

BY_TITLE = {topic.title: topic for topic in TOPICS}


def _filled() -> dict[tuple[str, str], str]:
    """Return the topics by what they fill: a layer (or ``closure/`` and the solution) and a column."""
    found: dict[tuple[str, str], str] = {}
    for topic in TOPICS:
        for column in topic.columns:
            match column.target:
                case SiteValue(name):
                    found["site", name] = topic.title
                case ProcedureValue(name):
                    found["procedure", name] = topic.title
                case ClosureValue(solution, name):
                    found[f"closure/{solution}", name] = topic.title
    return found


FILLED = _filled()
