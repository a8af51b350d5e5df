"""One statement of a rule, three forms: Python, QGIS expression and SQL.

All three follow SQL's three-valued logic: a comparison with an unknown value is unknown
(``None``/``NULL``), and a rule is broken only where it is *false*.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .terms import Column, Constant, Dialect, Term, Today, Values, quote_name, quote_text


class Condition(ABC):
    """A statement that is true, false or unknown (``None``) for a record."""

    deterministic = True

    @abstractmethod
    def evaluate(self, values: Values) -> bool | None:
        """Return the truth of the condition for one record."""

    @abstractmethod
    def qgis(self) -> str:
        """Return the QGIS expression."""

    @abstractmethod
    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        """Return the SQL text."""

    @abstractmethod
    def columns(self) -> frozenset[str]:
        """Return the columns the condition reads."""


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _same_kind(left: Any, right: Any) -> tuple[Any, Any]:
    """Make an instant comparable with a day, as text comparison does in SQLite."""
    if isinstance(left, dt.datetime) != isinstance(right, dt.datetime):
        left = left.date() if isinstance(left, dt.datetime) else left
        right = right.date() if isinstance(right, dt.datetime) else right
    return left, right


def _qgis_truth(term: Term, truth: bool) -> str:  # noqa: FBT001 - the truth is the data
    """Return the QGIS test of a yes/no value.

    While a form is being filled in, QGIS holds the text of its drop-down list ('true'), which it does not find equal
    to TRUE.
    """
    written = "'true', '1'" if truth else "'false', '0'"
    return f"to_string({term.qgis()}) IN ({written})"


@dataclass(frozen=True, slots=True)
class Comparison(Condition):
    """Two terms compared."""

    left: Term
    symbol: str
    right: Term

    @property
    def deterministic(self) -> bool:  # type: ignore[override]
        return self.left.deterministic and self.right.deterministic

    def evaluate(self, values: Values) -> bool | None:
        left, right = self.left.value(values), self.right.value(values)
        if left is None or right is None:
            return None
        return _OPERATORS[self.symbol](*_same_kind(left, right))

    def qgis(self) -> str:
        if isinstance(self.right, Constant) and isinstance(self.right.constant, bool) and self.symbol == "=":
            return _qgis_truth(self.left, self.right.constant)
        return f"{self.left.qgis()} {self.symbol} {self.right.qgis()}"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return f"{self.left.sql(dialect)} {self.symbol} {self.right.sql(dialect)}"

    def columns(self) -> frozenset[str]:
        return self.left.columns() | self.right.columns()


@dataclass(frozen=True, slots=True)
class IsIn(Condition):
    """A column holds one of some texts or numbers."""

    name: str
    choices: tuple[str | int, ...]

    def evaluate(self, values: Values) -> bool | None:
        value = values.get(self.name)
        return None if value is None else value in self.choices

    def qgis(self) -> str:
        listed = ", ".join(Constant(choice).sql() for choice in self.choices)
        return f"{quote_name(self.name)} IN ({listed})"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return self.qgis()

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class IsUnknown(Condition):
    """A column has no value; itself always true or false."""

    name: str

    def evaluate(self, values: Values) -> bool | None:
        return values.get(self.name) is None

    def qgis(self) -> str:
        return f"{quote_name(self.name)} IS NULL"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return self.qgis()

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Matches(Condition):
    """A text matches a regular expression anchored at both ends.

    SQLite has no regular expressions of its own: there the rule is left to the form and the checks.
    """

    name: str
    pattern: str

    deterministic = False

    def evaluate(self, values: Values) -> bool | None:
        value = values.get(self.name)
        return None if value is None else re.fullmatch(self.pattern, str(value)) is not None

    def qgis(self) -> str:
        anchored = f"^(?:{self.pattern})$".replace("\\", "\\\\")
        return f"regexp_match({quote_name(self.name)}, {quote_text(anchored)}) > 0"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return f"{quote_name(self.name)} ~ {quote_text(f'^(?:{self.pattern})$')}"

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Lacks(Condition):
    """A text holds none of some characters (none of which may be special inside the brackets of a pattern)."""

    name: str
    characters: str

    def evaluate(self, values: Values) -> bool | None:
        value = values.get(self.name)
        return None if value is None else not set(self.characters) & set(str(value))

    def qgis(self) -> str:
        return f"regexp_match({quote_name(self.name)}, {quote_text(f'[{self.characters}]')}) = 0"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        if dialect is Dialect.SQLITE:
            return f"{quote_name(self.name)} NOT GLOB {quote_text(f'*[{self.characters}]*')}"
        return f"{quote_name(self.name)} !~ {quote_text(f'[{self.characters}]')}"

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Junction(Condition):
    """Several conditions joined by AND or OR."""

    word: str
    parts: tuple[Condition, ...]

    @property
    def deterministic(self) -> bool:  # type: ignore[override]
        return all(part.deterministic for part in self.parts)

    def evaluate(self, values: Values) -> bool | None:
        decisive = self.word == "OR"
        results = [part.evaluate(values) for part in self.parts]
        if decisive in results:
            return decisive
        return None if None in results else not decisive

    def qgis(self) -> str:
        return f" {self.word} ".join(f"({part.qgis()})" for part in self.parts)

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return f" {self.word} ".join(f"({part.sql(dialect)})" for part in self.parts)

    def columns(self) -> frozenset[str]:
        return frozenset().union(*(part.columns() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Negation(Condition):
    """The contrary of a condition; unknown stays unknown."""

    part: Condition

    @property
    def deterministic(self) -> bool:  # type: ignore[override]
        return self.part.deterministic

    def evaluate(self, values: Values) -> bool | None:
        result = self.part.evaluate(values)
        return None if result is None else not result

    def qgis(self) -> str:
        return f"NOT ({self.part.qgis()})"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return f"NOT ({self.part.sql(dialect)})"

    def columns(self) -> frozenset[str]:
        return self.part.columns()


Operand = Term | str | int | float | bool | dt.date


def _term(operand: Operand) -> Term:
    return operand if isinstance(operand, Term) else Constant(operand)


def compare(column: str | Term, symbol: str, operand: Operand) -> Condition:
    """Compare a column (or term) with a constant or another term."""
    left = Column(column) if isinstance(column, str) else column
    return Comparison(left, symbol, _term(operand))


def equals(column: str, operand: Operand) -> Condition:
    """``column = operand``."""
    return compare(column, "=", operand)


def one_of(column: str, *choices: str | int) -> Condition:
    """``column IN (choices)``."""
    return IsIn(column, choices)


def unknown(column: str) -> Condition:
    """``column IS NULL``."""
    return IsUnknown(column)


def known(column: str) -> Condition:
    """``column IS NOT NULL``."""
    return Negation(IsUnknown(column))


def all_of(*parts: Condition) -> Condition:
    """Every part holds."""
    return Junction("AND", parts)


def any_of(*parts: Condition) -> Condition:
    """At least one part holds."""
    return Junction("OR", parts)


def at_most(column: str, limit: str) -> Condition:
    """Return ``column <= limit``, both columns."""
    return compare(column, "<=", Column(limit))


def not_in_future(column: str) -> Condition:
    """Return ``column <= today``."""
    return compare(column, "<=", Today())
