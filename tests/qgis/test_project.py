"""The project of a workspace: what it holds, how it looks, and that it needs nothing but its files."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import pytest
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsDataSourceUri,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsGraduatedSymbolRenderer,
    QgsLayerTreeModel,
    QgsNetworkAccessManager,
    QgsProject,
    QgsVectorLayer,
)

from resorption_plugin import paths
from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.model import catalogue, domains
from resorption_plugin.core.model.fields import Domain, Geometry, Layer, Role
from resorption_plugin.core.water.access_rule import WaterStatus
from resorption_plugin.qgis_adapters import basemaps, layers
from resorption_plugin.qgis_adapters.basemaps import BASE_MAPS
from resorption_plugin.qgis_adapters.project import build_project, write_project
from resorption_plugin.qgis_adapters.styling import CLOSED, SITE_ACTION, SITE_HEAT
from resorption_plugin.qgis_adapters.themes import THEMES

SPATIAL = [layer for layer in catalogue.layers() if layer.geometry is not Geometry.NONE]


@pytest.fixture
def project(project_file: Path) -> Iterator[QgsProject]:
    """The project, built, written and read again."""
    opened = QgsProject()
    assert opened.read(str(project_file))
    yield opened
    opened.clear()


def renderer(project: QgsProject, key: str) -> QgsCategorizedSymbolRenderer:
    layer = layers.find_layer(project, key)
    assert layer is not None
    found = layer.renderer()
    assert isinstance(found, QgsCategorizedSymbolRenderer)
    return found


def test_every_layer_of_the_model_is_there_and_known_by_its_key(project: QgsProject) -> None:
    for declared in catalogue.layers():
        layer = layers.find_layer(project, declared.key)
        assert layer is not None
        assert layer.isValid()
        assert layer.name() == declared.plural.fr
        assert layer.readOnly() == (declared.role is Role.REFERENCE)


def test_references_are_relations(project: QgsProject) -> None:
    strengths = {relation.id(): relation.strength() for relation in project.relationManager().relations().values()}
    assert {"resorption_dwelling_site_uid", "resorption_water_point_site_uid"} <= strengths.keys()
    assert set(strengths.values()) == {Qgis.RelationshipStrength.Association}  # the tables delete the parts
    assert len(strengths) == sum(len(layer.relations) for layer in catalogue.layers())


def test_it_measures_in_the_metric_system_of_the_territory(project: QgsProject) -> None:
    assert (project.crs().authid(), project.ellipsoid()) == ("EPSG:2154", "EPSG:7019")
    extent = project.viewSettings().defaultViewExtent()
    assert extent.crs().authid() == "EPSG:2154"
    assert extent.contains(574_000, 6_279_000)  # the Capitole


def test_heat_and_water_are_shown_together_in_a_theme_of_their_own(project: QgsProject) -> None:
    sites = layers.find_layer(project, "site")
    assert sites is not None
    own = sites.styleManager().currentStyle()
    project.mapThemeCollection().applyTheme("Chaleur × eau", project.layerTreeRoot(), _tree_model(project))
    assert sites.styleManager().currentStyle() == "Chaleur × eau"
    shown = renderer(project, "site")
    answers = {
        "bad": {"heatwave_status": True, "status": "open", "water_access_type": "fontaine_publique"},
        "unknown": {"heatwave_status": True, "status": "open"},
        "no_alert": {"heatwave_status": False, "status": "open", "water_access_type": "fontaine_publique"},
        "closed_site": {"heatwave_status": True, "status": "resorbed"},
    }
    for expected, values in answers.items():
        feature = QgsFeature(sites.fields())
        for name, value in values.items():
            feature[name] = value
        context = QgsExpressionContext()
        context.setFeature(feature)
        assert QgsExpression(shown.classAttribute()).evaluate(context) == expected
    labels = {category.value(): category.label() for category in shown.categories()}
    assert labels["no_alert"] == "Sans alerte canicule"
    assert labels["bad"] == "Alerte canicule, eau\u00a0: non"
    project.mapThemeCollection().applyTheme("Accès à l'eau", project.layerTreeRoot(), _tree_model(project))
    assert sites.styleManager().currentStyle() == own


def _tree_model(project: QgsProject) -> QgsLayerTreeModel:
    return QgsLayerTreeModel(project.layerTreeRoot())


def test_themes_show_existing_layers(project: QgsProject) -> None:
    collection = project.mapThemeCollection()
    assert collection.mapThemes() == sorted(theme.label.fr for theme in THEMES)
    for theme in THEMES:
        assert len(collection.mapThemeVisibleLayers(theme.label.fr)) == len(theme.shown)


def test_the_folder_can_be_moved(project: QgsProject, tmp_path: Path) -> None:
    elsewhere = tmp_path / "moved" / "deeper"
    elsewhere.mkdir(parents=True)
    for name in ("31.qgz", "31.gpkg"):
        shutil.copy(tmp_path / name, elsewhere / name)
    moved = QgsProject()
    assert moved.read(str(elsewhere / "31.qgz"))
    assert layers.workspace_path(moved) == elsewhere / "31.gpkg"
    moved.clear()


def test_it_holds_no_secret_and_no_path_of_this_computer(project: QgsProject, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "31.qgz") as archive:
        text = archive.read("31.qgs").decode()
    assert 'datasource="./31.gpkg|layername=site"' in text or "./31.gpkg|layername=site" in text
    for secret in ("password=", "authcfg=", "apikey"):
        assert secret not in text.lower()
    assert f"<datasource>{tmp_path}" not in text


def test_nothing_is_asked_of_the_network(workspace: Path, tmp_path: Path) -> None:
    asked: list[str] = []
    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated.connect(lambda request: asked.append(request.request().url().toString()))
    write_project(workspace, tmp_path / "31.qgz", "fr")
    opened = QgsProject()
    assert opened.read(str(tmp_path / "31.qgz"))
    assert asked == []
    assert all(layer.isValid() for layer in opened.mapLayers().values())
    opened.clear()


def test_base_maps_are_those_of_the_geoplateforme(project: QgsProject) -> None:
    sources = [layer.source() for layer in project.mapLayers().values() if layer.customProperty("resorption/base_map")]
    assert len(sources) == len(BASE_MAPS)
    for source in sources:
        assert "data.geopf.fr" in source
        assert "TILEMATRIX={z}" in unquote(source)


def test_a_tile_is_asked_for_by_a_right_request() -> None:
    uri = QgsDataSourceUri()
    uri.setEncodedUri(basemaps.make_base_map(basemaps.PLAN, "fr").source())
    path, _, query = uri.param("url").partition("?")
    request = dict(parse_qsl(query))
    assert path == "https://data.geopf.fr/wmts"
    assert (request["REQUEST"], request["LAYER"]) == ("GetTile", "GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2")
    assert [request[name] for name in ("TILEMATRIX", "TILEROW", "TILECOL")] == ["{z}", "{y}", "{x}"]


@pytest.mark.parametrize("declared", SPATIAL, ids=lambda layer: layer.key)
def test_every_layer_drawn_has_a_style_of_symbols_and_labels_only(declared: Layer) -> None:
    text = paths.style(f"{declared.key}.qml").read_text(encoding="utf-8")
    assert 'styleCategories="Symbology|Labeling"' in text
    for other in ("<editform", "<fieldConfiguration", "<defaults>", "<constraints>"):
        assert other not in text


@pytest.mark.parametrize("style", [*(layer.key for layer in SPATIAL), SITE_HEAT, SITE_ACTION])
def test_no_style_makes_qgis_look_for_a_font_on_the_network(style: str) -> None:
    """QGIS downloads missing fonts it knows (Noto Sans, Open Sans …): each label has common ones to fall back on."""
    text = paths.style(f"{style}.qml").read_text(encoding="utf-8")
    if "<text-style" in text:
        assert 'fontFamily="Arial"' in text
        for family in ("Liberation Sans", "DejaVu Sans"):
            assert f'<family name="{family}"/>' in text


def test_each_status_of_water_has_its_symbol_and_its_word(project: QgsProject) -> None:
    legend = {category.value(): category.label() for category in renderer(project, "site").categories()}
    expected = {status.value: f"Eau\u00a0: {status.label('fr').lower()}" for status in WaterStatus}
    assert legend == {**expected, CLOSED: "Site fermé"}


def test_each_state_of_a_water_point_has_its_symbol_and_its_word(project: QgsProject) -> None:
    legend = {category.value(): category.label() for category in renderer(project, "water_point").categories()}
    codes = {*domains.WORKING_STATE.codes(), *domains.LIFECYCLE.codes()} - {"existing"}
    assert set(legend) == codes
    assert (legend["out_of_order"], legend["planned"]) == ("En panne", "Projeté")


@pytest.mark.parametrize(("key", "domain"), [("finding", domains.SEVERITY), ("street", domains.ROAD_CLASS)])
def test_each_code_of_a_list_has_its_symbol(project: QgsProject, key: str, domain: Domain) -> None:
    legend = {category.value(): category.label() for category in renderer(project, key).categories()}
    assert legend == {choice.code: choice.label.fr for choice in domain.choices}


@pytest.mark.parametrize("key", ["site", "water_point", "finding"])
def test_no_two_classes_differ_by_colour_alone(project: QgsProject, key: str) -> None:
    shapes = [
        tuple((part.shape(), part.color().alpha() > 0) for part in category.symbol().symbolLayers())
        for category in renderer(project, key).categories()
    ]
    plain = [shape for shape in shapes if len(shape) == 1]
    assert len(set(plain)) == len(plain)
    assert len(set(shapes)) == len(shapes)


def test_200_m_is_in_the_band_that_ends_there(project: QgsProject) -> None:
    layer = layers.find_layer(project, "distance")
    assert layer is not None
    found = layer.renderer()
    assert isinstance(found, QgsGraduatedSymbolRenderer)
    assert [(band.lowerValue(), band.upperValue()) for band in found.ranges()][:-1] == [
        (0, 20),
        (20, 50),
        (50, 100),
        (100, 200),
        (200, 500),
    ]
    assert found.rangeForValue(200.0).upperValue() == 200
    assert found.rangeForValue(200.1).lowerValue() == 200


def test_a_closed_site_is_drawn_as_closed_whatever_its_water(project: QgsProject) -> None:
    layer = layers.find_layer(project, "site")
    assert layer is not None
    feature = QgsFeature(layer.fields())
    feature["status"], feature["water_access_type"] = "resorbed", "borne_incendie"
    context = layer.createExpressionContext()
    context.setFeature(feature)
    assert QgsExpression(renderer(project, "site").classAttribute()).evaluate(context) == CLOSED


def test_written_rows_are_seen_after_a_reload(project: QgsProject, workspace: Path) -> None:
    layer = layers.find_layer(project, "population_count")
    assert isinstance(layer, QgsVectorLayer)
    assert layer.featureCount() == 0
    with sqlite3.connect(workspace) as connection:
        connection.execute("INSERT INTO population_count (uid, site_uid, counted_on) VALUES ('a', 'b', '2025-01-01')")
    layers.reload_workspace_layers(project, workspace)
    assert layer.featureCount() == 1


def test_a_project_in_a_missing_folder_is_refused(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no folder"):
        write_project(workspace, tmp_path / "nowhere" / "31.qgz", "fr")


def test_a_project_in_english_has_english_names(workspace: Path) -> None:
    project = build_project(workspace, "en")
    layer = layers.find_layer(project, "site")
    assert layer is not None
    assert layer.name() == "Slum sites"
    assert layer.attributeAlias(layer.fields().indexOf("built_at")) == "Date of settlement"
    project.clear()
