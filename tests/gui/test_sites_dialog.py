"""The import of sites, used as an officer uses it: choose or drop, look, decide, agree."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtWidgets import QAction, QComboBox, QDialogButtonBox, QFileDialog

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.ui.sites_choices import DECISION, RESULT
from resorption_plugin.ui.sites_dialog import ImportSitesDialog
from tests.scenes.platform_file import Asked, write
from tests.scenes.platform_sites import InventedSite, invented_sites

PATIENCE_MS = 30_000
DAY = dt.date(2025, 11, 3)
LATER = dt.date(2025, 12, 3)
PEOPLE = "Habitants – Nombre de personnes"


@pytest.fixture(scope="module")
def empty_loire(tmp_path_factory, territory) -> Path:
    path = tmp_path_factory.mktemp("loire") / "44.gpkg"
    create_workspace(path, ["44"], territory)
    return path


@pytest.fixture
def loire(empty_loire, tmp_path) -> Path:
    path = tmp_path / "44.gpkg"
    path.write_bytes(empty_loire.read_bytes())
    return path


@pytest.fixture(scope="module")
def sites() -> list[InventedSite]:
    return [site for site in invented_sites(1, 12, DAY) if site.is_open]


class Officer:
    """Opens the dialog on a workspace of the test's own, and uses it."""

    def __init__(self, qtbot, folder: Path, workspace: Path, sites: list[InventedSite]) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.workspace = workspace
        self.sites = sites
        self.export = write(folder / "export.xlsx", sites, Asked(on=DAY))

    def opens(self, file: Path | None = None) -> ImportSitesDialog:
        dialog = ImportSitesDialog(self.workspace)
        self._qtbot.addWidget(dialog)
        dialog.show()
        if file is not None:
            dialog.file.setFilePath(str(file))
            self.waits(dialog)
        return dialog

    def waits(self, dialog: ImportSitesDialog) -> None:
        self._qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)

    def clicks(self, button) -> None:
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def agrees(self, dialog: ImportSitesDialog) -> None:
        self.clicks(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok))
        self.waits(dialog)

    def imports(self, file: Path) -> ImportSitesDialog:
        dialog = self.opens(file)
        self.agrees(dialog)
        return dialog

    def stored(self, layer: str = "site") -> list[Record]:
        with GeoPackageStore.open(self.workspace, read_only=True) as store:
            return store.read({layer}).layer(layer)

    def site(self, number: int) -> Record:
        return next(site for site in self.stored() if site["rb_id"] == number)

    def puts(self, changes: ChangeSet) -> None:
        with GeoPackageStore.open(self.workspace) as store:
            store.apply(changes)

    def fingerprint(self) -> str:
        return hashlib.sha256(self.workspace.read_bytes()).hexdigest()


@pytest.fixture
def officer(qtbot, qgis_app, tmp_path, loire, sites) -> Officer:
    return Officer(qtbot, tmp_path, loire, sites)


def can_import(dialog: ImportSitesDialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def tabs(dialog: ImportSitesDialog) -> list[str]:
    return [dialog.pages.tabText(index) for index in range(dialog.pages.count())]


def choose(table, row: int, column: int, text: str) -> None:
    """Choose in a table by its list, as with the mouse."""
    table.edit(table.model().index(row, column))
    choice = table.findChild(QComboBox)
    choice.setCurrentIndex(next(index for index in range(choice.count()) if text in choice.itemText(index)))
    choice.activated.emit(choice.currentIndex())


def test_an_export_by_three_clicks(qtbot, officer):
    before, count = officer.fingerprint(), len(officer.sites)
    assert not can_import(officer.opens())
    dialog = officer.opens(officer.export)
    assert tabs(dialog)[:2] == [f"Added ({count})", "Changed (0)"]
    assert dialog.summary.text().startswith("Export of 2025-11-03. To add: ")
    assert officer.fingerprint() == before
    with qtbot.waitSignal(dialog.imported, timeout=PATIENCE_MS) as told:
        officer.agrees(dialog)
    assert told.args[0].counts()["added"] == count
    assert dialog.message.text().startswith(f"Import done. Added: {count}")
    assert dialog.summary.text().startswith("This file is imported.")
    assert not can_import(dialog)
    assert len(officer.stored()) == count


def test_the_same_file_again_has_nothing_to_write(officer):
    officer.imports(officer.export)
    dialog = officer.opens(officer.export)
    assert f"unchanged: {len(officer.sites)}" in dialog.summary.text()
    assert not can_import(dialog)


def test_a_file_can_be_dropped(officer):
    dialog = officer.opens()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(officer.export))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(drop)
    officer.waits(dialog)
    assert tabs(dialog)[0] == f"Added ({len(officer.sites)})"


