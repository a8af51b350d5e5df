"""Random worlds and random edits, and what a store does with a change set."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import shapely

from resorption_plugin.core.ports import ChangeSet, Feedback
from resorption_plugin.core.records import Dataset, Record

from .build import at, dwelling, site, tap


def applied(data: Dataset, changes: ChangeSet) -> Dataset:
    """Return the dataset once the changes are written, as a store would."""
    rows = {(record.layer, record.uid): record for record in data}
    for key in changes.delete:
        del rows[key]
    for record in changes.insert:
        assert (record.layer, record.uid) not in rows
        rows[record.layer, record.uid] = record
    for record in changes.update:
        stored = rows[record.layer, record.uid]
        geometry = stored.geometry if record.geometry is None else record.geometry
        rows[record.layer, record.uid] = replace(stored, values={**stored.values, **record.values}, geometry=geometry)
    return Dataset(rows.values())


class MemoryStore:
    """A workspace without a file."""

    def __init__(self, data: Dataset, **meta: str) -> None:
        """Keep the records."""
        self.data = data
        self.properties = {"metric_epsg": "2154", "departments": "31", **meta}
        self.writes = 0

    def read(self, layers: Collection[str] | None = None, feedback: Feedback | None = None) -> Dataset:
        """Return the records of some layers."""
        return Dataset(record for record in self.data if layers is None or record.layer in layers)

    def read_uids(self, layer: str, uids: Iterable[str]) -> list[Record]:
        """Return some records of a layer."""
        found = (self.data.get(layer, uid) for uid in uids)
        return [record for record in found if record is not None]

    def apply(self, changes: ChangeSet) -> None:
        """Write."""
        self.writes += 1
        self.data = applied(self.data, changes)

    def version(self, layer: str) -> str:
        """Return the content of a layer."""
        rows = sorted(self.data.layer(layer), key=lambda record: record.uid)
        return repr([(record.uid, record.values, shapely.to_wkt(record.geometry, -1)) for record in rows])

    def meta(self, key: str) -> str | None:
        """Return a property."""
        return self.properties.get(key)


def random_place(choose: random.Random, extent: float = 1_500) -> shapely.Point:
    return at(choose.uniform(-extent, extent), choose.uniform(-extent, extent))


def random_tap(choose: random.Random, uid: str) -> Record:
    return tap(
        uid,
        random_place(choose),
        working_state=choose.choice(["working", "working", "working", "closed", "unknown"]),
        is_potable=choose.choice([True, True, None, False]),
        taps=choose.choice([None, 1, 3]),
        position_accuracy_m=choose.choice([None, None, 5.0, 60.0]),
        site_uid=choose.choice([None, None, None, "s0", "s1"]),
        type=choose.choice(["robinet_connecte_au_reseau", "fontaine_publique"]),
        fk_city="31555",
    )


def random_site(choose: random.Random, uid: str) -> Record:
    return site(
        uid,
        random_place(choose),
        status=choose.choice(["open", "open", "open", "resorbed"]),
        population_total=choose.choice([None, 20, 80, 300]),
        water_access_type=choose.choice([None, "fontaine_publique", "robinet_connecte_au_reseau"]),
        fk_city="31555",
    )


def random_dwelling(choose: random.Random, uid: str) -> Record:
    return dwelling(uid, random_place(choose, 300), choose.choice(["s0", "s1", "s2", "s3"]))


MAKERS = {"site": random_site, "water_point": random_tap, "dwelling": random_dwelling}


def random_world(choose: random.Random) -> Dataset:
    records = [random_site(choose, f"s{number}") for number in range(6)]
    records += [random_tap(choose, f"w{number}") for number in range(choose.randint(0, 12))]
    records += [random_dwelling(choose, f"d{number}") for number in range(6)]
    return Dataset(records)


def random_edit(choose: random.Random, data: Dataset) -> tuple[Dataset, dict[str, set[Any]]]:
    """Return the dataset after adding, changing or deleting one record, and what was touched."""
    layer = choose.choice(list(MAKERS))
    existing = data.layer(layer)
    kind = choose.choice(["add", "change", "delete"]) if existing else "add"
    uid = f"{layer[0]}new" if kind == "add" else choose.choice(existing).uid
    before = data.get(layer, uid)
    left = [record for record in data if record is not before]
    after = None if kind == "delete" else MAKERS[layer](choose, uid)
    if kind == "delete":
        # the file deletes the rows of what is deleted
        left = [record for record in left if record.layer != "distance" or uid not in record.values.values()]
        left = [record for record in left if layer != "site" or record.layer != "dwelling" or record["site_uid"] != uid]
    touched = {layer: {uid}}
    owners = {record["site_uid"] for record in (before, after) if record is not None and record["site_uid"]}
    if owners and layer != "site":
        touched["site"] = owners
    return Dataset([*left, *([after] if after else [])]), touched
