"""Records that are copied with changes are grouped, placed and linked as if they had been read anew."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import numpy as np
import pytest

from resorption_plugin.core.checks.context import Context
from resorption_plugin.core.checks.pairs import Neighbourhood
from resorption_plugin.core.records import ByColumn, Dataset, Memory, Record, Rows, alike
from resorption_plugin.core.water.catchment import Catchment, existing
from resorption_plugin.core.water.distances import is_open
from resorption_plugin.core.water.reach import WaterMap
from resorption_plugin.core.water.service import TapService
from resorption_plugin.core.water.state import ByUse
from resorption_plugin.core.water.taps import Taps, taps_of
from tests.scenes.build import SUMMER, at, site, tap
from tests.scenes.worlds import RecordingStore, random_edit, random_tap, random_world

EPSG = 2154


def taps_by_uid(count: int, seed: int = 1) -> dict[str, Record]:
    choose = random.Random(seed)
    return {f"w{number:03}": random_tap(choose, f"w{number:03}") for number in range(count)}


@pytest.mark.parametrize("edits", [1, 5, 150])
def test_groups_of_changed_rows_are_those_of_new_rows(edits):
    choose, records = random.Random(edits), taps_by_uid(200)
    groupings = (ByColumn("site_uid"), ByUse(SUMMER), existing)
    rows = Rows(records)
    before = {by: {key: list(group) for key, group in rows.grouped(by).items()} for by in groupings}
    gone = choose.sample(sorted(records), edits // 2)
    came = [random_tap(choose, uid) for uid in [*choose.sample(sorted(records), edits), "a new one"]]
    now = rows.changed(gone, came)
    left = {uid: record for uid, record in records.items() if uid not in gone} | {record.uid: record for record in came}
    assert now.by_uid == left
    for by in groupings:
        assert now.grouped(by) == Rows(left).grouped(by)
        assert rows.grouped(by) == before[by]


def test_a_group_that_stays_the_same_stays_the_same_list():
    rows = Rows({uid: tap(uid, site_uid=owner) for uid, owner in (("a", "s0"), ("b", "s0"), ("c", "s1"))})
    first = rows.grouped(ByColumn("site_uid"))
    second = rows.changed(["c"], []).grouped(ByColumn("site_uid"))
    assert second["s0"] is first["s0"]
    assert "s1" not in second


def test_a_result_is_kept_as_long_as_what_it_was_made_from():
    memory, made, first, second = Memory(), [], [1], [1]

    def result(sources):
        return memory.of("key", sources, lambda: made.append(sources) or len(made))

    assert [
        result((first,)),
        result((first,)),
        result((second,)),
        result((second, first)),
        result((second, first)),
    ] == [
        1,
        1,
        2,
        3,
        3,
    ]


def test_lists_are_alike_at_both_ends():
    records = [tap(uid) for uid in "abcde"]
    changed = [*records[:2], tap("c"), *records[3:]]
    assert alike(records, changed) == (2, 2)
    assert alike(records, records) == (5, 0)
    assert alike(records, [*records, tap("f")]) == (5, 0)
    assert alike(records, records[1:]) == (0, 4)
    assert alike([records[0], records[0]], [records[0]]) == (1, 0)


@pytest.mark.parametrize("seed", range(5))
def test_taps_that_follow_others_are_placed_as_new_ones(seed):
    choose, records = random.Random(seed), taps_by_uid(60)
    taps = Taps(list(records.values()), EPSG)
    for turn in range(4):
        records = dict(records)
        uid = choose.choice(sorted(records))
        records[uid] = random_tap(choose, uid) if turn % 2 else replace(records[uid], geometry=None)
        records.pop(choose.choice(sorted(records)))
        taps, new = Taps(list(records.values()), EPSG, taps), Taps(list(records.values()), EPSG)
        assert taps.records == new.records
        assert np.array_equal(taps.index.xy, new.index.xy)
        assert np.array_equal(taps.accuracy, new.accuracy)
    assert all(
        np.array_equal(taps.position(record.uid), xy) for record, xy in zip(taps.records, taps.index.xy, strict=True)
    )
    assert taps.position("nobody") is None


@pytest.mark.parametrize("seed", range(5))
def test_the_sites_of_a_point_are_those_whose_point_it_is(seed):
    """However many points were asked about before."""
    world = random_world(random.Random(seed))
    water = WaterMap(world, SUMMER, EPSG)
    for links in (Catchment(water, 400), TapService(water, 400)):
        for point in [*world.layer("water_point")] * 2:
            found = {uid if isinstance(uid, str) else uid.uid for uid in _sites(links, point)}
            open_sites = [site.uid for site in world.layer("site") if is_open(site)]
            assert found == {uid for uid in open_sites if point.uid in {other.uid for other in links.points(uid)}}


def _sites(links, point):
    return links.sites(point.uid) if isinstance(links, Catchment) else links.sites(point)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_through_edits_says_what_new_records_say(seed):
    choose = random.Random(seed)
    store = RecordingStore(random_world(choose))
    for _ in range(6):
        store.data, _ = random_edit(choose, store.data)
        kept, new = store.data, Dataset(list(store.data))
        day = SUMMER + dt.timedelta(days=choose.randint(0, 1))
        assert _said(kept, day) == _said(new, day)


def _said(data: Dataset, day: dt.date) -> list:
    water = WaterMap(data, day, EPSG)
    sites = sorted(data.layer("site"), key=lambda record: record.uid)
    points = sorted(data.layer("water_point"), key=lambda record: record.uid)
    near = Neighbourhood(Context(data, day, EPSG), points)
    return [
        [(water.measure(one, sure=True), water.serving(one, 2, 800)) for one in sites],
        [[other.uid for other, _ in near.closer_than(point, 300)] for point in points],
        [record.uid for record in taps_of(data, ByUse(day), "possible", EPSG).records],
    ]


def test_records_that_did_not_change_are_not_measured_again():
    store = RecordingStore(Dataset([site("s0"), site("s1", at(500)), tap()]))
    before = WaterMap(store.data, SUMMER, EPSG).sites
    kept = [before.of(store.data.get("site", uid)) for uid in ("s0", "s1")]
    store.data = Dataset([*(row for row in store.data if row.uid != "s1"), site("s1", at(700))])
    after = WaterMap(store.data, SUMMER, EPSG).sites
    now = [after.of(store.data.get("site", uid)) for uid in ("s0", "s1")]
    assert now[0] is kept[0]
    assert now[1] is not kept[1]