@pytest.fixture
def conflict(officer) -> ImportSitesDialog:
    """A later export, in which the people of a site changed; they changed otherwise in the workspace."""
    officer.imports(officer.export)
    first, *others = officer.sites
    values = {"population_total": 777, "name": "Notre nom"}
    officer.puts(ChangeSet(update=[Record("site", officer.site(first.rb_id).uid, values)]))
    later = [first.changed(population_total=555, platform_updated_at=LATER), *others]
    return officer.opens(write(officer.folder / "later.xlsx", later, Asked(on=LATER)))


def test_a_conflict_is_shown_first_with_all_its_values(officer, conflict):
    assert "Changed in both since the last import: 1" in conflict.summary.text()
    model = conflict.changed.model()
    cells = [model.index(0, column).data() for column in range(2, model.columnCount())]
    assert cells == [PEOPLE, "777", "555", "777 ▾", "⚠ Conflict: yours stays"]
    hint = model.index(0, RESULT).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == f"At the last import: {officer.sites[0].contents.site['population_total']}"


@pytest.mark.parametrize(("takes_file", "expected"), [(False, 777), (True, 555)])
def test_a_conflict_is_decided_in_the_table(officer, conflict, takes_file, expected):
    conflict.pages.setCurrentWidget(conflict.changed_page)
    if takes_file:
        choose(conflict.changed, 0, RESULT, "555")
        assert conflict.changed.model().index(0, RESULT).data() == "555 ▾"
    officer.agrees(conflict)
    assert officer.site(officer.sites[0].rb_id)["population_total"] == expected


def test_a_choice_stays_while_another_row_is_decided(officer, conflict):
    place = officer.sites[1].contents.position
    values = {"status": "open", "name": "Autre nom", "living_conditions_version": 2, "fk_city": "44109"}
    officer.puts(ChangeSet(insert=[Record("site", "drawn", values, place)]))
    first, second, *others = officer.sites
    later = [first.changed(population_total=555, platform_updated_at=LATER), second, *others]
    new = dataclasses.replace(second, rb_id=900)
    dialog = officer.opens(write(officer.folder / "more.xlsx", [*later, new], Asked(on=LATER)))
    dialog.pages.setCurrentWidget(dialog.changed_page)
    choose(dialog.changed, 0, RESULT, "555")
    dialog.pages.setCurrentWidget(dialog.ambiguous_page)
    choose(dialog.ambiguous, 0, DECISION, "Autre nom")
    officer.waits(dialog)
    assert dialog.changed.model().index(0, RESULT).data() == "555 ▾"
    officer.agrees(dialog)
    assert officer.site(first.rb_id)["population_total"] == 555
    assert officer.site(900).uid == "drawn"


@pytest.fixture
def uncertain(officer) -> ImportSitesDialog:
    """An export one of whose sites lies where one was drawn here, under another name."""
    values = {"status": "open", "name": "Autre nom", "living_conditions_version": 2, "fk_city": "44109"}
    officer.puts(ChangeSet(insert=[Record("site", "drawn", values, officer.sites[0].contents.position)]))
    return officer.opens(officer.export)


