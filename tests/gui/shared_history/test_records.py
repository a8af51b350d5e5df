"""What everybody wrote on one record, asked from its window, and given back."""

from __future__ import annotations

from types import SimpleNamespace

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QWidget

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.sharing import read_sharing
from resorption_plugin.qgis_adapters.sharing_writes import decide
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.ui.shared_history_dialog import SharedHistoryDialog
from resorption_plugin.ui.shared_history_model import Column
from tests.gui.shared_history.hands import (
    COUNT,
    PATIENCE_MS,
    SITE,
    THERE,
    cells,
    history_of_site,
    idle,
    opened,
    read,
    select,
    site_in,
    territory,
)


def ask(two: SimpleNamespace, qtbot) -> SharedHistoryDialog:
    """Return what the shared database says of the site."""
    own = history_of_site(two, qtbot)
    qtbot.mouseClick(own.shared, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened(SharedHistoryDialog)), timeout=PATIENCE_MS)
    idle(qtbot)
    return opened(SharedHistoryDialog)[0]


def test_a_record_is_told_by_the_shared_database(two, qtbot):
    dialog = ask(two, qtbot)
    assert "Shared Database" in dialog.windowTitle()
    assert cells(dialog, Column.WHO, Column.DEPARTMENT, Column.FIELD) == [
        ("karim", "31", "Created"),
        ("karim", "31", "Name of the site"),
        ("karim", "31", "Place"),
        ("karim", "31", "Created"),
    ]
    select(dialog, "Place")
    places = dialog.findChild(QWidget, "places")
    assert places.isVisible()
    qtbot.waitUntil(lambda: "Before" in places.legend.text(), timeout=PATIENCE_MS)
    select(dialog, "Name of the site")
    assert not places.isVisible()
    assert "L&#x27;Écluse" in dialog.detail.toHtml() or "L'Écluse" in dialog.detail.toPlainText()


def test_without_a_server_the_file_still_tells_what_it_holds(two, qtbot):
    own = history_of_site(two, qtbot)
    known = own.model.rowCount()
    assert known
    two.server.stop()
    try:
        qtbot.mouseClick(own.shared, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "does not answer" in own.message.text(), timeout=PATIENCE_MS)
        idle(qtbot)
    finally:
        two.server.start()
    assert own.model.rowCount() == known
    assert own.shared.text() == "Ask the Shared Database"
    assert not opened(SharedHistoryDialog)


def test_a_value_is_given_back_and_travels(two, qtbot):
    dialog = ask(two, qtbot)
    select(dialog, "Name of the site")
    layer = find_layer(QgsProject.instance(), "site")
    layer.startEditing()
    dialog.restore.click()
    assert "is being edited" in dialog.message.text()
    layer.rollBack()
    dialog.restore.click()
    idle(qtbot)
    assert "goes to the others" in dialog.message.text()
    assert site_in(two.marie)["name"] == "L'Écluse"
    synchronise_workspace(two.marie, "", Silent())
    synchronise_workspace(two.karim, "", Silent())
    assert site_in(two.karim)["name"] == "L'Écluse"
    assert site_in(two.karim).geometry == THERE


def test_a_record_that_somebody_deleted_is_given_back(two, qtbot):
    with GeoPackageStore.open(two.karim) as store:
        store.apply(ChangeSet(delete=[("population_count", COUNT), ("site", SITE)]))
    synchronise_workspace(two.karim, "", Silent())
    synchronise_workspace(two.marie, "", Silent())
    assert site_in(two.marie) is None
    dialog = territory(two, qtbot)
    read(dialog, qtbot)
    rows = cells(dialog, Column.RECORD, Column.FIELD, Column.COMMUNE)
    assert ("Slum site – =Chemin de l'Écluse", "Deleted", "Toulouse") in rows
    dialog.table.selectRow(rows.index(("Slum site – =Chemin de l'Écluse", "Deleted", "Toulouse")))
    assert dialog.restore.text() == "Restore This Record"
    assert dialog.show_place.isEnabled()
    dialog.show_place.click()
    dialog.restore.click()
    idle(qtbot)
    assert "shall live again" in dialog.message.text()
    assert site_in(two.marie).geometry == THERE
    synchronise_workspace(two.marie, "", Silent())
    (case,) = read_sharing(two.marie, "en").cases
    decide(two.marie, [case.dispute.conflict.uid], Choice.MINE, {}, "")
    synchronise_workspace(two.marie, "", Silent())
    synchronise_workspace(two.karim, "", Silent())
    assert site_in(two.karim)["name"] == "=Chemin de l'Écluse"
    assert site_in(two.karim).geometry == THERE


def test_what_the_workspace_lacks_is_not_given_back(two, qtbot):
    dialog = ask(two, qtbot)
    with GeoPackageStore.open(two.marie) as store:
        store.apply(ChangeSet(delete=[("population_count", COUNT), ("site", SITE)]))
    select(dialog, "Name of the site")
    dialog.restore.click()
    idle(qtbot)
    assert "does not hold the record" in dialog.message.text()
    dialog.open_record.click()
    assert "does not hold the record" in dialog.message.text()
