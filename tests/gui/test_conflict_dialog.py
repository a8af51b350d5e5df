"""A contradiction is decided in its window, and the decision is in the workspace."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsDateEdit, QgsMapCanvas, QgsSpinBox
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QListWidget, QPlainTextEdit

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind, Page
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.conflicts import Dispute
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.qgis_adapters.sharing import Case, read_sharing
from resorption_plugin.qgis_adapters.sharing_writes import undecide
from resorption_plugin.ui.conflict_dialog import ConflictDialog
from resorption_plugin.ui.conflict_text import DIFFERS
from resorption_plugin.ui.place_map import PlaceMap

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


@pytest.fixture
def office(qgis_app, qtbot, workspace) -> Office:
    return Office(qtbot, workspace.workspace)


@pytest.fixture
def renamed(office) -> tuple[str, str]:
    """The record and the contradiction on its name, with French letters."""
    site = office.enters(name="L’Île-d'Été", commune="Toulouse")
    told = {"base": {"name": "Île"}, "mine": {"name": "L’Île-d'Été"}, "theirs": {"name": "Les Œillets & Cie"}}
    return site, office.meets("site", site, group="name", **told)


def test_it_shows_who_and_only_what_differs(office, renamed):
    dialog = office.opens(renamed[1])
    assert "L’Île-d&#x27;Été" in dialog.record.text()
    assert "Toulouse" in dialog.record.text()
    assert "anne.léger" in dialog.what.text()
    assert "bob.martin" in dialog.who.text()
    assert "2026-11-19" in dialog.who.text()
    assert list(cells(dialog).values()) == [
        {"Starting value": "Île", "My value": f"{DIFFERS} L’Île-d'Été", "Their value": f"{DIFFERS} Les Œillets & Cie"}
    ]
    assert "Les Œillets && Cie" in dialog.theirs.text()
    assert not ok(dialog).isEnabled()
    assert dialog.alike.isHidden()
    assert dialog.findChild(PlaceMap) is None
    assert dialog.sizeHint().height() <= 1000


@pytest.mark.parametrize(("choice", "name"), [(Choice.MINE, "L’Île-d'Été"), (Choice.THEIRS, "Les Œillets & Cie")])
def test_the_side_chosen_is_decided_and_can_be_taken_back(office, renamed, qtbot, choice, name):
    site, uid = renamed
    dialog = office.opens(uid)
    office.chooses(dialog.mine if choice is Choice.MINE else dialog.theirs)
    dialog.comment.setText("Vu sur place ; c'est « l'autre »")
    with qtbot.waitSignal(dialog.decided, timeout=PATIENCE_MS):
        office.agrees(dialog)
    assert not dialog.isVisible()
    decision = office.disputes()[uid].decision
    assert (decision.choice, decision.comment) == (choice, "Vu sur place ; c'est « l'autre »")
    assert office.holds("site", site)["name"] == name
    undecide(office.path, uid)
    assert office.disputes()[uid].decision is None
    assert office.holds("site", site)["name"] == "L’Île-d'Été"


def test_another_value_is_written_and_shown_again_when_the_dialog_is(office, renamed):
    site, uid = renamed
    dialog = office.opens(uid)
    assert not dialog.editors_area.isVisible()
    office.chooses(dialog.edit)
    assert dialog.editors_area.isVisible()
    line = dialog.editors.findChild(QLineEdit)
    assert line.text() == "L’Île-d'Été"
    line.clear()
    line.insert("Les Œillets d’Été")
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Les Œillets d’Été"
    again = office.opens(uid)
    assert again.edit.isChecked()
    assert again.editors.findChild(QLineEdit).text() == "Les Œillets d’Été"
    assert cells(again).popitem()[1]["My value"] == f"{DIFFERS} L’Île-d'Été"
    office.chooses(again.theirs)
    office.agrees(again)
    assert office.holds("site", site)["name"] == "Les Œillets & Cie"


def test_my_side_is_what_i_wrote_last(office, renamed):
    site, uid = renamed
    with GeoPackageStore.open(office.path) as store:
        store.apply(ChangeSet(update=[Record("site", site, {"name": "Corrigé depuis"})]))
    dialog = office.opens(uid)
    assert cells(dialog).popitem()[1]["My value"] == f"{DIFFERS} Corrigé depuis"
    office.chooses(dialog.mine)
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Corrigé depuis"


def test_a_group_is_decided_as_one_and_each_of_its_values_may_be_another(office):
    closed = {"status": "resorbed", "closed_at": "2024-03-01", "closing_context": "Relogement"}
    site = office.enters(status="resorbed", closed_at=dt.date(2024, 3, 1), closing_context="Relogement")
    rest = {"closed_with_solutions": None}
    uid = office.meets(
        "site",
        site,
        group="status",
        base={"status": "open", "closed_at": None, "closing_context": None, **rest},
        mine={**closed, **rest},
        theirs={**closed, **rest, "closed_at": "2024-04-15", "closing_context": "Évacuation, puis incendie d’été"},
    )
    dialog = office.opens(uid)
    day_title, context_title, state_title = (
        travel("site").layer.field(name).label.en for name in ("closed_at", "closing_context", "status")
    )
    shown = cells(dialog)
    assert sorted(shown) == sorted([day_title, context_title])
    assert shown[day_title]["Starting value"] == "(empty)"
    assert shown[day_title]["Their value"] == f"{DIFFERS} 2024-04-15"
    office.chooses(dialog.edit)
    day, context, state = (of_title(dialog, title) for title in (day_title, context_title, state_title))
    assert day.date() == QDate(2024, 3, 1)
    assert context.toPlainText() == "Relogement"
    day.setDate(QDate(2024, 4, 2))
    context.setPlainText("Incendie de l’été")
    office.agrees(dialog)
    record = office.holds("site", site)
    assert (record["closed_at"], record["closing_context"]) == (dt.date(2024, 4, 2), "Incendie de l’été")
    again = office.opens(uid)
    day, context, state = (of_title(again, title) for title in (day_title, context_title, state_title))
    assert day.date() == QDate(2024, 4, 2)
    day.clear()
    context.clear()
    state.setCurrentIndex(state.findData("open"))
    office.agrees(again)
    assert again.message.text() == ""
    record = office.holds("site", site)
    assert (record["status"], record["closed_at"], record["closing_context"]) == ("open", None, None)


def test_a_value_that_a_rule_refuses_is_told_and_nothing_is_written(office):
    site = office.enters(population_total=12)
    names = [name for name, group in travel("site").groups.items() if group == "population_total"]
    empty = dict.fromkeys(names)
    uid = office.meets(
        "site",
        site,
        group="population_total",
        base={**empty, "population_total": 10},
        mine={**empty, "population_total": 12},
        theirs={**empty, "population_total": 15},
    )
    dialog = office.opens(uid)
    assert "12" in dialog.mine.text()
    office.chooses(dialog.edit)
    minors = of_title(dialog, travel("site").layer.field("population_minors").label.en)
    assert minors.text() == "(empty)"
    minors.setValue(500)
    office.agrees(dialog)
    assert dialog.isVisible()
    assert dialog.message.text()
    assert office.disputes()[uid].decision is None
    assert office.holds("site", site)["population_total"] == 12
    minors.clear()
    of_title(dialog, travel("site").layer.field("population_total").label.en).setValue(14)
    office.agrees(dialog)
    record = office.holds("site", site)
    assert (record["population_total"], record["population_minors"]) == (14, None)


def test_several_codes_are_ticked(office):
    site = office.enters()
    field = travel("site").layer.field("social_origins")
    one, two, three = field.domain.codes()[:3]
    with GeoPackageStore.open(office.path) as store:
        store.apply(ChangeSet(update=[Record("site", site, {"social_origins": (one,)})]))
    told = {"base": {field.name: None}, "mine": {field.name: [one]}, "theirs": {field.name: [two]}}
    uid = office.meets("site", site, group=field.name, **told)
    dialog = office.opens(uid)
    labels = [choice.label.en for choice in field.domain.choices]
    assert cells(dialog)[field.label.en]["Their value"] == f"{DIFFERS} {labels[1]}"
    office.chooses(dialog.edit)
    listed = of_title(dialog, field.label.en)
    assert listed.item(0).checkState() == Qt.CheckState.Checked
    listed.item(2).setCheckState(Qt.CheckState.Checked)
    office.agrees(dialog)
    assert office.holds("site", site)[field.name] == (one, three)


def test_yes_no_and_unknown(office):
    water = office.enters("water_point", name="Borne", working_state="working", is_potable=True)
    told = {"base": {"is_potable": None}, "mine": {"is_potable": True}, "theirs": {"is_potable": False}}
    group = {side: {**values, "tested_on": None} for side, values in told.items()}
    uid = office.meets("water_point", water, group="is_potable", **group)
    dialog = office.opens(uid)
    office.chooses(dialog.edit)
    box = of_title(dialog, travel("water_point").layer.field("is_potable").label.en)
    assert box.currentText() == "Yes"
    box.setCurrentIndex(0)
    office.agrees(dialog)
    assert office.holds("water_point", water)["is_potable"] is None


def moved(office: Office, **more) -> tuple[str, str]:
    site = office.enters(geom=MOVED, commune="Toulouse")
    images = {
        side: {
            name: value
            for name, value in office.image("site", site, geom=shape).items()
            if travel("site").groups.get(name) == "geom"
        }
        for side, shape in (("base", HERE), ("mine", MOVED), ("theirs", ELSEWHERE))
    }
    return site, office.meets("site", site, group="geom", **images, **more)


def test_places_are_shown_on_the_map_and_no_third_one_is_typed(office):
    site, uid = moved(office)
    dialog = office.opens(uid)
    places = dialog.findChild(PlaceMap)
    assert places.isVisible()
    assert {"■", "▲", "○"} <= set(places.legend.text())
    assert not dialog.edit.isVisible()
    assert "moved" in cells(dialog)["Place"]["Their value"]
    assert dialog.height() <= 1000
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site).geometry.equals_exact(ELSEWHERE, 1e-9)


def test_what_i_deleted_and_they_changed(office):
    site = office.enters(name="Ancien nom", commune="Toulouse")
    theirs = office.image("site", site, name="Nouveau nom")
    office.deletes("site", site)
    uid = office.meets("site", site, ConflictKind.DELETE_VS_EDIT, theirs=theirs)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [{"Starting value": "Ancien nom", "Their value": f"{DIFFERS} Nouveau nom"}]
    assert (dialog.mine.text(), dialog.theirs.text()) == ("&Delete it all the same", "&Keep it with their changes")
    assert not dialog.edit.isVisible()
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Nouveau nom"
    undecide(office.path, uid)
    assert office.holds("site", site) is None
    again = office.opens(uid)
    office.chooses(again.mine)
    office.agrees(again)
    assert office.disputes()[uid].decision.choice is Choice.MINE
    assert office.holds("site", site) is None


def test_what_i_deleted_and_they_added_to(office):
    site = office.enters(name="Les Prés")
    image = office.image("site", site)
    office.deletes("site", site)
    uid = office.meets("site", site, ConflictKind.DELETE_VS_EDIT, base=image, theirs=image)
    dialog = office.opens(uid)
    assert not dialog.values.isVisible()
    assert dialog.note.text() == "No value differs: something was added to the record."


def test_what_i_changed_and_they_deleted(office):
    site = office.enters(name="Nouveau nom")
    base, mine = office.image("site", site, name="Ancien nom"), office.image("site", site)
    uid = office.meets("site", site, ConflictKind.EDIT_VS_DELETE, base=base, mine=mine, version=None)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [{"Starting value": "Ancien nom", "My value": f"{DIFFERS} Nouveau nom"}]
    assert (dialog.mine.text(), dialog.theirs.text()) == ("&Restore it with my changes", "&Accept the deletion")
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site) is None
    undecide(office.path, uid)
    assert office.holds("site", site)["name"] == "Nouveau nom"
    again = office.opens(uid)
    office.chooses(again.mine)
    office.agrees(again)
    assert office.disputes()[uid].decision.values["name"] == "Nouveau nom"


def test_what_both_entered(office):
    site = office.enters(name="Mien")
    told = {"mine": {"name": "Mien"}, "theirs": {"name": "Leur"}}
    uid = office.meets("site", site, ConflictKind.INSERT_CLASH, group="name", **told)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [{"My value": "Mien", "Their value": "Leur"}]
    assert not dialog.note.isVisible()


def test_references_are_called_by_their_names(office):
    one, two = office.enters(name="Les Arènes"), office.enters(name="Empalot")
    water = office.enters("water_point", name="Borne", working_state="working", site_uid=one)
    told = {"base": {"site_uid": None}, "mine": {"site_uid": one}, "theirs": {"site_uid": two}}
    dialog = office.opens(office.meets("water_point", water, group="site_uid", **told))
    assert list(cells(dialog).values()) == [
        {"Starting value": "(empty)", "My value": f"{DIFFERS} Les Arènes", "Their value": f"{DIFFERS} Empalot"}
    ]
    assert not dialog.edit.isVisible()


def test_the_same_contradictions_are_decided_together(office):
    told = {"base": {"name": "A"}, "mine": {"name": "B"}, "theirs": {"name": "C"}}
    sites = [office.enters(name="B") for _ in range(3)]
    uids = [office.meets("site", site, group="name", **told) for site in sites]
    other = office.meets("site", office.enters(name="B"), group="name", **{**told, "theirs": {"name": "D"}})
    later = office.meets("site", office.enters(name="Edited since"), group="name", **told)
    dialog = office.opens(uids[0])
    assert "2" in dialog.alike.text()
    assert not dialog.alike.isChecked()
    dialog.alike.setChecked(True)
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    disputes = office.disputes()
    assert [disputes[uid].decision.choice for uid in uids] == [Choice.THEIRS] * 3
    assert disputes[other].decision is None
    assert disputes[later].decision is None
    assert [office.holds("site", site)["name"] for site in sites] == ["C"] * 3


def test_none_is_decided_where_one_was_settled_meanwhile(office):
    told = {"base": {"name": "A"}, "mine": {"name": "B"}, "theirs": {"name": "C"}}
    uids = [office.meets("site", office.enters(name="B"), group="name", **told) for _ in range(2)]
    dialog = office.opens(uids[0])
    dialog.alike.setChecked(True)
    settle(office, uids[1])
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert "settled" in dialog.message.text()
    assert dialog.isVisible()
    assert office.disputes()[uids[0]].decision is None


def settle(office: Office, uid: str) -> None:
    """Tell the workspace that somebody else decided."""
    with SyncedWorkspace.attach(office.path) as local:
        state = local.state()
        conflict = replace(office.disputes()[uid].conflict, is_open=False, choice="theirs", resolved_by="chef")
        local.receive(Page(state.cursor + 1, state.chain, False, (), (conflict,)))


def test_a_contradiction_settled_before_it_is_opened_says_so(office, renamed):
    cases = office.cases()
    settle(office, renamed[1])
    dialog = office.opens_case(cases[0], cases)
    assert "settled" in dialog.message.text()
    assert not ok(dialog).isEnabled()
    assert not dialog.decision.isEnabled()


def test_a_contradiction_of_others_names_both(office):
    _site, uid = moved(office, device=str(uuid.uuid4()))
    dialog = office.opens(uid)
    assert {"Value sent by bob.martin", "Value in place (anne.léger)"} <= set(cells(dialog)["Place"])
    assert "You" not in dialog.what.text()
    assert "bob.martin, left of the line" in dialog.findChild(PlaceMap).legend.text()
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.disputes()[uid].decision.choice is Choice.THEIRS


def test_the_keyboard_reaches_everything(office, renamed, qtbot):
    dialog = office.opens(renamed[1])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.mine.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.edit.isChecked, timeout=PATIENCE_MS)
    reached = set()
    for _ in range(12):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert {dialog.editors.findChild(QLineEdit), dialog.comment, ok(dialog), dialog.values} <= reached
