"""The figures of several territories as a table, at the level of detail of an audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import ParameterError
from ..i18n import mark
from .audience import SMALLEST_GROUP, Audience, suppress_small_groups
from .places import Level, Place, places
from .registry import indicators
from .situation import situations
from .spec import Amount, Indicator, Unit
from .timeline import Timeline

Key = tuple[str, str]
"""Code of the territory, id of the indicator."""

_TOLD_OF_FEW = (Unit.SITES, Unit.WATER_POINTS, Unit.DEPARTMENTS, Unit.FULL_TIME, Unit.USERS, Unit.EUROS)
"""What may be told of a territory with a small group of people: it says nothing of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one territory; ``amount`` is ``None`` where the audience may not know it."""

    place: Place
    indicator: Indicator
    amount: Amount | None


def lines(
    timeline: Timeline, on: dt.date, default_epsg: int, level: Level, audience: Audience = Audience.SERVICES
) -> list[Line]:
    """Return every figure of each territory of a level on a day.

    For the public, figures that give away a group of fewer than ``SMALLEST_GROUP`` people have no amount. Raises
    ``ParameterError`` for communes asked for the public, and where there is no territory of the level.
    """
    if audience is Audience.PUBLIC and level is Level.COMMUNE:
        raise ParameterError(
            mark("The public may read totals of departments only: choose departments or larger, or another audience.")
        )
    wanted = [place for place in places(timeline.present) if place.level is level]
    if not wanted:
        raise ParameterError(
            mark(
                "The workspace has no territory of the level “{level}”, or it would add metropole and overseas up: "
                "choose another level."
            ),
            level=level.value,
        )
    found = [
        Line(situation.place, declared, declared.compute(situation))
        for situation in situations(timeline.on(on), on, default_epsg, wanted)
        for declared in indicators()
    ]
    return list(published(found)) if audience is Audience.PUBLIC else found


def published(found: Collection[Line]) -> Iterator[Line]:
    """Yield the lines, without the amounts from which a small group of people is known or deduced.

    Hidden are: an amount one of whose groups is small; any figure about people of a territory where few live; the next
    smallest part where one part of a total alone would be hidden, among the figures of a family as among territories.
    """
    amounts = {_key(line): line.amount for line in found if line.amount is not None}
    hidden = {key for key, amount in amounts.items() if any(0 < group < SMALLEST_GROUP for group in amount.groups)}
    few = {code for code, name in hidden if name == "people" and (amounts[code, name].value or 0) < SMALLEST_GROUP}
    hidden |= {_key(line) for line in found if line.place.code in few and line.indicator.unit not in _TOLD_OF_FEW}
    while more := {key for total in _totals(found) for key in _deduced(total, amounts, hidden)} - hidden:
        hidden |= more
    for line in found:
        yield Line(line.place, line.indicator, None) if _key(line) in hidden else line


def _totals(found: Iterable[Line]) -> Iterator[list[Key]]:
    """Yield the keys that add up to a total: the figures of a family in a territory, a figure in every territory."""
    grouped: dict[tuple[str, str], list[Key]] = {}
    for line in found:
        if line.indicator.unit.is_people:
            grouped.setdefault(("figure", line.indicator.id), []).append(_key(line))
            if line.indicator.family:
                grouped.setdefault((line.place.code, line.indicator.family), []).append(_key(line))
    return iter(grouped.values())


def _deduced(total: Iterable[Key], amounts: Mapping[Key, Amount], hidden: Collection[Key]) -> Iterator[Key]:
    """Yield the parts of a total that must be hidden too, so that the hidden ones cannot be deduced."""
    parts = {key: round(amounts[key].value or 0) for key in total if key in amounts}
    # a part that is already hidden counts as small, whatever its size
    shown = {key: 1 if key in hidden else number for key, number in parts.items()}
    return (key for key, number in suppress_small_groups(shown).items() if number is None)


def _key(line: Line) -> Key:
    return line.place.code, line.indicator.id
