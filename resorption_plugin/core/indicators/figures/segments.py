"""Sites and people by class of size and by segment of origin."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.fields import Label
from ...records import Record
from ..formulas import NO_ANSWER, UNCOUNTED, Compute, Test, both, part, sites_where, sum_where
from ..origins import SIZES, Segment, segment
from ..situation import Situation
from ..spec import Amount, Indicator, Section, Unit

_READS = ("site", "population_count")
_SEGMENTS = {
    Segment.EU_ONLY: both("European nationals only", "Exclusivement ressortissants de l'UE"),
    Segment.FRENCH_ONLY: both("French nationals only", "Exclusivement ressortissants français"),
    Segment.EXTRA_EU_ONLY: both(
        "Nationals of other countries only", "Exclusivement ressortissants extracommunautaires"
    ),
    Segment.MIXED: both("Several origins", "Origines mixtes"),
}
_PEOPLE = both("people", "personnes")


def _within(low: int, high: int | None) -> Test:
    def test(site: Record) -> bool | None:
        people = site["population_total"]
        return None if people is None else low <= people and (high is None or people <= high)

    return test


def _is(wanted: Segment) -> Test:
    def test(site: Record) -> bool | None:
        found = segment(site)
        return None if found is Segment.UNKNOWN else found is wanted

    return test


def _without(column: str) -> Compute:
    """Count the open sites that say nothing; their share is of all the open sites."""

    def compute(situation: Situation) -> Amount:
        missing = sum(not site[column] for site in situation.open_sites)
        return part(missing, len(situation.open_sites), 0)

    return compute


def _people_of_unknown_origin(situation: Situation) -> Amount:
    sites = situation.open_sites
    told = [site["population_total"] for site in sites if segment(site) is Segment.UNKNOWN]
    value = sum(filter(None, told))
    total = sum(filter(None, (site["population_total"] for site in sites)))
    return Amount(value, len(sites), told.count(None), groups=(value, total - value))


def _size_name(low: int, high: int | None) -> Label:
    if high is None:
        return both(f"{low} people and more", f"{low} personnes et plus")
    if low == 1:
        return both(f"Under {high + 1} people", f"Moins de {high + 1} personnes")
    return both(f"{low} to {high} people", f"{low} à {high} personnes")


def _suffixed(name: Label) -> Label:
    return Label(f"{name.en}: {_PEOPLE.en}", f"{name.fr}\u00a0: {_PEOPLE.fr}")


def _sizes() -> Iterator[Indicator]:
    sentence = both(
        "Open sites by the number of people who live there, in the platform's classes.",
        "Sites existants selon le nombre de personnes qui y vivent, dans les classes de la plateforme.",
    )
    of_people = both(
        "People of these sites.",
        "Personnes qui vivent sur ces sites.",
    )
    for key, low, high in SIZES:
        name, test = _size_name(low, high), _within(low, high)
        formula = f"open site, {low} ≤ population_total" + ("" if high is None else f" ≤ {high}")
        yield Indicator(
            f"size_{key}_sites",
            Section.SIZES,
            name,
            sentence,
            f"count({formula})",
            Unit.SITES,
            sites_where(test),
            UNCOUNTED,
            _READS,
        )
        yield Indicator(
            f"size_{key}_people",
            Section.SIZES,
            _suffixed(name),
            of_people,
            f"sum({formula}: population_total)",
            Unit.PEOPLE,
            sum_where("population_total", test),
            UNCOUNTED,
            _READS,
            family="people by size",
        )
    yield Indicator(
        "size_unknown_sites",
        Section.SIZES,
        both("Nobody counted", "Effectif inconnu"),
        both("Open sites whose number of people is unknown.", "Sites existants dont l'effectif est inconnu."),
        "count(open site, population_total empty)",
        Unit.SITES,
        _without("population_total"),
        reads=_READS,
    )


def _origins() -> Iterator[Indicator]:
    sentence = both(
        "Open sites by the origins stated, in the platform's segments.",
        "Sites existants selon les origines déclarées, dans les catégories de la plateforme.",
    )
    for wanted, name in _SEGMENTS.items():
        formula = f"open site, segment of social_origins = {wanted.value}"
        yield Indicator(
            f"origin_{wanted.value}_sites",
            Section.ORIGINS,
            name,
            sentence,
            f"count({formula})",
            Unit.SITES,
            sites_where(_is(wanted)),
            NO_ANSWER,
        )
        yield Indicator(
            f"origin_{wanted.value}_people",
            Section.ORIGINS,
            _suffixed(name),
            both("People of these sites.", "Personnes qui vivent sur ces sites."),
            f"sum({formula}: population_total)",
            Unit.PEOPLE,
            sum_where("population_total", _is(wanted)),
            NO_ANSWER,
            _READS,
            family="people by origin",
        )
    name = both("Origins unknown", "Origines inconnues")
    yield Indicator(
        "origin_unknown_sites",
        Section.ORIGINS,
        name,
        both("Open sites whose origins nobody stated.", "Sites existants dont les origines ne sont pas renseignées."),
        "count(open site, social_origins empty)",
        Unit.SITES,
        _without("social_origins"),
    )
    yield Indicator(
        "origin_unknown_people",
        Section.ORIGINS,
        _suffixed(name),
        both("People of these sites.", "Personnes qui vivent sur ces sites."),
        "sum(open site, social_origins empty: population_total)",
        Unit.PEOPLE,
        _people_of_unknown_origin,
        UNCOUNTED,
        _READS,
        family="people by origin",
    )


INDICATORS = (*_sizes(), *_origins())
