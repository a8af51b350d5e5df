"""How sites are followed: actions, delays, freshness and completeness of the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from statistics import mean

from ...completeness import completeness
from ...freshness import is_out_of_date, last_update
from ...model.action_rules import running_on
from ...model.fields import Label
from ...records import Record
from ..formulas import Compute, both, median_of, part
from ..on_day import day_of
from ..situation import Situation
from ..spec import Amount, Indicator, Section, Unit

_ACTIONS = ("site", "action", "action_site")
Event = Callable[[Situation, Record], dt.date | None]


def _has_action(situation: Situation, site: Record) -> bool | None:
    """Return whether an action concerns a site; ``None`` when neither the workspace nor the platform says."""
    running = running_on(situation.on)
    if any(running.evaluate(action.values) for action in situation.actions.get(site.uid, ())):
        return True
    declared: bool | None = site["declared_has_action"]
    if declared is not None:
        return declared
    return False if situation.actions else None


def _without_action(situation: Situation) -> Amount:
    answers = [_has_action(situation, site) for site in situation.open_sites]
    return part(answers.count(False), len(answers), answers.count(None))


def _out_of_date(situation: Situation) -> Amount:
    days = [last_update(site, situation.imports.get(site.uid)) for site in situation.open_sites]
    # a day after the one asked for: what was stated before it is not known
    known = [day for day in days if day is not None and day <= situation.on]
    return part(sum(is_out_of_date(day, situation.on) for day in known), len(days), len(days) - len(known))


def _completeness(situation: Situation) -> Amount:
    found = [completeness(site, situation.owners.get(site.uid, ())) for site in situation.open_sites]
    return Amount(round(100 * mean(found)) if found else None, len(found))


def _on(column: str) -> Event:
    return lambda _situation, site: day_of(site[column])


def _first_action(situation: Situation, site: Record) -> dt.date | None:
    days = (day_of(action["started_at"]) for action in situation.actions.get(site.uid, ()))
    return min((day for day in days if day is not None), default=None)


def _diagnostic(_situation: Situation, site: Record) -> dt.date | None:
    return day_of(site["census_conducted_at"]) if site["census_status"] == "done" else None


def _median_delay(begin: Event, end: Event) -> Compute:
    def compute(situation: Situation) -> Amount:
        return median_of(_days(begin(situation, site), end(situation, site), situation.on) for site in situation.sites)

    return compute


def _days(begin: dt.date | None, end: dt.date | None, on: dt.date) -> int | None:
    """Return the days from one event to the next, 0 when the second had come before; ``None`` until both are there."""
    if begin is None or end is None or end > on:
        return None
    return max((end - begin).days, 0)


def _delay(key: str, name: Label, steps: Label, formula: str, *, compute: Compute, reads: tuple[str, ...]) -> Indicator:
    return Indicator(
        key,
        Section.DELAYS,
        name,
        Label(
            f"Median number of days {steps.en}, over the sites, open or closed, where both days are known.",
            f"Nombre médian de jours {steps.fr}, sur les sites, existants ou fermés, dont les deux dates sont connues.",
        ),
        f"median({formula})",
        Unit.DAYS,
        compute,
        both(
            "Sites that miss one of the two days, or are not yet there, are left out; 0 when the second came first.",
            "Les sites où l'une des dates manque, ou qui n'en sont pas encore là, sont exclus ; 0 quand la seconde est "
            "antérieure.",
        ),
        reads,
    )


INDICATORS = (
    Indicator(
        "sites_without_action",
        Section.SITES,
        both("Open, without any action", "Existants, sans aucune action"),
        both(
            "Open sites that no action of the workspace running on the day concerns, and that the platform does not "
            "say to have one.",
            "Sites existants qu'aucune action en cours à la date ne concerne dans l'espace de travail, et que la "
            "plateforme ne dit pas en avoir une.",
        ),
        "count(open site: no running action by action_site, declared_has_action not yes)",
        Unit.SITES,
        _without_action,
        both(
            "Where the workspace holds no action linked to a site, sites of which the platform says nothing are "
            "unknown.",
            "Quand l'espace de travail n'a aucune action rattachée à un site, les sites dont la plateforme ne dit rien "
            "sont inconnus.",
        ),
        _ACTIONS,
    ),
    _delay(
        "delay_declared",
        both("Installed → declared", "Installation → signalement"),
        both("from the settlement to the report", "de l'installation au signalement"),
        "declared_at – built_at",
        compute=_median_delay(_on("built_at"), _on("declared_at")),
        reads=("site",),
    ),
    _delay(
        "delay_action",
        both("Declared → first action", "Signalement → première action"),
        both("from the report to the start of the first action", "du signalement au lancement de la première action"),
        "min(action.started_at) – declared_at",
        compute=_median_delay(_on("declared_at"), _first_action),
        reads=_ACTIONS,
    ),
    _delay(
        "delay_diagnostic",
        both("First action → diagnostic", "Première action → diagnostic"),
        both(
            "from the start of the first action to the social diagnostic",
            "du lancement de la première action au diagnostic social",
        ),
        "census_conducted_at – min(action.started_at)",
        compute=_median_delay(_first_action, _diagnostic),
        reads=_ACTIONS,
    ),
    _delay(
        "delay_declared_diagnostic",
        both("Declared → diagnostic", "Signalement → diagnostic"),
        both("from the report to the social diagnostic", "du signalement au diagnostic social"),
        "census_conducted_at – declared_at",
        compute=_median_delay(_on("declared_at"), _diagnostic),
        reads=("site",),
    ),
    _delay(
        "delay_diagnostic_closed",
        both("Diagnostic → closed", "Diagnostic → fermeture"),
        both("from the social diagnostic to the closure", "du diagnostic social à la fermeture"),
        "closed_at – census_conducted_at",
        compute=_median_delay(_diagnostic, _on("closed_at")),
        reads=("site",),
    ),
    _delay(
        "delay_closed",
        both("Declared → closed", "Signalement → fermeture"),
        both("from the report to the closure", "du signalement à la fermeture"),
        "closed_at – declared_at",
        compute=_median_delay(_on("declared_at"), _on("closed_at")),
        reads=("site",),
    ),
    Indicator(
        "sites_out_of_date",
        Section.QUALITY,
        both("Out of date", "Non actualisés"),
        both(
            "Open sites whose record was last stated more than 6 months before the day. For a record imported and not "
            "touched since, the platform's own date counts.",
            "Sites existants dont la fiche a été mise à jour plus de 6 mois avant la date. Pour une fiche importée et "
            "non modifiée depuis, la date de la plateforme fait foi.",
        ),
        "count(open site: coalesce(updated_at, created_at) < day – 6 months)",
        Unit.SITES,
        _out_of_date,
        both(
            "Sites without a date, or whose state on the day is not in the history, are unknown.",
            "Les sites sans date, ou dont l'état à la date n'est pas dans l'historique, sont inconnus.",
        ),
        ("site", "platform_record"),
    ),
    Indicator(
        "completeness",
        Section.QUALITY,
        both("Completeness of the records", "Complétude des fiches"),
        both(
            "Mean over the open sites of the part of the platform's eight criteria that is met: precise address, type "
            "of site, owner of a known type, social diagnostic, people, households, minors, origins (asked of sites of "
            "at least 10 people).",
            "Moyenne, sur les sites existants, de la part remplie des huit critères de la plateforme : adresse "
            "précise, type de site, propriétaire de type connu, diagnostic social, personnes, ménages, mineurs, "
            "origines (demandées aux sites d'au moins 10 personnes).",
        ),
        "mean(open site: criteria met / criteria asked)",
        Unit.PERCENT,
        _completeness,
        both(
            "An unknown answer is a criterion that is not met: that is what is measured.",
            "Une réponse inconnue est un critère non rempli : c'est ce qui est mesuré.",
        ),
        ("site", "population_count", "owner"),
    ),
)
