"""``resorption_commune`` in QGIS expressions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsGeometry, QgsVectorLayer

from resorption_plugin.core.model import catalogue
from resorption_plugin.processing.provider import ResorptionProvider
from resorption_plugin.qgis_adapters import expressions
from resorption_plugin.qgis_adapters.forms import apply_form
from resorption_plugin.qgis_adapters.widgets import FormContext


@pytest.fixture
def registered(qgis_app: object) -> Iterator[None]:
    expressions.register()
    yield
    expressions.unregister()


def evaluate(text: str) -> Any:
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    value = expression.evaluate(QgsExpressionContext())
    if expression.hasEvalError():
        return expression.evalErrorString()
    return value


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("part", "expected"),
    [("code", "31555"), ("name", "Toulouse"), ("epci", "243100518"), ("department", "31"), ("distance", 0.0)],
)
def test_it_tells_the_commune_of_a_position(part: str, expected: object) -> None:
    assert evaluate(f"resorption_commune(make_point(1.44, 43.6), '{part}')") == expected


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    "geometry", ["make_point(-3.7, 40.4)", "make_point(0, 0)", "geom_from_wkt('POINT EMPTY')", "NULL"]
)
def test_there_is_none_abroad_at_sea_and_nowhere(geometry: str) -> None:
    assert evaluate(f"resorption_commune({geometry}, 'name')") is None


@pytest.mark.usefixtures("registered")
def test_a_code_written_nearby_is_kept_and_one_from_afar_is_not() -> None:
    near = "make_point(1.44, 43.6)"
    assert evaluate(f"resorption_commune({near}, 'name', '31555')") == "Toulouse"
    assert evaluate(f"resorption_commune({near}, 'name', '75056')") == "Toulouse"
    assert evaluate(f"resorption_commune({near}, 'name', 'unknown')") == "Toulouse"


@pytest.mark.usefixtures("registered")
def test_an_unknown_part_is_said_to_be() -> None:
    assert "mayor" in evaluate("resorption_commune(make_point(1.44, 43.6), 'mayor')")


def test_the_provider_brings_the_functions_and_takes_them_back(qgis_app: object) -> None:
    provider = ResorptionProvider()
    assert provider.load()
    assert QgsExpression.isFunctionName("resorption_commune")
    provider.unload()
    assert not QgsExpression.isFunctionName("resorption_commune")


def test_without_the_plugin_a_commune_stays_as_it_was_written(qgis_app: object, workspace: Path) -> None:
    assert not QgsExpression.isFunctionName("resorption_commune")
    layer = QgsVectorLayer(f"{workspace}|layername=site", "site", "ogr")
    apply_form(layer, catalogue.layer("site"), FormContext("fr"))
    assert layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("Point (1.44 43.6)"))
    feature["uid"], feature["status"], feature["living_conditions_version"] = "a", "open", 2
    feature["commune"], feature["fk_city"] = "Toulouse", "31555"
    assert layer.addFeature(feature)
    assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("name"), "Terrain")
    assert layer.commitChanges(), layer.commitErrors()
    (saved,) = layer.getFeatures()
    assert (saved["name"], saved["commune"], saved["fk_city"]) == ("Terrain", "Toulouse", "31555")
