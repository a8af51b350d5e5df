"""An officer's shared workspace with contradictions, and what their window shows, for the tests of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

import shapely
from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsDateEdit, QgsMapCanvas, QgsSpinBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QListWidget, QPlainTextEdit

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.news import Page
from resorption_plugin.core.sync.operations import Conflict, ConflictKind
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.conflicts import Dispute
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.qgis_adapters.sharing import Case, read_sharing
from resorption_plugin.ui.conflict_dialog import ConflictDialog

PATIENCE_MS = 60_000
HERE, MOVED, ELSEWHERE = shapely.Point(1.44, 43.6), shapely.Point(1.4405, 43.6), shapely.Point(1.4412, 43.6004)


class Office:
    """An officer's shared workspace, in which contradictions are put as the server tells them."""

    def __init__(self, qtbot, path: Path) -> None:
        self._qtbot = qtbot
        self.path = path
        self.canvas = QgsMapCanvas()
        self.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        qtbot.addWidget(self.canvas)
        with SyncedWorkspace.attach(path) as local:
            self.device = local.state().device

    def enters(self, layer: str = "site", geom: shapely.Geometry | None = HERE, **values) -> str:
        uid = str(uuid.uuid4())
        required = {"status": "open"} if layer == "site" else {}
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(insert=[Record(layer, uid, {**required, **values}, geom)]))
        return uid

    def deletes(self, layer: str, uid: str) -> None:
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(delete=[(layer, uid)]))

    def holds(self, layer: str, uid: str) -> Record | None:
        with GeoPackageStore.open(self.path, read_only=True) as store:
            return next(iter(store.read_uids(layer, [uid])), None)

    def image(self, layer: str, uid: str, **values) -> wire.Image:
        """Return the wire form of the record as it is, but for some values."""
        record = self.holds(layer, uid)
        shape = values.pop("geom", record.geometry)
        return wire.image(travel(layer), replace(record, values={**record.values, **values}, geometry=shape))

    def meets(self, layer: str, row: str, kind=ConflictKind.SAME_FIELD, group: str = "", **told) -> str:
        """Put a contradiction; return its uid."""
        blank = {"base": {}, "mine": {}, "theirs": {}, "version": 4}
        times = {"raised_at": "2026-11-20T09:05:00.000Z", "theirs_at": "2026-11-19T11:30:00.000Z"}
        people = {"raised_by": "bob.martin", "theirs_by": "anne.léger", "device": self.device}
        uid = str(uuid.uuid4())
        conflict = Conflict(uid, layer, row, kind, group, **{**blank, **times, **people, **told})
        with SyncedWorkspace.attach(self.path) as local:
            state = local.state()
            local.receive(Page(state.cursor + 1, state.chain, False, (), (conflict,)))
        return uid

    def disputes(self) -> dict[str, Dispute]:
        with SyncedWorkspace.attach(self.path) as local:
            return {one.conflict.uid: one for one in local.conflicts()}

    def cases(self) -> tuple[Case, ...]:
        return read_sharing(self.path, "en").cases

    def opens(self, uid: str) -> ConflictDialog:
        cases = self.cases()
        case = next(case for case in cases if case.dispute.conflict.uid == uid)
        return self.opens_case(case, cases)

    def opens_case(self, case: Case, cases: tuple[Case, ...]) -> ConflictDialog:
        dialog = ConflictDialog(self.path, case, cases, self.canvas)
        self._qtbot.addWidget(dialog)
        dialog.show()
        self.waits(dialog)
        return dialog

    def waits(self, dialog: ConflictDialog) -> None:
        self._qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)

    def chooses(self, radio) -> None:
        self._qtbot.keyClick(radio, Qt.Key.Key_Space)
        assert radio.isChecked()

    def agrees(self, dialog: ConflictDialog) -> None:
        self._qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
        self.waits(dialog)


def ok(dialog: ConflictDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def cells(dialog: ConflictDialog) -> dict[str, dict[str, str]]:
    table = dialog.values
    heads = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
    return {
        table.verticalHeaderItem(row).text(): {
            head: table.item(row, column).text() for column, head in enumerate(heads)
        }
        for row in range(table.rowCount())
    }


def of_title(dialog: ConflictDialog, title: str):
    """Return the editor that a screen reader calls by a title."""
    kinds = (QComboBox, QgsDateEdit, QgsSpinBox, QPlainTextEdit, QListWidget, QLineEdit)
    found = [widget for kind in kinds for widget in dialog.editors.findChildren(kind)]
    return next(widget for widget in found if widget.accessibleName() == title)
