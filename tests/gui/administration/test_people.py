"""The window of administrators: who has access, given, changed and taken on a real server."""

from __future__ import annotations

from contextlib import closing

import psycopg2
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction

from resorption_plugin.ui.administration_dialog import AdministrationDialog
from resorption_plugin.ui.person_dialog import PersonDialog
from tests.gui.administration.hands import PATIENCE_MS, answer_yes, choose, click_ok, column, in_dialog, wait


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


def test_what_is_shown_after_a_deed_is_the_server_on_which_it_was_done(opened, monkeypatch, qtbot):
    dialog = opened("service=ada")
    dialog.reference.setEditText("service=elsewhere")
    answer_yes(monkeypatch)
    choose(dialog.people, "karim")
    dialog.revoke_person.click()
    wait(dialog, qtbot)
    assert dialog.message.text() == "karim has no access any more."
    assert column(dialog.people, 0) == ["ada", "alix", "marie"]


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
