"""A decision table read from the top: one statement of a status that gives Python, a QGIS expression and SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ..model import domains
from ..model.expressions import Condition, all_of, any_of, equals, unknown
from ..model.terms import Dialect, Values, quote_text


class Status(StrEnum):
    """What the platform answers about a living condition; the values are the codes of ``domains.WATER_STATUS``."""

    GOOD = "good"
    TO_IMPROVE = "to_improve"
    BAD = "bad"
    UNKNOWN = "unknown"

    def label(self, language: str) -> str:
        """Return the platform's word for the status in ``language`` (``"fr"`` or English)."""
        return domains.WATER_STATUS.choice(self.value).label.text(language)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: where ``condition`` is true and no row above was, the status is ``status``."""

    condition: Condition
    status: Status


@dataclass(frozen=True)
class DecisionTable:
    """Rows read from the top; a site on which no row is true has the status ``otherwise``."""

    rows: tuple[Row, ...]
    otherwise: Status = Status.GOOD

    def columns(self) -> frozenset[str]:
        """Return the columns of ``site`` that the table reads."""
        return frozenset(self._columns)

    def status(self, values: Values) -> Status:
        """Return the status of a site from its columns (absent or ``None`` = unknown)."""
        answers = tuple(_hashable(values.get(column)) for column in self._columns)
        found = self._known.get(answers)
        if found is None:
            found = self._known[answers] = self._decide(values)
        return found

    def qgis_expression(self) -> str:
        """Return the QGIS expression that gives the code of the status for a feature of ``site``."""
        return self._case([(row.condition.qgis(), row.status) for row in self.rows])

    def sql(self, dialect: Dialect = Dialect.SQLITE) -> str:
        """Return the SQL expression that gives the code of the status for a row of ``site``."""
        return self._case([(row.condition.sql(dialect), row.status) for row in self.rows])

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple(sorted(frozenset[str]().union(*(row.condition.columns() for row in self.rows))))

    @cached_property
    def _known(self) -> dict[tuple[object, ...], Status]:
        """The answers already judged: a curve asks the same ones month after month."""
        return {}

    def _decide(self, values: Values) -> Status:
        for row in self.rows:
            if row.condition.evaluate(values) is True:
                return row.status
        return self.otherwise

    def _case(self, rows: Sequence[tuple[str, Status]]) -> str:
        # A condition that is NULL is not true for CASE, in QGIS as in SQL.
        branches = " ".join(f"WHEN {condition} THEN {quote_text(result)}" for condition, result in rows)
        return f"CASE {branches} ELSE {quote_text(self.otherwise)} END"


FIRST_FORM = equals("living_conditions_version", 1)


def first_form(flag: str, faults: Iterable[Condition], declared: str) -> tuple[Row, ...]:
    """Return the rows of a site described by the form before August 2022 (version 1).

    The platform's rule: no answer to the main question ``flag`` is unknown, "no" is bad, any fault is to improve,
    else good. Exports of the platform leave the answers of that form out but give its verdict: where ``flag`` has no
    answer, the verdict in the column ``declared`` stands for it.
    """
    said = tuple(Row(all_of(unknown(flag), equals(declared, status.value)), status) for status in Status)
    rows = (
        *said,
        Row(equals(flag, False), Status.BAD),
        Row(unknown(flag), Status.UNKNOWN),
        Row(any_of(*faults), Status.TO_IMPROVE),
        Row(equals(flag, True), Status.GOOD),
    )
    return tuple(Row(all_of(FIRST_FORM, row.condition), row.status) for row in rows)


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
