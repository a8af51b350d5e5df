"""What an indicator declares about itself, and what it answers.

A figure says beside its value how many of the records asked do not know: an empty answer is never counted as zero, and
a percentage is taken among those that answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from ..model.fields import Label

if TYPE_CHECKING:
    from .situation import Situation


class Section(Enum):
    """Under which heading a figure stands; in the order of the page."""

    SITES = Label("Sites", "Sites")
    PEOPLE = Label("People on the open sites", "Habitants des sites existants")
    SIZES = Label("Open sites by size", "Sites existants par taille")
    ORIGINS = Label("Open sites by origin of the people", "Sites existants par origine des habitants")
    LIVING_SITES = Label("Living conditions, by site", "Conditions de vie, par site")
    LIVING_PEOPLE = Label("Living conditions, by inhabitant", "Conditions de vie, par habitant")
    PLATFORM = Label("Percentages as the platform states them", "Pourcentages selon la plateforme")
    WATER = Label("Measured access to water", "Accès à l'eau mesuré")
    POINTS = Label("Water points", "Points d'eau")
    CLEARING = Label("Cleared sites", "Sites résorbés")
    RESULTS = Label("Results of the year", "Résultats de l'année")
    MEANS = Label("Means of the departments", "Moyens des départements")
    DELAYS = Label("Delays", "Délais")
    QUALITY = Label("Quality of the data", "Qualité des données")


class Unit(StrEnum):
    """What a value counts."""

    SITES = "sites"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    CHILDREN = "children"
    WATER_POINTS = "water points"
    DEPARTMENTS = "departments"
    PERCENT = "%"
    DAYS = "days"
    PEOPLE_PER_TAP = "people per tap"
    LITRES = "L/person/day"
    FULL_TIME = "FTE"
    USERS = "users"
    EUROS = "€"

    @property
    def is_people(self) -> bool:
        """Whether the value counts people, of whom a small group may not be told to the public."""
        return self in (Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.CHILDREN)


UNIT_LABELS: dict[Unit, Label] = {
    Unit.SITES: Label("sites", "sites"),
    Unit.PEOPLE: Label("people", "personnes"),
    Unit.HOUSEHOLDS: Label("households", "ménages"),
    Unit.CHILDREN: Label("children", "enfants"),
    Unit.WATER_POINTS: Label("water points", "points d'eau"),
    Unit.DEPARTMENTS: Label("departments", "départements"),
    Unit.PERCENT: Label("%", "%"),
    Unit.DAYS: Label("days", "jours"),
    Unit.PEOPLE_PER_TAP: Label("people per tap", "personnes par robinet"),
    Unit.LITRES: Label("L per person and day", "L par personne et par jour"),
    Unit.FULL_TIME: Label("full-time equivalents", "équivalents temps plein"),
    Unit.USERS: Label("users", "utilisateurs"),
    Unit.EUROS: Label("€", "€"),
}


class Drawn(Enum):
    """What the curve over time shows."""

    VALUE = "value"
    SHARE = "share"


class Pace(Enum):
    """How often the curve has a point."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure's value, and on how many of the ``asked`` records the answer is unknown."""

    value: float | None
    """``None``: there is nothing to compute it on."""
    asked: int
    unknown: int = 0
    whole: float | None = None
    """What the value is a part of, without those whose answer is unknown; ``None`` for what is no part."""
    groups: tuple[int, ...] = ()
    """The groups of people that the value gives away, for an audience that may not know the small ones."""

    @property
    def unknown_share(self) -> float:
        """Return the unknown part of the records asked, from 0 to 1 (0 when none was asked)."""
        return self.unknown / self.asked if self.asked else 0.0

    @property
    def base(self) -> int:
        """Return on how many records the value is computed."""
        return self.asked - self.unknown

    @property
    def share(self) -> float | None:
        """Return the part of the whole, from 0 to 1; ``None`` for what is no part and for a part of nothing."""
        return self.value / self.whole if self.whole and self.value is not None else None


NOTHING_UNKNOWN = Label("Nothing is unknown.", "Rien n'est inconnu.")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: everything people read about it, and the formula that gives it."""

    id: str
    """Public and stable."""
    section: Section
    name: Label
    definition: Label
    """The sentence that says what is counted and among what."""
    formula: str
    """The same in the names of the layers and columns."""
    unit: Unit
    compute: Callable[[Situation], Amount]
    unknown: Label = NOTHING_UNKNOWN
    """What counts as unknown, and how it counts."""
    reads: tuple[str, ...] = ("site",)
    """The layers it needs."""
    drawn: Drawn = Drawn.VALUE
    family: str = ""
    """The figures of one family are the parts of one total: whoever knows all but one knows the last."""
    pace: Pace = Pace.MONTH
