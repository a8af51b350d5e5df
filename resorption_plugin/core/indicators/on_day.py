"""The records as they are to be counted on a day, of today or past.

What is taken from where:

* **Dates that records carry** are those known today, whenever they were typed: ``built_at``, ``declared_at``,
  ``closed_at``, the status of the closure, the social diagnostic, the place and the type of the site. A site is there
  from the earliest of ``built_at``, ``declared_at`` and ``created_at`` (the platform's ``known_since``; always when it
  has none of them) until the day before ``closed_at``. A site closed without a date is closed on every day. A record
  deleted since is counted on no day: it was a mistake.
* **What a site held** (living conditions, origins, heat alert, completeness, the site's own figures of population) is
  the version that the history rebuilds for the end of the day, UTC, else the present one, provided that it was last
  changed (``updated_at``) on or before the day. Where neither is so, those answers are unknown.
* **Population**: column by column the site's own figure, provided that ``population_updated_at`` is not later than the
  day, else that of the latest count (``population_count.counted_on``) up to the day which has one.
* **Water points** are there from the earliest of ``installed_on`` and ``created_at``; their state is the one of the
  history, else the present one when it was seen (``state_on``) on or before the day, else unknown. Dwellings and
  footprints are those of the history, else those surveyed or drawn on or before the day.
* **Actions, closures, results by year** carry their own dates: the figures read them as they are today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.common import population
from ..records import Dataset, Record
from ..water.distances import is_open

REBUILT = ("site", "site_footprint", "dwelling", "water_point")
"""The layers whose past content comes from the history."""

POPULATION = tuple(field.name for field in population("population"))
"""The columns of population that sites and dated counts share."""

_DATED = (
    *("name", "address", "address_details", "fk_city", "commune", "epci", "department", "position_accuracy_m", "rb_id"),
    *("status", "fk_field_type", "built_at", "declared_at", "closed_at", "closed_with_solutions", "is_reinstallation"),
    *("created_at", "census_status", "census_conducted_at", "living_conditions_version"),
)
"""The columns of a site that are taken as they are known today."""


def end_of(day: dt.date) -> dt.datetime:
    """Return the first instant after a day, in UTC."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def day_of(value: Any) -> dt.date | None:
    """Return the day of a date or instant (UTC); ``None`` for anything else."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def known_since(site: Record) -> dt.date | None:
    """Return the earliest of the dates on which the site is said to have been there."""
    days = (day_of(site[column]) for column in ("built_at", "declared_at", "created_at"))
    return min((day for day in days if day is not None), default=None)


_PARTS: Mapping[str, tuple[str, ...]] = {
    "water_point": ("installed_on", "created_at"),
    "dwelling": ("surveyed_on", "created_at"),
    "site_footprint": ("drawn_on", "created_at"),
}
"""From which dates a record is there."""


class Days:
    """The records of a workspace as they are to be counted on any day; the page's docstring says what comes from where.

    What does not depend on the day is worked out once.
    """

    def __init__(self, present: Dataset) -> None:
        """Keep what the workspace holds now."""
        self._present = present
        self._since = {site.uid: known_since(site) for site in present.layer("site")}
        self._parts = {
            layer: [(part, _first_day(part), day_of(part["updated_at"])) for part in present.layer(layer)]
            for layer in _PARTS
        }
        dated = [(day_of(row["counted_on"]), row) for row in present.layer("population_count")]
        known = [(day, row) for day, row in dated if day is not None]
        self._counts = sorted(known, key=lambda pair: (pair[0], pair[1].uid), reverse=True)
        taken = {"site", "population_count", *_PARTS}
        self._others = [record for record in present if record.layer not in taken]

    def on(self, past: Dataset, day: dt.date) -> Dataset:
        """Return the records to be counted on ``day``; the ``status`` of a site is its status on the day.

        ``past`` holds the layers ``REBUILT`` as the history rebuilds them for the end of the day (for today: as they
        are).
        """
        counts: dict[str, list[Record]] = {}
        for counted, row in self._counts:
            if counted <= day:
                counts.setdefault(row["site_uid"], []).append(row)
        records = [row for rows in counts.values() for row in rows]
        for site in self._present.layer("site"):
            since = self._since[site.uid]
            if since is None or since <= day:
                records.append(_site(site, past.get("site", site.uid), counts.get(site.uid, ()), day))
        for layer, parts in self._parts.items():
            for part, first, changed in parts:
                version = past.get(layer, part.uid)
                if version is not None and version is not part and _held(version, version, day):
                    records.append(version)
                elif first is None or first <= day:
                    is_later = layer == "water_point" and changed is not None and changed > day
                    records.append(_unseen(part, day) if is_later else part)
        return Dataset([*records, *self._others])


def _first_day(part: Record) -> dt.date | None:
    days = [found for column in _PARTS[part.layer] if (found := day_of(part[column])) is not None]
    return min(days, default=None)


def _unseen(point: Record, day: dt.date) -> Record:
    """Return a water point changed since, whose state on the day is known only where it was seen by then."""
    seen = day_of(point["state_on"])
    if seen is not None and seen <= day:
        return point
    return Record(point.layer, point.uid, {**point.values, "working_state": "unknown"}, point.geometry)


def _site(present: Record, past: Record | None, counts: Sequence[Record], day: dt.date) -> Record:
    held = _held(present, past, day)
    values: dict[str, Any] = {name: present[name] for name in _DATED}
    values |= _population(held, counts, day)
    closed = day_of(present["closed_at"])
    if not is_open(present) and closed is not None and closed > day:
        values |= {"status": "open", "closed_at": None, "closed_with_solutions": None}
    if held is None:
        values["updated_at"] = present["updated_at"]  # later than the day: what was stated before it is not known
        return Record("site", present.uid, values, present.geometry)
    if all(held[name] == value for name, value in values.items()):
        return held
    return Record("site", present.uid, {**held.values, **values}, held.geometry)


def _held(present: Record, past: Record | None, day: dt.date) -> Record | None:
    """Return the version of a record on the day, ``None`` when nobody knows what it held."""
    version = past or present
    changed = day_of(version["updated_at"])
    return version if changed is None or changed <= day else None


def _population(held: Record | None, counts: Sequence[Record], day: dt.date) -> dict[str, Any]:
    dated = day_of(held["population_updated_at"]) if held else None
    own: Mapping[str, Any] = held.values if held and (dated is None or dated <= day) else {}
    found = {}
    for name in POPULATION:
        known = (value for row in (own, *(count.values for count in counts)) if (value := row.get(name)) is not None)
        found[name] = next(known, None)
    return found
