"""The platform's water status as QGIS evaluates it."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

from resorption_plugin.core.living_conditions.blocks import BLOCKS, Block
from resorption_plugin.core.living_conditions.decision_table import DecisionTable
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind
from resorption_plugin.core.water import access_rule
from tests.access_rule_vectors import VECTORS, first_form, second_form
from tests.living_condition_answers import answers, as_stored

SITES = [*second_form(), *first_form()]
QT_TYPES = {Kind.BOOLEAN: QMetaType.Type.Bool, Kind.INTEGER: QMetaType.Type.Int}


def in_qgis(sites: list[dict[str, Any]], table: DecisionTable = access_rule.TABLE) -> list[str]:
    names = sorted(table.columns())
    fields = QgsFields()
    for name in names:
        kind = catalogue.layer("site").field(name).kind
        fields.append(QgsField(name, QT_TYPES.get(kind, QMetaType.Type.QString)))
    expression = QgsExpression(table.qgis_expression())
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext()
    context.setFields(fields)
    expression.prepare(context)
    found = []
    for site in sites:
        feature = QgsFeature(fields)
        feature.setAttributes([site.get(name) for name in names])
        context.setFeature(feature)
        found.append(expression.evaluate(context))
        assert not expression.hasEvalError(), expression.evalErrorString()
    return found


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
def test_qgis_and_python_agree_on_every_living_condition(qgis_app, block: Block):
    rows = list(answers(block, 400))
    stored = [as_stored(row) for row in rows]
    assert in_qgis(stored, block.table) == [block.table.status(row) for row in rows]


def test_qgis_gives_each_example_of_the_platform_its_status(qgis_app):
    assert in_qgis([site for site, _ in VECTORS]) == [expected for _, expected in VECTORS]


def test_qgis_and_python_agree_on_every_combination_of_the_answers(qgis_app):
    assert in_qgis(SITES) == [access_rule.status(site) for site in SITES]
