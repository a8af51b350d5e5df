"""A day at the desk: edit, see the finding appear, filter, mend, accept."""

from __future__ import annotations

import datetime as dt

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject
from qgis.gui import QgsAttributeDialog
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QTabWidget, QWidget

from resorption_plugin.core.checks.decisions import accept
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet, SystemClock
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.ui.accept_dialog import AcceptDialog
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.record_form import show_field
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 20_000
TOULOUSE = (1.4442, 43.6045)
METRE = 1 / 111_320  # degrees of latitude


def add(key: str, north_m: float = 0.0, **values) -> QgsFeature:
    """Add and save one row of a layer, as the officer does."""
    layer = find_layer(QgsProject.instance(), key)
    assert layer.startEditing()
    feature = QgsFeature(layer.fields())
    for index in range(layer.fields().count()):
        default = layer.defaultValue(index)
        if default is not None:
            feature.setAttribute(index, default)
    for name, value in values.items():
        feature.setAttribute(name, value)
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(TOULOUSE[0], TOULOUSE[1] + north_m * METRE)))
    assert layer.addFeature(feature)
    assert layer.commitChanges(), layer.commitErrors()
    return feature


def add_tap(north_m: float) -> QgsFeature:
    return add(
        "water_point",
        north_m,
        name="Robinet",
        type="robinet_connecte_au_reseau",
        working_state="working",
        is_potable=True,
    )


def move(key: str, uid: str, north_m: float) -> None:
    layer = find_layer(QgsProject.instance(), key)
    layer.startEditing()
    feature = next(row for row in layer.getFeatures() if row["uid"] == uid)
    place = QgsGeometry.fromPointXY(QgsPointXY(TOULOUSE[0], TOULOUSE[1] + north_m * METRE))
    assert layer.changeGeometry(feature.id(), place)
    assert layer.commitChanges(), layer.commitErrors()


@pytest.fixture
def dock(plugin, small_qgis, workspace, qtbot) -> ResorptionDock:
    """The dock with the empty workspace open."""
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    qtbot.waitUntil(dock.checks.rerun.isEnabled, timeout=PATIENCE_MS)
    idle(qtbot)
    return dock


def codes(dock: ResorptionDock) -> set[str]:
    model = dock.checks.model
    return {model.at(row).record["check_id"] for row in range(model.rowCount())}


def figures(dock: ResorptionDock) -> dict[str, str]:
    """Return the values of the overview by the ids of the figures."""
    rows = dock.overview.model._rows
    return {key: row[1].text() for key, row in rows.items()}


def wait_for_checks(dock, qtbot, present: set[str], absent: set[str]) -> None:
    def settled() -> bool:
        return present <= codes(dock) and not absent & codes(dock)

    qtbot.waitUntil(settled, timeout=PATIENCE_MS)


def select(dock: ResorptionDock, code: str) -> None:
    model = dock.checks.model
    row = next(row for row in range(model.rowCount()) if model.at(row).record["check_id"] == code)
    dock.checks.table.selectRow(row)


