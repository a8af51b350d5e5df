"""``resorption_water_status`` and ``resorption_nearest_water`` in QGIS expressions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QEventLoop, QSize, QTimer
from qgis.PyQt.QtGui import QColor

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import expressions, water_expressions
from resorption_plugin.qgis_adapters.layers import find_layer
from tests.scenes.build import at, tap

SITE_COLUMNS = {"status": "open", "living_conditions_version": 2, "water_access_type": "robinet_connecte_au_reseau"}
PATIENCE_MS = 20_000


def record(layer: str, x: float, **values: Any) -> Record:
    return Record(layer, str(uuid.uuid4()), values, at(x))


def write(path: Path, *records: Record) -> None:
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=list(records)))


def a_tap(x: float, **values: Any) -> Record:
    return record("water_point", x, **{**tap().values, **values})


@pytest.fixture
def registered(qgis_app: object) -> Iterator[None]:
    expressions.register()
    yield
    expressions.unregister()


@pytest.fixture
def opened(registered: None, workspace: Path, project_file: Path) -> Iterator[Path]:
    """A workspace with a private tap on one site, a fountain for another, shown by the open project."""
    write(
        workspace,
        record("site", 0, name="Bon", **SITE_COLUMNS, water_access_is_public=False, water_access_is_local=True),
        record("site", 500, name="Mauvais", **SITE_COLUMNS, water_access_is_public=True),
        record("site", 900, name="Inconnu", status="open", living_conditions_version=2),
        a_tap(300, name="Été", season_closed_from="11-15", season_closed_until="03-31"),
        a_tap(2000, name="Loin"),
    )
    assert QgsProject.instance().read(str(project_file))
    yield workspace
    QgsProject.instance().clear()


def evaluated(text: str, context: QgsExpressionContext | None = None) -> Any:
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    value = expression.evaluate(context or QgsExpressionContext())
    return expression.evalErrorString() if expression.hasEvalError() else value


def layer(key: str = "site") -> QgsVectorLayer:
    found = find_layer(QgsProject.instance(), key)
    assert found is not None
    return found


def by_name(text: str) -> dict[str, Any]:
    """Evaluate an expression, prepared once, for every site, as a map does."""
    sites = layer()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(sites))
    expression = QgsExpression(text)
    assert expression.prepare(context)
    request = QgsFeatureRequest().setSubsetOfAttributes({"name", *expression.referencedColumns()}, sites.fields())
    values = {}
    for feature in sites.getFeatures(request):
        context.setFeature(feature)
        values[feature["name"]] = expression.evaluate(context)
        assert not expression.hasEvalError(), expression.evalErrorString()
    return values


@pytest.mark.usefixtures("opened")
def test_the_status_of_each_site_is_that_of_the_platform():
    assert by_name("resorption_water_status()") == {"Bon": "good", "Mauvais": "bad", "Inconnu": "unknown"}
    assert by_name("resorption_water_status(@feature, 'fr')") == {"Bon": "Oui", "Mauvais": "Non", "Inconnu": "Inconnu"}
    assert by_name("resorption_water_status(language:='en')")["Mauvais"] == "No"


@pytest.mark.usefixtures("opened")
def test_the_status_of_a_feature_that_is_no_site_is_told_to_be_a_mistake():
    context = QgsExpressionContext()
    context.setFeature(next(layer("water_point").getFeatures()))
    assert "resorption_water_status" in evaluated("resorption_water_status()", context)
    context.setFeature(next(layer().getFeatures()))
    assert "kl" in evaluated("resorption_water_status(@feature, 'kl')", context)
    for nothing in ("resorption_water_status()", "resorption_water_status(NULL)"):
        assert evaluated(nothing) is None


@pytest.mark.usefixtures("opened")
def test_the_nearest_water_of_each_site_depends_on_the_day():
    summer = by_name("resorption_nearest_water(date:='2026-07-01')")
    assert summer["Bon"]["name"] == "Été"
    assert summer["Bon"]["distance_m"] == pytest.approx(300, abs=0.02)
    assert summer["Bon"]["state"] == "working"
    assert by_name("resorption_nearest_water(@geometry, to_date('2026-07-01'))['distance_m']") == {
        "Bon": pytest.approx(300, abs=0.02),
        "Mauvais": pytest.approx(200, abs=0.02),
        "Inconnu": pytest.approx(600, abs=0.02),
    }
    winter = by_name("resorption_nearest_water(@geometry, make_datetime(2026, 1, 1, 8, 0, 0))['name']")
    assert set(winter.values()) == {"Loin"}


@pytest.mark.usefixtures("opened")
def test_without_a_date_it_is_today():
    today = QDate.currentDate().toString("yyyy-MM-dd")
    assert by_name("resorption_nearest_water()") == by_name(f"resorption_nearest_water(date:='{today}')")


@pytest.mark.usefixtures("opened")
def test_a_layer_in_metres_is_understood():
    metric = QgsVectorLayer("Polygon?crs=EPSG:2154", "carrés", "memory")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(metric))
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("POINT(574000 6279000)").buffer(100, 64))
    context.setFeature(feature)
    found = evaluated("resorption_nearest_water(date:='2026-07-01')", context)
    assert found["distance_m"] == pytest.approx(200, abs=0.1)
    assert evaluated("resorption_commune(@geometry, 'code')", context).startswith("31")


@pytest.mark.usefixtures("opened")
def test_a_place_outside_the_layers_system_is_told():
    metric = QgsVectorLayer("Point?crs=EPSG:32631", "ailleurs", "memory")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(metric))
    assert "EPSG:32631" in evaluated("resorption_nearest_water(make_point(1e12, 1e12))", context)


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("geometry", ["NULL", "geom_from_wkt('POINT EMPTY')"])
def test_nowhere_has_no_water(geometry):
    assert evaluated(f"resorption_nearest_water({geometry})") is None
    assert evaluated("resorption_nearest_water()") is None


@pytest.mark.usefixtures("opened")
def test_what_is_no_date_is_told():
    assert "demain" in evaluated("resorption_nearest_water(make_point(1.4, 43.6), 'demain')")


def test_a_tap_counts_as_soon_as_it_is_saved(opened):
    call = "resorption_nearest_water(date:='2026-07-01')['name']"
    assert by_name(call)["Bon"] == "Été"
    write(opened, a_tap(50, name="Écrit par un autre programme"))
    assert by_name(call)["Bon"] == "Écrit par un autre programme"
    taps = layer("water_point")
    assert taps.startEditing()
    new = next(feature for feature in taps.getFeatures() if feature["name"] == "Été")
    assert taps.changeAttributeValue(new.id(), taps.fields().indexOf("name"), "Fontaine d'été")
    assert taps.changeGeometry(new.id(), QgsGeometry.fromWkt(at(10).wkt))
    assert by_name(call)["Bon"] == "Écrit par un autre programme"
    assert taps.commitChanges(), taps.commitErrors()
    assert by_name(call)["Bon"] == "Fontaine d'été"


def test_the_water_points_are_read_once_for_a_whole_map(opened, monkeypatch):
    opens, really_open = [], GeoPackageStore.open
    monkeypatch.setattr(GeoPackageStore, "open", lambda *given, **more: opens.append(1) or really_open(*given, **more))
    monkeypatch.setattr(water_expressions, "_water", water_expressions._Latest().now)
    write(opened, *(record("site", n, name=f"Site {n}", status="open") for n in range(600)))
    opens.clear()
    assert len(by_name("resorption_nearest_water()['distance_m']")) == 603
    assert len(opens) == 1


@pytest.mark.usefixtures("registered")
def test_without_a_workspace_it_says_so():
    assert evaluated("resorption_nearest_water(make_point(1.4, 43.6))").startswith(
        ("The project shows no", "Le projet")
    )


def test_a_workspace_that_was_removed_is_told(opened, tmp_path):
    write(opened, a_tap(1))
    (tmp_path / "31.gpkg").rename(tmp_path / "32.gpkg")
    assert "31.gpkg" in evaluated("resorption_nearest_water(make_point(1.4, 43.6))")


def wait_for(begin: Callable[[], None], signal: Any) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    begin()
    loop.exec()


def test_maps_are_drawn_in_parallel_with_what_the_functions_say(opened):
    """Several copies of the layer ask at once from the threads that draw, while the workspace is written."""
    names = {"true": "#00ff00", "false": "#ff0000"}
    copies = [layer().clone() for _ in range(6)]
    for copy in copies:
        symbols = [QgsSymbol.defaultSymbol(copy.geometryType()) for _ in names]
        for symbol, colour in zip(symbols, names.values(), strict=True):
            symbol.setColor(QColor(colour))
            symbol.setSize(8)
        categories = [QgsRendererCategory(name, symbol, name) for name, symbol in zip(names, symbols, strict=True)]
        served = "resorption_nearest_water()['distance_m'] < 1e6 and resorption_water_status() = 'good'"
        copy.setRenderer(QgsCategorizedSymbolRenderer(f"if({served}, 'true', 'false')", categories))
        copy.setLabelsEnabled(False)
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(layer().extent().buffered(0.005))
    settings.setOutputSize(QSize(600, 300))
    settings.setBackgroundColor(QColor("white"))
    for turn in range(5):
        settings.setLayers(copies)
        settings.setExpressionContext(QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(None)))
        write(opened, a_tap(turn))
        job = QgsMapRendererParallelJob(settings)
        wait_for(job.start, job.finished)
        assert not job.errors(), [error.message for error in job.errors()]
        image = job.renderedImage()
        colours = {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(0, 300, 2)}
        assert set(names.values()) <= colours


@pytest.mark.usefixtures("registered")
def test_the_builder_explains_each_function():
    for name in ("resorption_water_status", "resorption_nearest_water", "resorption_commune"):
        function = QgsExpression.Functions()[QgsExpression.functionIndex(name)]
        assert function.groups() == ["Résorption"]
        assert name in function.helpText()
        assert not function.isContextual(), "the builder leaves contextual functions out"


def test_the_functions_go_away_together_and_come_back(qgis_app):
    names = ("resorption_water_status", "resorption_nearest_water", "resorption_commune")
    for _ in range(2):
        expressions.register()
        assert all(map(QgsExpression.isFunctionName, names))
        expressions.unregister()
        assert not any(map(QgsExpression.isFunctionName, names))
