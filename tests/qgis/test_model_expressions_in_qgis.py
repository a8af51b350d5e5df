"""The QGIS form of every rule of the model says the same as its Python form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import NULL, QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QDate, QMetaType

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.expressions import Condition
from resorption_plugin.core.model.fields import Field, Kind

TYPES = {
    Kind.INTEGER: QMetaType.Type.Int,
    Kind.REAL: QMetaType.Type.Double,
    Kind.BOOLEAN: QMetaType.Type.Bool,
    Kind.DATE: QMetaType.Type.QDate,
}
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))


def values_of(field: Field) -> st.SearchStrategy[object]:
    if field.domain and field.kind is not Kind.INTEGER:
        known = st.sampled_from(field.domain.codes())
    else:
        known = {
            Kind.INTEGER: st.integers(0, 5),
            Kind.REAL: st.floats(0, 5),
            Kind.BOOLEAN: st.booleans(),
            Kind.DATE: DAYS,
        }.get(field.kind, st.sampled_from(["11-15", "02-30x", "été", "l'eau"]))
    return st.none() | known


def conditions() -> list[tuple[str, Condition]]:
    found: dict[str, tuple[str, Condition]] = {}
    for layer in catalogue.layers():
        stated = [rule.condition for rule in layer.rules]
        stated += [field.visible_when for field in layer.fields if field.visible_when]
        stated += [group.visible_when for group in layer.groups if group.visible_when]
        found.update({f"{layer.key}: {condition.qgis()}": (layer.key, condition) for condition in stated})
    return list(found.values())


def in_qgis(condition: Condition, fields: list[Field], values: dict[str, object]) -> bool | None:
    columns = QgsFields()
    for field in fields:
        columns.append(QgsField(field.name, TYPES.get(field.kind, QMetaType.Type.QString)))
    feature = QgsFeature(columns)
    for field in fields:
        value = values[field.name]
        stored = QDate(value.year, value.month, value.day) if isinstance(value, dt.date) else value
        feature.setAttribute(field.name, NULL if stored is None else stored)
    context = QgsExpressionContext()
    context.setFeature(feature)
    context.setFields(columns)
    expression = QgsExpression(condition.qgis())
    result = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return None if result in (None, NULL) else bool(result)


@pytest.mark.parametrize(("layer_key", "condition"), conditions(), ids=lambda value: str(value)[:60])
def test_qgis_and_python_agree(layer_key: str, condition: Condition) -> None:
    layer = catalogue.layer(layer_key)
    fields = [layer.field(name) for name in sorted(condition.columns())]

    @settings(max_examples=40, deadline=None)
    @given(st.fixed_dictionaries({field.name: values_of(field) for field in fields}))
    def agree(values: dict[str, object]) -> None:
        assert condition.evaluate(values) == in_qgis(condition, fields, values)

    agree()
