"""Whether a water point gives water, and drinking water, on a given day. Unknown stays unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ..records import Record


class Availability(StrEnum):
    """Whether a point gives water on a day."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


_SEASON_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

MonthDay = tuple[int, int]


def availability(water_point: Record, on: dt.date) -> Availability:
    """Return whether the point gives water on the day ``on``.

    A point planned or removed gives none. An announced or seasonal closure that covers the day closes the point
    whatever its state. A point seen closed or out of order stays so until the end announced, provided that this end
    had not already passed when the state was seen.
    """
    if water_point["lifecycle"] in ("planned", "removed"):
        return Availability.UNAVAILABLE
    if water_point["working_state"] in ("closed", "out_of_order"):
        seen = _seen_closed(water_point, on)
        if seen is not Availability.AVAILABLE:
            return seen
    elif _closure_covers(water_point, on):
        return Availability.UNAVAILABLE
    season = _season(water_point, on)
    if season is Availability.AVAILABLE and water_point["working_state"] in (None, "unknown"):
        return Availability.UNKNOWN
    return season


def usable(water_point: Record, on: dt.date) -> bool | None:
    """Return whether the point gives drinking water on the day ``on``; ``None`` when that cannot be told."""
    state, potable = availability(water_point, on), water_point["is_potable"]
    if state is Availability.UNAVAILABLE or potable is False:
        return False
    return True if state is Availability.AVAILABLE and potable else None


class Use(StrEnum):
    """Groups of the water points by what can be told of their use on a day."""

    SURE = "sure"
    POSSIBLE = "possible"
    """The sure ones, and those nobody can tell."""


@dataclass(frozen=True, slots=True)
class ByUse:
    """Groups water points by ``Use``; one that surely gives no drinking water on the day is in no group."""

    on: dt.date

    def __call__(self, water_point: Record) -> Collection[Use]:
        """Return the groups of a point."""
        known = usable(water_point, self.on)
        if known is None:
            return (Use.POSSIBLE,)
        return (Use.SURE, Use.POSSIBLE) if known else ()


def _day(water_point: Record, column: str) -> dt.date | None:
    """Return a date of the point; one that cannot be read is unknown."""
    value = water_point[column]
    return value if isinstance(value, dt.date) else None


def _closure_covers(water_point: Record, on: dt.date) -> bool:
    """Say whether an announced closure, open at either end, covers the day."""
    begins, ends = _day(water_point, "closed_from"), _day(water_point, "closed_until")
    if begins is None and ends is None:
        return False
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _seen_closed(water_point: Record, on: dt.date) -> Availability:
    begins, ends, seen_on = (_day(water_point, name) for name in ("closed_from", "closed_until", "state_on"))
    if begins is not None and on < begins:
        return Availability.AVAILABLE
    if ends is None or on <= ends:
        return Availability.UNAVAILABLE
    if seen_on is None:
        # The end announced has passed, and nobody can say whether the point was seen closed after it.
        return Availability.UNKNOWN
    return Availability.AVAILABLE if seen_on <= ends else Availability.UNAVAILABLE


def _season(water_point: Record, on: dt.date) -> Availability:
    """Judge the yearly closure; one that is half filled in leaves the point unknown."""
    begins, ends = water_point["season_closed_from"], water_point["season_closed_until"]
    if not begins and not ends:
        return Availability.AVAILABLE
    first, last = _month_day(begins), _month_day(ends)
    if first is None or last is None:
        return Availability.UNKNOWN
    return Availability.UNAVAILABLE if _within_season((on.month, on.day), first, last) else Availability.AVAILABLE


def _month_day(text: str | None) -> MonthDay | None:
    match = _SEASON_DAY.fullmatch(text or "")
    return (int(match[1]), int(match[2])) if match else None


def _within_season(day: MonthDay, first: MonthDay, last: MonthDay) -> bool:
    # Months and days are compared as pairs, so that 02-29 has its place in every year.
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last
