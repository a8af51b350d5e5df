"""The rest of the record of the invented department: what happens on the sites, and what is done for their people.

Every part draws from a source of chance of its own: one that grows leaves the others, and the sites, as they were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..records import Record
from . import action_years, actions, closing, journal, procedures, profiles, support
from .chance import Chance
from .ground import Ground
from .sites import Site

_LASTING: dict[str, Callable[[Site, Chance], list[Record]]] = {
    "owners": procedures.owners,
    "actors": support.actors,
}
_DATED: dict[str, Callable[[Site, dt.date, Chance], list[Record]]] = {
    "procedures": procedures.procedure,
    "phases": support.phases,
    "journal": journal.journal,
}


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """The sites with what was declared at their closure, and the records around them."""

    sites: list[Site]
    records: list[Record]
    site_of: dict[str, str]
    """Site uid of each record that belongs to a site; an action and its records belong to its first site."""


def complete(
    sites: Sequence[Site], ground: Ground, departments: Sequence[str], seed: int, today: dt.date
) -> WholeRecord:
    """Return the invented closures, phases, journal, owners, procedures, actors, actions and profiles of the sites."""
    whole = WholeRecord([], [], {})
    closings = Chance(seed, "closings")
    for given in sites:
        site, solutions = closing.close(given, closings)
        whole.sites.append(site)
        _add(whole, site.record.uid, solutions)
    for part, write in _LASTING.items():
        chance = Chance(seed, part)
        for site in whole.sites:
            _add(whole, site.record.uid, write(site, chance))
    for part, write_dated in _DATED.items():
        chance = Chance(seed, part)
        for site in whole.sites:
            _add(whole, site.record.uid, write_dated(site, today, chance))
    for uid, record in support.former_sites(whole.sites, Chance(seed, "former sites")):
        _add(whole, uid, [record])
    _add_actions(whole, ground, seed, today)
    whole.records.extend(profiles.profiles(departments, Chance(seed, "profiles")))
    return whole


def _add_actions(whole: WholeRecord, ground: Ground, seed: int, today: dt.date) -> None:
    years = Chance(seed, "years of the actions")
    for action in actions.build(whole.sites, ground, today, Chance(seed, "actions")):
        told = [*action_years.metrics(action, today, years), *action_years.finances(action, today, years)]
        _add(whole, action.sites[0].record.uid, [action.record, *action.parts, *told])


def _add(whole: WholeRecord, site_uid: str, records: Sequence[Record]) -> None:
    whole.records.extend(records)
    whole.site_of.update(dict.fromkeys((record.uid for record in records), site_uid))
