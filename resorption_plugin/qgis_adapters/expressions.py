"""The plugin's functions in QGIS expressions: the communes' here, those about water in ``water_expressions``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsExpressionNodeFunction,
    QgsGeometry,
)

from ..core.errors import ResorptionError, TerritoryError
from ..core.i18n import mark
from ..core.territory import GAP_LIMIT_METRES, CommuneMatch
from . import record_expressions, water_expressions
from .checking import territory
from .expression_parts import GROUP, in_stored_crs
from .translation import sentence, tr

_HELP = mark(
    "Commune of a position, offline. Parts: code, name, epci, department, distance (metres to its simplified outline). "
    "The third argument is the code already written: it is kept while the position lies within 500 m of that commune. "
    "Example: resorption_commune(@geometry, 'name', \"fk_city\")"
)


def find_commune(lon: float, lat: float, written: str | None) -> CommuneMatch | None:
    """Return the commune of a position in EPSG:4326.

    The code already written is kept while the position is inside that commune or close to it: outlines are simplified,
    and near a limit the officer knows better.
    """
    if written and math.isfinite(lon) and math.isfinite(lat):
        try:
            distance = territory().metres_to_commune(written, lon, lat)
        except TerritoryError:
            distance = math.inf
        if distance <= GAP_LIMIT_METRES:
            return CommuneMatch(territory().commune(written), distance)
    return territory().commune_at(lon, lat)


def _part(match: CommuneMatch, part: str) -> Any:
    commune = match.commune
    parts = {
        "code": commune.code,
        "name": commune.name,
        "epci": commune.epci_code or None,
        "department": commune.department.code,
        "distance": round(match.distance_m, 1),
    }
    return parts[part]


class CommuneFunction(QgsExpressionFunction):
    """``resorption_commune(geometry, part, written code)``; the geometry is in the layer's CRS."""

    def __init__(self) -> None:
        parameters = [
            QgsExpressionFunction.Parameter("geometry"),
            QgsExpressionFunction.Parameter("part"),
            QgsExpressionFunction.Parameter("written", True),
        ]
        super().__init__("resorption_commune", parameters, GROUP, tr(_HELP), False, True)  # handles NULL

    def func(
        self,
        values: Iterable[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        node: QgsExpressionNodeFunction | None,
    ) -> Any:
        """Return the part asked for, NULL where there is no commune."""
        geometry, part, *rest = values
        if not isinstance(geometry, QgsGeometry) or geometry.isEmpty():
            return None
        written = rest[0] if rest and isinstance(rest[0], str) else None
        try:
            point = in_stored_crs(geometry, context).centroid().asPoint()
            match = find_commune(point.x(), point.y(), written)
            return _part(match, str(part)) if match else None
        except ResorptionError as error:
            parent.setEvalErrorString(sentence(error))
        except KeyError:
            parent.setEvalErrorString(tr("“{part}” is not a part of a commune.", part=part))
        return None


def register() -> None:
    """Offer the functions in expressions; calling it twice changes nothing."""
    if _REGISTERED:
        return
    water_expressions.follow_project()
    for function in (CommuneFunction(), record_expressions.ValueFunction(), *water_expressions.functions()):
        _REGISTERED.append(function)  # QGIS does not own it
        if not QgsExpression.registerFunction(function):
            _REGISTERED.remove(function)
    QgsApplication.instance().aboutToQuit.connect(_leave_to_the_end)


def unregister() -> None:
    """Take the functions back."""
    if not _REGISTERED:
        return
    QgsApplication.instance().aboutToQuit.disconnect(_leave_to_the_end)
    for function in _REGISTERED:  # QGIS still reads the function while it forgets it
        QgsExpression.unregisterFunction(function.name())
    _REGISTERED.clear()
    water_expressions.leave_project()


def _leave_to_the_end() -> None:
    """Stop minding the functions: qgis_process unloads providers after QGIS has destroyed its list of functions."""
    _LEFT.extend(_REGISTERED)
    _REGISTERED.clear()
    water_expressions.leave_project()


_LEFT: list[QgsExpressionFunction] = []
"""Functions that live as long as the process."""

_REGISTERED: list[QgsExpressionFunction] = []
"""QGIS does not own the functions it is given."""
