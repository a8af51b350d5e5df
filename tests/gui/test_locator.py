"""QGIS's locator bar: `res ` and a name."""

from __future__ import annotations

import uuid

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLocatorAutomaticModel,
    QgsLocatorContext,
    QgsLocatorProxyModel,
    QgsLocatorResult,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsAttributeDialog
from shapely import Point

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.translation import language
from resorption_plugin.ui.locator import NAME, OPEN_FORM

SITE = (1.4087, 43.5892)
PATIENCE_MS = 20_000


def write(path, *records: Record) -> None:
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=list(records)))


def site(name: str, **values) -> Record:
    given = {"name": name, "status": "open", "commune": "Toulouse", "fk_city": "31555", **values}
    return Record("site", str(uuid.uuid4()), given, Point(SITE))


@pytest.fixture
def opened(plugin, small_qgis, workspace, qtbot):
    """A workspace with two sites and a fountain, open in the small QGIS."""
    write(
        workspace.workspace,
        site("Chemin de l'Écluse", rb_id=1234),
        site("Les Écluses"),
        Record(
            "water_point", str(uuid.uuid4()), {"name": "Fontaine de l'écluse", "source_id": "F-77"}, Point(1.5, 43.6)
        ),
    )
    assert small_qgis.addProject(str(workspace.project))
    return workspace.workspace


def search(qgis, qtbot, text: str):
    """Return the results of our filter, best first, as the bar sorts them."""
    results = []

    def keep(result: QgsLocatorResult) -> None:
        results.append(QgsLocatorResult(result))  # the signal's own lives no longer than the signal

    found = qgis.locator.foundResult
    found.connect(keep)
    with qtbot.waitSignal(qgis.locator.finished, timeout=PATIENCE_MS):
        qgis.locator.fetchResults(text, QgsLocatorContext())
    qtbot.wait(50)  # results of the thread arrive in the event loop
    found.disconnect(keep)
    return sorted(results, key=lambda result: -result.score)


def titles(results) -> list[str]:
    return [result.displayString for result in results]


def test_a_site_is_found_by_its_name_its_number_and_its_commune(opened, small_qgis, qtbot):
    expected = ["Chemin de l'Écluse", "Fontaine de l'écluse", "Les Écluses"]
    assert sorted(titles(search(small_qgis, qtbot, "res ECLUSE"))) == expected
    assert titles(search(small_qgis, qtbot, "res 1234")) == ["Chemin de l'Écluse"]
    assert titles(search(small_qgis, qtbot, "res ecluse chemin")) == ["Chemin de l'Écluse"]
    assert titles(search(small_qgis, qtbot, "res f-77")) == ["Fontaine de l'écluse"]
    first, *others = search(small_qgis, qtbot, "res toulouse")
    assert first.userData[0] == "commune"
    assert titles(others) == ["Vieille-Toulouse", "Chemin de l'Écluse", "Les Écluses"]
    assert all("Toulouse" in result.description for result in others[1:])
    for nothing in ("res ", "res zzz"):
        assert search(small_qgis, qtbot, nothing) == []


def test_the_bar_shows_the_kind_of_the_best_match_first(opened, small_qgis, qtbot):
    shown = QgsLocatorProxyModel()
    model = QgsLocatorAutomaticModel(small_qgis.locator)
    shown.setSourceModel(model)
    for text, kinds in (
        ("res 1234", ["site"]),
        ("res toulouse", ["commune", "site"]),
        ("res f", ["water_point", "commune"]),
    ):
        with qtbot.waitSignal(small_qgis.locator.finished, timeout=PATIENCE_MS):
            model.search(text)
        qtbot.wait(200)
        lines = [shown.index(row, 0).data().strip() for row in range(shown.rowCount())]
        headings = [catalogue.layer(kind).plural.text(language()) for kind in kinds]
        assert [line for line in lines if line in headings] == headings


def test_a_site_written_since_is_found(opened, small_qgis, qtbot):
    assert search(small_qgis, qtbot, "res nouveau") == []
    write(opened, site("Nouveau terrain"))
    assert titles(search(small_qgis, qtbot, "res nouveau")) == ["Nouveau terrain"]


def test_choosing_a_result_shows_the_record_and_selects_it(opened, small_qgis, qtbot):
    (result,) = search(small_qgis, qtbot, "res 1234")
    (finder,) = small_qgis.locator.filters()
    finder.triggerResult(result)
    canvas = small_qgis.canvas
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), canvas.mapSettings().destinationCrs(), QgsProject.instance()
    )
    assert canvas.center().distance(to_map.transform(QgsPointXY(*SITE))) < canvas.extent().width() / 100
    sites = find_layer(QgsProject.instance(), "site")
    assert [feature["name"] for feature in sites.selectedFeatures()] == ["Chemin de l'Écluse"]


def test_the_form_opens_from_the_context_menu(opened, small_qgis, qtbot):
    (result,) = search(small_qgis, qtbot, "res 1234")
    (finder,) = small_qgis.locator.filters()
    assert [action.id for action in result.actions] == [OPEN_FORM]
    finder.triggerResultFromAction(result, OPEN_FORM)
    form = small_qgis.window.findChild(QgsAttributeDialog)
    assert form.feature()["name"] == "Chemin de l'Écluse"
    form.close()


def test_a_record_deleted_since_is_told(opened, small_qgis, qtbot):
    (result,) = search(small_qgis, qtbot, "res 1234")
    with GeoPackageStore.open(opened) as store:
        store.apply(ChangeSet(delete=[tuple(result.userData)]))
    find_layer(QgsProject.instance(), "site").reload()
    small_qgis.locator.filters()[0].triggerResult(result)
    assert len(small_qgis.sentences()) == 1


def test_without_a_workspace_or_with_one_that_is_gone_nothing_is_found(plugin, small_qgis, workspace, qtbot):
    assert search(small_qgis, qtbot, "res toulouse") == []
    assert small_qgis.addProject(str(workspace.project))
    assert titles(search(small_qgis, qtbot, "res toulouse"))[0] == "Toulouse"
    QgsProject.instance().clear()
    assert search(small_qgis, qtbot, "res toulouse") == []


def test_the_filter_is_there_once_and_leaves_with_the_plugin(small_qgis, qtbot):
    plugin = ResorptionPlugin(small_qgis)
    for _ in range(2):
        plugin.initGui()
        assert [finder.name() for finder in small_qgis.locator.filters()] == [NAME]
        plugin.unload()
        assert small_qgis.locator.filters() == []


def test_leaving_in_the_middle_of_a_search_is_safe(small_qgis, workspace, qtbot):
    plugin = ResorptionPlugin(small_qgis)
    plugin.initGui()
    assert small_qgis.addProject(str(workspace.project))
    small_qgis.locator.fetchResults("res toulouse", QgsLocatorContext())
    QgsProject.instance().clear()
    plugin.unload()
    assert small_qgis.locator.filters() == []
