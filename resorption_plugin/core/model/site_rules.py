"""What must not be false of a site (platform, server validator of its site form and its schema)."""

from __future__ import annotations

from .common import not_future
from .expressions import Condition, Matches, Negation, all_of, any_of, at_most, compare, equals, known, one_of, unknown
from .fields import Label, Rule, Topic
from .living_conditions import CONDITIONAL_DETAILS
from .population_rules import RULES as POPULATION_RULES
from .terms import Column, Today

CLOSED = compare("status", "<>", "open")
CENSUS_EXPECTED = one_of("census_status", "scheduled", "done")

_ANSWER = Label("Answer this question too: the one above calls for it.", "Précisez : la réponse précédente l'exige.")


def answered(name: str, when: Condition, message: Label = _ANSWER) -> Rule:
    """Return the soft rule that a question is answered when another answer calls for it."""
    return Rule(f"{name}_answered", any_of(Negation(when), known(name)), message, name, False, Topic.ANSWERS)


_PLACE = (
    Rule(
        "fk_city_is_a_code",
        Matches("fk_city", r"(?:\d{2}|2[AB])\d{3}"),
        Label(
            "Write the INSEE code of the commune, as 31555.", "Écrivez le code INSEE de la commune, par exemple 31555."
        ),
        "fk_city",
    ),
)

_LIFE = (
    Rule(
        "open_without_closing_date",
        any_of(
            all_of(equals("status", "open"), unknown("closed_at")),
            all_of(CLOSED, known("closed_at")),
        ),
        Label(
            "An open site has no date of closure, and a closed one needs it.",
            "Un site existant n'a pas de date de fermeture, un site fermé en a une.",
        ),
        "closed_at",
        topic=Topic.ANSWERS,
    ),
    Rule(
        "closed_after_built",
        compare("closed_at", ">", Column("built_at")),
        Label(
            "The site cannot be closed before its settlement.",
            "Le site ne peut pas être fermé avant son installation.",
        ),
        "closed_at",
        topic=Topic.DATES,
    ),
    Rule(
        "closed_after_declared",
        at_most("declared_at", "closed_at"),
        Label("The site cannot be closed before its report.", "Le site ne peut pas être fermé avant son signalement."),
        "closed_at",
        topic=Topic.DATES,
    ),
    not_future("closed_at"),
    Rule(
        "built_before_declared",
        at_most("built_at", "declared_at"),
        Label(
            "The settlement cannot come after the report.",
            "L'installation ne peut pas être postérieure au signalement.",
        ),
        "built_at",
        topic=Topic.DATES,
    ),
    not_future("built_at"),
    not_future("declared_at"),
    answered(
        "closing_context",
        equals("status", "other"),
        Label("Say in which context the site was closed.", "Précisez le contexte de la fermeture."),
    ),
    answered("reinstallation_comments", equals("is_reinstallation", True)),
)

_CENSUS = (
    answered("census_conducted_at", CENSUS_EXPECTED),
    answered("census_conducted_by", CENSUS_EXPECTED),
    Rule(
        "census_after_built",
        at_most("built_at", "census_conducted_at"),
        Label(
            "The diagnostic cannot come before the settlement.",
            "Le diagnostic ne peut pas précéder l'installation.",
        ),
        "census_conducted_at",
        topic=Topic.DATES,
    ),
    Rule(
        "census_done_not_in_future",
        any_of(compare("census_status", "<>", "done"), compare("census_conducted_at", "<=", Today())),
        Label("A diagnostic that is done cannot be in the future.", "Un diagnostic réalisé ne peut pas être à venir."),
        "census_conducted_at",
        topic=Topic.DATES,
    ),
    Rule(
        "census_scheduled_not_in_past",
        any_of(compare("census_status", "<>", "scheduled"), compare("census_conducted_at", ">=", Today())),
        Label(
            "The date of this planned diagnostic has passed: was it done?",
            "La date de ce diagnostic prévu est passée : a-t-il été réalisé ?",
        ),
        "census_conducted_at",
        hard=False,
        topic=Topic.DATES,
    ),
)

RULES = (
    *_PLACE,
    *POPULATION_RULES,
    *_LIFE,
    *_CENSUS,
    # the other questions that the platform requires may be left unknown, which is an empty answer here
    answered("water_access_type", equals("living_conditions_version", 2)),
    *(answered(name, when) for name, when in CONDITIONAL_DETAILS),
)
