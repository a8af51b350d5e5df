"""How many sites, and how many people on them."""

from __future__ import annotations

from ...completeness import BIG_TOWN_SIZE
from ...records import Record
from ..formulas import (
    NO_ANSWER,
    UNCOUNTED,
    Compute,
    Test,
    both,
    count_of,
    every,
    is_big,
    sites_where,
    sum_of,
    sum_where,
)
from ..origins import Segment, segment
from ..situation import Situation
from ..spec import Amount, Drawn, Indicator, Section, Unit

_READS = ("site", "population_count")
_GROUND = (2, 3)
"""``fk_field_type``: building and land, the types of the platform's national series."""
_EU = "social_origins = {european}"
_BIG = f"population_total ≥ {BIG_TOWN_SIZE}"
_ORIGIN_UNKNOWN = both(
    "Sites whose origins, or number of people where it is asked, nobody stated are unknown.",
    "Les sites dont les origines, ou l'effectif quand il est demandé, ne sont pas renseignés sont comptés comme "
    "inconnus.",
)


def _is_eu(site: Record) -> bool | None:
    found = segment(site)
    return None if found is Segment.UNKNOWN else found is Segment.EU_ONLY


def _is_ground(site: Record) -> bool | None:
    kind = site["fk_field_type"]
    return None if kind is None else kind in _GROUND


_NATIONAL: Test = every(is_big, _is_ground)


def _schooled(situation: Situation) -> Amount:
    pairs = [(site["minors_in_school"], site["population_minors"]) for site in situation.open_sites]
    asked = [pair for pair in pairs if pair[1] != 0]
    known = [(schooled, minors) for schooled, minors in asked if None not in (schooled, minors)]
    if asked and not known:
        return Amount(None, len(asked), len(asked))
    schooled, minors = (sum(numbers) for numbers in zip(*known, strict=True)) if known else (0, 0)
    return Amount(schooled, len(asked), len(asked) - len(known), minors, (schooled, max(minors - schooled, 0)))


def _people(key: str, names: tuple[str, str], sentence: tuple[str, str], formula: str, compute: Compute) -> Indicator:
    return Indicator(
        key, Section.PEOPLE, both(*names), both(*sentence), formula, Unit.PEOPLE, compute, UNCOUNTED, _READS
    )


