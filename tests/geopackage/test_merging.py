"""Two records made one in a workspace, and apart again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.fixes import merge
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.geopackage.store import GeoPackageStore

PLACE = shapely.Point(1.44, 43.6)
NEAR = shapely.Point(1.4401, 43.6)


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


KEPT, DROPPED, THIRD = uid(1), uid(2), uid(3)


def site(key: str, **values) -> Record:
    return Record("site", key, {"status": "open", "living_conditions_version": 2, "fk_city": "31555", **values}, NEAR)


def child(layer: str, number: int, owner: str, **values) -> Record:
    shape = PLACE if layer == "dwelling" else None
    return Record(layer, uid(number), {"site_uid": owner, **values}, shape)


SITES = [
    site(KEPT, name="Ramier", rb_id=12, population_total=40, updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
    site(DROPPED, name="Île du Ramier", rb_id=None, caravans=7, updated_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)),
    site(THIRD, name="Ginestous"),
]
CHILDREN = [
    child("dwelling", 10, DROPPED),
    child("dwelling", 11, KEPT),
    child("population_count", 12, DROPPED, counted_on=dt.date(2026, 5, 1), population_total=45),
    child("closure", 13, DROPPED, closing_solution="housing", number_of_people_affected=3),
    child("closure", 14, KEPT, closing_solution="housing", number_of_people_affected=3),
    child("procedure", 15, DROPPED, owner_complaint=True),
    child("incoming_town", 16, DROPPED, incoming_site_uid=KEPT),
    child("incoming_town", 17, THIRD, incoming_site_uid=DROPPED),
    child("journal_entry", 18, DROPPED, entered_at=dt.datetime(2026, 5, 2, tzinfo=dt.UTC), description="Été"),
]
TAPS = [
    Record("water_point", uid(number), {"type": "inconnu", "lifecycle": "existing", "working_state": "working"}, PLACE)
    for number in (40, 41, 42)
]


def distance(number: int, owner: str, point: int, **measured) -> Record:
    return Record("distance", uid(number), {"site_uid": owner, "water_point_uid": uid(point), "rank": 1, **measured})


@pytest.fixture
def store(workspace: Path):
    with GeoPackageStore.open(workspace) as opened:
        opened.apply(ChangeSet(insert=[*SITES, *CHILDREN, *TAPS]))
        yield opened


def everything(store: GeoPackageStore) -> dict[tuple[str, str], Record]:
    found = store.read(["site", *{record.layer for record in CHILDREN}])
    return {(record.layer, record.uid): record for record in found}


def both(data: Dataset) -> tuple[Record, Record]:
    return data.get("site", KEPT), data.get("site", DROPPED)


def test_the_record_known_to_the_platform_stays(store):
    data = store.read(["site"])
    assert [record.uid for record in merge.order(*both(data))] == [KEPT, DROPPED]
    assert [record.uid for record in merge.order(*reversed(both(data)))] == [KEPT, DROPPED]


def test_an_answer_wins_over_none_and_two_answers_are_asked(store):
    found = {choice.field.name: choice for choice in merge.choices(*both(store.read(["site"])))}
    assert (found["name"].proposed, found["name"].is_asked) == ("Ramier", True)
    assert (found["caravans"].proposed, found["caravans"].is_asked) == (7, False)
    assert (found["rb_id"].proposed, found["rb_id"].is_asked) == (12, False)
    assert "updated_at" not in found


def test_what_belongs_to_the_other_is_kept(store):
    data = store.read(merge.layers_to_read("site"))
    store.apply(*merge.merge(*both(data), {"name": "Île du Ramier"}, data))
    after = everything(store)
    assert ("site", DROPPED) not in after
    kept = after["site", KEPT]
    assert (kept["name"], kept["caravans"], kept["population_total"], kept["rb_id"]) == ("Île du Ramier", 7, 40, 12)
    owners = {key: row["site_uid"] for (_, key), row in after.items() if row.layer != "site"}
    # twice the same solution and the site that would come from itself are gone, all else is there
    assert owners == {uid(n): KEPT for n in (10, 11, 12, 14, 15, 18)} | {uid(17): THIRD}
    assert after["incoming_town", uid(17)]["incoming_site_uid"] == KEPT


def test_a_merge_can_be_undone(store):
    before = everything(store)
    data = store.read(merge.layers_to_read("site"))
    steps = merge.merge(*both(data), {"name": "Île du Ramier"}, data)
    store.apply(*steps)
    store.apply(*merge.inverse(steps, data))
    assert everything(store) == before


def test_the_number_of_the_platform_may_come_from_the_one_that_goes(store):
    data = store.read(merge.layers_to_read("site"))
    kept, dropped = reversed(both(data))
    steps = merge.merge(kept, dropped, {}, data)
    store.apply(*steps)
    assert everything(store)["site", DROPPED]["rb_id"] == 12
    store.apply(*merge.inverse(steps, data))
    assert everything(store)["site", KEPT]["rb_id"] == 12


def test_two_different_records_of_which_one_may_be_are_not_merged(store):
    store.apply(ChangeSet(insert=[child("procedure", 20, KEPT, owner_complaint=False)]))
    before = everything(store)
    data = store.read(merge.layers_to_read("site"))
    with pytest.raises(ParameterError, match="one only"):
        merge.merge(*both(data), {}, data)
    assert everything(store) == before


def merged(store, answers=None) -> list[ChangeSet]:
    data = store.read(merge.layers_to_read("site"))
    steps = merge.merge(*both(data), answers or {}, data)
    store.apply(*steps)
    return merge.inverse(steps, data)


def distances(store) -> dict[tuple[str, str], float | None]:
    return {(row["site_uid"], row["water_point_uid"]): row["measured_m"] for row in store.read(["distance"])}


def test_what_was_measured_on_the_ground_is_never_lost(store):
    rows = [
        distance(50, DROPPED, 40, measured_m=123.0),  # where the other has nothing
        distance(51, DROPPED, 41, measured_m=88.0, measured_by="M. Martin"),  # where the other has a computed row
        distance(52, KEPT, 41),
        distance(53, DROPPED, 42),  # only computed: computed again
    ]
    store.apply(ChangeSet(insert=rows))
    before = {row.uid: row.values for row in store.read(["distance"])}
    back = merged(store)
    assert distances(store) == {(KEPT, uid(40)): 123.0, (KEPT, uid(41)): 88.0}
    store.apply(*back)
    after = {row.uid: row.values for row in store.read(["distance"])}
    assert after == {key: values for key, values in before.items() if key != uid(53)}


def test_two_measures_of_one_distance_are_settled_by_people(store):
    store.apply(
        ChangeSet(insert=[distance(50, DROPPED, 40, measured_m=123.0), distance(51, KEPT, 40, measured_m=99.0)])
    )
    with pytest.raises(ParameterError, match="one only"):
        merged(store)
    assert distances(store) == {(DROPPED, uid(40)): 123.0, (KEPT, uid(40)): 99.0}


def test_two_sites_of_the_platform_are_not_merged(store):
    store.apply(ChangeSet(update=[Record("site", DROPPED, {"rb_id": 13})]))
    with pytest.raises(ParameterError, match="platform"):
        merged(store)


def test_what_was_written_can_be_told_from_what_was_edited_since(store):
    data = store.read(merge.layers_to_read("site"))
    steps = merge.merge(*both(data), {"name": "Île du Ramier"}, data)
    store.apply(*steps)
    assert merge.are_as_written(steps, store.read(merge.layers_to_read("site")))
    store.apply(ChangeSet(update=[Record("site", KEPT, {"comments": "seen"})]))  # not of the merge
    assert merge.are_as_written(steps, store.read(merge.layers_to_read("site")))
    store.apply(ChangeSet(update=[Record("site", KEPT, {"name": "Autre"})]))
    assert not merge.are_as_written(steps, store.read(merge.layers_to_read("site")))


def test_a_child_deleted_since_is_a_change(store):
    data = store.read(merge.layers_to_read("site"))
    steps = merge.merge(*both(data), {}, data)
    store.apply(*steps)
    store.apply(ChangeSet(delete=[("dwelling", uid(10))]))
    assert not merge.are_as_written(steps, store.read(merge.layers_to_read("site")))
