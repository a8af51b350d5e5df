"""What a figure is, and the formulas that figures share.

A figure says beside its value how many of the records asked do not know: an empty answer is never counted as zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.fields import Label
from ..records import Dataset, Record
from ..water import access_rule
from ..water.distances import is_open
from ..water.measuring import Basis
from ..water.reach import WaterMap
from ..water.state import Availability, availability
from .water_access import Reach, reach


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure's value, and on how many of the ``asked`` records the answer is unknown."""

    value: int
    asked: int
    unknown: int = 0

    @property
    def unknown_share(self) -> float:
        """Return the unknown part of the records asked, from 0 to 1 (0 when none was asked)."""
        return self.unknown / self.asked if self.asked else 0.0


class Situation:
    """The records and the day on which they are judged; what several figures need is computed once."""

    def __init__(self, data: Dataset, on: dt.date, default_epsg: int) -> None:
        self.data = data
        self.on = on
        self._water = WaterMap(data, on, default_epsg)

    @cached_property
    def open_sites(self) -> list[Record]:
        """The sites where people still live."""
        return [site for site in self.data.layer("site") if is_open(site)]

    @cached_property
    def closed_sites(self) -> list[Record]:
        """The other sites."""
        return [site for site in self.data.layer("site") if not is_open(site)]

    @cached_property
    def reaches(self) -> list[Reach]:
        """How each open site stands to the limit of distance."""
        return [reach(self._water, site) for site in self.open_sites]

    @cached_property
    def bases(self) -> list[str | None]:
        """What stands for the dwellings of each open site, ``None`` without a position."""
        places = (self._water.sites.of(site) for site in self.open_sites)
        return [found.basis.value if found else None for found in places]

    @cached_property
    def existing_points(self) -> list[Record]:
        """The water points that are neither planned nor removed."""
        points = self.data.layer("water_point")
        return [point for point in points if point["lifecycle"] not in ("planned", "removed")]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; ``definition`` says what is counted and among what."""

    key: str
    section: Label
    label: Label
    definition: Label
    compute: Callable[[Situation], Amount]


def number_of(rows: Callable[[Situation], Sequence[Record]]) -> Callable[[Situation], Amount]:
    """Count some rows."""

    def compute(situation: Situation) -> Amount:
        count = len(rows(situation))
        return Amount(count, count)

    return compute


def sum_of(column: str) -> Callable[[Situation], Amount]:
    """Sum a column of the open sites where it is known."""

    def compute(situation: Situation) -> Amount:
        answers = [site[column] for site in situation.open_sites]
        return Amount(sum(filter(None, answers)), len(answers), answers.count(None))

    return compute


def answering(column: str, answer: object) -> Callable[[Situation], Amount]:
    """Count the open sites that give ``answer``; the empty ones are unknown."""

    def compute(situation: Situation) -> Amount:
        answers = [site[column] for site in situation.open_sites]
        return Amount(answers.count(answer), len(answers), answers.count(None))

    return compute


def with_status(status: access_rule.WaterStatus) -> Callable[[Situation], Amount]:
    """Count the open sites of a declared status of access to water."""

    def compute(situation: Situation) -> Amount:
        found = [access_rule.status(site.values) for site in situation.open_sites]
        return Amount(found.count(status), len(found))

    return compute


def reaching(wanted: Reach) -> Callable[[Situation], Amount]:
    """Count the open sites that stand so to the limit of distance."""

    def compute(situation: Situation) -> Amount:
        return Amount(situation.reaches.count(wanted), len(situation.reaches))

    return compute


def measured_from_the_point(situation: Situation) -> Amount:
    """Count the open sites with neither dwelling nor footprint."""
    return Amount(situation.bases.count(Basis.POINT.value), len(situation.bases), situation.bases.count(None))


def points_available(wanted: Availability) -> Callable[[Situation], Amount]:
    """Count the existing water points by what they give on the day."""

    def compute(situation: Situation) -> Amount:
        states = [availability(point, situation.on) for point in situation.existing_points]
        return Amount(states.count(wanted), len(states))

    return compute


def potable_points(situation: Situation) -> Amount:
    """Count the existing water points said to give drinking water."""
    answers = [point["is_potable"] for point in situation.existing_points]
    return Amount(answers.count(True), len(answers), answers.count(None))
