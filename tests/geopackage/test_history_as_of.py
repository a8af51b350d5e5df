"""Any past moment of a workspace is rebuilt from its history."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from pathlib import Path

import pytest

from resorption_plugin.core.history.as_of import as_of
from resorption_plugin.core.history.changes import Operation
from resorption_plugin.core.model.fields import Geometry
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.geopackage.recorded_rows import (
    HERE,
    SHAPES,
    THERE,
    contents,
    moment_now,
    other_program,
    site,
    wait_a_millisecond,
)


def test_what_goes_with_its_site_is_kept_too(store: GeoPackageStore, path: Path) -> None:
    parent = site(name="Parti")
    count = Record("population_count", str(uuid.uuid4()), {"site_uid": parent.uid, "counted_on": dt.date(2025, 1, 1)})
    tap = Record("water_point", str(uuid.uuid4()), {"site_uid": parent.uid, "type": "reservoir"}, HERE)
    store.apply(ChangeSet(insert=[parent, count, tap]))
    before = store.read(["site", "population_count", "water_point"])
    moment = store.history.changes()[-1].at
    wait_a_millisecond(path)
    with other_program(path) as plain:
        plain.execute("DELETE FROM site WHERE uid = ?", (parent.uid,))

    changes = store.history.of_record("site", parent.uid)

    freed = [change for change in changes if change.uid == tap.uid and change.operation is Operation.UPDATE]
    assert [(change.field, change.before, change.after) for change in freed] == [("site_uid", parent.uid, None)]
    gone = {change.field: change.before for change in changes if change.uid == count.uid and change.field}
    assert gone["counted_on"] == dt.date(2025, 1, 1)
    after = store.read(["site", "population_count", "water_point"])
    assert [len(after.layer(key)) for key in ("site", "population_count", "water_point")] == [0, 0, 1]
    assert contents(as_of(after, store.history.changes(), moment)) == contents(before)


@pytest.mark.parametrize("seed", range(3))
def test_any_past_moment_of_a_workspace_is_rebuilt(store: GeoPackageStore, path: Path, seed: int) -> None:
    chance = random.Random(seed)
    layers = ["site", "site_footprint", "population_count", "water_point"]
    snapshots = []
    for _ in range(25):
        for _ in range(chance.randint(1, 3)):
            _random_write(store, chance)
        snapshots.append((moment_now(path), contents(store.read(layers))))
        wait_a_millisecond(path)
    now, changes = store.read(layers), store.history.changes(layers)
    for moment, expected in snapshots:
        assert contents(as_of(now, changes, moment)) == expected
        assert contents(as_of(now, store.history.changes(layers, moment), moment)) == expected


def _random_write(store: GeoPackageStore, chance: random.Random) -> None:
    sites = store.read(["site"]).layer("site")
    children = [*store.read(["site_footprint", "population_count", "water_point"])]
    verb = chance.choice(["site", "site", "child", "change", "change", "change", "delete"])
    if verb == "site" or not sites:
        store.apply(ChangeSet(insert=[site(name=str(chance.random()))]))
        return
    parent = chance.choice(sites)
    if verb == "change":
        values = {"population_total": chance.choice([None, 5, 9]), "built_at": dt.date(2025, 1, chance.randint(1, 28))}
        store.apply(ChangeSet(update=[Record("site", parent.uid, values, chance.choice([None, HERE, THERE]))]))
    elif verb == "delete":
        gone = chance.choice([parent, *children])
        store.apply(ChangeSet(delete=[(gone.layer, gone.uid)]))
    else:
        uid = str(uuid.uuid4())
        store.apply(
            ChangeSet(
                insert=[
                    chance.choice(
                        [
                            Record("water_point", uid, {"site_uid": parent.uid, "type": "reservoir"}, THERE),
                            Record("site_footprint", uid, {"site_uid": parent.uid}, SHAPES[Geometry.POLYGON][0]),
                            Record(
                                "population_count", uid, {"site_uid": parent.uid, "counted_on": dt.date(2025, 1, 1)}
                            ),
                        ]
                    )
                ]
            )
        )
