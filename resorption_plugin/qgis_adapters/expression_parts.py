"""What the functions in QGIS expressions share: their group, their help, the values they are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import Any

from qgis.core import (  # type: ignore[attr-defined]  # QgsCsException is not in qgis-stubs 0.5
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpressionContext,
    QgsGeometry,
    QgsVariantUtils,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from ..core.errors import ParameterError
from ..core.i18n import mark
from .translation import tr

GROUP = "Résorption"
STORED = "EPSG:4326"
_MOVED = Qgis.GeometryOperationResult.Success

ABSENT = "@feature"
"""Default of an argument that stands for the feature at hand, so that NULL can be told from nothing given."""

Example = tuple[str, str]
"""An expression and what it gives."""


def in_stored_crs(geometry: QgsGeometry, context: QgsExpressionContext | None) -> QgsGeometry:
    """Return a geometry of the layer at hand in EPSG:4326; without a layer it is taken to be so already.

    Raises ``ParameterError`` for one that cannot be there.
    """
    crs = context.variable("layer_crs") if context is not None else None
    if not crs or crs == STORED:
        return geometry
    ends = QgsCoordinateReferenceSystem(str(crs)), QgsCoordinateReferenceSystem(STORED)
    moved = QgsGeometry(geometry)
    try:
        is_moved = moved.transform(QgsCoordinateTransform(*ends, QgsCoordinateTransformContext())) == _MOVED
    except QgsCsException:
        is_moved = False
    if not is_moved:
        raise ParameterError(
            mark("The geometry does not lie in {crs}, the reference system of the layer. Check that of the layer."),
            crs=crs,
        )
    return moved


def day(value: Any) -> dt.date:
    """Return a day given as a date, an instant or an ISO text; today for NULL. Raises ``ParameterError``."""
    if QgsVariantUtils.isNull(value):
        return dt.date.today()  # noqa: DTZ011 - the officer's calendar day is what is meant
    if isinstance(value, QDateTime):
        value = value.date()
    text = f"{value.year():04}-{value.month():02}-{value.day():02}" if isinstance(value, QDate) else str(value)
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(mark("“{value}” is not a date. Give a date such as 2026-07-01."), value=text) from error


def help_page(call: str, what: str, arguments: Iterable[tuple[str, str]], examples: Iterable[Example]) -> str:
    """Return the page that the expression builder shows, in the form of QGIS's own; the texts are translated."""
    name = call.partition("(")[0]
    listed = "".join(
        f"<tr><td class='argument'>{escape(key)}</td><td>{escape(text)}</td></tr>" for key, text in arguments
    )
    shown = "".join(f"<li><code>{escape(code)}</code> → <code>{escape(gives)}</code></li>" for code, gives in examples)
    return (
        f"<h3>{escape(name)}</h3><div class='description'><p>{escape(what)}</p></div>"
        f"<h4>{escape(tr('Syntax'))}</h4><div class='syntax'><code>{escape(call)}</code></div>"
        f"<h4>{escape(tr('Arguments'))}</h4><div class='arguments'><table>{listed}</table></div>"
        f"<h4>{escape(tr('Examples'))}</h4><div class='examples'><ul>{shown}</ul></div>"
    )
