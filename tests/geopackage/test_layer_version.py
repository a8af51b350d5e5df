"""The version of a layer changes when its records do, whoever changes them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import shapely

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.refresh import Conditions, refresh, run_checks
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.scenes.barriers import across, square
from tests.scenes.build import SUMMER, at, site, tap


def test_a_write_changes_the_version_of_its_layer_alone(path: Path) -> None:
    with GeoPackageStore.open(path) as store:
        before, others = store.version("street"), store.version("site")
        road = across()
        store.apply(ChangeSet(insert=[road]))
        added = store.version("street")
        store.apply(ChangeSet(delete=[("street", road.uid)]))
        assert len({before, added, store.version("street")}) == 3
        assert store.version("site") == others
    with GeoPackageStore.open(path) as store:
        assert store.version("site") == others


def test_a_row_added_by_another_program_changes_the_version(path: Path) -> None:
    with GeoPackageStore.open(path) as store:
        before = store.version("street")
        with closing(sqlite3.connect(path)) as other:
            geometry.add_functions(other)
            blob = geometry.encode(shapely.LineString([(1, 43), (1, 44)]))
            other.execute("INSERT INTO street (uid, road_class, geom) VALUES ('x', 'path', ?)", (blob,))
            other.commit()
        assert store.version("street") != before


def test_an_edit_of_a_tap_reads_no_street(path: Path) -> None:
    conditions = Conditions(SUMMER, dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC))
    read: list[set[str]] = []

    class Watched(GeoPackageStore):
        def read(self, layers=None, feedback=None):  # type: ignore[no-untyped-def]
            read.append(set(layers or ()))
            return super().read(layers, feedback)

    with Watched.open(path) as store:
        store.apply(ChangeSet(insert=[site("s"), tap("t", at(100)), square(), across()]))
        run_checks(store, conditions, ["EAU-003"])
        found = store.read(["finding"]).layer("finding")
        assert [row["verdict"] for row in found] == ["fails"]
        read.clear()
        store.apply(ChangeSet(update=[Record("water_point", "t", {"name": "moved"})]))
        refresh(store, {"water_point": {"t"}}, conditions)
        assert all("street" not in layers for layers in read)
