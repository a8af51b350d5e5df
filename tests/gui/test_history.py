"""The history in its window: read, filtered, given back; the sites as they were, on the map."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
import shapely
from qgis.core import Qgis, QgsProject
from qgis.gui import QgsAttributeDialog, QgsGui, QgsMapLayerActionContext
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QAction

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.ports import ChangeSet, SystemClock
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.current_workspace import CurrentWorkspace
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.tasks import Jobs
from resorption_plugin.settings import register_settings, unregister_settings
from resorption_plugin.ui import history_tools
from resorption_plugin.ui.history_model import Column
from resorption_plugin.ui.history_tools import HistoryTools
from resorption_plugin.ui.past_dialog import PastDialog
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 20_000
SITE, COUNT = str(uuid.uuid4()), str(uuid.uuid4())


class Said:
    """What the user was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.errors: list[ResorptionError] = []

    def inform(self, text: str) -> None:
        self.told.append(text)

    def report(self, error: ResorptionError) -> None:
        self.errors.append(error)


@pytest.fixture
def desk(small_qgis, workspace, qtbot):
    """The tools on a workspace with a site that was changed twice and lost a count."""
    with GeoPackageStore.open(workspace.workspace) as store:
        signed = {"updated_by": "Marie"}
        count = Record("population_count", COUNT, {"site_uid": SITE, "counted_on": dt.date(2026, 2, 1), **signed})
        site = Record("site", SITE, {"name": "Les Berges", "status": "open", **signed}, shapely.Point(1.44, 43.6))
        store.apply(ChangeSet(insert=[site, count]))
        store.history.note_user("Paul")
        store.apply(
            ChangeSet(
                update=[Record("site", SITE, {"name": "Îlot", "updated_by": "Zoé"}, shapely.Point(1.44, 43.6001))],
                delete=[("population_count", COUNT)],
            )
        )
    parent, said = QObject(), Said()
    touched: list[object] = []
    QgsProject.instance().read(str(workspace.project))
    jobs = Jobs(said, parent)
    current = CurrentWorkspace(QgsProject.instance(), parent)
    tools = HistoryTools(
        small_qgis.window,
        current,
        register_settings(),
        touched.append,
        jobs=jobs,
        notifier=said,
        clock=SystemClock(),
    )
    current.look()
    tasks_end(qtbot)
    yield SimpleNamespace(tools=tools, said=said, touched=touched, path=workspace.workspace, site=layer("site"))
    tasks_end(qtbot)
    tools.stop()
    jobs.close()
    current.stop()
    unregister_settings()


def layer(key: str):
    return find_layer(QgsProject.instance(), key)


def opened(desk, qtbot):
    dialog = desk.tools.show_record("site", SITE)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=PATIENCE_MS)
    return dialog


def row_of(dialog, field: str) -> int:
    texts = [dialog.model.at(row).texts for row in range(dialog.model.rowCount())]
    return next(row for row, text in enumerate(texts) if text[Column.FIELD] == field)


def ask_back(dialog, field: str, qtbot) -> None:
    dialog.table.selectRow(row_of(dialog, field))
    assert dialog.restore.isEnabled()
    dialog.restore.click()
    tasks_end(qtbot)


def read(path: Path, key: str, uid: str) -> Record | None:
    with GeoPackageStore.open(path, read_only=True) as store:
        return next(iter(store.read_uids(key, [uid])), None)


def test_the_window_lists_who_changed_what(desk, qtbot):
    dialog = opened(desk, qtbot)
    shown = [dialog.model.at(row).texts[1:] for row in range(dialog.model.rowCount())]
    assert ("Zoé", "Slum site – Îlot", "Name of the site", "Les Berges", "Îlot") in shown
    assert ("Zoé", "Slum site – Îlot", "Place", "43.60000, 1.44000", "moved 11.1 m (43.60010, 1.44000)") in shown
    assert ("Paul (presumed)", "Population count – 2026-02-01", "Deleted", "", "") in shown
    assert ("Marie", "Slum site – Îlot", "Created", "", "") in shown
    assert dialog.windowTitle() == "History – Îlot"
    assert "Îlot" in dialog.detail.toPlainText()


