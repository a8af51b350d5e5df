"""What people do in the windows of the shared history, and what these show, for the tests of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import shapely
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QWidget

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.ui.history_dialog import HistoryDialog
from resorption_plugin.ui.history_tools import HistoryTools
from resorption_plugin.ui.shared_history_dialog import SharedHistoryDialog
from resorption_plugin.ui.shared_history_model import Column
from resorption_plugin.ui.territory_history_dialog import TerritoryHistoryDialog
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 60_000
SITE, COUNT = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b", "1f75afd7-15fd-4f52-a283-cedbcd6efb9b"
HERE, THERE = shapely.Point(1.44, 43.6), shapely.Point(1.44, 43.602)
TODAY = dt.datetime.now(dt.UTC).astimezone().date()


def write(workspace: Path, *, insert: list[Record] | None = None, update: list[Record] | None = None) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=insert or [], update=update or []))


def site_in(workspace: Path) -> Record | None:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return next(iter(store.read_uids("site", [SITE])), None)


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
    qtbot.waitUntil(lambda: dialog.shared.isVisible() and dialog.model.rowCount() > 0, timeout=PATIENCE_MS)
    return dialog


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
