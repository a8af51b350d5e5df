"""The territories that figures are about: communes, departments, regions, and metropole and overseas, always apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .. import regions
from ..geo import department_of
from ..model.fields import Label
from ..records import Dataset, Record
from ..regions import Perimeter


class Level(StrEnum):
    """How large the territories are, from the largest."""

    WORKSPACE = "workspace"
    PERIMETER = "perimeter"
    REGION = "region"
    DEPARTMENT = "department"
    COMMUNE = "commune"


LEVEL_LABELS: dict[Level, Label] = {
    Level.WORKSPACE: Label("Whole workspace", "Tout l'espace de travail"),
    Level.PERIMETER: Label("Metropole and overseas", "Métropole et outre-mer"),
    Level.REGION: Label("Regions", "Régions"),
    Level.DEPARTMENT: Label("Departments", "Départements"),
    Level.COMMUNE: Label("Communes", "Communes"),
}

_PERIMETERS = {
    Perimeter.METROPOLE: Label("Metropolitan France", "France métropolitaine"),
    Perimeter.OVERSEAS: Label("Overseas", "Outre-mer"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: its level, its INSEE code (empty for the whole workspace), its name."""

    level: Level
    code: str
    name: Label


WHOLE = Place(Level.WORKSPACE, "", LEVEL_LABELS[Level.WORKSPACE])


def department(record: Record) -> str | None:
    """Return the department of a record: its own column, else that of its commune."""
    code = record["department"]
    return str(code) if code else department_of(str(record["fk_city"])) if record["fk_city"] else None


def code_at(level: Level, record: Record) -> str | None:
    """Return the code of the territory of a level where a record lies; ``None`` when nobody knows."""
    if level is Level.WORKSPACE:
        return WHOLE.code
    if level is Level.COMMUNE:
        return record["fk_city"] or None
    code = department(record)
    if code is None or level is Level.DEPARTMENT:
        return code
    if level is Level.PERIMETER:
        return regions.perimeter(code).value
    found = regions.region(code)
    return found.code if found else None


def lies_in(place: Place, record: Record) -> bool:
    """Say whether a record lies in a territory; one whose place is unknown lies in the whole workspace only."""
    return code_at(place.level, record) == place.code


def places(data: Dataset) -> list[Place]:
    """Return the territories that can be asked for, the largest first, by name in each level.

    They are those of the ``department`` rows, of the sites and of the profiles. The whole workspace is left out where
    it would add metropole and overseas up.
    """
    names = {row["code"]: str(row["name"]) for row in data.layer("department")}
    rows = [*data.layer("site"), *data.layer("territory_profile"), *data.layer("action")]
    codes = {code for row in rows if (code := department(row)) is not None} | set(names)
    perimeters = {regions.perimeter(code) for code in codes}
    parts = [Place(Level.PERIMETER, each.value, _PERIMETERS[each]) for each in Perimeter if each in perimeters]
    found = parts if len(perimeters) > 1 else [WHOLE, *parts]
    around = {region.code: region.name for code in codes if (region := regions.region(code)) is not None}
    found += _named(Level.REGION, around)
    found += _named(Level.DEPARTMENT, {code: f"{names[code]} ({code})" if code in names else code for code in codes})
    return found + _named(Level.COMMUNE, _communes(data.layer("site"), data.layer("commune")))


def _communes(sites: Iterable[Record], communes: Iterable[Record]) -> dict[str, str]:
    """Return the names of the communes that have a site."""
    known = {row["insee"]: str(row["name"]) for row in communes}
    codes = {str(site["fk_city"]): site["commune"] for site in sites if site["fk_city"]}
    return {code: f"{known.get(code) or name or '?'} ({code})" for code, name in codes.items()}


def _named(level: Level, names: dict[str, str]) -> list[Place]:
    """Return the places of a level by name; departments by code, as officers look for them."""
    order = sorted(names, key=(lambda code: code) if level is Level.DEPARTMENT else (lambda code: names[code]))
    return [Place(level, code, Label(names[code], names[code])) for code in order]