def test_the_filters_keep_one_field_or_one_author(desk, qtbot):
    dialog = opened(desk, qtbot)
    everything = dialog.model.rowCount()
    dialog.field.setCurrentIndex(dialog.field.findText("Name of the site – Slum site"))
    assert dialog.model.rowCount() == 1
    assert dialog.count.text() == f"1 of {everything} changes"
    dialog.field.setCurrentIndex(0)
    dialog.author.setCurrentIndex(dialog.author.findText("Paul (presumed)"))
    assert {dialog.model.at(row).author for row in range(dialog.model.rowCount())} == {"Paul (presumed)"}


def test_a_value_comes_back_and_that_is_told_too(desk, qtbot):
    dialog = opened(desk, qtbot)
    before = dialog.model.rowCount()
    ask_back(dialog, "Name of the site", qtbot)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == before + 1, timeout=PATIENCE_MS)
    assert read(desk.path, "site", SITE)["name"] == "Les Berges"
    assert dialog.model.at(0).texts[Column.AFTER] == "Les Berges"
    assert desk.touched == [{"site": frozenset({SITE})}]
    assert next(iter(desk.site.getFeatures()))["name"] == "Les Berges"


def test_a_deleted_record_comes_back(desk, qtbot):
    dialog = opened(desk, qtbot)
    row = row_of(dialog, "Deleted")
    dialog.table.selectRow(row)
    assert dialog.restore.text() == "Restore This Record"
    assert "2026-02-01" in dialog.detail.toPlainText()
    ask_back(dialog, "Deleted", qtbot)
    assert read(desk.path, "population_count", COUNT)["counted_on"] == dt.date(2026, 2, 1)


def test_what_was_deleted_can_be_found_and_comes_back(desk, qtbot):
    with GeoPackageStore.open(desk.path) as store:
        store.apply(ChangeSet(delete=[("site", SITE)]))
    desk.tools.show_deleted()
    (dialog,) = desk.tools._dialogs
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=PATIENCE_MS)
    assert dialog.windowTitle() == "Deleted Records"
    records = [dialog.model.at(row).texts[Column.RECORD] for row in range(dialog.model.rowCount())]
    assert records == ["Slum site – Îlot", "Population count – 2026-02-01"]
    dialog.table.selectRow(1)
    dialog.restore.click()
    tasks_end(qtbot)
    assert "Restore that one first" in dialog.message.text()
    dialog.table.selectRow(0)
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=PATIENCE_MS)
    assert read(desk.path, "site", SITE)["name"] == "Îlot"
    assert desk.touched == [{"site": frozenset({SITE})}]


def test_in_an_open_edit_a_value_comes_back_as_a_step_that_can_be_undone(desk, qtbot):
    dialog = opened(desk, qtbot)
    assert desk.site.startEditing()
    ask_back(dialog, "Name of the site", qtbot)
    ask_back(dialog, "Place", qtbot)
    (feature,) = desk.site.getFeatures()
    assert (feature["name"], round(feature.geometry().asPoint().y(), 4)) == ("Les Berges", 43.6)
    assert read(desk.path, "site", SITE)["name"] == "Îlot"
    assert "open edit" in dialog.message.text()
    desk.site.undoStack().undo()
    desk.site.undoStack().undo()
    (feature,) = desk.site.getFeatures()
    assert (feature["name"], round(feature.geometry().asPoint().y(), 4)) == ("Îlot", 43.6001)
    desk.site.rollBack()


def test_what_cannot_come_back_is_told_in_the_window(desk, qtbot):
    dialog = opened(desk, qtbot)
    with GeoPackageStore.open(desk.path) as store:
        store.apply(ChangeSet(update=[Record("site", SITE, {"name": "Les Berges"})]))
    ask_back(dialog, "Name of the site", qtbot)
    assert dialog.message.text() == "“Name of the site” already holds this value."


