"""Findings corrected from the panel: previewed, undoable, merged and apart again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialogButtonBox

from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.ui.correct_dialog import CorrectionsDialog, MergeDialog
from resorption_plugin.ui.dock import ResorptionDock
from tests.gui.test_desk import PATIENCE_MS, add, codes, dock, select, wait_for_checks  # noqa: F401 - a fixture

BUTTON = QDialogButtonBox.StandardButton


def answer(kind: type, act: Callable[[object], None], tries: int = 200) -> None:
    """Act on the modal dialog as soon as it is there."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            act(found)
        elif tries:
            answer(kind, act, tries - 1)

    QTimer.singleShot(50, look)


def press(button: QDialogButtonBox.StandardButton) -> Callable[[object], None]:
    return lambda dialog: dialog.buttons.button(button).click()


def stored(workspace, key: str) -> list:
    with GeoPackageStore.open(workspace.workspace, read_only=True) as store:
        return store.read([key]).layer(key)


@pytest.fixture
def misplaced(dock: ResorptionDock, qtbot, workspace):  # noqa: F811
    """A site of Toulouse that says it is in a commune 40 km away."""
    add("site", name="Le Pré", population_total=40, fk_city="31042", commune="Bagnères-de-Luchon")
    layer = find_layer(QgsProject.instance(), "site")
    layer.startEditing()
    (site,) = layer.getFeatures()
    index = layer.fields().indexOf("fk_city")
    assert layer.dataProvider().changeAttributeValues({site.id(): {index: "31042"}})
    assert layer.commitChanges()
    dock.checks.rerun.click()
    wait_for_checks(dock, qtbot, {"DON-002"}, set())
    return layer


def test_the_commune_is_corrected_undone_and_saved(dock, misplaced, qtbot, workspace):  # noqa: F811
    select(dock, "DON-002")
    seen = []

    def accept(dialog: CorrectionsDialog) -> None:
        seen.extend(dialog.table.item(row, 3).text() for row in range(dialog.table.rowCount()))
        press(BUTTON.Ok)(dialog)

    answer(CorrectionsDialog, accept)
    dock.checks.fix.click()
    qtbot.waitUntil(misplaced.isModified, timeout=PATIENCE_MS)
    assert "31555" in seen
    (site,) = misplaced.getFeatures()
    assert (site["fk_city"], site["commune"]) == ("31555", "Toulouse")
    misplaced.undoStack().undo()
    (site,) = misplaced.getFeatures()
    assert site["fk_city"] == "31042"
    misplaced.undoStack().redo()
    assert misplaced.commitChanges(), misplaced.commitErrors()
    wait_for_checks(dock, qtbot, set(), {"DON-002"})


def test_a_preview_that_is_cancelled_changes_nothing(dock, misplaced, qtbot, workspace):  # noqa: F811
    select(dock, "DON-002")
    closed = []
    answer(CorrectionsDialog, lambda dialog: (press(BUTTON.Cancel)(dialog), closed.append(True)))
    dock.checks.fix.click()
    qtbot.waitUntil(lambda: bool(closed), timeout=PATIENCE_MS)
    assert not misplaced.isModified()
    assert stored(workspace, "site")[0]["fk_city"] == "31042"


def test_nothing_is_offered_for_what_has_no_certain_answer(dock, qtbot):  # noqa: F811
    add("site", name="Le Pré", population_total=40)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")
    assert not dock.checks.fix.isEnabled()


def test_two_sites_are_merged_and_apart_again(dock, qtbot, workspace):  # noqa: F811
    add("site", 0, name="Le Pré", population_total=40)
    add("site", 10, name="Le Grand Pré", caravans=7)
    wait_for_checks(dock, qtbot, {"DON-003"}, set())
    before = {record.uid: record.values for record in stored(workspace, "site")}
    select(dock, "DON-003")

    def accept(dialog: MergeDialog) -> None:
        box = dialog.findChild(QComboBox, "name")
        box.setCurrentIndex(box.findText("Le Grand Pré"))
        press(BUTTON.Ok)(dialog)

    answer(MergeDialog, accept)
    dock.checks.fix.click()
    qtbot.waitUntil(lambda: len(stored(workspace, "site")) == 1, timeout=PATIENCE_MS)
    (site,) = stored(workspace, "site")
    assert (site["name"], site["population_total"], site["caravans"]) == ("Le Grand Pré", 40, 7)
    wait_for_checks(dock, qtbot, set(), {"DON-003"})
    layer = find_layer(QgsProject.instance(), "site")
    assert layer.featureCount() == 1
    qtbot.waitUntil(lambda: not dock.checks.undo_merge.isHidden(), timeout=PATIENCE_MS)
    dock.checks.undo_merge.click()
    qtbot.waitUntil(lambda: len(stored(workspace, "site")) == 2, timeout=PATIENCE_MS)
    assert {record.uid: record.values for record in stored(workspace, "site")} == before
    qtbot.waitUntil(dock.checks.undo_merge.isHidden, timeout=PATIENCE_MS)
    wait_for_checks(dock, qtbot, {"DON-003"}, set())


def test_unsaved_edits_are_not_judged_over(dock, qtbot, small_qgis, workspace):  # noqa: F811
    add("site", 0, name="Le Pré")
    add("site", 10, name="Le Grand Pré")
    wait_for_checks(dock, qtbot, {"DON-003"}, set())
    layer = find_layer(QgsProject.instance(), "site")
    layer.startEditing()
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("name"), "Autre")
    select(dock, "DON-003")
    dock.checks.fix.click()
    assert len(stored(workspace, "site")) == 2
    layer.rollBack()
