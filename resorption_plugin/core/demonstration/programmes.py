"""The kinds of actions of the invented department, one a programme that the State's reports describe."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Programme:
    """An action to invent: what it is, since when, whom it reaches, and with which means."""

    code: str
    name: str
    topics: tuple[str, ...]
    first_day: dt.date
    last_day: dt.date | None
    share: float
    """Part of the sites that are there and may have an action; 1 takes them all."""
    euros_a_year: int
    staff: float
    location: str = "sur_site"
    operators: int = 1
    places: int | None = None
    goals: str = "Objectifs inventés pour la démonstration."


PROGRAMMES = (
    Programme(
        "rmg",
        "Référence et médiation sur les sites",
        ("safety", "health"),
        dt.date(2021, 9, 1),
        None,
        1.0,
        140_000,
        3.0,
        operators=3,
        goals="Un référent par site, une coordination des intervenants, un suivi jusqu'à la fermeture.",
    ),
    Programme(
        "first_evaluation",
        "Aller-vers et première évaluation",
        ("safety", "housing"),
        dt.date(2022, 1, 10),
        None,
        0.5,
        55_000,
        1.0,
        goals="Aller sur chaque site dès qu'il est connu, première évaluation de chaque situation.",
    ),
    Programme(
        "social_diagnostic",
        "Diagnostic social",
        ("housing",),
        dt.date(2023, 3, 1),
        dt.date(2024, 6, 30),
        0.4,
        45_000,
        1.5,
    ),
    Programme("school_outreach", "Médiation scolaire", ("school",), dt.date(2020, 9, 1), None, 0.6, 70_000, 2.0),
    Programme(
        "sibel",
        "SIBEL : emploi et logement",
        ("work", "housing"),
        dt.date(2024, 9, 2),
        dt.date(2026, 8, 31),
        0.3,
        90_000,
        2.5,
        location="logement",
        goals="Trois cohortes de 15 personnes : orientation, formation, intégration.",
    ),
    Programme(
        "interim_site",
        "Espace temporaire d'insertion",
        ("housing", "school", "work"),
        dt.date(2023, 10, 2),
        None,
        0.1,
        180_000,
        4.0,
        location="eti",
        places=60,
    ),
    Programme(
        "mous", "MOUS relogement", ("housing",), dt.date(2021, 4, 1), dt.date(2024, 3, 31), 0.2, 80_000, 2.0, "logement"
    ),
    Programme("water_hygiene", "Eau et hygiène", ("health",), dt.date(2022, 5, 2), None, 0.3, 60_000, 1.0),
    Programme(
        "health", "Médiation en santé", ("health",), dt.date(2023, 1, 2), dt.date(2025, 12, 31), 0.4, 40_000, 1.0
    ),
    Programme(
        "housing_first",
        "Logement d'abord",
        ("housing",),
        dt.date(2026, 4, 1),
        None,
        0.15,
        50_000,
        1.0,
        "logement",
        places=20,
        goals="Action à venir, conventionnée avant son lancement.",
    ),
)
"""One planned, three over, the others running on the day of the demonstration."""