INDICATORS = (
    Indicator(
        "sites_open",
        Section.SITES,
        both("Open", "Existants"),
        both(
            "Sites where people live on the day: known since that day or before, and not closed.",
            "Sites habités à la date : connus à cette date ou avant, et non fermés.",
        ),
        "count(site: min(built_at, declared_at, created_at) ≤ day < closed_at)",
        Unit.SITES,
        count_of(lambda situation: situation.open_sites),
    ),
    Indicator(
        "sites_big",
        Section.SITES,
        both("Open, at least 10 people", "Existants, 10 personnes ou plus"),
        both(
            "Open sites where at least 10 people live: those of the national series.",
            "Sites existants où vivent au moins 10 personnes : ceux des séries nationales.",
        ),
        f"count(open site: {_BIG})",
        Unit.SITES,
        sites_where(is_big),
        UNCOUNTED,
        _READS,
    ),
    Indicator(
        "sites_eu",
        Section.SITES,
        both("Open, European nationals only", "Existants, exclusivement ressortissants de l'UE"),
        both(
            "Open sites whose origins are European nationals and nobody else.",
            "Sites existants dont les seules origines déclarées sont des ressortissants européens.",
        ),
        f"count(open site: {_EU})",
        Unit.SITES,
        sites_where(_is_eu),
        _ORIGIN_UNKNOWN,
    ),
    Indicator(
        "sites_eu_big",
        Section.SITES,
        both("Open, European nationals only, at least 10 people", "Existants, exclusivement UE, 10 personnes ou plus"),
        both(
            "Open sites of at least 10 people whose origins are European nationals and nobody else.",
            "Sites existants d'au moins 10 personnes dont les seules origines déclarées sont des ressortissants "
            "européens.",
        ),
        f"count(open site: {_EU} and {_BIG})",
        Unit.SITES,
        sites_where(every(_is_eu, is_big)),
        _ORIGIN_UNKNOWN,
        _READS,
    ),
    Indicator(
        "sites_national",
        Section.SITES,
        both("Open, national series", "Existants, série nationale"),
        both(
            "Open sites of at least 10 people on land or in a building: the perimeter of the platform's national "
            "series, which counts metropole and overseas apart.",
            "Sites existants d'au moins 10 personnes, terrains et immeubles bâtis : périmètre de la série nationale "
            "de la plateforme, qui compte la métropole et l'outre-mer à part.",
        ),
        f"count(open site: {_BIG} and fk_field_type in (2, 3))",
        Unit.SITES,
        sites_where(_NATIONAL),
        both(
            "Sites whose type or number of people is missing are unknown.",
            "Les sites dont le type ou l'effectif manque sont comptés comme inconnus.",
        ),
        _READS,
    ),
    Indicator(
        "sites_heat_alert",
        Section.SITES,
        both("Open, under heat alert", "Existants, en alerte canicule"),
        both("Open sites marked as under heat alert.", "Sites existants signalés en alerte canicule."),
        "count(open site: heatwave_status)",
        Unit.SITES,
        sites_where(lambda site: site["heatwave_status"]),
        NO_ANSWER,
    ),
    Indicator(
        "sites_closed",
        Section.SITES,
        both("Closed", "Fermés"),
        both(
            "Sites closed on the day or before, whatever the reason.",
            "Sites fermés à la date ou avant, quel qu'en soit le motif.",
        ),
        "count(site: closed_at ≤ day)",
        Unit.SITES,
        count_of(lambda situation: situation.closed_sites),
    ),
    _people(
        "people",
        ("People", "Personnes"),
        (
            "Sum of the number of people of the open sites where it is known.",
            "Somme du nombre de personnes des sites existants où il est connu.",
        ),
        "sum(open site: population_total)",
        sum_of("population_total"),
    ),
    _people(
        "people_big",
        ("People, sites of at least 10 people", "Personnes, sites de 10 personnes ou plus"),
        (
            "Sum of the number of people of the open sites where at least 10 people live.",
            "Somme du nombre de personnes des sites existants d'au moins 10 personnes.",
        ),
        f"sum(open site, {_BIG}: population_total)",
        sum_where("population_total", is_big),
    ),
    _people(
        "people_eu",
        ("People, European nationals only", "Personnes, exclusivement ressortissants de l'UE"),
        (
            "Sum of the number of people of the open sites whose origins are European nationals and nobody else.",
            "Somme du nombre de personnes des sites existants exclusivement occupés par des ressortissants de l'UE.",
        ),
        f"sum(open site, {_EU}: population_total)",
        sum_where("population_total", _is_eu),
    ),
    _people(
        "people_eu_big",
        (
            "People, European nationals only, sites of at least 10 people",
            "Personnes, exclusivement UE, sites de 10 personnes ou plus",
        ),
        (
            "The same on the sites of at least 10 people: the European migrants of the State's reports.",
            "Le même nombre pour les sites d'au moins 10 personnes : les migrants européens des rapports de l'État.",
        ),
        f"sum(open site, {_EU} and {_BIG}: population_total)",
        sum_where("population_total", every(_is_eu, is_big)),
    ),
    _people(
        "females",
        ("Women and girls", "Femmes et filles"),
        (
            "Sum of the number of women and girls of the open sites where it is known.",
            "Somme du nombre de femmes et de filles des sites existants où il est connu.",
        ),
        "sum(open site: population_total_females)",
        sum_of("population_total_females"),
    ),
    Indicator(
        "households",
        Section.PEOPLE,
        both("Households", "Ménages"),
        both(
            "Sum of the number of households of the open sites where it is known.",
            "Somme du nombre de ménages des sites existants où il est connu.",
        ),
        "sum(open site: population_couples)",
        Unit.HOUSEHOLDS,
        sum_of("population_couples"),
        UNCOUNTED,
        _READS,
    ),
    _people(
        "minors",
        ("Minors", "Mineurs"),
        (
            "Sum of the number of minors of the open sites where it is known.",
            "Somme du nombre de mineurs des sites existants où il est connu.",
        ),
        "sum(open site: population_minors)",
        sum_of("population_minors"),
    ),
    Indicator(
        "schooled",
        Section.PEOPLE,
        both("Minors in school", "Mineurs scolarisés"),
        both(
            "Minors enrolled in a school, and their share of the minors, on the open sites where both numbers are "
            "known. Minors below the age of school are among them.",
            "Mineurs inscrits dans un établissement scolaire, et leur part parmi les mineurs, sur les sites existants "
            "où les deux nombres sont connus. Les mineurs trop jeunes pour l'école en font partie.",
        ),
        "sum(minors_in_school) / sum(population_minors), open sites with both",
        Unit.CHILDREN,
        _schooled,
        both(
            "Sites that miss one of the two numbers are unknown; sites without any minor are not asked.",
            "Les sites où l'un des deux nombres manque sont comptés comme inconnus ; les sites sans mineur ne sont pas "
            "concernés.",
        ),
        _READS,
        Drawn.SHARE,
    ),
)
