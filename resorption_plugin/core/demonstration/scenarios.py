"""What each invented site shows, and which findings the checks must give on it.

Every site of the demonstration follows one scenario: the singular ones come first, each once, then the common ones
by weight. ``expected`` is a promise that a test compares with the checks themselves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from .mistakes import Mistake

WINTER = ("11-15", "03-31")
"""Frost closure of taps and fountains, from 15 November to 31 March."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A water point of a site, placed by its reach."""

    type: str = "robinet_connecte_au_reseau"
    reach_m: float | None = None
    """Metres from the farthest dwelling (or the point); ``None`` puts it inside the footprint."""
    taps: int | None = 1
    working_state: str = "working"
    is_potable: bool | None = True
    is_on_public_road: bool | None = False
    accuracy_m: float = 1.0
    lifecycle: str = "existing"
    closed_each_year: tuple[str, str] | None = None
    twin_at_m: float | None = None
    """A second record of the same tap this far away."""
    wrong_commune: bool = False


class Ground(Enum):
    """What is drawn of the ground of a site."""

    FULL = "footprint and dwellings"
    FOOTPRINT = "footprint only"
    NONE = "the point only"
    BOW_TIE = "a footprint that crosses itself, and dwellings"


class Water(Enum):
    """What the operators declared on the platform's form; the four statuses come from it."""

    GOOD = "tap of the network on the site"
    UNEQUAL = "tap on the site, unequal access"
    STAGNANT = "tap on the site, stagnant water"
    INTERRUPTED = "tap on the site, cut at times"
    TAP_OUTSIDE = "private tap outside the site"
    PUBLIC_TAP = "tap on the public road"
    FOUNTAIN = "public fountain"
    HYDRANT = "fire hydrant"
    BOTTLES = "bought bottles"
    TANK = "tank"
    UNKNOWN = "type unknown"
    BLANK = "not answered"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of site: its people, its water, its ground, and the findings it must bring."""

    key: str
    people: tuple[int, int] | None
    """Fewest and most people at the last count; ``None``: never counted."""
    water: Water
    outlets: tuple[Outlet, ...] = ()
    ground: Ground = Ground.FULL
    expected: tuple[tuple[str, str], ...] = ()
    """(check, verdict) pairs."""
    closed: bool = False
    wrong_commune: bool = False
    ring_road_m: float | None = None
    """A tertiary road goes all around the site, this far from its centre."""
    mistakes: frozenset[Mistake] = frozenset()
    neighbour_at_m: float | None = None
    """Put this far from the site before it, instead of in a place of its own."""


TAP = Outlet()
TOO_FAR = ("EAU-001", "fails")
NO_TAP = ("EAU-002", "fails")
POOR_SOURCE = ("EAU-006", "fails")
NO_WATER = (TOO_FAR, NO_TAP)
UNCERTAIN = (("EAU-001", "to_verify"), ("EAU-002", "to_verify"))

SINGULAR = (
    Scenario("tap at 190 m", (60, 88), Water.TAP_OUTSIDE, (Outlet(reach_m=190, taps=2),)),
    Scenario(
        "tap at 205 m, known to 10 m",
        (36, 44),
        Water.TAP_OUTSIDE,
        (Outlet(reach_m=205, accuracy_m=10),),
        expected=(("EAU-001", "to_verify"),),
    ),
    Scenario(
        "tap across the road",
        (30, 44),
        Water.TAP_OUTSIDE,
        (Outlet(reach_m=195),),
        ring_road_m=115,
        expected=(("EAU-003", "fails"),),
    ),
    Scenario("tap at 225 m", (80, 88), Water.TAP_OUTSIDE, (Outlet(reach_m=225, taps=2),), expected=(TOO_FAR,)),
    Scenario(
        "one tap for 130 people",
        (130, 130),
        Water.UNEQUAL,
        (TAP,),
        expected=(("EAU-002", "fails"), ("EAU-008", "fails"), ("EAU-011", "fails")),
    ),
    Scenario(
        "hydrant only",
        (70, 120),
        Water.HYDRANT,
        (Outlet("borne_incendie", 90, is_potable=None, is_on_public_road=True, taps=None),),
        expected=(*UNCERTAIN, POOR_SOURCE),
    ),
    Scenario("bottles only", (15, 35), Water.BOTTLES, expected=(*NO_WATER, POOR_SOURCE)),
    Scenario("tank", (25, 44), Water.TANK, (Outlet("reservoir"),), expected=(POOR_SOURCE, ("EAU-004", "fails"))),
    Scenario(
        "fountain on the public road",
        (20, 44),
        Water.FOUNTAIN,
        (Outlet("fontaine_publique", 120, is_on_public_road=True),),
        expected=(POOR_SOURCE,),
    ),
    Scenario(
        "tap closed in winter",
        (30, 44),
        Water.INTERRUPTED,
        (Outlet(closed_each_year=WINTER),),
        expected=(*NO_WATER, ("EAU-007", "fails")),
    ),
    Scenario(
        "tap out of order",
        (30, 44),
        Water.INTERRUPTED,
        (Outlet(working_state="out_of_order"),),
        expected=(*NO_WATER, ("EAU-007", "fails")),
    ),
    Scenario(
        "tap planned", (45, 80), Water.BLANK, (Outlet(lifecycle="planned"),), expected=(*NO_WATER, ("DON-009", "fails"))
    ),
    Scenario(
        "potability unknown",
        (25, 44),
        Water.GOOD,
        (Outlet(is_potable=None),),
        expected=(*UNCERTAIN, ("EAU-004", "to_verify"), ("EAU-009", "to_verify")),
    ),
    Scenario(
        "working state unknown",
        (25, 44),
        Water.UNKNOWN,
        (Outlet(working_state="unknown"),),
        expected=UNCERTAIN,
    ),
    Scenario("two records of one tap", (35, 44), Water.GOOD, (Outlet(twin_at_m=5),), expected=(("DON-004", "fails"),)),
    Scenario(
        "site in another commune", (20, 44), Water.GOOD, (TAP,), wrong_commune=True, expected=(("DON-002", "fails"),)
    ),
    Scenario(
        "tap in another commune",
        (20, 44),
        Water.STAGNANT,
        (Outlet(wrong_commune=True),),
        expected=(("DON-002", "fails"),),
    ),
    Scenario(
        "footprint that crosses itself", (40, 44), Water.GOOD, (TAP,), Ground.BOW_TIE, expected=(("DON-001", "fails"),)
    ),
    Scenario("point only, tap at 60 m", (12, 30), Water.TAP_OUTSIDE, (Outlet(reach_m=60),), Ground.NONE),
    Scenario("never counted", None, Water.UNKNOWN, (TAP,), Ground.FOOTPRINT, expected=(("EAU-002", "to_verify"),)),
    Scenario("first of two neighbours", (15, 25), Water.GOOD, (TAP,), Ground.NONE, expected=(("DON-003", "fails"),)),
    Scenario(
        "second of two neighbours",
        (12, 20),
        Water.GOOD,
        ground=Ground.NONE,
        neighbour_at_m=30,
        expected=(("DON-003", "fails"),),
    ),
    Scenario("closed", (35, 90), Water.GOOD, (Outlet(lifecycle="removed"),), closed=True),
    Scenario("closed, tap left behind", (35, 90), Water.GOOD, (TAP,), closed=True, expected=(("EAU-014", "fails"),)),
    Scenario(
        "declared close, tap at 260 m",
        (20, 40),
        Water.GOOD,
        (Outlet(reach_m=260),),
        expected=(*NO_WATER, ("EAU-012", "fails")),
    ),
    Scenario(
        "record to tidy up",
        (20, 40),
        Water.GOOD,
        (TAP,),
        mistakes=frozenset(Mistake),
        expected=(("DON-005", "to_verify"), ("DON-010", "fails"), ("DON-012", "to_verify")),
    ),
)

COMMON: tuple[tuple[Scenario, float], ...] = (
    (Scenario("tap on the site", (12, 44), Water.GOOD, (TAP,)), 4),
    (Scenario("taps on the site", (60, 132), Water.GOOD, (TAP, Outlet(taps=2))), 3),
    (Scenario("rail of four taps", (150, 178), Water.UNEQUAL, (Outlet(taps=4),)), 1),
    (Scenario("stagnant water", (30, 88), Water.STAGNANT, (Outlet(taps=2),)), 1.5),
    (Scenario("tap outside", (20, 44), Water.TAP_OUTSIDE, (Outlet(reach_m=140),)), 1.5),
    (
        Scenario(
            "far fountain",
            (20, 40),
            Water.FOUNTAIN,
            (Outlet("fontaine_publique", 295, is_on_public_road=True),),
            expected=(*NO_WATER, POOR_SOURCE),
        ),
        1,
    ),
    (
        Scenario(
            "no water",
            (11, 70),
            Water.BLANK,
            expected=NO_WATER,
        ),
        1,
    ),
    (Scenario("cleared", (15, 140), Water.GOOD, (Outlet(lifecycle="removed"),), closed=True), 1.5),
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """An exception that somebody accepted, kept when the checks run again."""

    scenario: str
    check: str
    reason: str
    until: dt.date | None = None


ACCEPTED = (
    Accepted(
        "one tap for 130 people",
        "EAU-002",
        "Deux robinets supplémentaires commandés, pose prévue au printemps.",
        dt.date(2026, 6, 30),
    ),
    Accepted("two records of one tap", "DON-004", "Vérifié sur place : deux robinets voisins, à conserver."),
)
