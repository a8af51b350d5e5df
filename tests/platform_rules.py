"""The rules of the platform's server validators of sites, closures and actions, as data.

Each names the one statement of the model that holds it, with values that break it, obey it, and leave it unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.expressions import Comparison, Condition, Junction, Negation
from resorption_plugin.core.model.fields import Field, Rule
from resorption_plugin.core.model.terms import ParentColumn

Values = Mapping[str, Any]

TODAY = dt.date.today()  # noqa: DTZ011 - the calendar day is what the rules are about
DAY = dt.timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
EARLIER, LATER = dt.date(2024, 3, 1), dt.date(2024, 9, 1)


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule of the platform held by a rule of a layer. A key such as ``site_uid.built_at`` is of the parent."""

    text: str
    layer: str
    rule: str
    breaks: tuple[Values, ...]
    obeys: tuple[Values, ...]
    unknown: tuple[Values, ...] = field(default=({},))

    @property
    def statement(self) -> Rule:
        """Return the rule of the model; ``StopIteration`` where it has gone."""
        return next(rule for rule in catalogue.layer(self.layer).rules if rule.name == self.rule)

    def __str__(self) -> str:
        return f"{self.layer}.{self.rule}"


@dataclass(frozen=True, slots=True)
class Held:
    """A rule of the platform held by a property of a column."""

    text: str
    layer: str
    column: str
    properties: Mapping[str, Any]
    """What the declaration of the column says."""
    breaks: tuple[Any, ...] = ()
    """Values that the table refuses."""
    obeys: tuple[Any, ...] = ()

    @property
    def declared(self) -> Field:
        """Return the column; ``KeyError`` where it has gone."""
        return catalogue.layer(self.layer).field(self.column)

    def __str__(self) -> str:
        return f"{self.layer}.{self.column}"


def _order(
    text: str, layer: str, rule: str, first: str, second: str, *, same_day: bool = True, more: Values | None = None
) -> Stated:
    """Return the rule that a date is not before another one."""
    also = more or {}
    equal = {**also, first: EARLIER, second: EARLIER}
    return Stated(
        text,
        layer,
        rule,
        ({**also, first: LATER, second: EARLIER}, *(() if same_day else (equal,))),
        ({**also, first: EARLIER, second: LATER}, *((equal,) if same_day else ())),
        ({**also, first: LATER}, {**also, second: EARLIER}, also),
    )


def _part(text: str, layer: str, part: str, whole: str, rule: str = "") -> Stated:
    """Return the rule that a part is not larger than the whole."""
    return Stated(
        text,
        layer,
        rule or f"{part}_within_{whole}",
        ({part: 6, whole: 5},),
        ({part: 5, whole: 5}, {part: 0, whole: 5}),
        ({part: 6}, {whole: 5}, {}),
    )


def _past(text: str, layer: str, column: str) -> Stated:
    rule = f"{column}_not_in_future"
    return Stated(text, layer, rule, ({column: TOMORROW},), ({column: TODAY}, {column: YESTERDAY}))


def _asked(text: str, where: str, when: Values, otherwise: Values, answer: Any) -> Stated:
    """Return the soft rule that an answer (``layer.column``) is given where another one asks for it."""
    layer, _, column = where.partition(".")
    return Stated(text, layer, f"{column}_answered", (when,), ({**when, column: answer}, otherwise), ())


def _plain(layer: str, column: str) -> Stated:
    return Stated(
        "Text: < > { } refused",
        layer,
        f"{column}_is_plain",
        tuple({column: f"Près du pont {character}ici"} for character in "<>{}"),
        ({column: "L'îlot [nord] – 10 % « ok » & (a/b)"}, {column: ""}),
    )


_JUSTICE = {"justice_procedure": True}
_RENDERED = {"justice_procedure": True, "justice_rendered": True}
_NOT_RENDERED = {"justice_procedure": True, "justice_rendered": False}
_GRANTED = {"police_status": "granted", "owner_complaint": True}
_AGES = ("0_3", "3_6", "6_12", "12_16", "16_18")
_PROCEDURE_DATES = (
    "justice_rendered_at",
    "administrative_order_decision_at",
    "administrative_order_evacuation_at",
    "insalubrity_order_at",
    "police_requested_at",
    "police_granted_at",
)
_PRIVATE_TAP = {"water_access_type": "robinet_connecte_au_reseau", "water_access_is_public": False}
_TAP_ON_SITE = {**_PRIVATE_TAP, "water_access_is_local": True}

