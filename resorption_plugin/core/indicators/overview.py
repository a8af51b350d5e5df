"""The figures of a territory on a day, and their curve over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..freshness import months_before
from ..ports import Feedback, Silent, stop_if_cancelled
from ..records import Dataset
from .on_day import day_of, known_since
from .places import WHOLE, Place
from .registry import indicators, layers_read
from .situation import Situation
from .spec import Amount, Indicator, Pace
from .timeline import Timeline

LAYERS = (*layers_read(), "commune", "distance")
"""What the page reads: the figures, the names of the territories, and when distances were computed."""

LONGEST = {Pace.MONTH: 120, Pace.YEAR: 30}
"""Most points of a curve: ten years of months."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a territory with their amounts, the day, and when the stored distances were computed."""

    amounts: tuple[tuple[Indicator, Amount], ...]
    on: dt.date
    place: Place
    computed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure of a territory over time, the oldest point first."""

    indicator: Indicator
    place: Place
    points: tuple[tuple[dt.date, Amount], ...]


def overview(timeline: Timeline, on: dt.date, default_epsg: int, place: Place = WHOLE) -> Overview:
    """Return every figure of a territory on the day ``on``; the timeline holds ``LAYERS``.

    ``default_epsg`` is the projected system of sites without a department.
    """
    situation = Situation(timeline.on(on), on, default_epsg, place)
    rows = timeline.present.layer("distance")
    computed = [row["computed_at"] for row in rows if isinstance(row["computed_at"], dt.datetime)]
    amounts = tuple((declared, declared.compute(situation)) for declared in indicators())
    return Overview(amounts, on, place, max(computed, default=None))


def curve(
    timeline: Timeline,
    indicator: Indicator,
    on: dt.date,
    default_epsg: int,
    place: Place = WHOLE,
    *,
    feedback: Feedback | None = None,
) -> Curve:
    """Return a figure month by month, or year by year, from the first record up to the day ``on``.

    Raises ``Cancelled`` when the user stops.
    """
    watch = feedback or Silent()
    days = days_of(indicator, first_day(timeline.present, on), on)
    needed = {*indicator.reads, "department"}
    part = Timeline(Dataset(row for row in timeline.present if row.layer in needed), timeline.changes)
    points: list[tuple[dt.date, Amount]] = []
    for day, data in part.back(days):
        stop_if_cancelled(watch)
        points.append((day, indicator.compute(Situation(data, day, default_epsg, place))))
        watch.progress(len(points) / len(days))
    return Curve(indicator, place, tuple(reversed(points)))


def first_day(data: Dataset, on: dt.date) -> dt.date:
    """Return the first day that any record tells about, at most ``on``."""
    found = [since for site in data.layer("site") if (since := known_since(site)) is not None]
    found += [day for row in data.layer("population_count") if (day := day_of(row["counted_on"])) is not None]
    yearly = (*data.layer("territory_profile"), *data.layer("action_metric"))
    found += [dt.date(int(row["year"]), 1, 1) for row in yearly if row["year"] is not None]
    return min([on, *found])


def days_of(indicator: Indicator, first: dt.date, on: dt.date) -> Sequence[dt.date]:
    """Return the days of the points of a curve, the latest first."""
    days = _years(first, on) if indicator.pace is Pace.YEAR else _months(first, on)
    return list(days)[: LONGEST[indicator.pace]]


def _months(first: dt.date, on: dt.date) -> Iterator[dt.date]:
    back = 0
    while back == 0 or months_before(on, back) >= first:
        yield months_before(on, back)
        back += 1


def _years(first: dt.date, on: dt.date) -> Iterator[dt.date]:
    yield on
    yield from (dt.date(year, 12, 31) for year in range(on.year - 1, first.year - 1, -1))
