"""The list of contradictions: whose they are, what will happen, and those of one deletion under one line."""

from __future__ import annotations

import uuid

import pytest
from qgis.PyQt.QtWidgets import QTreeWidget, QWidget

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.companions import undoing_order
from resorption_plugin.core.sync.operations import Choice, ConflictKind
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.sharing_writes import decide, undecide
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.qgis_adapters.tasks import Jobs
from resorption_plugin.ui.case_list import CaseList, told_text
from resorption_plugin.ui.fitted_columns import shared_out
from resorption_plugin.ui.sharing_decisions import SharingDecisions
from tests.gui.conflict_office import HERE, PATIENCE_MS, Office
from tests.gui.sharing_desk import MARIE, SITE, write


class Nobody:
    """Hears nothing."""

    def __getattr__(self, _name: str):
        return lambda *_told: None


@pytest.fixture
def listed(qgis_app, qtbot) -> QTreeWidget:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.resize(500, 300)
    return tree


@pytest.fixture
def deleted(office) -> tuple[str, list[str], list[str]]:
    """A site deleted here with its dwellings, and the contradictions on them."""
    site = office.enters(name="Les Prés", commune="Toulouse")
    parts = [office.enters("dwelling", site_uid=site) for _ in range(3)]
    images = {uid: office.image("dwelling", uid) for uid in parts} | {
        site: office.image("site", site, address="1 rue X")
    }
    office.deletes("site", site)
    told = {"kind": ConflictKind.DELETE_VS_EDIT}
    uids = [office.meets("dwelling", uid, base=images[uid], theirs=images[uid], **told) for uid in parts]
    uids.append(office.meets("site", site, theirs=images[site], **told))
    return site, parts, uids


def texts(item) -> list[str]:
    return [item.text(column) for column in range(item.columnCount())]


def test_it_says_who_and_what_will_happen(office, renamed, listed):
    shown = CaseList(listed)
    shown.show(office.cases())
    line = listed.topLevelItem(0).child(0)
    assert line.text(1) == "“Name of the site”: you and anne.léger"
    assert line.text(2) == ""
    listed.setCurrentItem(line)
    decide(office.path, [renamed[1]], Choice.THEIRS, {}, "")
    shown.show(office.cases())
    line = listed.topLevelItem(0).child(0)
    assert line.text(2) == "the value of anne.léger will be kept"
    assert line.toolTip(2) == line.text(2)
    assert told_text(shown.chosen()).endswith("At the next synchronisation: the value of anne.léger will be kept.")
    decide(office.path, [renamed[1]], Choice.MINE, {}, "")
    shown.show(office.cases())
    assert listed.topLevelItem(0).child(0).text(2) == "your value will be kept"


def test_columns_take_what_they_need_within_the_width():
    assert shared_out([100, 100, 100], 400) == [100, 100, 200]
    assert shared_out([80, 500, 90], 400) == [80, 230, 90]
    assert shared_out([300, 300, 90], 400) == [155, 155, 90]
    assert sum(shared_out([900, 900, 900], 400)) <= 400


def test_the_columns_stay_within_the_list(office, renamed, listed, qtbot):
    CaseList(listed).show(office.cases())
    listed.show()
    qtbot.waitExposed(listed)
    for width in (420, 700):
        listed.resize(width, 300)
        qtbot.waitUntil(lambda: listed.header().length() == listed.viewport().width())
    assert listed.width() == 700


def test_a_text_that_is_too_long_for_its_column_takes_several_lines(office, renamed, listed, qtbot):
    CaseList(listed).show(office.cases())
    listed.show()
    line = listed.topLevelItem(0).child(0)

    def height() -> int:
        return listed.visualItemRect(line).height()

    listed.resize(900, 300)
    qtbot.waitUntil(lambda: height() < 2 * listed.fontMetrics().height())
    listed.resize(260, 300)
    qtbot.waitUntil(lambda: height() >= 2 * listed.fontMetrics().height())


def test_what_one_deletion_raised_stands_under_one_line(office: Office, deleted, listed):
    shown = CaseList(listed)
    shown.show(office.cases())
    (site,) = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
    assert site.text(0) == "Les Prés – Toulouse"
    (group,) = [site.child(at) for at in range(site.childCount())]
    assert texts(group) == ["4 records", "Deleted by you, changed by anne.léger", ""]
    assert group.childCount() == 4
    assert not group.isExpanded()
    listed.setCurrentItem(group)
    assert [case.dispute.conflict.layer for case in shown.chosen()] == ["site", "dwelling", "dwelling", "dwelling"]
    decide(office.path, deleted[2][:1], Choice.MINE, {}, "")
    shown.show(office.cases())
    assert listed.topLevelItem(0).child(0).text(2) == "1 of 4 decided"


