"""Opening and making workspaces: what works, and the one sentence when it does not."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.ports import stop_if_cancelled
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.tasks import Jobs
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.new_workspace_dialog import NewWorkspaceDialog

PATIENCE_MS = 20_000


def trigger(qgis, key: str) -> None:
    action = qgis.window.findChild(QAction, f"resorption_{key}")
    action.trigger()


def choose_file(monkeypatch, path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(path), ""))


def test_opening_a_workspace_file_opens_its_project(plugin, small_qgis, workspace, monkeypatch, qtbot):
    choose_file(monkeypatch, workspace.workspace)
    trigger(small_qgis, "open_workspace")
    assert QgsProject.instance().fileName() == str(workspace.project)
    dock = small_qgis.window.findChild(ResorptionDock)
    qtbot.waitUntil(dock.checks.rerun.isEnabled, timeout=PATIENCE_MS)
    assert "Haute-Garonne" in dock.overview.heading.text()


def test_a_workspace_without_project_gets_one(plugin, small_qgis, workspace, monkeypatch):
    workspace.project.unlink()
    choose_file(monkeypatch, workspace.workspace)
    trigger(small_qgis, "open_workspace")
    assert workspace.project.is_file()
    assert QgsProject.instance().fileName() == str(workspace.project)


@pytest.mark.parametrize("content", [b"", b"this is not a GeoPackage" * 10], ids=["empty", "text"])
def test_a_file_that_is_no_workspace_is_refused_with_one_sentence(plugin, small_qgis, tmp_path, monkeypatch, content):
    path = tmp_path / "other.gpkg"
    path.write_bytes(content)
    choose_file(monkeypatch, path)
    trigger(small_qgis, "open_workspace")
    assert len(small_qgis.sentences()) == 1
    assert "other.gpkg" in small_qgis.sentences()[0]
    assert path.read_bytes() == content
    assert QgsProject.instance().mapLayers() == {}


def test_a_project_whose_workspace_was_cut_short_says_so_once(plugin, small_qgis, workspace, qtbot):
    cut = workspace.workspace.read_bytes()[:200_000]
    workspace.workspace.write_bytes(cut)
    small_qgis.addProject(str(workspace.project))
    qtbot.waitUntil(lambda: len(small_qgis.sentences()) > 0, timeout=PATIENCE_MS)
    qtbot.wait(500)
    assert len(small_qgis.sentences()) == 1
    assert "empty.gpkg" in small_qgis.sentences()[0]
    assert workspace.workspace.read_bytes() == cut


def test_a_project_of_something_else_leaves_the_dock_alone(plugin, small_qgis, tmp_path, monkeypatch):
    other = tmp_path / "other.qgz"
    QgsProject().write(str(other))
    choose_file(monkeypatch, other)
    trigger(small_qgis, "open_workspace")
    assert len(small_qgis.sentences()) == 1
    assert "other.qgz" in small_qgis.sentences()[0]


@pytest.fixture
def dialog(qgis_app, qtbot, territory, small_qgis):
    class Quiet:
        def inform(self, text): ...

        def report(self, error): ...

    def make(create) -> NewWorkspaceDialog:
        dialog = NewWorkspaceDialog(
            territory.departments(), create, Jobs(Quiet(), small_qgis.window), small_qgis.window
        )
        dialog.show()
        return dialog

    return make


def tick(dialog: NewWorkspaceDialog, code: str) -> None:
    next(item for item in dialog._items if item.text().startswith(code)).setCheckState(Qt.CheckState.Checked)


def ok(dialog: NewWorkspaceDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_a_department_is_found_without_accents_nor_dashes(dialog):
    shown = dialog(lambda *_: None)
    for typed, found in (("herault", "34 – Hérault"), ("cote d'or", "21 – Côte-d'Or"), ("2a", "2A – Corse-du-Sud")):
        shown.search.setText(typed)
        model = shown.departments.model()
        assert found in [model.index(row, 0).data() for row in range(model.rowCount())]
        assert model.rowCount() < 3


def test_nothing_is_made_without_a_department_and_a_file(dialog, tmp_path):
    shown = dialog(lambda *_: None)
    assert not ok(shown).isEnabled()
    tick(shown, "31")
    assert shown.path().name == "resorption_31.gpkg"  # proposed
    shown.file.setFilePath("")
    assert not ok(shown).isEnabled()
    shown.file.setFilePath(str(tmp_path / "new"))
    assert ok(shown).isEnabled()
    assert shown.path().name == "new.gpkg"


def test_an_existing_file_is_refused_before_anything_is_done(dialog, tmp_path):
    (tmp_path / "work.gpkg").write_bytes(b"precious")
    shown = dialog(lambda *_: None)
    tick(shown, "31")
    shown.file.setFilePath(str(tmp_path / "work.gpkg"))
    assert not ok(shown).isEnabled()
    assert "work.gpkg" in shown.problem.text()


def test_what_went_wrong_is_said_in_the_dialog_which_stays(dialog, tmp_path, qtbot):
    def fail(path, _codes, _feedback):
        raise WorkspaceError("The disk is full: nothing was written to {path}.", path=path)

    shown = dialog(fail)
    tick(shown, "31")
    shown.file.setFilePath(str(tmp_path / "new.gpkg"))
    ok(shown).click()
    qtbot.waitUntil(lambda: "new.gpkg" in shown.problem.text(), timeout=PATIENCE_MS)
    assert shown.isVisible()
    assert ok(shown).isEnabled()


def test_cancelling_stops_the_work_and_leaves_the_dialog(dialog, tmp_path, qtbot):
    def endless(_path, _codes, feedback):
        while True:
            stop_if_cancelled(feedback)

    shown = dialog(endless)
    tick(shown, "31")
    shown.file.setFilePath(str(tmp_path / "new.gpkg"))
    ok(shown).click()
    assert not ok(shown).isEnabled()
    shown.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    qtbot.waitUntil(ok(shown).isEnabled, timeout=PATIENCE_MS)
    assert shown.isVisible()


def test_the_first_day_a_new_workspace_is_made_and_opened(plugin, small_qgis, tmp_path, qtbot):
    path = tmp_path / "first.gpkg"

    def fill() -> None:
        shown = QApplication.activeModalWidget()
        tick(shown, "31")
        shown.file.setFilePath(str(path))
        ok(shown).click()

    QTimer.singleShot(300, fill)
    trigger(small_qgis, "new_workspace")
    assert QgsProject.instance().fileName() == str(path.with_suffix(".qgz"))
    with GeoPackageStore.open(path, read_only=True) as store:
        assert store.meta("departments") == "31"
