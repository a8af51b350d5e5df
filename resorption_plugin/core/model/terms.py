"""The values a rule compares, in three forms: Python, QGIS expression and SQL."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Values = Mapping[str, Any]

TODAY = "@today"
"""The key under which the values of a record may give the present day."""


class Dialect(Enum):
    """SQL dialects a rule can be written in."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


def quote_name(name: str) -> str:
    """Quote an identifier (SQL and QGIS use the same double quotes)."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Quote a character string (SQL and QGIS use the same single quotes)."""
    return "'" + text.replace("'", "''") + "'"


class Term(ABC):
    """A value: a column, a constant, a sum, today."""

    deterministic = True

    @abstractmethod
    def value(self, values: Values) -> Any:
        """Return the Python value for one record (``None`` = unknown)."""

    @abstractmethod
    def qgis(self) -> str:
        """Return the QGIS expression."""

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        """Return the SQL text."""
        return self.qgis()

    def columns(self) -> frozenset[str]:
        """Return the columns the term reads."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Column(Term):
    """The value of a column."""

    name: str

    def value(self, values: Values) -> Any:
        return values.get(self.name)

    def qgis(self) -> str:
        return quote_name(self.name)

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Constant(Term):
    """A fixed text, number, yes/no or date."""

    constant: str | int | float | bool | dt.date

    def value(self, values: Values) -> Any:
        return self.constant

    def qgis(self) -> str:
        if isinstance(self.constant, dt.date):
            return f"to_date({quote_text(self.constant.isoformat())})"
        return self.sql()

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        if isinstance(self.constant, bool):
            return "TRUE" if self.constant else "FALSE"
        if isinstance(self.constant, int | float):
            return repr(self.constant)
        text = self.constant.isoformat() if isinstance(self.constant, dt.date) else self.constant
        return quote_text(text)


@dataclass(frozen=True, slots=True)
class Today(Term):
    """The present day. A rule that reads it cannot be a table constraint.

    In Python it is the day under ``TODAY`` where there is one: a check never reads the clock.
    """

    deterministic = False

    def value(self, values: Values) -> Any:
        return values.get(TODAY) or dt.date.today()  # noqa: DTZ011 - the officer's calendar day is what is meant

    def qgis(self) -> str:
        return "to_date(now())"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return "date('now', 'localtime')" if dialect is Dialect.SQLITE else "current_date"


@dataclass(frozen=True, slots=True)
class Sum(Term):
    """The sum of columns, unknown ones counted as zero."""

    names: tuple[str, ...]

    def value(self, values: Values) -> Any:
        return sum(values.get(name) or 0 for name in self.names)

    def qgis(self) -> str:
        return "(" + " + ".join(f"coalesce({quote_name(name)}, 0)" for name in self.names) + ")"

    def columns(self) -> frozenset[str]:
        return frozenset(self.names)


@dataclass(frozen=True, slots=True)
class ParentColumn(Term):
    """A column of the record a reference points to.

    In Python its value is expected under ``reference.name``. A rule that reads it cannot be a table constraint.
    """

    reference: str
    parent: str
    name: str

    deterministic = False

    def value(self, values: Values) -> Any:
        return values.get(f"{self.reference}.{self.name}")

    def qgis(self) -> str:
        call = f"resorption_value({quote_text(self.parent)}, {quote_name(self.reference)}, {quote_text(self.name)})"
        # unknown where the plugin is not there to look it up
        return f"try(eval({quote_text(call)}))"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        name, parent, reference = (quote_name(part) for part in (self.name, self.parent, self.reference))
        return f"(SELECT p.{name} FROM {parent} AS p WHERE p.uid = {reference})"  # noqa: S608 # nosec B608

    def columns(self) -> frozenset[str]:
        return frozenset({self.reference})
