"""Histories of invented populations: dated counts that agree with the platform's rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .chance import Chance

_MINOR_SHARE = (0.28, 0.42)
_AGES = (("0_3", 0.20), ("3_6", 0.20), ("6_12", 0.33), ("12_16", 0.17), ("16_18", 0.08))
_SCHOOL_SHARE = (0.3, 0.9)
_TOTAL_ONLY = 0.15
"""Share of the counts that give a total and nothing else."""


def composition(total: int, chance: Chance) -> dict[str, Any]:
    """Return the population columns of a count of ``total`` people."""
    minors = chance.part(total, chance.real(*_MINOR_SHARE))
    ages = chance.parts(minors, [share for _, share in _AGES])
    schoolable = sum(ages[2:4])
    return {
        "population_total": total,
        "population_total_females": chance.part(total - minors, 0.49) + (girls := chance.part(minors, 0.49)),
        "population_couples": max(1, round(total / chance.real(3.4, 5.0))),
        "population_minors": minors,
        "population_minors_girls": girls,
        **{f"population_minors_{name}": number for (name, _), number in zip(_AGES, ages, strict=True)},
        "minors_in_school": chance.part(schoolable, chance.real(*_SCHOOL_SHARE)),
    }


def history(total: int, first: dt.date, last: dt.date, chance: Chance) -> list[tuple[dt.date, dict[str, Any]]]:
    """Return 6 to 12 counts between two days, oldest first; the last one counts ``total`` people in full."""
    number = min(chance.integer(6, 12), max(2, (last - first).days))
    days = [first + (last - first) * step / (number - 1) for step in range(number)]
    level = total * chance.real(0.35, 1.5)
    counts = []
    for step, day in enumerate(days[:-1]):
        drift = level + (total - level) * step / (number - 1)
        people = max(1, round(drift * chance.real(0.88, 1.12)))
        full = not chance.yes(_TOTAL_ONLY)
        counts.append((day, composition(people, chance) if full else {"population_total": people}))
    return [*counts, (days[-1], composition(total, chance))]
