"""Invented sites as the State's platform holds them, by seed, and what becomes of them from one export to the next.

Communes and their codes are real, everything else is invented: positions lie at random within some kilometres.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import shapely

from resorption_plugin.core.exchange.platform import words
from resorption_plugin.core.exchange.platform.contents import Contents

COMMUNES = (
    ("44109", "Nantes", "244400404", "Nantes Métropole", "44", "Loire-Atlantique", -1.5536, 47.2184),
    ("44162", "Saint-Herblain", "244400404", "Nantes Métropole", "44", "Loire-Atlantique", -1.6490, 47.2122),
    ("44143", "Rezé", "244400404", "Nantes Métropole", "44", "Loire-Atlantique", -1.5700, 47.1832),
    ("44020", "Bouguenais", "244400404", "Nantes Métropole", "44", "Loire-Atlantique", -1.6230, 47.1800),
)
"""INSEE code, name, EPCI's code and name, department's code and name, longitude and latitude of the town hall."""

_ANSWERS = {
    "water_access_type_details": "Cuve remplie deux fois par semaine ; 3 robinets",
    "water_access_is_continuous_details": "Coupures l'été",
    "water_access_is_unequal_details": "Un seul robinet à l'entrée",
    "water_access_comments": "Voir avec la métropole",
    "pest_animals_details": "Rats près des bennes",
}
_YES_NO = (
    "electricity_access", "electricity_access_is_unequal", "water_access_is_public", "water_access_is_continuous",
    "water_access_is_local", "water_access_is_close", "water_access_is_unequal", "water_access_has_stagnant_water",
    "sanitary_access_open_air_defecation", "sanitary_access_working_toilets", "sanitary_access_toilets_are_inside",
    "sanitary_access_toilets_are_lighted", "sanitary_access_hand_washing", "trash_is_piling",
    "trash_evacuation_is_close", "trash_evacuation_is_safe", "trash_evacuation_is_regular", "trash_bulky_is_piling",
    "pest_animals", "fire_prevention",
)  # fmt: skip
STATUSES = tuple(f"declared_{theme}_status" for theme in ("water", "electricity", "sanitary", "trash", "pest", "fire"))
_STRUCTURES = ("Les Amis du Site (exemple)", "Médiation, eau et santé", "Direction départementale (DDETS)")


@dataclass(frozen=True, slots=True)
class InventedSite:
    """A site of the platform: its number and what is known of it."""

    rb_id: int
    contents: Contents

    @property
    def is_open(self) -> bool:
        return self.contents.site["status"] == "open"

    def changed(self, **values: Any) -> InventedSite:
        """Return the site with other values."""
        return replace(self, contents=replace(self.contents, site={**self.contents.site, **values}))


def invented_sites(seed: int, count: int, on: dt.date, share_closed: float = 0.3) -> list[InventedSite]:
    """Return sites as they are known on a day; the same arguments give the same sites."""
    chance = random.Random(seed)
    return [_site(100 + number, on, chance.random() < share_closed, chance) for number in range(count)]


def series(seed: int, count: int, days: Iterable[dt.date]) -> list[list[InventedSite]]:
    """Return the sites as they are known on each of the days: some change, some close, new ones appear."""
    chance = random.Random(f"series {seed}")
    ordered = sorted(days)
    states = [invented_sites(seed, count, ordered[0])]
    for day in ordered[1:]:
        number = max(site.rb_id for site in states[-1])
        states.append([_later(site, day, chance) for site in states[-1]] + [_site(number + 1, day, False, chance)])
    return states


def _later(site: InventedSite, on: dt.date, chance: random.Random) -> InventedSite:
    if not site.is_open or chance.random() < 0.5:
        return site
    values = site.contents.site
    if chance.random() < 0.2:
        closed = replace(site, contents=replace(site.contents, children=_children(True, on, chance)))
        return closed.changed(**_closing(on, chance), platform_updated_at=on)
    total = max(1, (values["population_total"] or 10) + chance.randint(-8, 8))
    return site.changed(**_people(total, chance), platform_updated_at=on, heatwave_status=chance.random() < 0.5)


def _site(number: int, on: dt.date, is_closed: bool, chance: random.Random) -> InventedSite:
    code, commune, epci, _, department, _, x, y = chance.choice(COMMUNES)
    built = on - dt.timedelta(days=chance.randint(400, 3000))
    values: dict[str, Any] = {
        "rb_id": number,
        "name": f"Site {number}",
        "address": f"{number} chemin des Invents",
        "address_details": chance.choice((None, "Portail vert\nsonner au poste")),
        "fk_city": code,
        "commune": commune,
        "epci": epci,
        "department": department,
        "status": "open",
        "fk_field_type": chance.choice((1, 2, 3)),
        "built_at": built,
        "declared_at": built + dt.timedelta(days=chance.randint(0, 60)),
        "is_reinstallation": chance.choice((True, False, None)),
        "declared_has_action": chance.random() < 0.4,
        "declared_has_financed_action": chance.random() < 0.2,
        "resorption_target": chance.choice((None, on.year, on.year + 1)),
        "platform_updated_at": on - dt.timedelta(days=chance.randint(0, 300)),
        **_people(chance.randint(1, 150), chance),
        **_housing(chance),
        **_conditions(chance),
        **_census(built, chance),
        **(_closing(on, chance) if is_closed else {}),
    }
    if values["is_reinstallation"]:
        values["reinstallation_comments"] = "Après la fermeture d'un site voisin"
    point = shapely.Point(round(x + chance.uniform(-0.008, 0.008), 6), round(y + chance.uniform(-0.006, 0.006), 6))
    return InventedSite(number, Contents(values, point, _children(is_closed, on, chance)))


def _people(total: int, chance: random.Random) -> dict[str, Any]:
    minors = total // 3
    ages = [minors // 6] * 5
    return {
        "population_total": total,
        "population_total_females": chance.choice((None, total // 2)),
        "population_couples": max(1, total // 4),
        "population_minors": minors,
        "population_minors_girls": minors // 2,
        **dict(
            zip([f"population_minors_{ages}" for ages in ("0_3", "3_6", "6_12", "12_16", "16_18")], ages, strict=True)
        ),
        "minors_in_school": chance.choice((None, 0, minors // 2)),
        "social_origins": chance.choice((None, ("european",), ("french", "other"))),
    }


def _housing(chance: random.Random) -> dict[str, Any]:
    return {name: chance.choice((None, 0, 4, 12)) for name in ("caravans", "huts", "tents", "cars", "mattresses")}


def _conditions(chance: random.Random) -> dict[str, Any]:
    """Return the block of living conditions; one in four is of the form before August 2022: statuses alone."""
    status = ("good", "to_improve", "bad", "unknown")
    said: dict[str, Any] = {name: chance.choice(status) for name in STATUSES}
    said["heatwave_status"] = chance.choice((True, False, None))
    if chance.random() < 0.25:
        return {**said, "declared_pest_status": "unknown", "declared_fire_status": "unknown"}
    return {
        **said,
        **{name: chance.choice((True, False, None)) for name in _YES_NO},
        **{name: chance.choice((None, text)) for name, text in _ANSWERS.items()},
        "water_access_type": chance.choice(tuple(words.WATER_ACCESS_TYPES)),
        "electricity_access_types": chance.choice((None, ("electrogene", "reseau_urbain"))),
        "sanitary_access_toilet_types": chance.choice((None, ("latrines", "toilettes_seches"))),
    }


def _census(built: dt.date, chance: random.Random) -> dict[str, Any]:
    status = chance.choice((None, "none", "scheduled", "done"))
    if status != "done":
        return {"census_status": status}
    day = built + dt.timedelta(days=90)
    return {"census_status": status, "census_conducted_at": day, "census_conducted_by": "Service (exemple)"}


def _closing(on: dt.date, chance: random.Random) -> dict[str, Any]:
    return {
        "status": chance.choice(tuple(words.CLOSING_CAUSES)),
        "closed_at": on - dt.timedelta(days=chance.randint(0, 100)),
        "closing_context": "Fermeture inventée",
        "closed_with_solutions": chance.choice(("yes", "no")),
    }


def _children(is_closed: bool, on: dt.date, chance: random.Random) -> Mapping[str, Any]:
    names = (None, "Commune (exemple)", "Société A (exemple)")
    children: dict[str, Any] = {
        "owner": [
            {"fk_owner_type": kind, "owner_name": chance.choice(names), "active": True} for kind in _kinds(chance)
        ],
        "procedure": [_procedure(on, chance)] if chance.random() < 0.5 else [],
        "site_actor": [
            {"organisation": name, "themes": chance.choice((None, ("sante",), ("education", "pilotage")))}
            for name in chance.sample(_STRUCTURES, chance.randint(0, 3))
        ],
        "resorption_phase": [
            {"preparatory_phase": code, "completed_at": chance.choice((None, on - dt.timedelta(days=9)))}
            for code in chance.sample(tuple(words.PHASES), chance.randint(0, 3))
        ],
        "journal_entry": [_message(on, day, chance) for day in range(chance.randint(0, 7))],
        "closure": [],
    }
    if is_closed:
        children["closure"] = [
            {
                "closing_solution": code,
                "number_of_people_affected": 8,
                "number_of_households_affected": 2,
                "message": "Oui",
            }
            for code in chance.sample(tuple(words.CLOSING_SOLUTIONS), chance.randint(0, 5))
        ]
    return children


def _kinds(chance: random.Random) -> list[int]:
    return [chance.choice((1, 2, 3)) for _ in range(chance.randint(0, 2))]


def _procedure(on: dt.date, chance: random.Random) -> dict[str, Any]:
    day = on - dt.timedelta(days=200)
    values: dict[str, Any] = {"owner_complaint": True, "justice_procedure": chance.choice((True, False))}
    if values["justice_procedure"]:
        values |= {"justice_rendered": True, "justice_rendered_at": day, "justice_challenged": False}
        values |= {"justice_rendered_by": "Tribunal judiciaire", "police_status": "requested"}
        values |= {"police_requested_at": day, "bailiff": "Étude (exemple)"}
    else:
        values |= {"evacuation_under_time_limit": True, "administrative_order_decision_at": day}
        values |= {"administrative_order_decision_rendered_by": "Le préfet", "insalubrity_order": False}
    return values


def _message(on: dt.date, day: int, chance: random.Random) -> dict[str, Any]:
    at = dt.datetime.combine(on - dt.timedelta(days=7 * day), dt.time(chance.randint(6, 20), 15), dt.UTC)
    return {"entered_at": at, "entered_by": "Un Agent", "description": f"Passage {day}\nRAS : rien à signaler"}
