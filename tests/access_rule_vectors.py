"""The platform's own examples of its water rule, and every combination of its answers."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

QUESTIONS = (
    "water_access_is_public",
    "water_access_is_continuous",
    "water_access_is_local",
    "water_access_is_close",
    "water_access_is_unequal",
    "water_access_has_stagnant_water",
)
TYPES = (
    None,
    "fontaine_publique",
    "borne_incendie",
    "achat_bouteille",
    "reservoir",
    "robinet_connecte_au_reseau",
    "autre",
    "inconnu",
)
ANSWERS = (None, False, True)

_TAP = "robinet_connecte_au_reseau"
_NOT_ASKED = (None,) * 6

# type, public, continuous, local, close, unequal, stagnant, status
_TABLE: tuple[tuple[Any, ...], ...] = (
    (None, *_NOT_ASKED, "unknown"),
    ("fontaine_publique", *_NOT_ASKED, "bad"),
    ("reservoir", *_NOT_ASKED, "bad"),
    (_TAP, None, None, None, None, None, None, "unknown"),
    (_TAP, True, None, None, None, None, None, "bad"),
    (_TAP, False, None, None, None, None, None, "unknown"),
    (_TAP, False, True, False, None, None, None, "bad"),
    (_TAP, False, False, False, None, None, None, "bad"),
    (_TAP, False, False, None, None, None, None, "unknown"),
    (_TAP, False, True, True, True, False, False, "good"),
    (_TAP, False, None, True, None, None, None, "good"),
    (_TAP, False, True, True, False, False, False, "to_improve"),
    ("autre", False, True, True, True, True, False, "to_improve"),
)


def _values(answers: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(("water_access_type", *QUESTIONS), answers, strict=True))


VECTORS = tuple((_values(row[:-1]), row[-1]) for row in _TABLE)


def second_form() -> Iterator[dict[str, Any]]:
    """Every combination of the answers of the form of 2022: 8 types × 3^6."""
    for kind, *answers in itertools.product(TYPES, *[ANSWERS] * len(QUESTIONS)):
        yield {"living_conditions_version": 2, **_values((kind, *answers))}


FIRST_FORM = {
    "access_to_water": ANSWERS,
    "water_potable": ANSWERS,
    "water_continuous_access": ANSWERS,
    "water_public_point": ANSWERS,
    "water_distance": (None, "0-20", "20-50", "50-100", "100+"),
    "water_roads_to_cross": ANSWERS,
    "water_everyone_has_access": ANSWERS,
    "water_stagnant_water": ANSWERS,
    "water_hand_wash_access": ANSWERS,
    "declared_water_status": (None, "good", "to_improve", "bad", "unknown"),
}


def first_form(count: int = 2000, seed: int = 20180125) -> Iterator[dict[str, Any]]:
    """Random answers to the form before 2022, over leftovers of the other form."""
    choice = random.Random(seed).choice
    for _ in range(count):
        old = {column: choice(answers) for column, answers in FIRST_FORM.items()}
        leftovers = _values((choice(TYPES), *(choice(ANSWERS) for _ in QUESTIONS)))
        yield {"living_conditions_version": 1, **leftovers, **old}
