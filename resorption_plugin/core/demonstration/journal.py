"""The journal of the invented sites: visits, support, fires, heat, and the health crisis of 2020."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ..records import Record
from .authorship import ADMINISTRATION, ASSOCIATIONS, audit, instant
from .chance import Chance
from .sites import Site

CRISIS = (dt.date(2020, 3, 17), dt.date(2020, 6, 30))
HEATWAVE = (dt.date(2025, 6, 19), dt.date(2025, 8, 18))

_NOTES: tuple[tuple[tuple[tuple[str, ...], str], float], ...] = (
    ((("site_visit",), "Passage sur site : échanges avec les familles, rien à signaler."), 6),
    ((("living_conditions",), "Ramassage des déchets demandé à la collectivité."), 3),
    ((("living_conditions", "site_visit"), "Point sur l'accès à l'eau et l'état des toilettes."), 3),
    ((("social_support",), "Permanence d'accès aux droits, dossiers en cours."), 4),
    ((("displacement",), "Arrivée de plusieurs ménages, effectifs à recompter."), 1),
    ((("fire",), "Départ de feu maîtrisé, sans victime ; rappel des consignes."), 1),
    (((), "Réunion de suivi avec les intervenants."), 2),
)
_FEWEST, _MOST = 2, 5
_TARGETED = 0.1


def journal(site: Site, today: dt.date, chance: Chance) -> list[Record]:
    """Return the notes of a site, from its report to its closure or today."""
    first, last = site.record["declared_at"], site.record["closed_at"] or today
    notes = [*_ordinary(first, last, chance), *_crisis(first, last, chance), *_heat(site, first, last, chance)]
    return [_entry(site, day, values, chance) for day, values in sorted(notes, key=lambda note: note[0])]


def _ordinary(first: dt.date, last: dt.date, chance: Chance) -> Iterator[tuple[dt.date, dict[str, Any]]]:
    for _ in range(chance.integer(_FEWEST, _MOST)):
        tags, text = chance.weighted(_NOTES)
        yield chance.day(first, last), {"tags": tags or None, "description": text}


def _crisis(first: dt.date, last: dt.date, chance: Chance) -> Iterator[tuple[dt.date, dict[str, Any]]]:
    begun, ended = max(first, CRISIS[0]), min(last, CRISIS[1])
    if begun > ended:
        return
    for _ in range(chance.integer(1, 3)):
        yield (
            chance.day(begun, ended),
            {
                "tags": ("covid19",),
                "description": "Point de situation sanitaire transmis à la cellule de crise.",
                "infection_cases": chance.weighted(((0, 6), (1, 2), (2, 1), (None, 1))),
                "food_aid": chance.weighted(((True, 5), (False, 3), (None, 1))),
            },
        )


def _heat(site: Site, first: dt.date, last: dt.date, chance: Chance) -> Iterator[tuple[dt.date, dict[str, Any]]]:
    begun, ended = max(first, HEATWAVE[0]), min(last, HEATWAVE[1])
    if site.record["heatwave_status"] and begun <= ended:
        text = "Alerte canicule : eau distribuée, besoins relevés."
        yield chance.day(begun, ended), {"tags": ("heatwave",), "description": text}


def _entry(site: Site, day: dt.date, values: dict[str, Any], chance: Chance) -> Record:
    targeted = chance.yes(_TARGETED)
    about = {
        "site_uid": site.record.uid,
        "entered_at": instant(day, chance.integer(8, 17)),
        "entered_by": chance.pick((ADMINISTRATION, *ASSOCIATIONS)),
        "visibility": "targeted" if targeted else "all",
        "targets": ADMINISTRATION if targeted else None,
    }
    return Record("journal_entry", chance.uid(), {**about, **values, **audit(day, day)})
