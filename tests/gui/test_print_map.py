"""Printing the map: for whom first, then how and where, and nothing before all of it is right."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.indicators.audience import Audience
from resorption_plugin.core.model import domains
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing import export_map
from resorption_plugin.qgis_adapters.layouts import Paper
from resorption_plugin.ui import print_map_dialog
from resorption_plugin.ui.print_map_dialog import PrintMapDialog
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 20_000


@pytest.fixture
def dialog(workspace, qgis_app, qtbot) -> PrintMapDialog:
    dialog = PrintMapDialog(workspace.workspace, Audience.COMMITTEE.value)
    qtbot.addWidget(dialog)
    return dialog


def ok(dialog: PrintMapDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def choose(dialog: PrintMapDialog, audience: Audience) -> None:
    dialog.audience.setCurrentIndex(dialog.audience.findData(audience.value))


def test_the_audiences_are_read_as_words_in_the_users_language(dialog, workspace, qtbot, monkeypatch):
    shown = [dialog.audience.itemText(row) for row in range(dialog.audience.count())]
    assert len(shown) == len(Audience)
    assert not set(shown) & set(domains.AUDIENCE.codes())
    monkeypatch.setattr(print_map_dialog, "language", lambda: "fr")
    french = PrintMapDialog(workspace.workspace, Audience.COMMITTEE.value)
    qtbot.addWidget(french)
    assert french.audience.currentText() == "Comité de pilotage : par commune"


def test_what_an_audience_will_see_is_said_under_it(dialog):
    told = set()
    for audience in Audience:
        choose(dialog, audience)
        told.add(dialog.shown.text())
    assert len(told) == len(Audience)
    assert all(told)


@pytest.mark.parametrize(
    ("preferred", "proposed"), [("committee", "committee"), ("public", "public"), ("nobody", "committee")]
)
def test_the_preferred_audience_is_proposed_and_the_committee_otherwise(workspace, qtbot, preferred, proposed):
    dialog = PrintMapDialog(workspace.workspace, preferred)
    qtbot.addWidget(dialog)
    assert dialog.order().audience == proposed


def test_untouched_it_asks_for_a_pdf_on_a3_of_today_beside_the_workspace(dialog, workspace):
    order = dialog.order()
    assert (order.paper, order.day, order.logo) == (Paper.A3, dt.datetime.now().astimezone().date(), None)
    assert (order.output.parent, order.output.suffix) == (workspace.workspace.parent, ".pdf")
    assert ok(dialog).isEnabled()
    assert dialog.problem.text() == ""


def test_the_name_proposed_follows_the_audience_until_the_user_writes_one(dialog):
    proposed = dialog.order().output
    choose(dialog, Audience.PUBLIC)
    assert dialog.order().output != proposed
    dialog.file.setFilePath("mine.pdf")
    choose(dialog, Audience.SERVICES)
    assert dialog.order().output.name == "mine.pdf"


@pytest.mark.parametrize("name", ["", "map.docx", "map", "nowhere/map.pdf"])
def test_a_file_that_cannot_be_a_map_is_one_sentence_and_ok_is_off(dialog, name):
    dialog.file.setFilePath(name)
    assert not ok(dialog).isEnabled()
    assert dialog.problem.text().count(". ") <= 1
    assert dialog.problem.text().endswith(".")
    dialog.file.setFilePath("map.PNG")
    assert ok(dialog).isEnabled()
    assert dialog.problem.text() == ""


def test_a_logo_that_is_no_picture_is_one_sentence_and_ok_is_off(dialog, workspace):
    dialog.logo.setFilePath(str(workspace.workspace))
    assert str(workspace.workspace) in dialog.problem.text()
    assert not ok(dialog).isEnabled()


def test_a_map_that_would_be_replaced_is_named_and_may_be(dialog, tmp_path):
    (tmp_path / "old.pdf").write_bytes(b"the map of last month")
    dialog.file.setFilePath(str(tmp_path / "old.pdf"))
    assert str(tmp_path / "old.pdf") in dialog.problem.text()
    assert ok(dialog).isEnabled()


@pytest.fixture
def desk(plugin, small_qgis, workspace, qtbot) -> SimpleNamespace:
    """The plugin with the workspace open."""
    assert small_qgis.addProject(str(workspace.project))
    command = small_qgis.window.findChild(QAction, "resorption_print_map")
    qtbot.waitUntil(command.isEnabled, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    return SimpleNamespace(command=command, qgis=small_qgis, workspace=workspace.workspace)


def print_map(desk: SimpleNamespace, answer: Callable[[PrintMapDialog], None]) -> None:
    """Trigger the command, and answer its dialog."""
    answered = []

    def act() -> None:
        answered.append(QApplication.activeModalWidget())
        answer(answered[0])

    QTimer.singleShot(0, act)
    desk.command.trigger()
    assert [type(dialog) for dialog in answered] == [PrintMapDialog]


def logged(workspace) -> list[tuple[str, str]]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        lines = store.read(["export_log"]).layer("export_log")
    return [(line["file_name"], line["audience"]) for line in lines]


def test_ok_prints_the_map_logs_it_and_says_where_it_is(desk, tmp_path):
    output = tmp_path / "committee.pdf"

    def answer(dialog: PrintMapDialog) -> None:
        dialog.paper.setCurrentText("A4")
        dialog.file.setFilePath(str(output))
        ok(dialog).click()

    print_map(desk, answer)
    assert output.read_bytes().startswith(b"%PDF")
    assert logged(desk.workspace) == [("committee.pdf", "committee")]
    assert any(str(output) in said for said in desk.qgis.sentences())


def test_cancel_prints_nothing(desk, tmp_path):
    before = sorted(tmp_path.iterdir())
    print_map(desk, lambda dialog: dialog.reject())
    assert sorted(tmp_path.iterdir()) == before
    assert logged(desk.workspace) == []


def test_the_map_is_drawn_in_the_main_thread_as_print_layouts_demand(desk, monkeypatch):
    drawn = []
    monkeypatch.setattr(export_map, "export_map", lambda order, _log: drawn.append((order, threading.get_ident())))

    def answer(dialog: PrintMapDialog) -> None:
        choose(dialog, Audience.PUBLIC)
        dialog.day.setDate(dt.date(2026, 1, 15))
        ok(dialog).click()

    print_map(desk, answer)
    [(order, thread)] = drawn
    assert thread == threading.main_thread().ident
    assert (order.audience, order.day, order.logo) == (Audience.PUBLIC, dt.date(2026, 1, 15), None)


def test_a_map_that_fails_says_why(desk, monkeypatch):
    def fail(_order, _log):
        raise ResorptionError("The printer is asleep.")

    monkeypatch.setattr(export_map, "export_map", fail)
    print_map(desk, lambda dialog: ok(dialog).click())
    assert any("The printer is asleep." in said for said in desk.qgis.sentences())
    assert QApplication.overrideCursor() is None
