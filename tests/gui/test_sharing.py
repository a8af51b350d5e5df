"""The page *Sharing* and its windows: a real server, two real workspaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import shapely
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.postgis import installing
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.ui.connect_dialog import ConnectDialog
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.sharing_page import SharingPage
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog
from tools.throw_away_cluster import Cluster, NoServerError, binaries, running_cluster

PATIENCE_MS = 60_000
SITE = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b"
LOGINS = ("marie", "karim")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """A server with an installed database, and a service for each officer of Haute-Garonne."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as started:
        started.sql("CREATE DATABASE installed")
        started.sql("CREATE EXTENSION postgis", "installed")
        with closing(psycopg2.connect(started.place("installed"))) as connection:
            installing.install(connection)
        for login in LOGINS:
            started.login(login)
        yield started


@pytest.fixture
def server(cluster, tmp_path, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own, which the services ``marie`` and ``karim`` reach."""
    cluster.copy("installed", "shared")
    lines = []
    for login in LOGINS:
        cluster.sql(
            f"SELECT app.grant_access('{login}', 'officer', ARRAY['31'], ARRAY[]::text[], 'DDETS 31')", "shared"
        )
        place = cluster.address("shared", login)
        lines += [f"[{login}]", *(f"{key}={value}" for key, value in place.items()), ""]
    services = tmp_path / "services.conf"
    services.write_text("\n".join(lines))
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    yield cluster
    cluster.disconnect("shared")
    cluster.drop("shared")


def write(workspace: Path, **values: object) -> None:
    """Write a site of Toulouse as another program would, or change it."""
    with GeoPackageStore.open(workspace) as store:
        given = {"department": "31", "fk_city": "31555", "commune": "Toulouse", "epci": "243100518", "status": "open"}
        if store.read_uids("site", [SITE]):
            store.apply(ChangeSet(update=[Record("site", SITE, values)]))
        else:
            store.apply(ChangeSet(insert=[Record("site", SITE, given | values, shapely.Point(1.44, 43.6))]))


def name_in(workspace: Path) -> str:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return str(store.read_uids("site", [SITE])[0]["name"])


@pytest.fixture
def colleague(server, empty_workspace, tmp_path) -> Path:
    """The workspace of Karim, who has sent a site."""
    path = tmp_path / "karim.gpkg"
    path.write_bytes(empty_workspace.workspace.read_bytes())
    write(path, name="Chemin de l'Écluse")
    attach_workspace(path, "service=karim", Silent())
    return path


@pytest.fixture
def page(plugin, small_qgis, workspace, server, qtbot) -> SharingPage:
    """The page of Marie, whose workspace is not shared yet."""
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    dock.show_up()
    qtbot.waitUntil(dock.sharing.connect_server.isEnabled, timeout=PATIENCE_MS)
    return dock.sharing


def idle(qtbot) -> None:
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE_MS)


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], object]) -> None:
    """Do something in the next window of a kind, as soon as it is there."""

    def look() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        if found:
            act(found[0])
        else:
            QTimer.singleShot(100, look)

    QTimer.singleShot(0, look)


def attach(page: SharingPage, qtbot) -> None:
    def fill(dialog: ConnectDialog) -> None:
        dialog.reference.setEditText("service=marie")
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    in_dialog(ConnectDialog, fill)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.synchronise.isEnabled, timeout=PATIENCE_MS)
    idle(qtbot)


def synchronise(page: SharingPage, qtbot) -> list[str]:
    """Agree to what is shown; return its lines."""
    seen: list[str] = []

    def agree(dialog: SyncPreviewDialog) -> None:
        tree = dialog.moves
        seen.extend(tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount()))
        if seen:
            tree.setCurrentItem(tree.topLevelItem(0))
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
        seen.append("agreed")

    in_dialog(SyncPreviewDialog, agree)
    qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "agreed" in seen, timeout=PATIENCE_MS)
    idle(qtbot)
    return seen[:-1]


def test_a_workspace_that_is_not_shared_says_so(page):
    assert "on this computer only" in page.state.text()
    assert not page.synchronise.isEnabled()


def test_the_test_of_a_connection_says_who_one_is_and_what_is_wrong(page, server, workspace, qtbot):
    told: list[str] = []

    def try_both(dialog: ConnectDialog) -> None:
        def tried(reference: str) -> str:
            dialog.reference.setEditText(reference)
            dialog.test.click()
            qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)
            return dialog.told.toPlainText() + dialog.message.text()

        told.extend(tried(reference) for reference in ("service=marie", "service=marie password=wrong", "nowhere"))
        dialog.reject()

    in_dialog(ConnectDialog, try_both)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=PATIENCE_MS)
    assert "You are marie, officer" in told[0]
    assert "Areas where you write: 31" in told[0]
    assert "refuses" in told[1]
    assert "wrong" not in told[1]
    assert "no PostgreSQL connection “nowhere”" in told[2]
    assert "attached" not in page.state.text()


def test_what_goes_and_what_comes_is_shown_before_it_does(page, workspace, colleague, small_qgis, qtbot):
    attach(page, qtbot)
    assert "marie" in page.state.text()
    assert name_in(workspace.workspace) == "Chemin de l'Écluse"
    write(colleague, caravans=4)
    synchronise_workspace(colleague, "", Silent())
    write(workspace.workspace, name="L'Écluse")
    assert synchronise(page, qtbot) == ["↑ To send (1)", "↓ To receive (1)"]
    assert "1 sent, 1 received, 0 to decide" in page.state.text()
    badge = small_qgis.window.findChild(QAction, "resorption_synchronise")
    assert badge is not None


def test_nothing_happens_without_agreement(page, workspace, colleague, qtbot):
    attach(page, qtbot)
    write(workspace.workspace, name="À moi")
    in_dialog(SyncPreviewDialog, lambda dialog: dialog.reject())
    qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
    idle(qtbot)
    synchronise_workspace(colleague, "", Silent())
    assert name_in(colleague) == "Chemin de l'Écluse"


def test_a_contradiction_waits_for_a_person(page, workspace, colleague, qtbot):
    attach(page, qtbot)
    write(colleague, name="Le nom de Karim")
    synchronise_workspace(colleague, "", Silent())
    write(workspace.workspace, name="Le nom de Marie")
    synchronise(page, qtbot)
    qtbot.waitUntil(lambda: page.cases_box.title() == "To decide (1)", timeout=PATIENCE_MS)
    site = page.cases.topLevelItem(0)
    assert site.text(0).endswith("Toulouse")
    assert site.child(0).text(2) == "karim"
    assert name_in(workspace.workspace) == "Le nom de Marie"
    page.cases.setCurrentItem(site.child(0))
    assert page.decide.isEnabled()


def test_without_a_server_everything_waits(page, workspace, colleague, server, qtbot):
    attach(page, qtbot)
    write(workspace.workspace, name="Écrit dans la voiture")
    server.stop()
    try:
        qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "Offline" in page.state.text(), timeout=PATIENCE_MS)
        idle(qtbot)
    finally:
        server.start()
    assert synchronise(page, qtbot) == ["↑ To send (1)"]
    assert "1 sent" in page.state.text()


def test_a_workspace_is_detached_with_all_its_records(page, workspace, colleague, monkeypatch, qtbot):
    attach(page, qtbot)
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QMessageBox.question", lambda *_asked: 0x4000)  # Yes
    in_dialog(ConnectDialog, lambda dialog: dialog.detach.click())
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "on this computer only" in page.state.text(), timeout=PATIENCE_MS)
    assert name_in(workspace.workspace) == "Chemin de l'Écluse"