def test_the_selected_record_is_the_one_shown(desk, qtbot):
    with pytest.raises(ResorptionError, match="Select one site"):
        desk.tools.show_selected()
    desk.site.selectAll()
    desk.tools.show_selected()
    tasks_end(qtbot)
    (dialog,) = desk.tools._dialogs
    assert dialog.windowTitle() == "History – Îlot"


def test_the_form_of_a_site_offers_its_history(desk, qtbot, small_qgis):
    registry = QgsGui.mapLayerActionRegistry()
    target = Qgis.MapLayerActionTarget.SingleFeature

    def offered(key: str) -> list[str]:
        return [one.text() for one in registry.mapLayerActions(layer(key), target, QgsMapLayerActionContext())]

    assert "History…" in offered("site")
    assert "History…" not in offered("commune")
    (feature,) = desk.site.getFeatures()
    form = QgsAttributeDialog(desk.site, feature, False, small_qgis.window)
    (action,) = [one for one in form.findChildren(QAction) if one.text() == "History…"]
    action.trigger()
    sip.delete(form)
    tasks_end(qtbot)
    (dialog,) = desk.tools._dialogs
    assert dialog.windowTitle() == "History – Îlot"
    desk.tools.stop()
    assert "History…" not in offered("site")


def test_a_lost_trigger_is_told_when_the_workspace_opens_again(desk, qtbot):
    QgsProject.instance().clear()
    with sqlite3.connect(desk.path) as plain:
        plain.execute("DROP TRIGGER sync_history_site_update")
    desk.said.told.clear()
    desk.tools._follow(None)
    desk.tools._follow(desk.path)
    tasks_end(qtbot)
    (told,) = desk.said.told
    assert "the history of Slum sites" in told
    desk.tools._follow(None)
    desk.tools._follow(desk.path)
    tasks_end(qtbot)
    assert len(desk.said.told) == 1


@pytest.mark.parametrize("all_along", [True, False])
def test_the_sites_are_shown_as_they_were(desk, qtbot, monkeypatch, all_along):
    def choose(dialog: PastDialog) -> int:
        dialog.day.setDate(dialog.day.maximumDate())
        (dialog.all_along if all_along else dialog.one_day).setChecked(True)
        return PastDialog.DialogCode.Accepted

    monkeypatch.setattr(history_tools.PastDialog, "exec", choose)
    tables = desk.path.read_bytes()
    desk.tools.show_past()
    tasks_end(qtbot)
    (past,) = [one for one in QgsProject.instance().mapLayers().values() if one.dataProvider().name() == "memory"]
    found = sorted(past.getFeatures(), key=lambda feature: feature["name"])
    if all_along:
        start, end = past.temporalProperties().startField(), past.temporalProperties().endField()
        assert [feature["name"] for feature in found] == ["Les Berges", "Îlot"]
        assert found[0][end] == found[1][start]
        assert past.temporalProperties().isActive()
        assert "temporal controller" in desk.said.told[-1]
    else:
        assert [feature["name"] for feature in found] == ["Îlot"]
        assert not past.temporalProperties().isActive()
    assert past.readOnly()
    assert not QgsProject.instance().layerTreeRoot().findLayer(desk.site.id()).isVisible()
    assert past.renderer().type() == "categorizedSymbol"
    assert desk.path.read_bytes() == tables


def test_sites_as_they_were_come_into_no_other_project(desk, qtbot, monkeypatch):
    def choose(dialog: PastDialog) -> int:
        dialog.all_along.setChecked(True)
        return PastDialog.DialogCode.Accepted

    monkeypatch.setattr(history_tools.PastDialog, "exec", choose)
    desk.tools.show_past()
    QgsProject.instance().clear()
    tasks_end(qtbot)
    assert not QgsProject.instance().mapLayers()
    assert desk.said.errors == []
