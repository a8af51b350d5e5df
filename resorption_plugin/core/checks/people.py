"""How many people a site has, and how well that is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from ..i18n import mark
from ..records import Record
from ..water import service
from .common import oldest
from .spec import Parameter, Quantity, Threshold

ESTIMATE_DOUBT = Parameter(
    "estimate",
    mark("Doubt about an estimated number of people"),
    Quantity.PERCENT,
    Threshold(10, mark("Choice of this plugin: an operator's estimate is trusted to a tenth.")),
)


@dataclass(frozen=True, slots=True)
class Population:
    """The people of a site."""

    people: int | None
    is_estimate: bool
    """The latest count is an operator's estimate."""
    counted_on: dt.date | None


def population(site: Record, counts: Collection[Record]) -> Population:
    """Return the people of a site from its record and its counts."""
    dated = [count for count in counts if isinstance(count["counted_on"], dt.date)]
    latest = max(dated, key=lambda count: (count["counted_on"], count.uid), default=None)
    updated = site["population_updated_at"]
    return Population(
        service.people(site, counts),
        latest is not None and latest["source"] == "operator",
        oldest([updated.date() if isinstance(updated, dt.datetime) else updated])
        or (latest["counted_on"] if latest is not None else None),
    )
