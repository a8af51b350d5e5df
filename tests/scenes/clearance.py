"""The scenes of the checks about the clearance of sites: actions, targets, diagnostics, cohorts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from resorption_plugin.core.records import Record

from .build import SUMMER, Scene, fails, passes, site, to_verify

_LAST_YEAR = dt.date(2025, 7, 1)
_DAY = dt.timedelta(days=1)


def _action(**values: Any) -> tuple[Record, Record]:
    link = Record("action_site", "link", {"action_uid": "action", "site_uid": "site"})
    return Record("action", "action", {"name": "Action", **values}), link


def _phase(**values: Any) -> Record:
    given = {"site_uid": "site", "preparatory_phase": "social_assessment", **values}
    return Record("resorption_phase", "phase", given)


RES_001: dict[str, Scene] = {
    "action going on": passes(site(), *_action(started_at=_LAST_YEAR)),
    "action without dates": passes(site(), *_action()),
    "closed site without action": passes(site(status="other")),
    "site of no action": fails(site()),
    "action that has ended": fails(site(), *_action(started_at=_LAST_YEAR, ended_at=dt.date(2025, 12, 31))),
    "action that ends on the reference date": passes(site(), *_action(ended_at=SUMMER)),
    "action that ended the day before": fails(site(), *_action(ended_at=SUMMER - _DAY)),
    "action that begins later": to_verify(site(), *_action(started_at=SUMMER + _DAY)),
    "action known to the platform only": to_verify(site(declared_has_action=True)),
}

RES_002: dict[str, Scene] = {
    "target next year": passes(site(resorption_target=2027)),
    "phase completed late": passes(site(), _phase(expected_on=_LAST_YEAR, completed_at=SUMMER)),
    "closed site, target over": passes(site(status="resorbed", resorption_target=2024), _phase(expected_on=_LAST_YEAR)),
    "target last year": fails(site(resorption_target=2025)),
    "phase expected last month": fails(site(), _phase(expected_on=dt.date(2026, 6, 1))),
    "phase expected on the reference date": passes(site(), _phase(expected_on=SUMMER)),
    "phase expected the day before": fails(site(), _phase(expected_on=SUMMER - _DAY)),
    "target this year": to_verify(site(resorption_target=2026)),
    "phase without any date": to_verify(site(), _phase()),
}

RES_003: dict[str, Scene] = {
    "diagnostic done": passes(site(declared_at=_LAST_YEAR, census_status="done")),
    "assessment among the phases": passes(site(declared_at=_LAST_YEAR), _phase(completed_at=SUMMER)),
    "reported last month": passes(site(declared_at=dt.date(2026, 6, 1))),
    "no date of report": passes(site(census_status="none")),
    "reported last year, none planned": fails(site(declared_at=_LAST_YEAR, census_status="none")),
    "reported last year, planned for later": fails(site(declared_at=_LAST_YEAR, census_status="scheduled")),
    "reported 90 days ago": passes(site(declared_at=SUMMER - 90 * _DAY, census_status="none")),
    "reported 91 days ago": fails(site(declared_at=SUMMER - 91 * _DAY, census_status="none")),
    "reported last year, diagnostic unknown": to_verify(site(declared_at=_LAST_YEAR)),
}


def _cohort(people: int | None = 15, *starts: dt.date) -> Record:
    names = ("orientation_started_at", "training_started_at", "integration_started_at", "ended_at")
    given = dict(zip(names, starts, strict=False))
    return Record("cohort", "cohort", {"name": "A", "action_uid": "action", "people": people, **given})


_JANUARY = dt.date(2025, 1, 15)

RES_004: dict[str, Scene] = {
    "cohort on time": passes(_cohort(15, _JANUARY, dt.date(2025, 4, 15), dt.date(2025, 9, 15), dt.date(2026, 3, 15))),
    "cohort that has just begun": passes(_cohort(12, dt.date(2026, 6, 1))),
    "orientation of six months": fails(_cohort(15, _JANUARY, dt.date(2025, 7, 15), dt.date(2025, 12, 1), SUMMER)),
    "training of two months": fails(
        _cohort(15, _JANUARY, dt.date(2025, 4, 15), dt.date(2025, 6, 15), dt.date(2025, 12, 15))
    ),
    "cohort of 18 people": fails(_cohort(18, dt.date(2026, 6, 1))),
    "phase that drags on": fails(_cohort(15, _JANUARY)),
    "orientation of 4 months to the day": passes(_cohort(15, dt.date(2026, 1, 31), dt.date(2026, 5, 31))),
    "orientation of 4 months and a day": to_verify(_cohort(15, dt.date(2026, 1, 31), dt.date(2026, 6, 1))),
    "orientation of 4 months and 16 days": fails(_cohort(15, dt.date(2026, 1, 31), dt.date(2026, 6, 16))),
    "cohort of 15 people": passes(_cohort(15, dt.date(2026, 6, 1))),
    "people of the cohort not counted": to_verify(_cohort(None, dt.date(2026, 6, 1))),
}