SITE = (
    Stated(
        "Place: the code of the commune is one",
        "site",
        "fk_city_is_a_code",
        ({"fk_city": "3155"}, {"fk_city": "Toulouse"}, {"fk_city": "2C004"}),
        ({"fk_city": "31555"}, {"fk_city": "2A004"}, {"fk_city": "97411"}),
    ),
    _past("built_at: not in the future", "site", "built_at"),
    _order("built_at ≤ declared_at", "site", "built_before_declared", "built_at", "declared_at"),
    _past("declared_at: not in the future", "site", "declared_at"),
    _asked(
        "Reinstallation: details",
        "site.reinstallation_comments",
        {"is_reinstallation": True},
        {"is_reinstallation": False},
        "Après la fermeture du site voisin.",
    ),
    _asked(
        "Census: date mandatory when scheduled",
        "site.census_conducted_at",
        {"census_status": "scheduled"},
        {"census_status": "none"},
        TOMORROW,
    ),
    _asked(
        "Census: operator mandatory when done",
        "site.census_conducted_by",
        {"census_status": "done"},
        {"census_status": "none"},
        "Association",
    ),
    _order("Census: date ≥ built_at", "site", "census_after_built", "built_at", "census_conducted_at"),
    Stated(
        "Census: scheduled not in the past",
        "site",
        "census_scheduled_not_in_past",
        ({"census_status": "scheduled", "census_conducted_at": YESTERDAY},),
        (
            {"census_status": "scheduled", "census_conducted_at": TODAY},
            {"census_status": "done", "census_conducted_at": YESTERDAY},
        ),
        ({"census_status": "scheduled"}, {"census_conducted_at": YESTERDAY}),
    ),
    Stated(
        "Census: done not in the future",
        "site",
        "census_done_not_in_future",
        ({"census_status": "done", "census_conducted_at": TOMORROW},),
        (
            {"census_status": "done", "census_conducted_at": TODAY},
            {"census_status": "scheduled", "census_conducted_at": TOMORROW},
        ),
        ({"census_status": "done"}, {"census_conducted_at": TOMORROW}),
    ),
    _part("Population: couples ≤ total", "site", "population_couples", "population_total"),
    _part("Population: minors ≤ total", "site", "population_minors", "population_total"),
    _part("Population: females ≤ total", "site", "population_total_females", "population_total"),
    _part("Population: girls ≤ total", "site", "population_minors_girls", "population_total"),
    _part("Population: girls ≤ minors", "site", "population_minors_girls", "population_minors"),
    _part("Population: in school ≤ minors", "site", "minors_in_school", "population_minors"),
    _part("Population: in school ≤ total", "site", "minors_in_school", "population_total"),
    Stated(
        "Population: Σ age classes ≤ minors",
        "site",
        "age_classes_within_minors",
        ({**{f"population_minors_{age}": 2 for age in _AGES}, "population_minors": 9},),
        ({**{f"population_minors_{age}": 2 for age in _AGES}, "population_minors": 10}, {"population_minors": 0}),
        ({"population_minors_0_3": 4}, {}),
    ),
    _asked(
        "Living conditions: water type mandatory (unknown allowed)",
        "site.water_access_type",
        {"living_conditions_version": 2},
        {"living_conditions_version": 1},
        "inconnu",
    ),
    _asked(
        "Living conditions: details when the type is other",
        "site.water_access_type_details",
        {"water_access_type": "autre"},
        {"water_access_type": "reservoir"},
        "Source",
    ),
    _asked(
        "Living conditions: details when not continuous",
        "site.water_access_is_continuous_details",
        {**_PRIVATE_TAP, "water_access_is_continuous": False},
        {**_PRIVATE_TAP, "water_access_is_continuous": True},
        "L'été",
    ),
    _asked(
        "Living conditions: details when unequal",
        "site.water_access_is_unequal_details",
        {**_TAP_ON_SITE, "water_access_is_unequal": True},
        {**_TAP_ON_SITE, "water_access_is_unequal": False},
        "Un seul robinet",
    ),
    _asked(
        "Living conditions: details of the pests",
        "site.pest_animals_details",
        {"pest_animals": True},
        {"pest_animals": False},
        "Rats",
    ),
    *(_plain("site", name) for name in ("name", "address", "address_details", "closing_context", "comments")),
)

