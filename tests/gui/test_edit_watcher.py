"""Which records a saved edit touches, and when the refresh that follows runs."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.ports import ChangeSet, stop_if_cancelled
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.edit_watcher import EditWatcher
from resorption_plugin.qgis_adapters.exchanging import exchanging
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.rechecker import COALESCE_MS, Rechecker
from resorption_plugin.qgis_adapters.tasks import Jobs

PATIENCE_MS = 10_000
PLACE = shapely.Point(1.4442, 43.6045)
FINDING = {
    "check_id": "EAU-001",
    "target_layer": "site",
    "target_uid": "site-a",
    "related_uids": "[]",
    "severity": "error",
    "verdict": "fails",
    "state": "open",
    "message": "Far.",
    "details": "{}",
}


@pytest.fixture
def project(workspace, qgis_app):
    """A project on a workspace with two sites, a dwelling on the first, and a finding."""
    records = [
        Record("site", "site-a", {"name": "A", "status": "open"}, PLACE),
        Record("site", "site-b", {"name": "B", "status": "open"}, PLACE),
        Record("dwelling", "dwelling-a", {"site_uid": "site-a"}, PLACE),
        Record("finding", "finding-a", FINDING, PLACE),
    ]
    with GeoPackageStore.open(workspace.workspace) as store:
        store.apply(ChangeSet(insert=records))
    project = QgsProject.instance()
    assert project.read(str(workspace.project))
    yield project
    project.clear()


@pytest.fixture
def seen(project):
    watcher = EditWatcher()
    watcher.watch(project)
    touched: list[dict[str, frozenset[str]]] = []
    watcher.touched.connect(touched.append)
    yield touched
    watcher.stop()


def row(layer, uid: str) -> QgsFeature:
    return next(feature for feature in layer.getFeatures() if feature["uid"] == uid)


def edit(project, key: str):
    layer = find_layer(project, key)
    assert layer.startEditing()
    return layer


def save(layer) -> None:
    assert layer.commitChanges(), layer.commitErrors()


def test_a_moved_dwelling_touches_itself_and_its_site(project, seen):
    layer = edit(project, "dwelling")
    layer.changeGeometry(row(layer, "dwelling-a").id(), QgsGeometry.fromPointXY(QgsPointXY(1.45, 43.61)))
    assert seen == []  # not before it is saved
    save(layer)
    assert seen == [{"dwelling": {"dwelling-a"}, "site": {"site-a"}}]


def test_a_dwelling_given_to_another_site_touches_both(project, seen):
    layer = edit(project, "dwelling")
    layer.changeAttributeValue(row(layer, "dwelling-a").id(), layer.fields().indexOf("site_uid"), "site-b")
    save(layer)
    assert seen == [{"dwelling": {"dwelling-a"}, "site": {"site-a", "site-b"}}]


def test_a_deleted_row_is_still_known_by_its_uid(project, seen):
    layer = edit(project, "dwelling")
    layer.deleteFeature(row(layer, "dwelling-a").id())
    save(layer)
    assert seen == [{"dwelling": {"dwelling-a"}, "site": {"site-a"}}]


def test_an_added_row_is_known_by_the_uid_it_was_given(project, seen):
    layer = edit(project, "site")
    feature = QgsFeature(layer.fields())
    for column, value in (("uid", "site-c"), ("status", "open"), ("living_conditions_version", 2)):
        feature[column] = value
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1.45, 43.61)))
    layer.addFeature(feature)
    save(layer)
    assert seen == [{"site": {"site-c"}}]


def test_an_edit_given_up_touches_nothing(project, seen):
    layer = edit(project, "site")
    layer.deleteFeature(row(layer, "site-a").id())
    assert layer.rollBack()
    assert seen == []


def test_a_finding_edited_by_hand_is_a_decision_and_computes_nothing(project, seen, qtbot):
    watcher = EditWatcher()
    watcher.watch(project)
    layer = edit(project, "finding")
    layer.changeAttributeValue(row(layer, "finding-a").id(), layer.fields().indexOf("accepted_reason"), "Citerne")
    with qtbot.waitSignal(watcher.decided):
        save(layer)
    assert seen == []


def test_after_stopping_nothing_is_noticed(project, qtbot):
    watcher = EditWatcher()
    watcher.watch(project)
    touched = []
    watcher.touched.connect(touched.append)
    watcher.stop()
    layer = edit(project, "site")
    layer.deleteFeature(row(layer, "site-b").id())
    save(layer)
    assert touched == []


@pytest.fixture
def rechecks(project, workspace, qtbot):
    """A rechecker whose refresh only remembers what it was asked, and fails when told to."""
    asked: list[dict[str, frozenset[str]]] = []
    state = SimpleNamespace(asked=asked, wanted=True, fails=False, lasts=False, errors=[])

    def prepare(_path, touched):
        def work(feedback):
            asked.append(dict(touched))
            while state.lasts:
                stop_if_cancelled(feedback)
                time.sleep(0.01)
            if state.fails:
                raise WorkspaceError("locked")

        return work

    notifier = SimpleNamespace(inform=lambda _text: None, report=state.errors.append)
    jobs = Jobs(notifier)
    state.rechecker = Rechecker(project, prepare, lambda: state.wanted, jobs=jobs, notifier=notifier)
    state.rechecker.follow(workspace.workspace)
    yield state
    qtbot.waitUntil(lambda: not state.rechecker._running, timeout=PATIENCE_MS)
    state.rechecker.stop()


def settled(rechecks, qtbot) -> None:
    qtbot.waitUntil(lambda: rechecks.rechecker.is_idle, timeout=PATIENCE_MS)


def test_edits_saved_together_are_checked_together(rechecks, qtbot):
    rechecks.rechecker.touch({"site": frozenset({"site-a"})})
    rechecks.rechecker.touch({"site": frozenset({"site-b"}), "dwelling": frozenset({"dwelling-a"})})
    settled(rechecks, qtbot)
    assert rechecks.asked == [{"site": {"site-a", "site-b"}, "dwelling": {"dwelling-a"}}]


def test_what_comes_in_an_exchange_is_checked_once_it_has_all_come(rechecks, workspace, qtbot):
    with exchanging(workspace.workspace):
        rechecks.rechecker.touch({"site": frozenset({"site-a"})})
        qtbot.wait(4 * COALESCE_MS)
        rechecks.rechecker.touch({"site": frozenset({"site-b"})})
        qtbot.wait(4 * COALESCE_MS)
        assert rechecks.asked == []
    settled(rechecks, qtbot)
    assert rechecks.asked == [{"site": {"site-a", "site-b"}}]


def test_a_refresh_gives_way_to_an_exchange_and_is_done_after_it(rechecks, workspace, qtbot):
    rechecks.lasts = True
    rechecks.rechecker.touch({"site": frozenset({"site-a"})})
    qtbot.waitUntil(lambda: len(rechecks.asked) == 1, timeout=PATIENCE_MS)
    with exchanging(workspace.workspace):
        qtbot.waitUntil(lambda: not rechecks.rechecker._running, timeout=PATIENCE_MS)
        rechecks.lasts = False
        qtbot.wait(4 * COALESCE_MS)
        assert len(rechecks.asked) == 1
    settled(rechecks, qtbot)
    assert rechecks.asked == 2 * [{"site": {"site-a"}}]
    assert rechecks.errors == []


def test_nothing_is_checked_when_the_user_does_not_want_it(rechecks, qtbot):
    rechecks.wanted = False
    rechecks.rechecker.touch({"site": frozenset({"site-a"})})
    qtbot.wait(600)
    assert rechecks.asked == []


def test_the_refresh_waits_while_a_computed_layer_has_unsaved_edits(project, rechecks, qtbot):
    layer = edit(project, "finding")
    layer.changeAttributeValue(row(layer, "finding-a").id(), layer.fields().indexOf("accepted_reason"), "Citerne")
    rechecks.rechecker.touch({"site": frozenset({"site-a"})})
    qtbot.wait(800)
    assert rechecks.asked == []
    assert layer.rollBack()
    settled(rechecks, qtbot)
    assert rechecks.asked == [{"site": {"site-a"}}]


def test_what_a_failed_refresh_should_have_done_is_done_after_the_next_edit(rechecks, qtbot):
    rechecks.fails = True
    rechecks.rechecker.touch({"site": frozenset({"site-a"})})
    qtbot.waitUntil(lambda: len(rechecks.errors) == 1, timeout=PATIENCE_MS)
    rechecks.fails = False
    rechecks.rechecker.touch({"site": frozenset({"site-b"})})
    settled(rechecks, qtbot)
    assert rechecks.asked[-1] == {"site": {"site-a", "site-b"}}
