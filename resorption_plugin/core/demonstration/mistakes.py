"""Mistakes planted in the record of an invented site, for the checks to find."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Any

STRAY_M = 60.0
"""How far a point lies outside its own footprint where that is the mistake."""


class Mistake(Enum):
    """What is wrong with a record that the file accepts all the same."""

    STRAY_POINT = "the point lies outside the footprint"
    TELEPHONE = "a telephone number stands in the comments"
    PASSED_DIAGNOSTIC = "the diagnostic was planned for a day that has passed"


def spoil(values: dict[str, Any], mistakes: frozenset[Mistake], today: dt.date) -> dict[str, Any]:
    """Return the columns of a site with its mistakes."""
    spoilt = dict(values)
    if Mistake.TELEPHONE in mistakes:
        # one of the numbers that the regulator keeps for films
        spoilt["comments"] = "Médiation : appeler le 05 36 49 00 01 avant de venir."
    if Mistake.PASSED_DIAGNOSTIC in mistakes:
        spoilt |= {
            "census_status": "scheduled",
            "census_conducted_at": today - dt.timedelta(days=20),
            "census_conducted_by": "Opérateur social (exemple)",
        }
    return spoilt