PROCEDURE = (
    _asked(
        "Justice: rendered required if procedure",
        "procedure.justice_rendered",
        _JUSTICE,
        {"justice_procedure": False},
        False,
    ),
    *(
        _asked(f"Justice: {name} required if rendered", f"procedure.{name}", _RENDERED, _NOT_RENDERED, answer)
        for name, answer in (
            ("justice_rendered_at", EARLIER),
            ("justice_rendered_by", "Tribunal"),
            ("justice_challenged", False),
        )
    ),
    *(_past("Justice: no date in the future", "procedure", name) for name in _PROCEDURE_DATES),
    *(
        _order("Justice: every date ≥ built_at", "procedure", f"{name}_after_settlement", "site_uid.built_at", name)
        for name in _PROCEDURE_DATES
    ),
    Stated(
        "Police: status only if some procedure",
        "procedure",
        "police_needs_a_procedure",
        (
            {
                "police_status": "requested",
                "owner_complaint": False,
                "justice_procedure": False,
                "evacuation_under_time_limit": False,
                "insalubrity_order": False,
            },
        ),
        ({"police_status": "none"}, {"police_status": "refused", "insalubrity_order": True}),
        ({"police_status": "requested", "owner_complaint": False}, {}),
    ),
    *(
        _asked(
            "Police: requested_at mandatory for requested, granted, refused",
            "procedure.police_requested_at",
            {"police_status": status},
            {"police_status": "none"},
            EARLIER,
        )
        for status in ("requested", "granted", "refused")
    ),
    _asked(
        "Police: granted_at mandatory for granted",
        "procedure.police_granted_at",
        _GRANTED,
        {"police_status": "refused"},
        LATER,
    ),
    _order(
        "Police: granted_at ≥ requested_at",
        "procedure",
        "police_granted_after_requested",
        "police_requested_at",
        "police_granted_at",
    ),
    _asked(
        "Police: litigation yes or no if granted",
        "procedure.existing_litigation",
        _GRANTED,
        {"police_status": "requested"},
        False,
    ),
    Stated(
        "Police: litigation unknown unless granted",
        "procedure",
        "litigation_only_when_granted",
        ({"police_status": "refused", "existing_litigation": True},),
        ({**_GRANTED, "existing_litigation": True}, {"police_status": "refused"}),
        ({"existing_litigation": False},),
    ),
    _plain("procedure", "bailiff"),
)

CLOSURE = (
    Stated(
        "Database: open ⇔ closed_at is null",
        "site",
        "open_without_closing_date",
        ({"status": "open", "closed_at": EARLIER}, {"status": "resorbed"}),
        ({"status": "open"}, {"status": "resorbed", "closed_at": EARLIER}),
        ({"closed_at": EARLIER},),
    ),
    _order(
        "Database: closed_at > built_at",
        "site",
        "closed_after_built",
        "built_at",
        "closed_at",
        same_day=False,
        more={"status": "other"},
    ),
    _order(
        "Closing: closed_at ≥ declared_at",
        "site",
        "closed_after_declared",
        "declared_at",
        "closed_at",
        more={"status": "other"},
    ),
    Stated(
        "Closing: not in the future",
        "site",
        "closed_at_not_in_future",
        ({"status": "other", "closed_at": TOMORROW},),
        ({"status": "other", "closed_at": TODAY},),
        ({"status": "open"},),
    ),
    _asked(
        "Closing: context mandatory if other",
        "site.closing_context",
        {"status": "other", "closed_at": EARLIER},
        {"status": "resorbed", "closed_at": EARLIER},
        "Incendie",
    ),
    _part(
        "Closing: households ≤ people",
        "closure",
        "number_of_households_affected",
        "number_of_people_affected",
        "households_within_people",
    ),
    _plain("closure", "message"),
)

ACTION = (
    *(
        _part(f"Action: {part} ≤ {whole}", "action_metric", part, whole)
        for part, whole in (
            ("nombre_menages", "nombre_personnes"),
            ("nombre_femmes", "nombre_personnes"),
            ("nombre_mineurs", "nombre_personnes"),
            ("travail_nombre_femmes", "travail_nombre_personnes"),
            ("hebergement_nombre_menages", "hebergement_nombre_personnes"),
            ("logement_nombre_menages", "logement_nombre_personnes"),
        )
    ),
    _order("Action: started_at ≤ ended_at", "action", "started_before_ended", "started_at", "ended_at"),
    _plain("action", "goals"),
    _plain("journal_entry", "description"),
)

