"""Who works on the invented sites, how far their clearance is, and where their people came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ..model.record_lists import PREPARATORY_PHASE
from ..records import Record
from .authorship import ADMINISTRATION, ASSOCIATIONS, audit
from .chance import Chance
from .sites import Site

OVERDUE = "tap out of order"
"""The scenario of the site whose next phase should have been over."""

NO_ACTION = frozenset({"bottles only", "tap planned", "no water"})
"""The scenarios of the sites on which nothing is done yet."""

PHASES = PREPARATORY_PHASE.codes()
_THEMES = (
    ("pilotage", "diagnostic"),
    ("mediation_sociale", "education"),
    ("sante", "humanitaire"),
    ("emploi", "logement"),
    ("securite",),
)
_DONE_BEFORE_TARGET = ((0, 6), (1, 5), (2, 3), (3, 1))
"""Years left before the target year, and about how many phases are completed by then."""


def actors(site: Site, chance: Chance) -> list[Record]:
    """Return the organisations of a site; where there are several, the first coordinates."""
    organisations = chance.several((ADMINISTRATION, *ASSOCIATIONS), chance.weighted(((1, 4), (2, 3), (3, 2), (4, 1))))
    return [
        _actor(site, name, chance, is_lead=index == 0 and len(organisations) > 1)
        for index, name in enumerate(organisations)
    ]


def _actor(site: Site, name: str, chance: Chance, *, is_lead: bool) -> Record:
    since = site.record["declared_at"]
    values = {
        "site_uid": site.record.uid,
        "organisation": name,
        "themes": _THEMES[0] if name == ADMINISTRATION else chance.pick(_THEMES[1:]),
        "is_lead": is_lead,
        "since": since,
        "until": site.record["closed_at"],
        **audit(since, since),
    }
    return Record("site_actor", chance.uid(), values)


def phases(site: Site, today: dt.date, chance: Chance) -> list[Record]:
    """Return the phases of a site that has a target year, or was gradually cleared."""
    first, closed = site.record["declared_at"], site.record["closed_at"]
    overdue = site.plot.scenario.key == OVERDUE
    if site.record["status"] == "resorbed":
        done, last = len(PHASES), closed
    elif closed:
        return []
    elif site.plot.scenario.key not in NO_ACTION and (site.record["resorption_target"] or overdue):
        left = (site.record["resorption_target"] or today.year) - today.year
        done, last = dict(_DONE_BEFORE_TARGET).get(left, 1), today
    else:
        return []
    days = sorted(chance.day(first, last) for _ in range(done))
    records = [_phase(site, code, day, None, chance) for code, day in zip(PHASES, days, strict=False)]
    if done < len(PHASES):
        late = dt.timedelta(days=-40 if overdue else chance.integer(30, 240))
        records.append(_phase(site, PHASES[done], None, today + late, chance))
    return records


def _phase(site: Site, code: str, done: dt.date | None, expected: dt.date | None, chance: Chance) -> Record:
    day = done or site.record["declared_at"]
    values = {
        "site_uid": site.record.uid,
        "preparatory_phase": code,
        "completed_at": done,
        "expected_on": expected,
        **audit(day, day),
    }
    return Record("resorption_phase", chance.uid(), values)


def former_sites(sites: Sequence[Site], chance: Chance) -> Iterator[tuple[str, Record]]:
    """Yield (site uid, record) of each resettlement from a site that was closed before, in the same department."""
    closed = [site.record for site in sites if site.record["closed_at"]]
    for site in sites:
        before = [
            other
            for other in closed
            if other["department"] == site.record["department"] and other["closed_at"] <= site.record["declared_at"]
        ]
        if site.record["is_reinstallation"] and before:
            day = site.record["declared_at"]
            columns = {"site_uid": site.record.uid, "incoming_site_uid": chance.pick(before).uid, **audit(day, day)}
            yield site.record.uid, Record("incoming_town", chance.uid(), columns)
