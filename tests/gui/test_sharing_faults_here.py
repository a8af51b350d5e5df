"""What goes wrong on the officer's own computer while sharing: the disk, another QGIS, QGIS that is closed."""

from __future__ import annotations

import logging
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import shapely
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QDialogButtonBox, QMessageBox

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import store
from resorption_plugin.qgis_adapters.layers import workspace_layers
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.ui.connect_dialog import ConnectDialog
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog
from tests.gui.shared_server import SHARED
from tests.gui.sharing_desk import PATIENCE_MS, SITE, ask, attach, in_dialog, name_in, synchronise, write
from tests.gui.tasks_end import tasks_end

LOCKING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shared(page, colleague, workspace, qtbot) -> Path:
    """Marie's workspace, shared, with an edit that waits."""
    attach(page, qtbot)
    write(workspace.workspace, name="Écrit ici")
    return workspace.workspace


def on_server(server) -> str:
    return server.sql(f"SELECT name FROM resorption.site WHERE uid = '{SITE}'", SHARED)


def agree(dialog: SyncPreviewDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_a_full_disk_changes_nothing_and_is_told(  # noqa: PLR0917
    page, shared, colleague, server, small_qgis, monkeypatch, qtbot
):
    for number in range(60):
        write(colleague, f"{number:08d}-15fd-4f52-a283-cedbcd6efb9b", name="Reçu", comments="x" * 2000)
    synchronise_workspace(colleague, "", Silent())
    connect = store.connect

    def on_a_full_disk(path: Path, **asked: object) -> sqlite3.Connection:
        connection = connect(path, **asked)
        ((pages,),) = connection.execute("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as full:
        full.setattr(store, "connect", on_a_full_disk)
        in_dialog(SyncPreviewDialog, agree)
        ask(page, qtbot)
        tasks_end(qtbot)
        assert "The disk is full" in page.state.text() + "".join(small_qgis.sentences())
    assert name_in(shared) == "Écrit ici"
    synchronise(page, qtbot)
    assert on_server(server) == "Écrit ici"
    with store.GeoPackageStore.open(shared, read_only=True) as held:
        assert len(held.read({"site"}).layer("site")) == 61


def test_another_qgis_that_writes_is_waited_for_then_named(page, shared, server, qtbot):
    command = [sys.executable, "-c", LOCKING, str(shared)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline().strip() == "locked"
        ask(page, qtbot)
        assert "is being written by another program" in page.state.text()
        assert page.synchronise.isEnabled()
        other.stdin.close()
    assert synchronise(page, qtbot) == ["↑ To send (1)"]
    assert on_server(server) == "Écrit ici"


def test_two_qgis_that_synchronise_one_workspace_send_everything_once(page, shared, server, qtbot):
    def agree_after_the_other(dialog: SyncPreviewDialog) -> None:
        synchronise_workspace(shared, "", Silent())
        agree(dialog)

    in_dialog(SyncPreviewDialog, agree_after_the_other)
    ask(page, qtbot)
    tasks_end(qtbot)
    assert "no record was exchanged" in page.state.text()
    assert on_server(server) == "Écrit ici"
    assert server.sql("SELECT count(*) FROM sync.conflict", SHARED) == "0"


def test_qgis_closed_while_it_sends_loses_nothing(page, shared, server, plugin, qtbot):
    with psycopg2.connect(server.place(SHARED)) as blocking:
        blocking.cursor().execute("LOCK TABLE resorption.site IN ACCESS EXCLUSIVE MODE")
        in_dialog(SyncPreviewDialog, agree)
        page.synchronise.click()
        sending = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%app.push%' AND wait_event_type = 'Lock'"
        qtbot.waitUntil(lambda: server.sql(sending, SHARED) != "0", timeout=PATIENCE_MS)
        began = time.monotonic()
        plugin.unload()
        assert time.monotonic() - began < 2
        tasks_end(qtbot)
        blocking.rollback()
    assert name_in(shared) == "Écrit ici"
    report = synchronise_workspace(shared, "service=marie", Silent()).report
    assert report.waiting.to_send == 0
    assert on_server(server) == "Écrit ici"


def open_again(project: Path, qgis) -> None:
    QgsProject.instance().clear()
    assert qgis.addProject(str(project))


LEAVING = {
    "plugin taken away": lambda plugin, _project, _qgis: plugin.unload(),
    "plugin loaded again": lambda plugin, _project, _qgis: (plugin.unload(), plugin.initGui()),
    "project closed": lambda _plugin, _project, _qgis: QgsProject.instance().clear(),
    "project opened again": lambda _plugin, project, qgis: open_again(project, qgis),
}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_who_leaves_while_layers_are_shown_anew_meets_no_fault(  # noqa: PLR0917
    page, shared, colleague, plugin, small_qgis, workspace, leave, caplog, qtbot
):
    """They are shown anew one a turn of the event loop: between two, everything may have gone."""
    with store.GeoPackageStore.open(colleague) as held:
        tap = {"name": "Robinet", "department": "31"}
        held.apply(ChangeSet(insert=[Record("water_point", SITE, tap, shapely.Point(1.44, 43.6))]))
    write(colleague, name="Reçu")
    synchronise_workspace(colleague, "", Silent())
    left: list[str] = []

    def leave_at_first(dialog: SyncPreviewDialog) -> None:
        def shown() -> None:
            if not left:
                left.append("now")
                QTimer.singleShot(0, lambda: leave(plugin, workspace.project, small_qgis))

        for layer in workspace_layers(QgsProject.instance()):
            layer.repaintRequested.connect(shown)
        agree(dialog)

    with caplog.at_level(logging.ERROR):
        in_dialog(SyncPreviewDialog, leave_at_first)
        page.synchronise.click()
        qtbot.waitUntil(lambda: bool(left), timeout=PATIENCE_MS)
        qtbot.wait(300)
        tasks_end(qtbot)
    assert [record.message for record in caplog.records if record.name.startswith("resorption_plugin")] == []


def test_a_first_attachment_that_fails_leaves_the_file_and_the_page_as_they_were(page, workspace, server, qtbot):
    write(workspace.workspace, name="Écrit ici")
    before = workspace.workspace.read_bytes()
    told: list[str] = []

    def try_all(dialog: ConnectDialog) -> None:
        def tried(reference: str) -> str:
            dialog.reference.setEditText(reference)
            dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
            qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)
            return dialog.message.text()

        told.extend(map(tried, ("service=marie port=1", "service=marie password=wrong", "service=nowhere")))
        with socket.create_server(("127.0.0.1", 0)) as silent:
            QTimer.singleShot(1_000, dialog.reject)
            told.append(tried(f"service=marie port={silent.getsockname()[1]}"))
        dialog.reject()

    in_dialog(ConnectDialog, try_all)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 4, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    expected = ("does not answer", "refuses the login", "There is no service “nowhere”", "nothing was changed")
    assert [part in text for part, text in zip(expected, told, strict=True)] == [True] * 4, told
    assert workspace.workspace.read_bytes() == before
    assert "on this computer only" in page.state.text()
    assert not page.synchronise.isEnabled()
    attach(page, qtbot)
    assert on_server(server) == "Écrit ici"


def test_a_stopped_attachment_can_be_taken_up_or_taken_back_at_once(page, workspace, colleague, server, qtbot):
    """The window says how the workspace stands since, not how it stood when it was opened."""
    seen: list[tuple[str, str]] = []
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%app.pull%' AND wait_event_type = 'Lock'"
    blocking = psycopg2.connect(server.place(SHARED))

    def lock_and_agree(box: QMessageBox) -> None:
        blocking.cursor().execute("LOCK TABLE resorption.site IN ACCESS EXCLUSIVE MODE")
        box.button(QMessageBox.StandardButton.Ok).click()

    def cancel_on_the_way(dialog: ConnectDialog) -> None:
        button = QDialogButtonBox.StandardButton
        ok, cancel = dialog.buttons.button(button.Ok), dialog.buttons.button(button.Close)
        assert not dialog.detach.isEnabled()
        dialog.reference.setEditText("service=marie")
        in_dialog(QMessageBox, lock_and_agree)
        ok.click()
        qtbot.waitUntil(lambda: server.sql(waiting, SHARED) != "0", timeout=PATIENCE_MS)
        cancel.click()
        qtbot.waitUntil(dialog.detach.isEnabled, timeout=PATIENCE_MS)
        seen.append((ok.text(), dialog.message.text()))
        dialog.reject()

    in_dialog(ConnectDialog, cancel_on_the_way)
    with closing(blocking):
        qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
        tasks_end(qtbot)
    assert seen == [
        (
            "Attach Again",
            "Stopped: what was exchanged so far is kept, the rest waits here for the next synchronisation.",
        )
    ]
    assert "service=marie" in page.state.text()
    synchronise(page, qtbot)
    assert on_server(server) == name_in(workspace.workspace)


def test_what_a_stopped_attachment_left_is_shown(page, workspace, server, qtbot):
    """Stopped once the workspace was attached, before all had come."""

    def attach_and_leave(dialog: ConnectDialog) -> None:
        attach_workspace(workspace.workspace, "service=marie", Silent())
        dialog.reject()

    in_dialog(ConnectDialog, attach_and_leave)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.synchronise.isEnabled, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    assert "service=marie" in page.state.text()