def test_a_site_too_far_from_water_appears_by_itself_and_goes_when_the_tap_comes_closer(dock, qtbot):
    add("site", name="Le Pré", population_total=40)
    tap = add_tap(300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    move("water_point", tap["uid"], 150)
    wait_for_checks(dock, qtbot, set(), {"EAU-001"})


def test_the_overview_follows_the_edits(dock, qtbot):
    add("site", name="Le Pré", population_total=40)
    qtbot.waitUntil(
        lambda: (figures(dock).get("sites_open"), figures(dock).get("people")) == ("1", "40"), timeout=PATIENCE_MS
    )


def test_an_accepted_finding_keeps_its_reason_when_the_checks_run_again(dock, workspace, qtbot):
    add("site", name="Le Pré", population_total=40)
    add_tap(300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AcceptDialog)
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled()
        dialog.reason.setPlainText("Citerne livrée chaque jour")
        assert not ok.isEnabled()
        dialog.author.setText("M. Martin, DDT")
        dialog.has_end.setChecked(True)
        assert ok.isEnabled()
        ok.click()

    QTimer.singleShot(200, fill)
    dock.checks.accept.click()
    wait_for_checks(dock, qtbot, set(), {"EAU-001"})  # accepted findings are not among those to deal with
    add("site", 5000, name="Ailleurs")  # any edit runs the checks again
    idle(qtbot)
    stored = findings(workspace.workspace, "EAU-001")
    kept = [row for row in stored if row["state"] == "accepted"]
    assert [row["accepted_reason"] for row in kept] == ["Citerne livrée chaque jour"]
    assert kept[0]["accepted_by"] == "M. Martin, DDT"
    assert kept[0]["accepted_until"] > dt.datetime.now(dt.UTC).date()


def test_a_reopened_finding_is_open_again(dock, workspace, qtbot):
    add("site", name="Le Pré", population_total=40)
    add_tap(300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    finding = findings(workspace.workspace, "EAU-001")[0]
    with GeoPackageStore.open(workspace.workspace) as store:
        store.apply(ChangeSet(update=[accept(finding, "Motif", "Moi", SystemClock().now())]))
    dock.overview.refresh.click()
    dock.checks.state.setCurrentIndex(dock.checks.state.findData("accepted"))
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")
    dock.checks.reopen.click()
    qtbot.waitUntil(lambda: findings(workspace.workspace, "EAU-001")[0]["state"] == "open", timeout=PATIENCE_MS)
    assert findings(workspace.workspace, "EAU-001")[0]["accepted_reason"] is None


def test_enter_opens_the_form_at_the_field(dock, small_qgis, qtbot):
    add("site", name="Le Pré", population_total=40)
    add_tap(300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")
    qtbot.keyClick(dock.checks.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: small_qgis.window.findChild(QgsAttributeDialog) is not None)
    form = small_qgis.window.findChild(QgsAttributeDialog)
    assert form.isVisible()
    # nobody measures a distance in the form: it opens where the distances are listed
    title = next(group.label.fr for group in catalogue.layer("site").groups if group.key == "distances")
    qtbot.waitUntil(
        lambda: title in [tabs.tabText(tabs.currentIndex()) for tabs in form.findChildren(QTabWidget)],
    )
    form.close()


def test_an_open_form_goes_with_its_project(dock, small_qgis, qtbot):
    add("site", name="Le Pré", population_total=40)
    add_tap(300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")
    qtbot.keyClick(dock.checks.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: small_qgis.window.findChild(QgsAttributeDialog) is not None)
    qtbot.wait(300)  # its lists of related records have begun to load
    for layer in list(QgsProject.instance().mapLayers().values()):
        layer.isEditable() and layer.rollBack()
    QgsProject.instance().clear()
    assert small_qgis.window.findChild(QgsAttributeDialog) is None
    qtbot.wait(300)


def test_opening_the_form_turns_to_the_tab_of_the_field(dock, small_qgis, qtbot):
    site = add("site", name="Le Pré", population_total=40)
    layer = find_layer(QgsProject.instance(), "site")
    feature = next(row for row in layer.getFeatures() if row["uid"] == site["uid"])
    form = QgsAttributeDialog(layer, feature, False, small_qgis.window)
    form.show()
    assert show_field(form, "population_total")
    widget = form.findChild(QWidget, "population_total")
    qtbot.waitUntil(widget.isVisible)
    shown = [
        tabs.currentWidget().isAncestorOf(widget) for tabs in form.findChildren(QTabWidget) if tabs.isAncestorOf(widget)
    ]
    assert shown
    assert all(shown)
    assert not show_field(form, "no_such_field")
    sip.delete(form)  # before its layers go with the project


def idle(qtbot) -> None:
    """Wait until nothing runs nor waits to run."""
    qtbot.wait(600)  # the pause in which saved edits are gathered
    tasks_end(qtbot)


def findings(workspace, code: str):
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return [row for row in store.read(["finding"]).layer("finding") if row["check_id"] == code]
