"""What became of the people of the invented sites that are closed."""

from __future__ import annotations

from dataclasses import replace

from ..records import Record
from .authorship import audit
from .chance import Chance
from .sites import Site

DECLARED_TOO_SOON = "closed"
"""The scenario whose closure is declared as cleared, although too few of its people were rehoused."""

_PEOPLE_A_HOUSEHOLD = 4


def close(site: Site, chance: Chance) -> tuple[Site, list[Record]]:
    """Return a site with what was declared at its closure, and its solutions; an open one as it is."""
    if site.record["status"] == "open":
        return site, []
    people = site.record["population_total"] or 0
    too_soon = site.plot.scenario.key == DECLARED_TOO_SOON
    resorbed = site.record["status"] == "resorbed" or too_soon
    share = 0.4 if too_soon else chance.real(0.7, 1.0) if resorbed else chance.real(0.0, 0.3)
    declared = "yes" if resorbed else chance.weighted((("no", 3), ("unknown", 1)))
    values = {**site.record.values, "closed_with_solutions": declared}
    # rounded up, so that the solutions of a cleared site reach its share
    lasting = -int(-people * share // 1)
    return replace(site, record=replace(site.record, values=values)), _solutions(site, people, lasting, chance)


def _solutions(site: Site, people: int, lasting: int, chance: Chance) -> list[Record]:
    housed = chance.part(lasting, 0.45)
    sheltered = chance.part(people - lasting, 0.6)
    numbers = {
        "shelter": sheltered,
        "long_term": lasting - housed,
        "housing": housed,
        "none": people - lasting - sheltered,
    }
    return [_solution(site, code, number, chance) for code, number in numbers.items() if number]


def _solution(site: Site, code: str, number: int, chance: Chance) -> Record:
    closed = site.record["closed_at"]
    values = {
        "site_uid": site.record.uid,
        "closing_solution": code,
        "number_of_people_affected": number,
        "number_of_households_affected": max(1, number // _PEOPLE_A_HOUSEHOLD),
        "message": "Orientation inventée pour la démonstration.",
        **audit(closed, closed),
    }
    return Record("closure", chance.uid(), values)
