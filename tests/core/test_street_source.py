"""The barriers of a workspace are built once for its streets; what they give to sites and distances."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.refresh import Conditions, compute_distances, refresh, run_checks
from resorption_plugin.core.water import street_source
from resorption_plugin.core.water.barriers import Barriers
from resorption_plugin.core.water.street_source import BarrierCache, ReadStreets, StoredStreets
from tests.scenes.barriers import across, square, street
from tests.scenes.build import SUMMER, Scene, SquareCommunes, at, dwelling, site, tap
from tests.scenes.worlds import MemoryStore

CONDITIONS = Conditions(SUMMER, dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC), communes=SquareCommunes())


@pytest.fixture
def built(monkeypatch):
    """Count what is built in the cache of the process, which begins empty."""
    made = []

    class Counted(Barriers):
        def __init__(self, *given):
            made.append(given[1:])
            super().__init__(*given)

    monkeypatch.setattr(street_source, "Barriers", Counted)
    monkeypatch.setattr(street_source.KEPT, "_known", type(street_source.KEPT._known)())
    return made


def town(*more):
    return MemoryStore(Dataset([site(fk_city="31555"), tap(where=at(100), fk_city="31555"), square(), *more]))


def row(store):
    (found,) = store.data.layer("distance")
    return found["barriers_crossed"], found["barrier_class"]


def findings(store, code="EAU-003"):
    return [
        found["verdict"]
        for found in store.data.layer("finding")
        if found["check_id"] == code and found["state"] == "open"
    ]


def test_an_edit_does_not_build_the_barriers_again(built):
    store = town(across(50))
    compute_distances(store, CONDITIONS)
    run_checks(store, CONDITIONS)
    assert findings(store) == ["fails"]
    for x in (99, -60):
        store.data = Dataset([*(record for record in store.data if record.uid != "tap"), tap(where=at(x))])
        refresh(store, {"water_point": {"tap"}}, CONDITIONS)
    assert built == [("tertiary", 2154)]
    assert findings(store) == []


def test_a_change_of_the_streets_builds_them_again_and_touches_every_site(built):
    store = town(across(50))
    compute_distances(store, CONDITIONS)
    run_checks(store, CONDITIONS)
    assert row(store) == (1, "tertiary")
    (road,) = [record for record in store.data.layer("street") if record["road_class"] == "tertiary"]
    store.apply(ChangeSet(update=[Record("street", road.uid, {"road_class": "residential"})]))
    done = refresh(store, {"street": {road.uid}}, CONDITIONS)
    assert len(built) == 2
    assert (done.sites, row(store), findings(store)) == (1, (0, None), [])


def test_a_row_without_streets_or_in_doubt_says_nothing():
    unknown = MemoryStore(Dataset([site(), tap(where=at(100))]))
    compute_distances(unknown, CONDITIONS)
    assert row(unknown) == (None, None)
    doubtful = town(across(50), dwelling("hut", at(49), position_accuracy_m=5))
    compute_distances(doubtful, CONDITIONS)
    assert row(doubtful) == (None, None)


def test_a_row_counts_from_the_farthest_dwelling_and_gives_the_largest_class():
    roads = [across(50), across(70, road_class="primary", name="N"), across(85, road_class="railway", name="R")]
    store = town(*roads, dwelling("near", at(90)), dwelling("far", at(0)))
    compute_distances(store, CONDITIONS)
    assert row(store) == (3, "primary")


def test_the_two_last_used_are_kept(built):
    cache, store = BarrierCache(), town(across(50))
    source = StoredStreets(store)
    first = cache.barriers(source, "tertiary", 2154)
    cache.barriers(source, "primary", 2154)
    assert cache.barriers(source, "tertiary", 2154) is first
    cache.barriers(source, "service", 2154)
    assert cache.barriers(source, "tertiary", 2154) is first
    cache.barriers(source, "primary", 2154)
    assert len(built) == 4
    loose = ReadStreets(store.data.layer("street"))
    assert cache.barriers(loose, "tertiary", 2154) is not cache.barriers(loose, "tertiary", 2154)


def test_the_finding_names_the_roads_and_the_water_point():
    scene = Scene((site(), tap("Fontaine", at(100)), square(), across(40, name="Rue A"), across(70, name="")))
    (found,) = scene.findings("EAU-003")
    assert found.remark.details["roads"] == "Rue A, ?"
    assert (found.remark.value, found.remark.threshold.value, found.remark.details["point"]) == (2, 0, "Fontaine")
    assert "DIHAL" in found.remark.threshold.source


def test_each_dwelling_goes_where_it_is_easiest():
    huts = [dwelling("west", at(0)), dwelling("east", at(80))]
    records = (site(), *huts, tap("west tap", at(-60)), tap("east tap", at(120)), square(), across())
    assert Scene(records).findings("EAU-003") == []
    closed = tuple(
        replace(r, values={**r.values, "working_state": "closed"}) if r.uid == "east tap" else r for r in records
    )
    (found,) = Scene(closed).findings("EAU-003")
    assert found.remark.details["point"] == "west tap"


def test_a_smaller_class_than_the_threshold_is_no_barrier():
    lane = street((50, -620), (50, 620), road_class="service")
    assert Scene((site(), tap(where=at(100)), square(), lane)).findings("EAU-003") == []