@pytest.mark.parametrize("choice", [Choice.THEIRS, Choice.MINE])
def test_they_are_decided_by_one_act_and_taken_back_by_one(office: Office, deleted, choice):
    site, parts, uids = deleted
    dialog = office.opens(uids[-1])
    assert dialog.alike.text() == "Apply to all 4 &records of “Les Prés”, deleted together"
    assert dialog.alike.isChecked()
    office.chooses(dialog.theirs if choice is Choice.THEIRS else dialog.mine)
    office.agrees(dialog)
    assert {office.disputes()[uid].decision.choice for uid in uids} == {choice}
    told = "all will be kept" if choice is Choice.THEIRS else "all will be deleted"
    assert told_text(office.cases()).endswith(f"At the next synchronisation: {told}.")
    is_back = choice is Choice.THEIRS
    assert (office.holds("site", site) is not None) is is_back
    assert [office.holds("dwelling", uid) is not None for uid in parts] == [is_back] * 3
    undecide(
        office.path, *(one.uid for one in undoing_order([office.disputes()[uid].conflict for uid in reversed(uids)]))
    )
    assert {office.disputes()[uid].decision for uid in uids} == {None}
    assert office.holds("site", site) is None
    assert [office.holds("dwelling", uid) for uid in parts] == [None] * 3


def test_the_line_of_all_takes_all_back(office: Office, deleted, listed, qtbot):
    site, _parts, uids = deleted
    dialog = office.opens(uids[-1])
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    shown = CaseList(listed)
    shown.show(office.cases())
    listed.setCurrentItem(listed.topLevelItem(0).child(0))
    window = QWidget()
    qtbot.addWidget(window)
    desk = SharingDecisions(
        lambda: office.path, canvas=office.canvas, jobs=Jobs(Nobody(), window), notifier=Nobody(), window=window
    )
    with qtbot.waitSignal(desk.written, timeout=PATIENCE_MS):
        desk.undo(shown.chosen())
    assert {office.disputes()[uid].decision for uid in uids} == {None}
    assert office.holds("site", site) is None


def test_what_was_decided_alike_is_changed_alike(office: Office, deleted):
    site, parts, uids = deleted
    for choice in (Choice.THEIRS, Choice.MINE, Choice.THEIRS):
        dialog = office.opens(uids[-1])
        office.chooses(dialog.theirs if choice is Choice.THEIRS else dialog.mine)
        office.agrees(dialog)
        assert [office.holds(*key) is not None for key in (("site", site), ("dwelling", parts[0]))] == [
            choice is Choice.THEIRS
        ] * 2
    assert office.holds("site", site)["address"] == "1 rue X"


def test_a_part_may_be_decided_alone(office: Office, deleted):
    _site, parts, uids = deleted
    dialog = office.opens(uids[0])
    assert dialog.alike.text() == "Apply to all 4 &records of “Les Prés”, deleted together"
    assert not dialog.alike.isChecked()
    office.chooses(dialog.mine)
    office.agrees(dialog)
    assert [office.disputes()[uid].decision is not None for uid in uids] == [True, False, False, False]
    assert office.holds("dwelling", parts[0]) is None


def test_what_i_changed_of_a_site_deleted_elsewhere_goes_and_comes_back_with_it(office: Office):
    site = office.enters(name="Nouveau")
    part = office.enters("dwelling", site_uid=site)
    told = {"kind": ConflictKind.EDIT_VS_DELETE, "version": None}
    uids = [
        office.meets(layer, uid, base=office.image(layer, uid), mine=office.image(layer, uid), **told)
        for layer, uid in (("site", site), ("dwelling", part))
    ]
    dialog = office.opens(uids[0])
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site) is None
    assert office.holds("dwelling", part) is None
    undecide(office.path, *(one.uid for one in undoing_order([office.disputes()[uid].conflict for uid in uids])))
    assert office.holds("site", site)["name"] == "Nouveau"
    assert office.holds("dwelling", part)["site_uid"] == site


@pytest.mark.parametrize("choice", [Choice.THEIRS, Choice.MINE])
def test_the_shared_database_takes_what_was_decided_by_one_act(qtbot, workspace, colleague, choice):
    write(colleague, name="Les Prés")
    with GeoPackageStore.open(colleague) as store:
        dwellings = [Record("dwelling", str(uuid.uuid4()), {"site_uid": SITE}, HERE) for _ in range(3)]
        store.apply(ChangeSet(insert=dwellings))
    synchronise_workspace(colleague, "", Silent())
    attach_workspace(workspace.workspace, f"service={MARIE}", Silent())
    office = Office(qtbot, workspace.workspace)
    assert office.holds("site", SITE) is not None
    write(colleague, name="Changé par Karim")
    synchronise_workspace(colleague, "", Silent())
    office.deletes("site", SITE)
    synchronise_workspace(office.path, "", Silent())
    cases = office.cases()
    assert len(cases) == 4
    dialog = office.opens_case(next(case for case in cases if case.dispute.conflict.layer == "site"), cases)
    assert dialog.alike.isChecked()
    office.chooses(dialog.theirs if choice is Choice.THEIRS else dialog.mine)
    office.agrees(dialog)
    done = [synchronise_workspace(path, "", Silent()) for path in (office.path, colleague)]
    assert [each.report.waiting.conflicts for each in done] == [0, 0]
    assert office.cases() == ()
    for path in (office.path, colleague):
        held = Office(qtbot, path).holds
        there = [held("site", SITE), *(held("dwelling", one.uid) for one in dwellings)]
        assert [one is not None for one in there] == [choice is Choice.THEIRS] * 4
