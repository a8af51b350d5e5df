"""The living conditions by status, by site and by inhabitant, and the platform's own percentages."""

from __future__ import annotations

from collections.abc import Iterator

from ...living_conditions.blocks import BLOCKS, Block
from ...living_conditions.decision_table import Status
from ...model.fields import Label
from ..formulas import Compute, both, part, percent
from ..situation import Situation
from ..spec import NOTHING_UNKNOWN, Amount, Drawn, Indicator, Section, Unit

_READS = ("site", "population_count")
_UNKNOWN = both(
    "Sites of unknown status are left out of the percentage, and shown beside it.",
    "Les sites de statut inconnu sont exclus du pourcentage, et indiqués à côté.",
)
_UNKNOWN_PEOPLE = both(
    "The inhabitants of sites of unknown status are left out of the percentage, and shown beside it. Sites nobody "
    "counted have no inhabitant here.",
    "Les habitants des sites de statut inconnu sont exclus du pourcentage, et indiqués à côté. Les sites sans effectif "
    "connu n'ont ici aucun habitant.",
)
_UNKNOWN_AS_WITHOUT = both(
    "As on the platform, unknown and to improve count as without: the percentage falls when answers are missing.",
    "Comme sur la plateforme, « inconnu » et « à améliorer » comptent comme « sans » : le pourcentage baisse quand "
    "des réponses manquent.",
)


def _sites(block: Block, wanted: Status) -> Compute:
    def compute(situation: Situation) -> Amount:
        found = situation.statuses(block)
        unknown = 0 if wanted is Status.UNKNOWN else found.count(Status.UNKNOWN)
        return part(found.count(wanted), len(found), unknown)

    return compute


def _tally(situation: Situation, block: Block) -> dict[Status, int]:
    """Return the people counted by status."""
    people = dict.fromkeys(Status, 0)
    for site, status in zip(situation.open_sites, situation.statuses(block), strict=True):
        people[status] += site["population_total"] or 0
    return people


def _people(block: Block, wanted: Status) -> Compute:
    def compute(situation: Situation) -> Amount:
        people = _tally(situation, block)
        total, value = sum(people.values()), people[wanted]
        unknown = 0 if wanted is Status.UNKNOWN else people[Status.UNKNOWN]
        return part(value, total, unknown, (value, total - value))

    return compute


def _platform_sites(block: Block) -> Compute:
    def compute(situation: Situation) -> Amount:
        found = situation.statuses(block)
        return Amount(percent(found.count(Status.GOOD), len(found)), len(found), found.count(Status.UNKNOWN))

    return compute


def _platform_people(block: Block) -> Compute:
    def compute(situation: Situation) -> Amount:
        people = _tally(situation, block)
        total, good = sum(people.values()), people[Status.GOOD]
        return Amount(percent(good, total), total, people[Status.UNKNOWN], groups=(good, total - good))

    return compute


def _name(block: Block, status: Status) -> Label:
    english, french = status.label("en").lower(), status.label("fr").lower()
    return both(f"{block.label.en}: {english}", f"{block.label.fr} : {french}")


def _sentence(block: Block, status: Status, who: Label) -> Label:
    stated = {
        Status.GOOD: both("Yes: {best}.", "Oui : {best}."),
        Status.TO_IMPROVE: both(
            "To improve: there is a fault, less grave than those of “no”. Yes would be: {best}.",
            "À améliorer : il y a un défaut, moins grave que ceux du « non ». Serait oui : {best}.",
        ),
        Status.BAD: both("No: {worst}.", "Non : {worst}."),
        Status.UNKNOWN: both(
            "Unknown: the answers that decide are missing. Yes would be: {best}.",
            "Inconnu : les réponses qui décident manquent. Serait oui : {best}.",
        ),
    }[status]
    return Label(
        f"{who.en} by the platform's rule, from what is declared. {_filled(stated.en, block.best.en, block.worst.en)}",
        f"{who.fr} selon la règle de la plateforme, d'après ce qui est déclaré. "
        f"{_filled(stated.fr, block.best.fr, block.worst.fr)}",
    )


def _filled(sentence: str, best: str, worst: str) -> str:
    return sentence.replace("{best}", best).replace("{worst}", worst)


def _of(block: Block) -> Iterator[Indicator]:
    sites, people = both("Open sites", "Sites existants"), both("Inhabitants", "Habitants")
    for status in Status:
        name = _name(block, status)
        is_unknown = status is Status.UNKNOWN
        yield Indicator(
            f"{block.key}_{status.value}_sites",
            Section.LIVING_SITES,
            name,
            _sentence(block, status, sites),
            f"count(open site: status of {block.key} = {status.value})",
            Unit.SITES,
            _sites(block, status),
            NOTHING_UNKNOWN if is_unknown else _UNKNOWN,
            drawn=Drawn.SHARE,
        )
        yield Indicator(
            f"{block.key}_{status.value}_people",
            Section.LIVING_PEOPLE,
            name,
            _sentence(block, status, people),
            f"sum(open site, status of {block.key} = {status.value}: population_total)",
            Unit.PEOPLE,
            _people(block, status),
            NOTHING_UNKNOWN if is_unknown else _UNKNOWN_PEOPLE,
            _READS,
            Drawn.SHARE,
            family=f"people by {block.key}",
        )
    yield Indicator(
        f"{block.key}_platform_sites",
        Section.PLATFORM,
        both(f"{block.label.en}, % of sites", f"{block.label.fr}, % des sites"),
        both(
            "The platform's percentage: sites of status yes among all the open sites.",
            "Pourcentage de la plateforme : sites de statut « oui » parmi tous les sites existants.",
        ),
        f"round(100 × count(status of {block.key} = good) / count(open site))",
        Unit.PERCENT,
        _platform_sites(block),
        _UNKNOWN_AS_WITHOUT,
    )
    yield Indicator(
        f"{block.key}_platform_people",
        Section.PLATFORM,
        both(f"{block.label.en}, % of inhabitants", f"{block.label.fr}, % des habitants"),
        both(
            "The platform's percentage: inhabitants of the sites of status yes among all those counted.",
            "Pourcentage de la plateforme : habitants des sites de statut « oui » parmi tous les habitants comptés.",
        ),
        f"round(100 × sum(status of {block.key} = good: population_total) / sum(open site: population_total))",
        Unit.PERCENT,
        _platform_people(block),
        _UNKNOWN_AS_WITHOUT,
        _READS,
    )


INDICATORS = tuple(indicator for block in BLOCKS for indicator in _of(block))
