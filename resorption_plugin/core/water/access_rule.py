"""The platform's status of access to water: one decision table that gives Python, a QGIS expression and SQL.

The rule is that of Résorption-bidonvilles, form of August 2022 (version 2), and of the form before it (version 1),
which old records still carry. It judges what was *declared* on the site's form; measured distances stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..model import domains
from ..model.expressions import Condition, all_of, any_of, compare, equals, one_of, unknown
from ..model.terms import Dialect, Values, quote_text


class WaterStatus(StrEnum):
    """What the platform answers to “access to water?”; the values are the codes of ``domains.WATER_STATUS``."""

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
    status: WaterStatus


_POOR_SOURCES = ("fontaine_publique", "borne_incendie", "achat_bouteille", "reservoir")
_TAP = one_of("water_access_type", "robinet_connecte_au_reseau", "autre")
_PRIVATE_TAP = all_of(_TAP, equals("water_access_is_public", False))

POOR_SOURCE = one_of("water_access_type", *_POOR_SOURCES)
"""The declared source is a fountain, a hydrant, bottles or a tank."""

PUBLIC_TAP = all_of(_TAP, equals("water_access_is_public", True))
"""The declared source is a tap on the public road."""

_FIRST_FORM = equals("living_conditions_version", 1)

_SECOND_FORM_ROWS = (
    # The worst answer wins, in the platform's order: bad, then unknown, then to improve.
    Row(POOR_SOURCE, WaterStatus.BAD),
    Row(PUBLIC_TAP, WaterStatus.BAD),
    Row(all_of(_PRIVATE_TAP, equals("water_access_is_local", False)), WaterStatus.BAD),
    Row(any_of(unknown("water_access_type"), equals("water_access_type", "inconnu")), WaterStatus.UNKNOWN),
    Row(all_of(_TAP, unknown("water_access_is_public")), WaterStatus.UNKNOWN),
    Row(all_of(_PRIVATE_TAP, unknown("water_access_is_local")), WaterStatus.UNKNOWN),
    # What remains is a private tap on the site: an unknown detail is tolerated there, a bad one is not.
    Row(equals("water_access_is_continuous", False), WaterStatus.TO_IMPROVE),
    Row(equals("water_access_is_close", False), WaterStatus.TO_IMPROVE),
    Row(equals("water_access_is_unequal", True), WaterStatus.TO_IMPROVE),
    Row(equals("water_access_has_stagnant_water", True), WaterStatus.TO_IMPROVE),
)

_FIRST_FORM_FAULTS = (
    equals("water_potable", False),
    equals("water_continuous_access", False),
    equals("water_public_point", True),
    compare("water_distance", "<>", "0-20"),
    equals("water_roads_to_cross", True),
    equals("water_everyone_has_access", False),
    equals("water_stagnant_water", True),
    equals("water_hand_wash_access", False),
)

_FIRST_FORM_ROWS = (
    Row(equals("access_to_water", False), WaterStatus.BAD),
    Row(unknown("access_to_water"), WaterStatus.UNKNOWN),
    Row(any_of(*_FIRST_FORM_FAULTS), WaterStatus.TO_IMPROVE),
    Row(equals("access_to_water", True), WaterStatus.GOOD),
)

TABLE: tuple[Row, ...] = (
    *(Row(all_of(_FIRST_FORM, row.condition), row.status) for row in _FIRST_FORM_ROWS),
    *_SECOND_FORM_ROWS,
)
"""Read from the top; a site on which no row is true has a good access."""

OTHERWISE = WaterStatus.GOOD


def columns() -> frozenset[str]:
    """Return the columns of ``site`` that the rule reads."""
    return frozenset[str]().union(*(row.condition.columns() for row in TABLE))


def status(values: Values) -> WaterStatus:
    """Return the status of a site from its columns (absent or ``None`` = unknown)."""
    for row in TABLE:
        if row.condition.evaluate(values) is True:
            return row.status
    return OTHERWISE


def qgis_expression() -> str:
    """Return the QGIS expression that gives the code of the status for a feature of ``site``."""
    return _case([(row.condition.qgis(), row.status) for row in TABLE])


def sql(dialect: Dialect = Dialect.SQLITE) -> str:
    """Return the SQL expression that gives the code of the status for a row of ``site``."""
    return _case([(row.condition.sql(dialect), row.status) for row in TABLE])


def _case(rows: Sequence[tuple[str, WaterStatus]]) -> str:
    # A condition that is NULL is not true for CASE, in QGIS as in SQL.
    branches = " ".join(f"WHEN {condition} THEN {quote_text(result)}" for condition, result in rows)
    return f"CASE {branches} ELSE {quote_text(OTHERWISE)} END"
