"""Closed and cleared sites: as declared, and as computed from where the people went."""

from __future__ import annotations

from ... import clearing
from ...completeness import BIG_TOWN_SIZE
from ...records import Record
from ..formulas import Compute, Select, both, count_of, part
from ..on_day import day_of
from ..situation import Situation
from ..spec import Amount, Indicator, Pace, Section, Unit

_READS = ("site", "population_count", "closure")
_RULE = both(
    "a lasting solution (long-term accommodation or housing) for 66 % of the inhabitants",
    "une solution pérenne (hébergement longue durée ou logement) pour 66 % des habitants",
)
_NOT_TOLD = both(
    "Closed sites whose declaration is missing or unknown are unknown.",
    "Les sites fermés dont la déclaration manque ou est inconnue sont comptés comme inconnus.",
)
_NOT_COMPUTED = both(
    "Closed sites without solutions written down, or with a number missing that could change the answer, are unknown.",
    "Les sites fermés sans orientation renseignée, ou avec un nombre manquant qui pourrait changer la réponse, sont "
    "comptés comme inconnus.",
)


def closed_in_year(situation: Situation) -> list[Record]:
    """Return the sites closed since the first of January of the day's year."""
    days = [(site, day_of(site["closed_at"])) for site in situation.closed_sites]
    return [site for site, closed in days if closed is not None and closed.year == situation.on.year]


def _big_in_year(situation: Situation) -> list[Record]:
    """Return those of at least ``BIG_TOWN_SIZE`` people, or of as many people as their solutions name."""
    return [site for site in closed_in_year(situation) if (_people(situation, site) or 0) >= BIG_TOWN_SIZE]


def _people(situation: Situation, site: Record) -> int | None:
    if site["population_total"] is not None:
        return int(site["population_total"])
    numbers = [row["number_of_people_affected"] for row in situation.closures.get(site.uid, ())]
    return sum(numbers) if numbers and None not in numbers else None


def _computed(situation: Situation, site: Record) -> bool | None:
    return clearing.computed(site["population_total"], situation.closures.get(site.uid, ()))


def _declared(select: Select) -> Compute:
    def compute(situation: Situation) -> Amount:
        answers = [clearing.declared(site) for site in select(situation)]
        return part(answers.count(True), len(answers), answers.count(None))

    return compute


def _reckoned(select: Select) -> Compute:
    def compute(situation: Situation) -> Amount:
        answers = [_computed(situation, site) for site in select(situation)]
        return part(answers.count(True), len(answers), answers.count(None))

    return compute


def _all_closed(situation: Situation) -> list[Record]:
    return situation.closed_sites


def _differing(situation: Situation) -> Amount:
    pairs = [(clearing.declared(site), _computed(situation, site)) for site in situation.closed_sites]
    known = [pair for pair in pairs if None not in pair]
    return part(sum(said != found for said, found in known), len(pairs), len(pairs) - len(known))


def _rehoused(situation: Situation) -> Amount:
    sites = closed_in_year(situation)
    found = [clearing.rehoused(situation.closures.get(site.uid, ())) for site in sites]
    missing = sum(
        not is_whole or not situation.closures.get(site.uid) for site, (_, is_whole) in zip(sites, found, strict=True)
    )
    value = sum(number for number, _ in found)
    return Amount(
        None if sites and missing == len(sites) and not value else value, len(sites), missing, groups=(value,)
    )


INDICATORS = (
    Indicator(
        "closed_year",
        Section.CLEARING,
        both("Closed in the year", "Fermés dans l'année"),
        both(
            "Sites closed from the first of January of the year to the day.",
            "Sites fermés du 1er janvier de l'année à la date.",
        ),
        "count(site: year(closed_at) = year, closed_at ≤ day)",
        Unit.SITES,
        count_of(closed_in_year),
        pace=Pace.YEAR,
    ),
    Indicator(
        "resorbed_declared_year",
        Section.CLEARING,
        both(
            "Cleared in the year, declared, at least 10 people", "Résorbés dans l'année, déclarés, 10 personnes ou plus"
        ),
        both(
            "Sites of at least 10 people closed in the year and declared as cleared: what the State's reports publish.",
            "Sites d'au moins 10 personnes fermés dans l'année et déclarés résorbés : ce que publient les rapports de "
            "l'État.",
        ),
        f"count(site closed in the year, {BIG_TOWN_SIZE} people or more: closed_with_solutions = yes)",
        Unit.SITES,
        _declared(_big_in_year),
        _NOT_TOLD,
        _READS,
        pace=Pace.YEAR,
    ),
    Indicator(
        "resorbed_computed_year",
        Section.CLEARING,
        both(
            "Cleared in the year, computed, at least 10 people", "Résorbés dans l'année, calculés, 10 personnes ou plus"
        ),
        both(
            f"Sites of at least 10 people closed in the year with {_RULE.en}, computed from the solutions.",
            f"Sites d'au moins 10 personnes fermés dans l'année avec {_RULE.fr}, d'après les orientations.",
        ),
        f"count(site closed in the year, {BIG_TOWN_SIZE} people or more: Σ lasting solutions ≥ "
        f"{clearing.CLEARED_SHARE} × people)",
        Unit.SITES,
        _reckoned(_big_in_year),
        _NOT_COMPUTED,
        _READS,
        pace=Pace.YEAR,
    ),
    Indicator(
        "resorbed_declared",
        Section.CLEARING,
        both("Cleared, declared, all years", "Résorbés, déclarés, toutes années"),
        both("Closed sites declared as cleared.", "Sites fermés déclarés résorbés."),
        "count(closed site: closed_with_solutions = yes)",
        Unit.SITES,
        _declared(_all_closed),
        _NOT_TOLD,
    ),
    Indicator(
        "resorbed_computed",
        Section.CLEARING,
        both("Cleared, computed, all years", "Résorbés, calculés, toutes années"),
        both(
            f"Closed sites with {_RULE.en}, computed from the solutions.",
            f"Sites fermés avec {_RULE.fr}, d'après les orientations.",
        ),
        f"count(closed site: Σ lasting solutions ≥ {clearing.CLEARED_SHARE} × people)",
        Unit.SITES,
        _reckoned(_all_closed),
        _NOT_COMPUTED,
        _READS,
    ),
    Indicator(
        "resorbed_differ",
        Section.CLEARING,
        both("Declared and computed differ", "Déclaré et calculé différents"),
        both(
            "Closed sites declared as cleared where the computation says no, or the reverse.",
            "Sites fermés déclarés résorbés alors que le calcul dit non, ou l'inverse.",
        ),
        "count(closed site: declared ≠ computed)",
        Unit.SITES,
        _differing,
        both(
            "Closed sites where one of the two is unknown are unknown.",
            "Les sites fermés où l'un des deux manque sont comptés comme inconnus.",
        ),
        _READS,
    ),
    Indicator(
        "rehoused_at_closure",
        Section.CLEARING,
        both(
            "People with a lasting solution at the closure, in the year",
            "Personnes avec une solution pérenne à la fermeture, dans l'année",
        ),
        both(
            "People of the sites closed in the year whom a lasting solution concerns.",
            "Personnes des sites fermés dans l'année concernées par une solution pérenne.",
        ),
        "sum(closure of a site closed in the year, long_term or housing: number_of_people_affected)",
        Unit.PEOPLE,
        _rehoused,
        _NOT_COMPUTED,
        _READS,
        pace=Pace.YEAR,
    ),
)
