"""The platform's status of access to water: one decision table that gives Python, a QGIS expression and SQL.

The rule is that of Résorption-bidonvilles, form of August 2022 (version 2), and of the form before it (version 1),
which old records still carry; of those the platform's exports give the verdict only, which then stands. It judges
what was *declared* on the site's form; measured distances stand beside it.
"""

from __future__ import annotations

from ..living_conditions.decision_table import DecisionTable, Row, Status, first_form
from ..model.expressions import all_of, any_of, compare, equals, one_of, unknown
from ..model.terms import Dialect, Values

WaterStatus = Status
"""What the platform answers to “access to water?”."""

_POOR_SOURCES = ("fontaine_publique", "borne_incendie", "achat_bouteille", "reservoir")
_TAP = one_of("water_access_type", "robinet_connecte_au_reseau", "autre")
_PRIVATE_TAP = all_of(_TAP, equals("water_access_is_public", False))

POOR_SOURCE = one_of("water_access_type", *_POOR_SOURCES)
"""The declared source is a fountain, a hydrant, bottles or a tank."""

PUBLIC_TAP = all_of(_TAP, equals("water_access_is_public", True))
"""The declared source is a tap on the public road."""

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

TABLE = DecisionTable((*first_form("access_to_water", _FIRST_FORM_FAULTS, "declared_water_status"), *_SECOND_FORM_ROWS))
"""Read from the top; a site on which no row is true has a good access."""


def columns() -> frozenset[str]:
    """Return the columns of ``site`` that the rule reads."""
    return TABLE.columns()


def status(values: Values) -> WaterStatus:
    """Return the status of a site from its columns (absent or ``None`` = unknown)."""
    return TABLE.status(values)


def qgis_expression() -> str:
    """Return the QGIS expression that gives the code of the status for a feature of ``site``."""
    return TABLE.qgis_expression()


def sql(dialect: Dialect = Dialect.SQLITE) -> str:
    """Return the SQL expression that gives the code of the status for a row of ``site``."""
    return TABLE.sql(dialect)
