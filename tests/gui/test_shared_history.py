"""What everybody wrote, in its windows: a real server, the workspaces of two people."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import shapely
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QWidget

from resorption_plugin.core.history.changes import GEOMETRY
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.audit import Entry, tell
from resorption_plugin.core.sync.audit_subjects import subjects, values_told
from resorption_plugin.core.sync.audit_table import SharedHistory
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.shared_history import read_standing
from resorption_plugin.qgis_adapters.sharing import read_sharing
from resorption_plugin.qgis_adapters.sharing_writes import decide
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.ui.history_dialog import HistoryDialog
from resorption_plugin.ui.history_tools import HistoryTools
from resorption_plugin.ui.shared_history_dialog import SharedHistoryDialog
from resorption_plugin.ui.shared_history_model import Column
from resorption_plugin.ui.territory_history_dialog import Period, TerritoryHistoryDialog
from tests.gui.shared_server import SHARED, installed_cluster, shared_database
from tests.gui.tasks_end import tasks_end
from tools.throw_away_cluster import Cluster

PATIENCE_MS = 60_000
SITE, COUNT = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b", "1f75afd7-15fd-4f52-a283-cedbcd6efb9b"
HERE, THERE = shapely.Point(1.44, 43.6), shapely.Point(1.44, 43.602)
BEGUN = "begun"
"""The database that each test copies."""
TODAY = dt.datetime.now(dt.UTC).astimezone().date()


def write(workspace: Path, *, insert: list[Record] | None = None, update: list[Record] | None = None) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=insert or [], update=update or []))


def site_in(workspace: Path) -> Record | None:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return next(iter(store.read_uids("site", [SITE])), None)


@pytest.fixture(scope="module")
def begun(empty_workspace, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Karim has made a site, renamed and moved it, and counted; Marie, who administrates, has received it."""
    folder = tmp_path_factory.mktemp("begun")
    services, karim, marie = folder / "services.conf", folder / "karim.gpkg", folder / "marie.gpkg"
    for path in (karim, marie):
        path.write_bytes(empty_workspace.workspace.read_bytes())
    roles = {"marie": "admin", "karim": "officer"}
    with pytest.MonkeyPatch.context() as patch, installed_cluster() as cluster:
        patch.setenv("PGSERVICEFILE", str(services))
        with shared_database(cluster, services, roles):
            place = {"department": "31", "fk_city": "31555", "commune": "Toulouse", "epci": "243100518"}
            write(karim, insert=[Record("site", SITE, {**place, "status": "open", "name": "L'Écluse"}, HERE)])
            attach_workspace(karim, "service=karim", Silent())
            count = {"site_uid": SITE, "counted_on": dt.date(2026, 2, 1)}
            write(
                karim,
                insert=[Record("population_count", COUNT, count)],
                update=[Record("site", SITE, {"name": "=Chemin de l'Écluse"}, THERE)],
            )
            synchronise_workspace(karim, "", Silent())
            attach_workspace(marie, "service=marie", Silent())
            cluster.disconnect(SHARED)
            cluster.copy(SHARED, BEGUN)
        yield SimpleNamespace(cluster=cluster, karim=karim, marie=marie, services=services)


@pytest.fixture
def server(begun, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own, as it was begun."""
    monkeypatch.setenv("PGSERVICEFILE", str(begun.services))
    begun.cluster.copy(BEGUN, SHARED)
    yield begun.cluster
    begun.cluster.disconnect(SHARED)
    begun.cluster.drop(SHARED)


@pytest.fixture
def two(plugin, small_qgis, workspace, begun, server, qtbot) -> SimpleNamespace:  # noqa: PLR0917 - what it stands on
    """The workspaces of both; Marie's is open."""
    karim = workspace.workspace.with_name("karim.gpkg")
    karim.write_bytes(begun.karim.read_bytes())
    workspace.workspace.write_bytes(begun.marie.read_bytes())
    assert small_qgis.addProject(str(workspace.project))
    offered = small_qgis.window.findChild(QAction, "resorption_territory_history")
    qtbot.waitUntil(offered.isEnabled, timeout=PATIENCE_MS)
    small_qgis.canvas.setExtent(find_layer(QgsProject.instance(), "site").extent().buffered(0.01))
    idle(qtbot)
    return SimpleNamespace(karim=karim, marie=workspace.workspace, window=small_qgis.window, server=server)


def idle(qtbot) -> None:
    tasks_end(qtbot)
    QApplication.processEvents()


def opened(kind: type[QWidget]) -> list[QWidget]:
    """Return the windows of a very kind that are seen."""
    return [each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()]


def cells(dialog: SharedHistoryDialog, *columns: Column) -> list[tuple[str, ...]]:
    model = dialog.model
    return [tuple(model.index(row, column).data() for column in columns) for row in range(model.rowCount())]


def history_of_site(two: SimpleNamespace, qtbot) -> HistoryDialog:
    tools = two.window.findChild(HistoryTools)
    dialog = tools.show_record("site", SITE)
    qtbot.waitUntil(dialog.shared.isVisible, timeout=PATIENCE_MS)
    return dialog


def ask(two: SimpleNamespace, qtbot) -> SharedHistoryDialog:
    """Return what the shared database says of the site."""
    own = history_of_site(two, qtbot)
    qtbot.mouseClick(own.shared, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened(SharedHistoryDialog)), timeout=PATIENCE_MS)
    idle(qtbot)
    return opened(SharedHistoryDialog)[0]


def territory(two: SimpleNamespace, qtbot) -> TerritoryHistoryDialog:
    two.window.findChild(QAction, "resorption_territory_history").trigger()
    qtbot.waitUntil(lambda: bool(opened(TerritoryHistoryDialog)), timeout=PATIENCE_MS)
    idle(qtbot)
    return opened(TerritoryHistoryDialog)[0]


def read(dialog: TerritoryHistoryDialog, qtbot) -> None:
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    idle(qtbot)
    assert not dialog.is_working


def select(dialog: SharedHistoryDialog, field: str) -> None:
    row = next(row for row, cell in enumerate(cells(dialog, Column.FIELD)) if cell == (field,))
    dialog.table.selectRow(row)


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


def test_the_territory_since_the_last_committee(two, qtbot, tmp_path, monkeypatch):
    dialog = territory(two, qtbot)
    assert dialog.period.currentData() is Period.MONTH
    dialog.period.setCurrentIndex(list(Period).index(Period.COMMITTEE))
    assert "remember" in dialog.message.text()
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
    assert "Only the last" in dialog.note.text()
    assert GEOMETRY not in {line.field for line in history.told}
