"""Actions of the invented department: who runs them, on which sites, with which cohorts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from ..geo import metric_epsg, projector
from ..records import Record
from .authorship import ADMINISTRATION, ASSOCIATIONS, audit
from .chance import Chance
from .ground import Ground
from .programmes import PROGRAMMES, Programme
from .sites import Site
from .support import NO_ACTION

SECTOR = 40
"""Sites that one set of actions covers: a department has about ten actions, a large one several times as many."""

COHORT = 15
_MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True)
class Action:
    """An invented action: its record, its programme, the sites it concerns, and the records about it."""

    programme: Programme
    record: Record
    sites: Sequence[Site]
    parts: Sequence[Record]


def build(sites: Sequence[Site], ground: Ground, today: dt.date, chance: Chance) -> list[Action]:
    """Return the actions on the invented sites, department by department."""
    departments = sorted({site.record["department"] for site in sites})
    groups = [[site for site in sites if site.record["department"] == code] for code in departments]
    sectors = [group[start : start + SECTOR] for group in groups for start in range(0, len(group), SECTOR)]
    actions = []
    for number, sector in enumerate(sectors, start=1):
        title = f", secteur {number}" if len(sectors) > 1 else ""
        for programme in PROGRAMMES:
            concerned = _concerned(sector, programme, today, chance)
            if concerned:
                actions.append(_action(programme, title, concerned, ground, today=today, chance=chance))
    return actions


def _concerned(sector: Sequence[Site], programme: Programme, today: dt.date, chance: Chance) -> list[Site]:
    last = min(programme.last_day or today, today) if programme.first_day <= today else programme.first_day
    there = [
        site
        for site in sector
        if site.plot.scenario.key not in NO_ACTION
        and site.record["declared_at"] <= last
        and (site.record["closed_at"] or dt.date.max) > programme.first_day
    ]
    return chance.several(there, max(1, round(programme.share * len(there)))) if there else []


def _action(
    programme: Programme, title: str, sites: Sequence[Site], ground: Ground, *, today: dt.date, chance: Chance
) -> Action:
    uid = chance.uid()
    signed = programme.first_day - dt.timedelta(days=chance.integer(20, 90))
    people = sum(site.record["population_total"] or 0 for site in sites)
    values: dict[str, Any] = {
        "name": f"{programme.name}{title} (exemple)",
        "programme": programme.code,
        "topics": programme.topics,
        "goals": programme.goals,
        "started_at": programme.first_day,
        "ended_at": programme.last_day,
        "target_people": max(COHORT, people),
        "staff_fte": programme.staff,
        "location_type": programme.location,
        **audit(signed, min(today, programme.first_day)),
    }
    if programme.code in ("mous", "interim_site"):
        values["convention_signed_on"] = signed
    if programme.code == "mous":
        values["project_owner"] = "Intercommunalité (exemple)"
    if programme.code == "water_hygiene":
        values["water_points_installed"] = chance.integer(2, 8)
    if programme.places:
        values["places"] = programme.places
    position, place = _place(programme, ground, chance)
    record = Record("action", uid, {**values, **place}, position)
    parts = [*_sites(record, sites, chance), *_operators(record, programme, chance), *_cohorts(record, chance)]
    return Action(programme, record, sites, parts)


def _place(programme: Programme, ground: Ground, chance: Chance) -> tuple[shapely.Point | None, dict[str, Any]]:
    """Return where an action that does not take place on the sites has its rooms."""
    if programme.location == "sur_site":
        return None, {}
    drawn = None
    while drawn is None:
        drawn = ground.draw(chance)
    commune, point = drawn
    position = projector(4326, metric_epsg(commune.department.code))(point)
    (columns,) = ground.place_columns([position])
    return position, {"address": f"Adresse inventée, {columns['commune']}", **columns}


def _sites(action: Record, sites: Sequence[Site], chance: Chance) -> Iterator[Record]:
    for site in sites:
        day = max(site.record["declared_at"], action["started_at"])
        values = {"action_uid": action.uid, "site_uid": site.record.uid, **audit(day, day)}
        yield Record("action_site", chance.uid(), values)


def _operators(action: Record, programme: Programme, chance: Chance) -> Iterator[Record]:
    named = [(name, "operator") for name in chance.several(ASSOCIATIONS, programme.operators)]
    for name, role in [*named, (ADMINISTRATION, "manager")]:
        values = {"action_uid": action.uid, "organisation": name, "role": role}
        yield Record("action_operator", chance.uid(), {**values, **_written(action)})


def _cohorts(action: Record, chance: Chance) -> Iterator[Record]:
    """Yield three cohorts of a SIBEL action, the second of which stayed too long in orientation."""
    if action["programme"] != "sibel":
        return
    for number, (starts_after, months) in enumerate(((1, (3, 5, 6)), (5, (5.5, 5, 6)), (11, (3, 5, 6))), start=1):
        begins = _after(action["started_at"], starts_after)
        trains, integrates, ends = (_after(begins, sum(months[:step])) for step in (1, 2, 3))
        values = {
            "action_uid": action.uid,
            "name": f"Cohorte {number}",
            "people": COHORT,
            "orientation_started_at": begins,
            "training_started_at": trains,
            "integration_started_at": integrates,
            "ended_at": ends,
        }
        yield Record("cohort", chance.uid(), {**values, **_written(action)})


def _after(day: dt.date, months: float) -> dt.date:
    return day + dt.timedelta(days=round(months * _MONTH_DAYS))


def _written(action: Record) -> dict[str, Any]:
    return {name: action[name] for name in ("created_at", "created_by", "updated_at", "updated_by")}
