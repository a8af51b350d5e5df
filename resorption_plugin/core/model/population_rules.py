"""Coherence of population counts (platform, server validator of its site form)."""

from __future__ import annotations

from .expressions import at_most, compare
from .fields import Label, Rule, Topic
from .terms import Column, Sum

_AGES = tuple(f"population_minors_{ages}" for ages in ("0_3", "3_6", "6_12", "12_16", "16_18"))


def _part_of(part: str, whole: str, en: str, fr: str) -> Rule:
    return Rule(f"{part}_within_{whole}", at_most(part, whole), Label(en, fr), part, topic=Topic.COUNTS)


RULES = (
    _part_of(
        "population_total_females",
        "population_total",
        "There cannot be more women and girls than people.",
        "Il ne peut pas y avoir plus de femmes et de filles que de personnes.",
    ),
    _part_of(
        "population_couples",
        "population_total",
        "There cannot be more households than people.",
        "Il ne peut pas y avoir plus de ménages que de personnes.",
    ),
    _part_of(
        "population_minors",
        "population_total",
        "There cannot be more minors than people.",
        "Il ne peut pas y avoir plus de mineurs que de personnes.",
    ),
    _part_of(
        "population_minors_girls",
        "population_minors",
        "There cannot be more girls than minors.",
        "Il ne peut pas y avoir plus de filles que de mineurs.",
    ),
    _part_of(
        "minors_in_school",
        "population_minors",
        "There cannot be more children in school than minors.",
        "Il ne peut pas y avoir plus d'enfants scolarisés que de mineurs.",
    ),
    _part_of(
        "population_minors_girls",
        "population_total",
        "There cannot be more girls than people.",
        "Il ne peut pas y avoir plus de filles que de personnes.",
    ),
    _part_of(
        "minors_in_school",
        "population_total",
        "There cannot be more children in school than people.",
        "Il ne peut pas y avoir plus d'enfants scolarisés que de personnes.",
    ),
    Rule(
        "age_classes_within_minors",
        compare(Sum(_AGES), "<=", Column("population_minors")),
        Label(
            "The age classes add up to more than the number of minors.",
            "La somme des tranches d'âge dépasse le nombre de mineurs.",
        ),
        "population_minors",
        topic=Topic.COUNTS,
    ),
)
