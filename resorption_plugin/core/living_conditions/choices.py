"""Conditions on a column that holds several codes, stored as a JSON array."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.expressions import Condition
from ..model.terms import Dialect, Values, quote_name, quote_text


@dataclass(frozen=True, slots=True)
class Includes(Condition):
    """The code is among those chosen; no code may be a part of another one's text."""

    name: str
    code: str

    def evaluate(self, values: Values) -> bool | None:
        chosen = values.get(self.name)
        return self.code in chosen if chosen else None

    def qgis(self) -> str:
        return f"{quote_name(self.name)} LIKE {quote_text(f'%{self.code}%')}"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return self.qgis()

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})


@dataclass(frozen=True, slots=True)
class IncludesNothingBut(Condition):
    """The code alone is chosen."""

    name: str
    code: str

    def evaluate(self, values: Values) -> bool | None:
        chosen = values.get(self.name)
        return list(chosen) == [self.code] if chosen else None

    def qgis(self) -> str:
        column = quote_name(self.name)
        return f"({column} LIKE {quote_text(f'%{self.code}%')} AND {column} NOT LIKE '%,%')"

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        return self.qgis()

    def columns(self) -> frozenset[str]:
        return frozenset({self.name})
