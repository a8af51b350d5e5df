"""How a rule of the platform is said as data: what breaks it, what obeys it, what leaves it unknown."""

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


def in_order(
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


def within_whole(text: str, layer: str, part: str, whole: str, rule: str = "") -> Stated:
    """Return the rule that a part is not larger than the whole."""
    return Stated(
        text,
        layer,
        rule or f"{part}_within_{whole}",
        ({part: 6, whole: 5},),
        ({part: 5, whole: 5}, {part: 0, whole: 5}),
        ({part: 6}, {whole: 5}, {}),
    )


def not_in_future(text: str, layer: str, column: str) -> Stated:
    rule = f"{column}_not_in_future"
    return Stated(text, layer, rule, ({column: TOMORROW},), ({column: TODAY}, {column: YESTERDAY}))


def answered(text: str, where: str, when: Values, otherwise: Values, answer: Any) -> Stated:
    """Return the soft rule that an answer (``layer.column``) is given where another one asks for it."""
    layer, _, column = where.partition(".")
    return Stated(text, layer, f"{column}_answered", (when,), ({**when, column: answer}, otherwise), ())


def plain_text(layer: str, column: str) -> Stated:
    return Stated(
        "Text: < > { } refused",
        layer,
        f"{column}_is_plain",
        tuple({column: f"Près du pont {character}ici"} for character in "<>{}"),
        ({column: "L'îlot [nord] – 10 % « ok » & (a/b)"}, {column: ""}),
    )


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
