"""What another program writes to the open workspace is noticed, shown and checked, without being told twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap

import pytest
import shapely
from qgis.core import QgsProject

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import file_watch
from resorption_plugin.qgis_adapters.exchanging import exchanging
from resorption_plugin.qgis_adapters.file_watch import FileWatch
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.tasks import Jobs
from tests.gui.tasks_end import tasks_end
from tests.gui.test_desk import PATIENCE_MS, TOULOUSE, add, add_tap, codes, dock, wait_for_checks  # noqa: F401 - fixture


class Nobody:
    """A notifier to whom nothing is told here."""

    def inform(self, text):
        raise AssertionError(text)

    report = inform


@pytest.fixture
def watch(qgis_app, workspace, qtbot, monkeypatch):
    """A watch on the workspace, and what it told."""
    monkeypatch.setattr(file_watch, "LOOK_EVERY_MS", 100)
    jobs = Jobs(Nobody())
    watching = FileWatch(jobs)
    told = []
    watching.touched.connect(told.append)
    watching.follow(workspace.workspace)
    watching.told = told
    qtbot.waitUntil(lambda: watching._number is not None, timeout=PATIENCE_MS)
    yield watching
    watching.follow(None)
    tasks_end(qtbot)


def write(path, *records):
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=list(records)))


def site_at(place, uid="site-a"):
    return Record("site", uid, {"name": uid, "status": "open"}, shapely.Point(*place))


def test_a_record_written_elsewhere_is_told_once(watch, workspace, qtbot):
    write(workspace.workspace, site_at(TOULOUSE))
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    assert watch.told == [{"site": frozenset({"site-a"})}]
    watch.look()
    qtbot.wait(300)
    assert len(watch.told) == 1


def test_what_is_expected_is_not_told(watch, workspace, qtbot):
    watch.expect({"site": frozenset({"site-a"})})
    write(workspace.workspace, site_at(TOULOUSE), site_at(TOULOUSE, "site-b"))
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    assert watch.told == [{"site": frozenset({"site-b"})}]


def test_what_comes_in_an_exchange_is_told_at_its_end(watch, workspace, qtbot):
    with exchanging(workspace.workspace):
        write(workspace.workspace, site_at(TOULOUSE))
        qtbot.wait(300)
        write(workspace.workspace, site_at(TOULOUSE, "site-b"))
        qtbot.wait(300)
        assert watch.told == []
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    assert watch.told == [{"site": frozenset({"site-a", "site-b"})}]


def test_both_sites_of_a_dwelling_that_moves_are_told(watch, workspace, qtbot):
    dwelling = Record("dwelling", "dwelling-a", {"site_uid": "site-a"}, shapely.Point(*TOULOUSE))
    write(workspace.workspace, site_at(TOULOUSE), site_at(TOULOUSE, "site-b"), dwelling)
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    watch.told.clear()
    with GeoPackageStore.open(workspace.workspace) as store:
        store.apply(ChangeSet(update=[Record("dwelling", "dwelling-a", {"site_uid": "site-b"})]))
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    assert watch.told == [{"dwelling": frozenset({"dwelling-a"}), "site": frozenset({"site-a", "site-b"})}]


def test_a_file_that_is_away_for_a_moment_is_read_when_it_is_back(watch, workspace, qtbot):
    away = workspace.workspace.with_suffix(".away")
    workspace.workspace.rename(away)
    qtbot.wait(400)
    write(away, site_at(TOULOUSE))
    away.rename(workspace.workspace)
    qtbot.waitUntil(lambda: bool(watch.told), timeout=PATIENCE_MS)
    assert watch.told == [{"site": frozenset({"site-a"})}]


def test_an_edit_of_another_program_is_shown_and_checked(dock, qtbot, workspace):  # noqa: F811
    add("site", name="Le Pré", population_total=40)
    tap = add_tap(150)
    wait_for_checks(dock, qtbot, set(), {"EAU-001"})
    script = textwrap.dedent(f"""
        from osgeo import gdal
        file = gdal.OpenEx({str(workspace.workspace)!r}, gdal.OF_VECTOR | gdal.OF_UPDATE)
        file.ExecuteSQL("UPDATE water_point SET working_state = 'out_of_order' WHERE uid = '{tap["uid"]}'")
    """)
    subprocess.run([sys.executable, "-c", script], check=True)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    layer = find_layer(QgsProject.instance(), "water_point")
    assert {feature["working_state"] for feature in layer.getFeatures()} == {"out_of_order"}


def test_a_file_that_is_no_workspace_any_more_tells_nothing(watch, workspace, qtbot):
    workspace.workspace.write_bytes(b"something else")
    qtbot.wait(500)
    assert watch.told == []
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(workspace.workspace) as connection:
        connection.execute("SELECT * FROM site")
