"""After an edit, what is brought up to date is what computing everything again would give."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import Cancelled, OvertakenError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.refresh import Conditions, compute_distances, refresh, run_checks
from resorption_plugin.core.water.distances import Settings
from tests.scenes.build import SUMMER, SquareCommunes, at, site, tap
from tests.scenes.worlds import MemoryStore, RecordingStore, random_edit, random_world

NOW = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
CONDITIONS = Conditions(SUMMER, NOW, distances=Settings(2, 800), communes=SquareCommunes())


def everything(data, conditions=CONDITIONS, kind=MemoryStore):
    store = kind(data)
    compute_distances(store, conditions)
    run_checks(store, conditions)
    return store


def results(data):
    """Return the rows and the open findings, without their history."""
    history = {"computed_at", "first_seen_at", "last_seen_at"}
    return {
        (record.layer, record.uid): ({k: v for k, v in record.values.items() if k not in history}, record.geometry)
        for record in data
        if record.layer == "distance" or (record.layer == "finding" and record["state"] == "open")
    }


@pytest.mark.parametrize("kind", [MemoryStore, RecordingStore])
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_refreshing_what_an_edit_touches_gives_the_results_of_a_whole_run(kind, seed):
    choose = random.Random(seed)
    store = everything(random_world(choose), kind=kind)
    for _ in range(3):
        store.data, touched = random_edit(choose, store.data)
        whole = everything(store.data)
        refresh(store, touched, CONDITIONS)
        assert results(store.data) == results(whole.data)


class Overtaken(MemoryStore):
    """Another job writes the same results between the reading and the writing, so many times."""

    times = 1

    def apply(self, *steps):
        if self.times:
            self.times -= 1
            other = MemoryStore(self.data)
            compute_distances(other, CONDITIONS)
            run_checks(other, CONDITIONS)
            self.data = other.data
            raise OvertakenError("a finding is there already")
        super().apply(*steps)


def test_who_is_overtaken_reads_again_and_ends_with_the_same_results():
    data = random_world(random.Random(3))
    store = Overtaken(data)
    run_checks(store, CONDITIONS)
    assert store.writes == 0
    assert results(store.data) == results(everything(data).data)


def test_who_is_overtaken_again_and_again_gives_up():
    store = Overtaken(random_world(random.Random(3)))
    store.apply = _always_overtaken
    with pytest.raises(OvertakenError):
        run_checks(store, CONDITIONS)


def _always_overtaken(*_steps):
    raise OvertakenError("a finding is there already")


def test_computing_and_checking_twice_writes_nothing():
    store = everything(random_world(random.Random(3)))
    assert store.writes == 2
    later = replace(CONDITIONS, now=NOW + dt.timedelta(hours=1))
    compute_distances(store, later)
    run_checks(store, later)
    assert store.writes == 2


def test_an_edit_far_from_the_others_judges_few_records_again():
    near = [site(f"s{x}", at(x * 1_000), population_total=20) for x in range(4)]
    taps = [tap(f"w{x}", at(x * 1_000 + 50)) for x in range(4)]
    store = everything(Dataset([*near, *taps]))
    store.apply(ChangeSet(update=[Record("water_point", "w3", {"working_state": "closed"})]))
    done = refresh(store, {"water_point": {"w3"}}, replace(CONDITIONS, distances=Settings(1, 100)))
    assert (done.sites, done.records) == (1, 2)
    assert {record["target_uid"] for record in done.changes.insert if record.layer == "finding"} == {"s3", "w3"}


def test_a_tap_that_served_nobody_judges_few_records_again_when_it_is_known_where_it_was():
    near = [site(f"s{x}", at(x * 2_000), population_total=20) for x in range(4)]
    taps = [tap(f"w{x}", at(x * 2_000 + 50)) for x in range(4)]
    lonely = tap("lonely", at(20_000), lifecycle="existing")
    conditions = replace(CONDITIONS, distances=Settings(1, 100))
    store = everything(Dataset([*near, *taps, lonely]), conditions, RecordingStore)
    store.apply(ChangeSet(update=[Record("water_point", "lonely", {"working_state": "closed"}, at(2_060))]))
    done = refresh(store, {"water_point": {"lonely"}}, conditions)
    assert done.records == 3
    assert results(store.data) == results(everything(store.data, conditions).data)


def test_the_counts_tell_the_rows_and_the_open_sites_without_water():
    lost = replace(site("lost"), geometry=None)
    store = MemoryStore(Dataset([site("one"), site("two", at(300)), lost, site("closed", status="other"), tap()]))
    counts = compute_distances(store, CONDITIONS)
    assert (counts.pairs, counts.unroutable) == (2, 1)


class Stopped:
    def progress(self, fraction):
        pass

    def is_cancelled(self):
        return True


@pytest.mark.parametrize("work", [compute_distances, run_checks])
def test_a_cancelled_job_writes_nothing(work):
    store = MemoryStore(random_world(random.Random(5)))
    with pytest.raises(Cancelled):
        work(store, CONDITIONS, feedback=Stopped())
    assert store.writes == 0


def test_a_cancelled_refresh_writes_nothing():
    store = MemoryStore(random_world(random.Random(5)))
    with pytest.raises(Cancelled):
        refresh(store, {"site": {"s0"}}, CONDITIONS, Stopped())
    assert store.writes == 0


class StoppedAtTheFourthSite:
    """Sites are told one by one, in the stretch of the distances."""

    def __init__(self):
        self.told = []

    def progress(self, fraction):
        self.told.append(fraction)

    def is_cancelled(self):
        return len(self.told) == 4


def test_a_refresh_stops_between_the_distances_of_two_sites():
    sites = [site(f"s{number}", at(100 * number)) for number in range(10)]
    store, feedback = MemoryStore(Dataset([*sites, tap()])), StoppedAtTheFourthSite()
    with pytest.raises(Cancelled):
        refresh(store, {"site": {one.uid for one in sites}}, CONDITIONS, feedback)
    assert store.writes == 0
    assert feedback.told == pytest.approx([0.1, 0.14, 0.18, 0.22])
