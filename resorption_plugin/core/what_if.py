"""What the checks of water would say on another day, if some water points failed, or with more people.

Nothing is written: the records are imagined, judged, and compared with what is said today.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .checks.finding import Finding
from .checks.registry import Check, checks
from .checks.runner import Run
from .checks.spec import Verdict
from .errors import ParameterError
from .i18n import mark
from .ports import FeatureStore, Feedback, Silent, stop_if_cancelled
from .records import Dataset, Record
from .refresh import Conditions, judge, what_is_judged

THEME = "EAU"
_COUNTED = ("site", "population_count")


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed."""

    on: dt.date
    failing: Collection[str] = ()
    """Uids of water points that give no water."""
    growth: float = 1.0
    """By what the number of people is multiplied: 1.2 for a fifth more."""

    def __post_init__(self) -> None:
        if not 0 < self.growth <= 100:
            raise ParameterError(
                mark("The number of people can be multiplied by 0.01 to 100, not by {growth}."), growth=self.growth
            )


class Change(StrEnum):
    """How a finding would differ from today's."""

    APPEARS = "appears"
    WORSENS = "worsens"
    STAYS = "stays"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Supposed:
    """A finding under the supposition (today's, where it would go), and how it differs."""

    finding: Finding
    change: Change


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be found, and how many records are supposed otherwise than they are."""

    findings: tuple[Supposed, ...]
    failing: int
    counts: Mapping[Change, int] = field(default_factory=dict)


def suppose(
    store: FeatureStore, conditions: Conditions, supposition: Supposition, feedback: Feedback | None = None
) -> Outlook:
    """Compare the checks of water today with those under a supposition.

    Raises ``ParameterError`` for a water point that is not in the workspace, ``Cancelled`` when the user stops.
    """
    chosen = water_checks()
    data = what_is_judged(store, chosen, feedback)
    unknown = set(supposition.failing) - {point.uid for point in data.layer("water_point")}
    if unknown:
        raise ParameterError(mark("There is no water point {uids} in the workspace."), uids=", ".join(sorted(unknown)))
    now = judge(store, data, conditions, chosen, feedback)
    stop_if_cancelled(feedback or Silent())
    imagined = replace(conditions, reference_date=supposition.on)
    then = judge(store, Dataset(imagine(data, supposition)), imagined, chosen, feedback)
    found = tuple(compare(now, then))
    counts = {change: sum(supposed.change is change for supposed in found) for change in Change}
    return Outlook(found, len(set(supposition.failing)), counts)


def water_checks() -> tuple[Check, ...]:
    """Return the checks of access to water."""
    return tuple(check for check in checks() if check.spec.id.startswith(THEME))


def imagine(data: Dataset, supposition: Supposition) -> Iterator[Record]:
    """Yield the records as they are supposed to be."""
    for record in data:
        values = _supposed(record, supposition)
        yield replace(record, values={**record.values, **values}) if values else record


def compare(now: Run, then: Run) -> Iterator[Supposed]:
    """Yield the findings of ``then`` beside those of ``now``, then those that would go."""
    before = {finding.identity: finding for finding in now.findings}
    for finding in then.findings:
        old = before.pop(finding.identity, None)
        if old is None:
            yield Supposed(finding, Change.APPEARS)
        elif (old.remark.verdict, finding.remark.verdict) == (Verdict.TO_VERIFY, Verdict.FAILS):
            yield Supposed(finding, Change.WORSENS)
        else:
            yield Supposed(finding, Change.STAYS)
    for finding in before.values():
        yield Supposed(finding, Change.GOES)


def _supposed(record: Record, supposition: Supposition) -> dict[str, Any]:
    if record.layer == "water_point" and record.uid in supposition.failing:
        return {"working_state": "out_of_order", "state_on": supposition.on, "closed_until": None}
    people = record["population_total"] if record.layer in _COUNTED else None
    if people is None or supposition.growth == 1:
        return {}
    return {"population_total": math.ceil(people * supposition.growth)}
