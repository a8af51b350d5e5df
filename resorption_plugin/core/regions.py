"""Regions of France and their departments; metropole and overseas, which the State always counts apart.

Source: INSEE, Code officiel géographique (regions in force since 1 January 2016; collectivities overseas). The
perimeter is the platform's: departments 971 to 978, 984 and 986 to 989 are overseas.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Perimeter(StrEnum):
    """The two parts of the country that are never added up."""

    METROPOLE = "metropole"
    OVERSEAS = "overseas"


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its INSEE code, its name, and the codes of its departments."""

    code: str
    name: str
    departments: tuple[str, ...]


def _region(code: str, name: str, departments: str) -> Region:
    return Region(code, name, tuple(departments.split()))


REGIONS: tuple[Region, ...] = (
    _region("84", "Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74"),
    _region("27", "Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90"),
    _region("53", "Bretagne", "22 29 35 56"),
    _region("24", "Centre-Val de Loire", "18 28 36 37 41 45"),
    _region("94", "Corse", "2A 2B"),
    _region("44", "Grand Est", "08 10 51 52 54 55 57 67 68 88"),
    _region("32", "Hauts-de-France", "02 59 60 62 80"),
    _region("11", "Île-de-France", "75 77 78 91 92 93 94 95"),
    _region("28", "Normandie", "14 27 50 61 76"),
    _region("75", "Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87"),
    _region("76", "Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
    _region("52", "Pays de la Loire", "44 49 53 72 85"),
    _region("93", "Provence-Alpes-Côte d'Azur", "04 05 06 13 83 84"),
    _region("01", "Guadeloupe", "971"),
    _region("02", "Martinique", "972"),
    _region("03", "Guyane", "973"),
    _region("04", "La Réunion", "974"),
    _region("06", "Mayotte", "976"),
)

_OVERSEAS = frozenset({*(str(code) for code in range(971, 979)), "984", "986", "987", "988", "989"})


def perimeter(department: str) -> Perimeter:
    """Return the part of the country of a department's code (``"31"``, ``"2A"``, ``"974"``)."""
    return Perimeter.OVERSEAS if department in _OVERSEAS else Perimeter.METROPOLE


def region(department: str) -> Region | None:
    """Return the region of a department's code; ``None`` for an unknown code and for collectivities without one."""
    return _by_department().get(department)


@lru_cache(maxsize=1)
def _by_department() -> dict[str, Region]:
    return {department: each for each in REGIONS for department in each.departments}
