"""The theme of the actions: sites by what is done on them, told apart by shape as well as by colour."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLayerTreeModel,
    QgsProject,
    QgsVectorLayer,
)

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.styling import BEING_CLEARED, CLOSED, WITH_ACTION, WITHOUT_ACTION

TODAY = dt.date.today()  # noqa: DTZ011 - the calendar day is what the map is about
DAY = dt.timedelta(days=1)
PERIODS: dict[str, tuple[dt.date | None, dt.date | None]] = {
    "begins and ends today": (TODAY, TODAY),
    "without dates": (None, None),
    "over since yesterday": (TODAY - 9 * DAY, TODAY - DAY),
    "begins tomorrow": (TODAY + DAY, None),
}


def site(name: str, **values: object) -> Record:
    return Record("site", str(uuid.uuid4()), {"name": name, "status": "open", **values}, shapely.Point(1.44, 43.6))


def records() -> Iterator[Record]:
    for name, (begins, ends) in PERIODS.items():
        place = site(name)
        action = Record("action", str(uuid.uuid4()), {"name": name, "started_at": begins, "ended_at": ends})
        yield from (place, action)
        yield Record("action_site", str(uuid.uuid4()), {"action_uid": action.uid, "site_uid": place.uid})
    yield site("alone")
    yield site("said by the platform", declared_has_action=True)
    for name, status in (("cleared soon", "open"), ("cleared", "resorbed")):
        place = site(name, status=status, closed_at=None if status == "open" else TODAY - DAY)
        phase = {"site_uid": place.uid, "preparatory_phase": "social_assessment"}
        yield from (place, Record("resorption_phase", str(uuid.uuid4()), phase))


@pytest.fixture
def sites(workspace: Path, project_file: Path, qgis_new_project: None) -> Iterator[QgsVectorLayer]:
    """The sites in the opened project, shown as the theme shows them."""
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=list(records())))
    project = QgsProject.instance()
    assert project.read(str(project_file))
    root = project.layerTreeRoot()
    project.mapThemeCollection().applyTheme("Actions", root, QgsLayerTreeModel(root))
    layer = find_layer(project, "site")
    assert layer is not None
    yield layer
    project.clear()


def renderer(sites: QgsVectorLayer) -> QgsCategorizedSymbolRenderer:
    found = sites.renderer()
    assert isinstance(found, QgsCategorizedSymbolRenderer)
    return found


def test_sites_are_classed_by_what_is_done_on_them(sites: QgsVectorLayer) -> None:
    expression = QgsExpression(renderer(sites).classAttribute())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(sites))
    found = {}
    for feature in sites.getFeatures():
        context.setFeature(feature)
        found[feature["name"]] = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    assert found == {
        "begins and ends today": WITH_ACTION,
        "without dates": WITH_ACTION,
        "said by the platform": WITH_ACTION,
        "over since yesterday": WITHOUT_ACTION,
        "begins tomorrow": WITHOUT_ACTION,
        "alone": WITHOUT_ACTION,
        "cleared soon": BEING_CLEARED,
        "cleared": CLOSED,
    }


def test_each_class_has_a_shape_and_words_of_its_own(sites: QgsVectorLayer) -> None:
    categories = renderer(sites).categories()
    words = {category.value(): category.label() for category in categories}
    assert words == {
        BEING_CLEARED: "En cours de résorption (une phase au moins)",
        WITH_ACTION: "Action en cours",
        WITHOUT_ACTION: "Aucune action en cours",
        CLOSED: "Site fermé",
    }
    shapes = {tuple(layer.properties()["name"] for layer in category.symbol()) for category in categories}
    assert len(shapes) == len(categories)


def test_actions_are_drawn_above_the_sites_with_their_name(sites: QgsVectorLayer) -> None:
    project = QgsProject.instance()
    action = find_layer(project, "action")
    assert action is not None
    order = project.layerTreeRoot().layerOrder()
    assert order.index(action) < order.index(sites)
    assert action.labelsEnabled()
    assert action.labeling().settings().fieldName == "name"
