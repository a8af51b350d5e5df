"""The platform's water status as QGIS evaluates it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind
from resorption_plugin.core.water import access_rule
from tests.access_rule_vectors import VECTORS, first_form, second_form

SITES = [*second_form(), *first_form()]
QT_TYPES = {Kind.BOOLEAN: QMetaType.Type.Bool, Kind.INTEGER: QMetaType.Type.Int, Kind.TEXT: QMetaType.Type.QString}


def columns() -> list[tuple[str, Kind]]:
    site = catalogue.layer("site")
    return [(name, site.field(name).kind) for name in sorted(access_rule.columns())]


def in_qgis(sites: list[dict[str, Any]]) -> list[str]:
    fields = QgsFields()
    for name, kind in columns():
        fields.append(QgsField(name, QT_TYPES[kind]))
    expression = QgsExpression(access_rule.qgis_expression())
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext()
    context.setFields(fields)
    expression.prepare(context)
    found = []
    for site in sites:
        feature = QgsFeature(fields)
        feature.setAttributes([site.get(name) for name, _ in columns()])
        context.setFeature(feature)
        found.append(expression.evaluate(context))
        assert not expression.hasEvalError(), expression.evalErrorString()
    return found


def test_qgis_gives_each_example_of_the_platform_its_status(qgis_app):
    assert in_qgis([site for site, _ in VECTORS]) == [expected for _, expected in VECTORS]


def test_qgis_and_python_agree_on_every_combination_of_the_answers(qgis_app):
    assert in_qgis(SITES) == [access_rule.status(site) for site in SITES]
