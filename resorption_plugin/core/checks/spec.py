"""What a check declares about itself: its code, what it reads, its thresholds with their sources, its scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from ..i18n import mark


class Profile(StrEnum):
    """Whose standards are applied."""

    STATE = "state"
    UNHCR = "unhcr"
    SPHERE = "sphere"
    PLATFORM_V1 = "platform_v1"


PROFILE_TITLES: Mapping[Profile, str] = {
    Profile.STATE: mark("French State"),
    Profile.UNHCR: mark("UNHCR, after the emergency"),
    Profile.SPHERE: mark("Sphere handbook"),
    Profile.PLATFORM_V1: mark("Platform before August 2022"),
}


class Severity(StrEnum):
    """How much a finding weighs; the values are the codes of ``domains.SEVERITY``."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Verdict(StrEnum):
    """What a check says of a record; the values are the codes of ``domains.VERDICT``."""

    FAILS = "fails"
    TO_VERIFY = "to_verify"


class Quantity(Enum):
    """What a threshold counts; the value is the unit shown."""

    METRES = mark("m")
    PEOPLE_PER_TAP = mark("people per tap")
    BARRIERS = mark("barriers to cross")
    ROAD_CLASS = mark("(1 motorway, 2 trunk, 3 primary, 4 secondary, 5 tertiary, 6 residential, 7 service)")
    PEOPLE = mark("people")
    PEOPLE_PER_HOUSEHOLD = mark("people per household")
    LITRES_PER_DAY = mark("L per person and day")
    LITRES = mark("L")
    FLOW = mark("L/min")
    SPEED = mark("km/h")
    MINUTES = mark("min")
    DAYS = mark("days")
    MONTHS = mark("months")
    PERCENT = mark("%")
    FAULTS = mark("faults")
    ANSWERS = mark("answers")

    @property
    def unit(self) -> str:
        """Return the unit, marked for translation."""
        return self.value


class Worse(Enum):
    """In which direction the value of a finding gets worse; a missing value is the worst."""

    HIGHER = "higher"
    LOWER = "lower"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number and where it comes from (marked for translation)."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold of a check: the default one, and those of the profiles that say otherwise."""

    name: str
    label: str
    quantity: Quantity
    default: Threshold
    profiles: Mapping[Profile, Threshold] = field(default_factory=dict)

    def threshold(self, profile: Profile) -> Threshold:
        """Return the threshold of a profile."""
        return self.profiles.get(profile, self.default)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The names of the test scenes of a check (``tests/scenes/``)."""

    passing: tuple[str, ...]
    failing: tuple[str, ...]
    boundary: tuple[str, ...]
    unknown: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Return every name."""
        return (*self.passing, *self.failing, *self.boundary, *self.unknown)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """The declaration of a check. Texts are English, marked for translation."""

    id: str
    """Public and stable: ``EAU-001``."""
    title: str
    why: str
    help: str
    """How it judges, including what it does with what is unknown."""
    targets: tuple[str, ...]
    """The layers whose records are judged."""
    reads: tuple[str, ...]
    """The layers it needs."""
    severity: Severity
    scenarios: Scenarios
    parameters: tuple[Parameter, ...] = ()
    worse: Worse = Worse.NEVER
    mend: str = ""
    """What an officer does about a finding."""

    def thresholds(self, profile: Profile) -> dict[str, Threshold]:
        """Return the thresholds of a profile by parameter."""
        return {parameter.name: parameter.threshold(profile) for parameter in self.parameters}
