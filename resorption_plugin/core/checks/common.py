"""Thresholds and words that several checks share, each stated once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ..freshness import months_before
from ..i18n import mark
from ..records import Record
from .spec import Parameter, Profile, Quantity, Threshold

DISTANCE_LIMIT = Parameter(
    "limit",
    mark("Greatest distance to water"),
    Quantity.METRES,
    Threshold(
        200,
        mark(
            "State: form of Résorption-bidonvilles (less than 200 m between the water point and the farthest dwelling) "
            "and DIHAL report 2021 (over 200 m is not close enough). French law sets no distance."
        ),
    ),
    {
        Profile.UNHCR: Threshold(200, mark("UNHCR, standard after the emergency: at most 200 m (second-hand figure).")),
        Profile.SPHERE: Threshold(500, mark("Sphere 2018, water supply standard 2.1: less than 500 m.")),
        Profile.PLATFORM_V1: Threshold(
            20, mark("Form of Résorption-bidonvilles before August 2022: on the site or at less than 20 m.")
        ),
    },
)
"""Read by every check that asks which water is within reach of a site."""


def shown(metres: float, limit: float) -> float:
    """Return a length as it is written: to 0.1 m, to 1 m from 1 km on, finer where it would look equal to the limit."""
    rounded = round(metres, 0 if metres >= 1000 else 1)
    return round(metres, 2) if rounded == limit else rounded


def name_of(record: Record) -> str:
    """Return what people call a record."""
    return str(record["name"] or record["address"] or record["source_id"] or record.uid)


def names_of(records: Iterable[Record]) -> str:
    """Return what people call some records, in one line."""
    return ", ".join(map(name_of, records))


def day_of(value: Any) -> dt.date | None:
    """Return the day of a date or instant; what is neither is unknown."""
    return value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None


def months_between(first: dt.date, last: dt.date) -> float:
    """Return the months from a day to a later one: whole calendar months, and the days left as a part of 31."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    if months_before(last, whole) < first:
        whole -= 1
    return round(whole + max((months_before(last, whole) - first).days, 0) / 31, 2)


def written_on(record: Record) -> dt.date | None:
    """Return the day on which a record was last written."""
    return day_of(record["updated_at"] or record["created_at"])


def oldest(dates: Iterable[Any]) -> dt.date | None:
    """Return the oldest of the dates that are known."""
    return min((date for date in dates if isinstance(date, dt.date)), default=None)
