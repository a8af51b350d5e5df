"""The demonstration as a whole: records to put in a workspace, and what the checks must find in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely

from ..ports import Feedback, Silent, stop_if_cancelled
from ..records import Dataset, Record
from ..territory import Territory
from . import sites, streets, water, whole_record
from .chance import Chance
from .ground import Ground
from .plots import place
from .scenarios import ACCEPTED, Accepted, Scenario

DAY = dt.date(2026, 1, 15)
"""The day on which the invented department is seen: winter, when frost closures hold."""

WATER_POINTS_A_SITE = 8


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Invented records, and the scenario of each site."""

    dataset: Dataset
    scenarios: dict[str, Scenario]
    """By site uid."""
    site_of: dict[str, str]
    """Site uid of each record of a site or an action and of each water point that its scenario asks for."""


def demonstration(
    territory: Territory, departments: Sequence[str], count: int, seed: int, feedback: Feedback | None = None
) -> Demonstration:
    """Return ``count`` invented sites in the departments, with the water, people, streets and actions around them.

    Positions are in EPSG:4326. The same arguments give the same records, identifiers included. Raises
    ``TerritoryError`` for an unknown department and ``ParameterError`` when the territory has no room for so many
    sites.
    """
    progress = feedback or Silent()
    chance = Chance(seed)
    ground = Ground(territory, departments)
    lines = streets.long_lines(territory, departments, chance)
    avoid = {department: shapely.union_all(list(crossing.values())) for department, crossing in lines.items()}
    plots, spread = place(ground, count, avoid, chance)
    progress.progress(0.3)
    stop_if_cancelled(progress)
    built = [_misplaced(sites.build(plot, DAY, chance), ground, chance) for plot in plots]
    points, owners = water.build(built, WATER_POINTS_A_SITE * count, ground, spread, today=DAY, chance=chance)
    progress.progress(0.7)
    stop_if_cancelled(progress)
    whole = whole_record.complete(built, ground, departments, seed, DAY)
    records: list[Record] = [record for site in whole.sites for record in (site.record, *site.parts)]
    records += points
    records += streets.build(plots, lines, chance)
    records += whole.records
    progress.progress(1.0)
    own = {part.uid: site.record.uid for site in built for part in (site.record, *site.parts)}
    return Demonstration(
        Dataset(records), {site.record.uid: site.plot.scenario for site in built}, {**own, **owners, **whole.site_of}
    )


def _misplaced(site: sites.Site, ground: Ground, chance: Chance) -> sites.Site:
    """Give a site the commune of another one where its scenario is that mistake."""
    if not site.plot.scenario.wrong_commune:
        return site
    values = water.another_commune(ground, dict(site.record.values), chance)
    return replace(site, record=replace(site.record, values=values))


class DemonstrationClock:
    """The demonstration's own moment, so that what is written at its making is the same each time."""

    def now(self) -> dt.datetime:
        """Return 9:30 UTC on ``DAY``."""
        return dt.datetime.combine(DAY, dt.time(9, 30), tzinfo=dt.UTC)


def accepted_exceptions(demo: Demonstration, findings: Iterable[Record]) -> list[tuple[Record, Accepted]]:
    """Return the findings that are accepted exceptions of the demonstration, with their reasons."""
    wanted = {(exception.scenario, exception.check): exception for exception in ACCEPTED}
    pairs = []
    for finding in findings:
        scenario = demo.scenarios.get(demo.site_of.get(finding["target_uid"], ""))
        exception = wanted.get((scenario.key, finding["check_id"])) if scenario else None
        if exception:
            pairs.append((finding, exception))
    return pairs
