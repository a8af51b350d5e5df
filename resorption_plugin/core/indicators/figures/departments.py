"""What the departments report: results by year, and the means they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ...model.fields import Label
from ...records import Record
from ..formulas import Compute, both
from ..situation import Situation
from ..spec import Amount, Indicator, Pace, Section, Unit
from ..yearly import departments, latest, profile, result

_READS = ("site", "department", "territory_profile")
_WITH_ACTIONS = (*_READS, "action", "action_site", "action_metric")
_NO_FIGURE = both(
    "Departments with neither a profile for the year nor a figure of their actions are unknown.",
    "Les départements sans profil pour l'année ni indicateur de leurs actions sont comptés comme inconnus.",
)
_NO_PROFILE = both(
    "Departments whose profile says nothing are unknown.",
    "Les départements dont le profil ne dit rien sont comptés comme inconnus.",
)
_YEARLY = both(
    "The figure of each department's profile for the year, else the sum of its actions' figures, never both. The year "
    "of the day is counted as far as it is reported.",
    "Le chiffre du profil de chaque département pour l'année, sinon la somme des indicateurs de ses actions, jamais "
    "les deux. L'année de la date est comptée telle qu'elle est renseignée.",
)


def _result(key: str, name: Label, what: Label, column: str, *, metric: str | None, unit: Unit) -> Indicator:
    formula = f"sum(department: territory_profile.{column}"
    formula += f" else Σ action_metric.{metric})" if metric else ")"
    return Indicator(
        key,
        Section.RESULTS,
        name,
        Label(f"{what.en} {_YEARLY.en}", f"{what.fr} {_YEARLY.fr}"),
        formula,
        unit,
        lambda situation: result(situation, column, metric),
        _NO_FIGURE,
        _WITH_ACTIONS if metric else _READS,
        pace=Pace.YEAR,
    )


def _count(column: str, says_yes: Callable[[Record, dt.date], bool]) -> Compute:
    """Count the departments whose latest profile up to the day's year says yes."""

    def compute(situation: Situation) -> Amount:
        rows = [latest(situation, code, column) for code in departments(situation)]
        known = [row for row in rows if row is not None]
        value = sum(says_yes(row, situation.on) for row in known)
        return Amount(value if known else None, len(rows), len(rows) - len(known))

    return compute


def _sum(column: str) -> Compute:
    """Sum a column of the latest profile of each department up to the day's year."""

    def compute(situation: Situation) -> Amount:
        rows = [latest(situation, code, column) for code in departments(situation)]
        known = [float(row[column]) for row in rows if row is not None]
        return Amount(_plain(sum(known)) if known else None, len(rows), len(rows) - len(known))

    return compute


def _funds(situation: Situation) -> Amount:
    rows = [profile(situation, code, situation.on.year) for code in departments(situation)]
    known = [float(row["funds"]) for row in rows if row is not None and row["funds"] is not None]
    return Amount(_plain(sum(known)) if known else None, len(rows), len(rows) - len(known))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _means(key: str, name: Label, definition: Label, formula: str, *, unit: Unit, compute: Compute) -> Indicator:
    return Indicator(key, Section.MEANS, name, definition, formula, unit, compute, _NO_PROFILE, _READS, pace=Pace.YEAR)


def _is_signed(row: Record, on: dt.date) -> bool:
    return bool(row["roadmap_signed_on"] <= on)


INDICATORS = (
    _result(
        "people_housed",
        both("People permanently housed", "Personnes relogées durablement"),
        both("People who entered housing in the year.", "Personnes ayant accédé à un logement dans l'année."),
        "people_housed",
        metric="logement_nombre_personnes",
        unit=Unit.PEOPLE,
    ),
    _result(
        "people_employed",
        both("People who entered employment", "Personnes ayant accédé à l'emploi"),
        both("People who found work in the year.", "Personnes ayant trouvé un emploi dans l'année."),
        "people_employed",
        metric="travail_nombre_personnes",
        unit=Unit.PEOPLE,
    ),
    _result(
        "children_schooled",
        both("Children who entered school", "Enfants scolarisés"),
        both("Children enrolled in a school in the year.", "Enfants inscrits dans un établissement dans l'année."),
        "children_schooled",
        metric="scolaire_mineur_scolarise_dans_annee",
        unit=Unit.CHILDREN,
    ),
    _result(
        "sites_resorbed_published",
        both("Sites cleared, as published", "Sites résorbés, publiés"),
        both("Sites cleared in the year.", "Sites résorbés dans l'année."),
        "sites_resorbed",
        metric=None,
        unit=Unit.SITES,
    ),
    _means(
        "roadmap_departments",
        both("Departments with a roadmap", "Départements ayant une feuille de route"),
        both(
            "Departments whose roadmap was signed on the day or before.",
            "Départements dont la feuille de route est signée à la date ou avant.",
        ),
        "count(department: latest territory_profile.roadmap_signed_on ≤ day)",
        unit=Unit.DEPARTMENTS,
        compute=_count("roadmap_signed_on", _is_signed),
    ),
    _means(
        "housing_first_departments",
        both("Departments in the Housing First plan", "Départements Logement d'abord"),
        both(
            "Departments said to be in the Housing First plan by their latest profile up to the year.",
            "Départements en Logement d'abord selon leur dernier profil jusqu'à l'année.",
        ),
        "count(department: latest territory_profile.housing_first)",
        unit=Unit.DEPARTMENTS,
        compute=_count("housing_first", lambda row, _on: bool(row["housing_first"])),
    ),
    _means(
        "sibel_departments",
        both("Departments with SIBEL", "Départements avec SIBEL"),
        both(
            "Departments with the SIBEL programme by their latest profile up to the year.",
            "Départements dotés du programme SIBEL selon leur dernier profil jusqu'à l'année.",
        ),
        "count(department: latest territory_profile.sibel)",
        unit=Unit.DEPARTMENTS,
        compute=_count("sibel", lambda row, _on: bool(row["sibel"])),
    ),
    _means(
        "liaison_officers",
        both("School-liaison officers", "Médiateurs scolaires"),
        both(
            "Full-time equivalents of the latest profile of each department up to the year.",
            "Équivalents temps plein du dernier profil de chaque département jusqu'à l'année.",
        ),
        "sum(department: latest territory_profile.school_liaison_fte)",
        unit=Unit.FULL_TIME,
        compute=_sum("school_liaison_fte"),
    ),
    _means(
        "platform_users",
        both("Users of the platform", "Utilisateurs de la plateforme"),
        both(
            "Users named by the latest profile of each department up to the year.",
            "Utilisateurs indiqués par le dernier profil de chaque département jusqu'à l'année.",
        ),
        "sum(department: latest territory_profile.platform_users)",
        unit=Unit.USERS,
        compute=_sum("platform_users"),
    ),
    _means(
        "funds",
        both("Funds of the year", "Crédits de l'année"),
        both(
            "Funds for clearance of the profiles of the year.",
            "Crédits de résorption des profils de l'année.",
        ),
        "sum(department: territory_profile.funds of the year)",
        unit=Unit.EUROS,
        compute=_funds,
    ),
)