@pytest.mark.parametrize(
    ("answer", "changed", "added"), [("Autre nom", 1, 0), ("A new site", 0, 1), ("Leave the row out", 0, 0)]
)
def test_what_is_uncertain_is_asked(officer, uncertain, answer, changed, added):
    assert tabs(uncertain)[2] == "To decide (1)"
    assert uncertain.pages.currentWidget() is uncertain.ambiguous_page
    assert uncertain.ambiguous.model().index(0, DECISION).data() == "(to decide) ▾"
    choose(uncertain.ambiguous, 0, DECISION, answer)
    officer.waits(uncertain)
    assert tabs(uncertain)[1:3] == [f"Changed ({changed})", "To decide (0)"]
    assert answer in uncertain.ambiguous.model().index(0, DECISION).data()
    officer.agrees(uncertain)
    assert len(officer.stored()) == len(officer.sites) + added


def test_rows_not_imported_are_shown_and_saved(officer, monkeypatch):
    export = write(officer.folder / "far.csv", officer.sites, Asked(on=DAY, extra={"Ma colonne": "x"}))
    latitude = repr(officer.sites[0].contents.position.y)
    export.write_text(export.read_text("utf-8-sig").replace(latitude, "12.5"), "utf-8-sig")
    target = officer.folder / "rejects.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    dialog = officer.opens(export)
    assert tabs(dialog)[3] == "Rejected (1)"
    assert "outside the workspace's territory" in dialog.rejected.model().index(0, 2).data()
    model = dialog.notes.model()
    assert "This column is none of the platform's: it is left out." in [
        model.index(row, 4).data() for row in range(model.rowCount())
    ]
    dialog.pages.setCurrentWidget(dialog.rejected_page)
    officer.clicks(dialog.save_rejected)
    assert str(target) in dialog.message.text()
    assert openpyxl.load_workbook(target).active.max_row == 3


def test_cancel_stops_the_work_and_keeps_the_dialog(officer):
    export = write(officer.folder / "many.xlsx", invented_sites(2, 150, DAY, 0), Asked(on=DAY))
    before = officer.fingerprint()
    dialog = officer.opens()
    dialog.file.setFilePath(str(export))
    assert dialog.progress.isVisible()
    officer.clicks(dialog.buttons.button(QDialogButtonBox.StandardButton.Close))
    officer.waits(dialog)
    assert dialog.isVisible()
    assert dialog.message.text() == "Cancelled: nothing was changed."
    assert not can_import(dialog)
    assert officer.fingerprint() == before


def test_nothing_is_written_when_the_workspace_changed_meanwhile(officer):
    dialog = officer.opens(officer.export)
    officer.imports(officer.export)
    after = officer.fingerprint()
    officer.agrees(dialog)
    assert dialog.message.text() == "The workspace changed since the preview. Preview again, then import."
    assert officer.fingerprint() == after


def test_another_file_is_told_in_a_sentence(officer):
    table = officer.folder / "pei.csv"
    table.write_text("insee;id_sdis;type_pei;type_rd;debit;disponible;lon;lat\n44109;1;PI;poteau;60;1;-1.5;47.2\n")
    dialog = officer.opens(table)
    assert "use “Import Water Points…”" in dialog.message.text()
    assert not can_import(dialog)


@pytest.fixture
def commands(plugin, small_qgis, workspace, qtbot) -> dict[str, QAction]:
    """The commands of the menu, once a workspace is open."""
    assert QgsProject.instance().read(str(workspace.project))
    named = {action.objectName(): action for action in small_qgis.window.findChildren(QAction)}
    qtbot.waitUntil(named["resorption_import_sites"].isEnabled, timeout=PATIENCE_MS)
    return named


def test_the_menu_imports_sites(commands, workspace, monkeypatch):
    shown: list[Path] = []
    monkeypatch.setattr(ImportSitesDialog, "exec", lambda dialog: shown.append(dialog._workspace))
    commands["resorption_import_sites"].trigger()
    assert shown == [workspace.workspace]


def test_the_menu_writes_the_return_sheet(qtbot, commands, small_qgis, tmp_path, monkeypatch):
    target = tmp_path / "retour.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    commands["resorption_return_sheet"].trigger()
    qtbot.waitUntil(target.is_file, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "for the services only" in said(small_qgis), timeout=PATIENCE_MS)


def said(qgis) -> str:
    """Return what QGIS's message bar says."""
    item = qgis.messageBar().currentItem()
    return item.text() if item else ""
