"""What everybody wrote on the territory between two days, and whether the log is intact."""

from __future__ import annotations

import csv
import datetime as dt

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox

from resorption_plugin.core.history.changes import GEOMETRY
from resorption_plugin.core.sync.audit import Entry, tell
from resorption_plugin.core.sync.audit_subjects import subjects, values_told
from resorption_plugin.core.sync.audit_table import SharedHistory
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.shared_history import MOST, read_standing
from resorption_plugin.qgis_adapters.translation import number_text
from resorption_plugin.ui.shared_history_dialog import SharedHistoryDialog
from resorption_plugin.ui.shared_history_model import Column
from resorption_plugin.ui.territory_history_dialog import Period, TerritoryHistoryDialog
from tests.gui.shared_history.hands import TODAY, cells, idle, opened, read, territory
from tests.gui.shared_server import SHARED


def test_the_territory_since_the_last_committee(two, qtbot, tmp_path, monkeypatch):
    dialog = territory(two, qtbot)
    assert dialog.period.currentData() is Period.MONTH
    dialog.period.setCurrentIndex(list(Period).index(Period.COMMITTEE))
    assert "remember" in dialog.message.text()
    dialog.period.setCurrentIndex(list(Period).index(Period.WEEK))
    assert dialog.message.text() == ""
    dialog.period.setCurrentIndex(list(Period).index(Period.COMMITTEE))
    day = TODAY - dt.timedelta(days=3)
    dialog.first.setDate(QDate(day.year, day.month, day.day))
    read(dialog, qtbot)
    assert len(cells(dialog, Column.WHO)) == 4
    assert read_standing(two.marie).committee == day
    assert dialog.commune.itemText(1) == "Toulouse (4)"
    dialog.layer.setCurrentIndex(dialog.layer.findData("population_count"))
    assert cells(dialog, Column.FIELD) == [("Created",)]
    assert "1 of 4" in dialog.count.text()
    dialog.layer.setCurrentIndex(0)
    target = tmp_path / "changes.csv"
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QFileDialog.getSaveFileName", lambda *_asked: (str(target), ""))
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    idle(qtbot)
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 5
    assert rows[0][:3] == ["When", "Author", "Department"]
    assert "'=Chemin de l'Écluse" in {row[7] for row in rows}
    with GeoPackageStore.open(two.marie, read_only=True) as store:
        (logged,) = store.read(["export_log"]).layer("export_log")
    assert (logged["file_name"], logged["audience"]) == ("changes.csv", "services")
    assert logged["output"] == "Changes of the shared database – rows: 4"
    dialog.close()
    idle(qtbot)
    assert territory(two, qtbot).period.currentData() is Period.COMMITTEE


def test_a_period_of_nothing_and_one_that_is_no_period(two, qtbot):
    dialog = territory(two, qtbot)
    dialog.period.setCurrentIndex(list(Period).index(Period.DAYS))
    dialog.first.setDate(QDate(2020, 1, 1))
    dialog.last.setDate(QDate(2020, 1, 2))
    read(dialog, qtbot)
    assert "Nothing was written" in dialog.message.text()
    dialog.last.setDate(QDate(2019, 1, 2))
    read(dialog, qtbot)
    assert "ends before it begins" in dialog.message.text()


def test_no_window_is_opened_on_a_workspace_that_was_closed_meanwhile(two, qtbot):
    two.window.findChild(QAction, "resorption_territory_history").trigger()
    QgsProject.instance().clear()
    idle(qtbot)
    assert not opened(TerritoryHistoryDialog)


def test_the_log_is_verified_with_one_button(two, qtbot):
    dialog = territory(two, qtbot)
    assert dialog.verify.isVisible()
    qtbot.mouseClick(dialog.verify, Qt.MouseButton.LeftButton)
    idle(qtbot)
    assert "The log is intact" in dialog.message.text()
    two.server.sql(
        "ALTER TABLE sync.log DISABLE TRIGGER ALL; "
        "UPDATE sync.log SET new = new || '{\"name\": \"faux\"}' WHERE op = 'U' AND tbl = 'site'",
        SHARED,
    )
    qtbot.mouseClick(dialog.verify, Qt.MouseButton.LeftButton)
    idle(qtbot)
    assert "broken from revision" in dialog.message.text()


def test_a_hundred_thousand_lines_are_shown_and_chosen_at_once(small_qgis, workspace, qtbot):
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    entries = [
        Entry.of(number, at, "karim", "site", f"s{number % 5000}", "U", ["31"], ["31"], {"name": "a"}, {"name": "b"})
        for number in range(100_000)
    ]
    held = values_told(entries)
    found, names = subjects(held, "en")
    dialog = SharedHistoryDialog(workspace.workspace, small_qgis.canvas, small_qgis.window)
    dialog.show()
    history = SharedHistory(tuple(tell(entries)), found, names, is_cut=True)
    begun = dt.datetime.now(dt.UTC)
    dialog.show_history(history)
    dialog.person.setCurrentIndex(1)
    QApplication.processEvents()
    took = dt.datetime.now(dt.UTC) - begun
    assert dialog.model.rowCount() == 100_000
    assert took < dt.timedelta(seconds=2)
    assert f"Only the last {number_text(MOST)} writings were read" in dialog.note.text()
    assert "in “Territory History…”" in dialog.note.text(), "a record has no period to choose"
    dialog.show_history(history, since=at)
    assert "choose “Between two days” and let the period end on that day" in dialog.note.text()
    assert GEOMETRY not in {line.field for line in history.told}
