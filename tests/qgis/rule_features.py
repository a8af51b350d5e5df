"""Values as the feature of a form, for the rules of the model written as QGIS expressions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from qgis.core import NULL, QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QDate, QMetaType

from resorption_plugin.core.model.expressions import Condition
from resorption_plugin.core.model.fields import Field, Kind

TYPES = {
    Kind.INTEGER: QMetaType.Type.Int,
    Kind.REAL: QMetaType.Type.Double,
    Kind.BOOLEAN: QMetaType.Type.Bool,
    Kind.DATE: QMetaType.Type.QDate,
}


def stored(value: Any) -> Any:
    """Return a value as QGIS holds it."""
    if value is None:
        return NULL
    return QDate(value.year, value.month, value.day) if isinstance(value, dt.date) else value


def in_qgis(condition: Condition, fields: Sequence[Field], values: dict[str, Any]) -> bool | None:
    """Return what QGIS finds of a condition where the columns hold these values."""
    columns = QgsFields()
    for field in fields:
        columns.append(QgsField(field.name, TYPES.get(field.kind, QMetaType.Type.QString)))
    feature = QgsFeature(columns)
    for field in fields:
        feature.setAttribute(field.name, stored(values.get(field.name)))
    context = QgsExpressionContext()
    context.setFeature(feature)
    context.setFields(columns)
    expression = QgsExpression(condition.qgis())
    result = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return None if result in (None, NULL) else bool(result)