STATED = (*SITE, *PROCEDURE, *CLOSURE, *ACTION)

_THREE_VALUED = {"kind": "boolean"}
HELD = (
    Held("Place: address mandatory", "site", "address", {"expected": True}),
    Held("Place: commune mandatory", "site", "fk_city", {"expected": True}),
    Held("Name: at most 35 characters", "site", "name", {"max_length": 35}, ("x" * 36,), ("é" * 35, None)),
    Held("declared_at: mandatory at creation", "site", "declared_at", {"expected": True}),
    Held("Types: field_type mandatory", "site", "fk_field_type", {"expected": True}, (4,), (3, None)),
    Held(
        "Types: owner type mandatory when an owner is given",
        "owner",
        "fk_owner_type",
        {"required": True},
        (None, 9),
        (1, 2, 3),
    ),
    Held("Reinstallation: yes, no or unknown", "site", "is_reinstallation", _THREE_VALUED, (2, "?"), (True, None)),
    Held("Census: status mandatory", "site", "census_status", {"expected": True}, ("maybe",), ("none", None)),
    Held("Population: total ≥ 1", "site", "population_total", {"minimum": 1}, (0, -1), (1, None)),
    *(
        Held("Population: housing counts ≥ 0", "site", name, {"minimum": 0}, (-1,), (0, None))
        for name in ("caravans", "huts", "tents", "cars", "mattresses")
    ),
    *(
        Held("Justice: required", "procedure", name, {"expected": True, **_THREE_VALUED}, (2,), (True, False, None))
        for name in ("owner_complaint", "justice_procedure", "evacuation_under_time_limit", "insalubrity_order")
    ),
    Held(
        "Living conditions: version 1 or 2, 2 at creation and never shown to be changed",
        "site",
        "living_conditions_version",
        {"minimum": 1, "maximum": 2, "required": True, "hidden": True},
        (0, 3, None),
        (1, 2),
    ),
    *(
        Held("Living conditions: answered, unknown allowed", "site", name, _THREE_VALUED, (2,), (True, False, None))
        for name in (
            "sanitary_access_working_toilets",
            "electricity_access",
            "trash_is_piling",
            "trash_evacuation_is_close",
            "pest_animals",
            "fire_prevention",
        )
    ),
    Held("Phases: must exist", "resorption_phase", "preparatory_phase", {"required": True}, (None, "moving"), ()),
    Held("Closing: status in list", "site", "status", {"required": True}, (None, "closed"), ("open",)),
    Held("Closing: solution in list", "closure", "closing_solution", {"required": True}, (None, "hotel"), ("housing",)),
    Held("Closing: people ≥ 0", "closure", "number_of_people_affected", {"minimum": 0}, (-1,), (0, None)),
)

ONCE = (
    ("Closing: each solution once", "closure", ("site_uid", "closing_solution")),
    ("Phases: each once", "resorption_phase", ("site_uid", "preparatory_phase")),
)

ELSEWHERE = {
    "updated_at ≤ today, ≥ the previous one": "the program writes it at each save",
    "Reinstallation: incoming sites must exist": "a reference of incoming_town, tested with the references",
    "Place: position mandatory": "the geometry of a site is required, tested with the tables",
    "Living conditions: no way back to version 1": "hidden in the form; only the history restores an old record",
    "Closing: the site must be open": "about what was there before: one form, the status leads",
}
"""Rules about what was there before, or that no column holds: text → what keeps them."""


def parents(condition: Condition) -> list[ParentColumn]:
    """Return the columns of other records that a condition reads."""
    if isinstance(condition, Comparison):
        return [term for term in (condition.left, condition.right) if isinstance(term, ParentColumn)]
    inner = condition.parts if isinstance(condition, Junction) else ()
    inner = (condition.part,) if isinstance(condition, Negation) else inner
    return [term for part in inner for term in parents(part)]


def own_fields(stated: Stated) -> list[Field]:
    """Return the columns of the layer that a rule reads."""
    layer = catalogue.layer(stated.layer)
    return [layer.field(name) for name in sorted(stated.statement.condition.columns())]
