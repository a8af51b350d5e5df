"""The window of administrators, and the button by which officers hand over what they cannot send: a real server."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import shapely
from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QTabWidget

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.administration import read_handed
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.ui.administration_dialog import AdministrationDialog
from resorption_plugin.ui.conflict_dialog import ConflictDialog
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.hand_over_dialog import HandOverDialog
from resorption_plugin.ui.person_dialog import PersonDialog
from resorption_plugin.ui.sharing_page import SharingPage
from tests.gui.shared_server import installed_cluster, shared_database
from tools.throw_away_cluster import Cluster

PATIENCE_MS = 60_000
SITE, OUTSIDE = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b", "1f75afd7-15fd-4f52-a283-cedbcd6efb9b"
ROLES = {"ada": "admin", "alix": "auditor", "marie": "officer", "karim": "officer"}
YES = 0x4000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server with an installed database, and a login that has no access to it."""
    with installed_cluster() as started:
        started.login("nouveau")
        yield started


@pytest.fixture
def server(cluster, tmp_path, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own; each person has a service of their name, and Marie writes in Toulouse alone."""
    services = tmp_path / "services.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    with shared_database(cluster, services, ROLES) as shared:
        shared.sql("SELECT app.grant_access('marie', 'officer', '{31555}')", "shared")
        yield shared


@pytest.fixture
def attached(server, empty_workspace, tmp_path) -> Callable[[str], Path]:
    """Make a workspace of somebody, attached to the shared database."""

    def make(login: str) -> Path:
        path = tmp_path / f"{login}.gpkg"
        path.write_bytes(empty_workspace.workspace.read_bytes())
        attach_workspace(path, f"service={login}", Silent())
        return path

    return make


def write(workspace: Path, uid: str, city: str = "31555", **values: object) -> None:
    """Write a site as another program would, or change it."""
    with GeoPackageStore.open(workspace) as store:
        given = {"department": "31", "fk_city": city, "epci": "243100518", "status": "open"}
        if store.read_uids("site", [uid]):
            store.apply(ChangeSet(update=[Record("site", uid, values)]))
        else:
            store.apply(ChangeSet(insert=[Record("site", uid, given | values, shapely.Point(1.44, 43.6))]))


@pytest.fixture
def quarrel(attached) -> Path:
    """The workspace of Ada, which knows that Marie and Karim contradict each other."""
    karim, marie = attached("karim"), attached("marie")
    write(karim, SITE, name="Chemin de l'Écluse", commune="Toulouse")
    synchronise_workspace(karim, "", Silent())
    synchronise_workspace(marie, "", Silent())
    ada = attached("ada")
    write(karim, SITE, name="Le nom de Karim")
    synchronise_workspace(karim, "", Silent())
    write(marie, SITE, name="Le nom de Marie")
    synchronise_workspace(marie, "", Silent())
    synchronise_workspace(ada, "", Silent())
    return ada


@pytest.fixture
def refused_site(attached) -> Path:
    """The workspace of Marie, who may not write in Blagnac and has written there."""
    path = attached("marie")
    write(path, OUTSIDE, city="31069", name="Hors zone", commune="Blagnac", population_total=12)
    synchronise_workspace(path, "", Silent())
    return path


@pytest.fixture
def opened(qgis_app, server, qtbot) -> Iterator[Callable[..., AdministrationDialog]]:
    """Open the window with a connection, and wait until it has read."""
    made: list[object] = []

    def make(connection: str, workspace: Path | None = None) -> AdministrationDialog:
        canvas = QgsMapCanvas()
        dialog = AdministrationDialog(workspace, connection, canvas)
        made.extend((dialog, canvas))
        dialog.show()
        wait(dialog, qtbot)
        return dialog

    yield make
    for one in made:
        one.close()
        one.deleteLater()


def wait(dialog: AdministrationDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)


def column(tree, number: int) -> list[str]:
    return [tree.topLevelItem(row).text(number) for row in range(tree.topLevelItemCount())]


def choose(tree, text: str) -> None:
    found = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    tree.setCurrentItem(next(item for item in found if any(text in item.text(c) for c in range(tree.columnCount()))))


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], object]) -> None:
    """Do something in the next window of a kind, as soon as it is there."""

    def look() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        if found and not getattr(found[0], "is_working", False):
            act(found[0])
        else:
            QTimer.singleShot(100, look)

    QTimer.singleShot(0, look)


def click_ok(dialog: QDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def answer_yes(monkeypatch) -> list[str]:
    """Agree to every question; return what was asked."""
    asked: list[str] = []

    def question(_parent: object, title: str, text: str, *_others: object) -> int:
        asked.append(f"{title} {text}")
        return YES

    monkeypatch.setattr("qgis.PyQt.QtWidgets.QMessageBox.question", question)
    return asked


def test_an_administrator_sees_people_and_workspaces(opened, attached):
    attached("marie")
    dialog = opened("service=ada")
    assert "you are ada, administrator" in dialog.who.text()
    assert column(dialog.people, 0) == ["ada", "alix", "karim", "marie"]
    choose(dialog.people, "marie")
    shown = dialog.people.currentItem()
    assert (shown.text(1), shown.text(2)) == ("officer", "Toulouse (31555)")
    assert shown.text(5) != "never"
    assert column(dialog.devices, 0) == ["marie"]
    assert "up to date" in dialog.devices.topLevelItem(0).text(5)
    assert dialog.change_person.isEnabled()


def test_an_officer_is_refused_in_words_and_an_auditor_only_looks(opened, attached, qtbot):
    dialog = opened("service=marie")
    assert "does not administrate" in dialog.message.text()
    assert not dialog.pages.isEnabled()
    dialog.reference.setEditText("service=alix")
    click_ok(dialog)
    wait(dialog, qtbot)
    assert "only an administrator acts" in dialog.who.text()
    assert column(dialog.people, 0) == ["ada", "alix", "karim", "marie"]
    choose(dialog.people, "marie")
    acts = (dialog.add_person, dialog.change_person, dialog.revoke_person, dialog.decide, dialog.settle, dialog.trim)
    assert not any(button.isEnabled() for button in acts)


def test_access_is_given_changed_and_taken(opened, server, monkeypatch, qtbot):
    dialog = opened("service=ada")

    def refuse_then_give(person: PersonDialog) -> None:
        person.login.setEditText("nouveau")
        click_ok(person)
        qtbot.waitUntil(lambda: not person.is_working, timeout=PATIENCE_MS)
        assert "at least one area" in person.message.text()
        person.areas.setText("31069, 82")
        person.justice.setChecked(True)
        click_ok(person)

    in_dialog(PersonDialog, refuse_then_give)
    dialog.add_person.click()
    wait(dialog, qtbot)
    rights = "SELECT role, rights, (SELECT string_agg(code, ',' ORDER BY code) FROM sync.area WHERE login = 'nouveau')"
    assert server.sql(f"{rights} FROM sync.person WHERE login = 'nouveau'", "shared") == "officer|{justice}|31069,82"
    assert "nouveau has this access" in dialog.message.text()

    choose(dialog.people, "nouveau")

    def make_auditor(person: PersonDialog) -> None:
        person.role.setCurrentIndex(person.role.findData("auditor"))
        click_ok(person)

    in_dialog(PersonDialog, make_auditor)
    dialog.change_person.click()
    wait(dialog, qtbot)
    assert server.sql("SELECT role FROM sync.person WHERE login = 'nouveau'", "shared") == "auditor"

    asked = answer_yes(monkeypatch)
    choose(dialog.people, "nouveau")
    dialog.revoke_person.click()
    wait(dialog, qtbot)
    assert column(dialog.people, 0) == ["ada", "alix", "karim", "marie"]
    assert "stays in their files" in asked[0]


def test_enter_opens_a_person_and_reads_nothing_anew(opened, qtbot):
    dialog = opened("service=ada")
    choose(dialog.people, "karim")
    dialog.people.setFocus()
    shown: list[str] = []

    def look(person: PersonDialog) -> None:
        shown.append(person.login.currentText())
        person.reject()

    in_dialog(PersonDialog, look)
    qtbot.keyClick(dialog.people, Qt.Key.Key_Return)
    assert shown == ["karim"]
    assert not dialog.is_working


def test_a_login_that_is_not_on_the_server_is_refused(opened, qtbot):
    dialog = opened("service=ada")
    said: list[str] = []

    def give(person: PersonDialog) -> None:
        person.login.setEditText("personne")
        person.areas.setText("31")
        click_ok(person)
        qtbot.waitUntil(lambda: not person.is_working, timeout=PATIENCE_MS)
        said.append(person.message.text())
        person.reject()

    in_dialog(PersonDialog, give)
    dialog.add_person.click()
    assert "knows no such login" in said[0]
    assert not dialog.is_working


def test_contradictions_are_counted_and_decided_where_they_are(opened, quarrel, qtbot):
    without = opened("service=ada")
    assert "1 open: by department 31 (1); sent by marie (1)" in without.contested_count.text()
    assert "Le nom de" in without.contested.topLevelItem(0).text(0)
    assert "marie and karim changed" in without.contested.topLevelItem(0).text(2)
    choose(without.contested, "karim")
    assert not without.decide.isEnabled()

    dialog = opened("service=ada", quarrel)
    choose(dialog.contested, "karim")

    def take_theirs(conflict: ConflictDialog) -> None:
        conflict.theirs.setChecked(True)
        click_ok(conflict)

    in_dialog(ConflictDialog, take_theirs)
    with qtbot.waitSignal(dialog.decided, timeout=PATIENCE_MS):
        dialog.decide.click()
    wait(dialog, qtbot)
    assert "decided, to be sent" in dialog.contested.topLevelItem(0).text(4)
    synchronise_workspace(quarrel, "", Silent())
    click_ok(dialog)
    wait(dialog, qtbot)
    assert dialog.contested.topLevelItemCount() == 0


@pytest.fixture
def page(refused_site, plugin, small_qgis, workspace, qtbot) -> SharingPage:
    """The page *Sharing* of Marie, on what was refused."""
    workspace.workspace.write_bytes(refused_site.read_bytes())
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    shown = dock.sharing
    dock.findChild(QTabWidget).setCurrentWidget(shown)  # its buttons have no size before it is in front
    qtbot.waitUntil(lambda: shown.aside.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    return shown


def ask_to_hand_over(page: SharingPage, act: Callable[[HandOverDialog], object], qtbot) -> None:
    """Select the record, which the page may just have read anew, and do something in the window that opens."""

    def is_offered() -> bool:
        page.aside.setCurrentItem(page.aside.topLevelItem(0))
        return page.hand_over.isEnabled()

    in_dialog(HandOverDialog, act)
    qtbot.waitUntil(is_offered, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.hand_over, Qt.MouseButton.LeftButton)


def test_an_officer_hands_over_what_is_refused_and_reads_the_answer(page, opened, tmp_path, monkeypatch, qtbot):
    def hand(asking: HandOverDialog) -> None:
        asking.comment.setPlainText("À voir avec Blagnac")
        click_ok(asking)

    ask_to_hand_over(page, hand, qtbot)
    (one,) = read_handed(tmp_path / "marie.gpkg")
    assert (one.who, one.row, one.comment, one.values["name"]) == ("marie", OUTSIDE, "À voir avec Blagnac", "Hors zone")

    dialog = opened("service=ada")
    assert dialog.handed_count.text() == "1 wait, 0 are settled."
    choose(dialog.handed, "Hors zone")
    assert "À voir avec Blagnac" in dialog.handed_detail.toPlainText()
    assert "Hors zone" in dialog.handed_detail.toPlainText()
    target = tmp_path / "remis.csv"
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QFileDialog.getSaveFileName", lambda *_asked: (str(target), ""))
    dialog.export_handed.click()
    wait(dialog, qtbot)
    with target.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert ["12" in line and line[0] == "marie" for line in lines].count(True) == 1
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QInputDialog.getMultiLineText", lambda *_asked: ("Fait par Ada", True))
    dialog.settle.click()
    wait(dialog, qtbot)
    assert "✔ settled" in dialog.handed.topLevelItem(0).text(0)

    told: list[str] = []

    def look(asking: HandOverDialog) -> None:
        told.append(asking.before.text())
        asking.reject()

    ask_to_hand_over(page, look, qtbot)
    assert "settled by ada: Fait par Ada" in told[0]


def test_the_log_is_trimmed_after_saying_what_goes(opened, quarrel, server, monkeypatch, qtbot):
    dialog = opened("service=ada")
    assert "The log reaches back to" in dialog.log_reach.text()
    before = int(dialog.parts.topLevelItem(0).text(4))
    asked = answer_yes(monkeypatch)
    dialog.months.setValue(1)
    dialog.trim.click()
    wait(dialog, qtbot)
    assert asked == []
    assert "Nothing in the log is older" in dialog.message.text()
    server.sql(
        "ALTER TABLE sync.tx DISABLE TRIGGER keep; UPDATE sync.tx SET at = at - interval '1 year' WHERE rev = 1;"
        "ALTER TABLE sync.tx ENABLE ALWAYS TRIGGER keep",
        "shared",
    )
    dialog.trim.click()
    wait(dialog, qtbot)
    assert "nobody in use loses anything" in asked[0]
    assert "1 entries were erased" in dialog.message.text()
    assert int(dialog.parts.topLevelItem(0).text(4)) == before - 1


def test_reading_can_be_cancelled(opened, server, qtbot):
    dialog = opened("service=ada")
    with closing(psycopg2.connect(server.place("shared"))) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE sync.person IN ACCESS EXCLUSIVE MODE")
        click_ok(dialog)
        qtbot.wait(500)
        assert dialog.is_working
        dialog.reject()
        wait(dialog, qtbot)
    assert dialog.isVisible()
    assert not dialog.pages.isEnabled()


def test_the_window_is_in_the_menu_without_a_workspace(plugin, small_qgis, qtbot):
    action = small_qgis.window.findChild(QAction, "resorption_administration")
    assert action.isEnabled()
    shown: list[str] = []

    def look(dialog: AdministrationDialog) -> None:
        shown.append(dialog.windowTitle())
        dialog.reject()

    in_dialog(AdministrationDialog, look)
    action.trigger()
    assert shown == ["Administration of the shared database"]
    assert QgsApplication.taskManager().countActiveTasks() == 0
