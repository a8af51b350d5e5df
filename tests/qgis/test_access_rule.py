"""The platform's water status as QGIS and PostgreSQL evaluate it."""

from __future__ import annotations

import os
from typing import Any

import psycopg2
import pytest
from psycopg2.extras import execute_values
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind
from resorption_plugin.core.model.terms import Dialect
from resorption_plugin.core.water import access_rule
from tests.access_rule_vectors import VECTORS, first_form, second_form

SITES = [*second_form(), *first_form()]
QT_TYPES = {Kind.BOOLEAN: QMetaType.Type.Bool, Kind.INTEGER: QMetaType.Type.Int, Kind.TEXT: QMetaType.Type.QString}
POSTGRES_TYPES = {Kind.BOOLEAN: "boolean", Kind.INTEGER: "integer", Kind.TEXT: "text"}


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


def test_postgresql_and_python_agree_on_every_combination_of_the_answers():
    where = os.environ.get("RESORPTION_TEST_POSTGRES")
    if not where:
        pytest.skip("There is no PostgreSQL server to ask: set RESORPTION_TEST_POSTGRES to a libpq string.")
    sites = [*SITES, *(site for site, _ in VECTORS)]
    declared = ", ".join(f"{name} {POSTGRES_TYPES[kind]}" for name, kind in columns())
    rows = [[index, *(site.get(name) for name, _ in columns())] for index, site in enumerate(sites)]
    with psycopg2.connect(where) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE declared_site (id integer, {declared}) ON COMMIT DROP")
        execute_values(cursor, "INSERT INTO declared_site VALUES %s", rows)
        cursor.execute(f"SELECT {access_rule.sql(Dialect.POSTGRES)} FROM declared_site ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [access_rule.status(site) for site in sites]
