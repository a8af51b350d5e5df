"""Random worlds and random edits, and what a store does with a change set."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import shapely

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.ports import ChangeSet, Feedback
from resorption_plugin.core.records import Dataset, Record, Rows

from .build import at, box, count, dwelling, footprint, site, tap


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

    def former(self, uids: Mapping[str, Collection[str]]) -> dict[str, list[Record]] | None:
        """Say that nobody keeps count."""
        return None

    def meta(self, key: str) -> str | None:
        """Return a property."""
        return self.properties.get(key)


class RecordingStore(MemoryStore):
    """A workspace without a file that knows where its records were, and keeps what was computed of them."""

    def __init__(self, data: Dataset, **meta: str) -> None:
        """Keep the records."""
        self._left: list[Record] = []
        self._data = Dataset()
        super().__init__(data, **meta)

    @property
    def data(self) -> Dataset:
        """Return the records."""
        return self._data

    @data.setter
    def data(self, data: Dataset) -> None:
        before, rows = self._data, dict[str, Rows]()
        for layer in {record.layer for record in (*before, *data)}:
            old, new = before.rows(layer).by_uid, data.rows(layer).by_uid
            self._left += [record for uid, record in old.items() if new.get(uid) is not record and record.geometry]
            came = [record for uid, record in new.items() if old.get(uid) is not record]
            rows[layer] = before.rows(layer).changed(old.keys() - new.keys(), came)
        self._data = Dataset(rows=rows, memory=before.memory)

    def read(self, layers: Collection[str] | None = None, feedback: Feedback | None = None) -> Dataset:
        """Return the records of some layers."""
        wanted = {record.layer for record in self._data if layers is None or record.layer in layers}
        return Dataset(rows={key: self._data.rows(key) for key in wanted}, memory=self._data.memory)

    def former(self, uids: Mapping[str, Collection[str]]) -> dict[str, list[Record]] | None:
        """Return the places left."""
        return {
            layer: [old for old in self._left if old.layer == layer and old.uid in some] for layer, some in uids.items()
        }


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


def random_footprint(choose: random.Random, uid: str) -> Record:
    west, south = choose.uniform(-300, 300), choose.uniform(-300, 300)
    return footprint(uid, box(west, south, west + 100, south + 60), choose.choice(_SITES))


def random_count(choose: random.Random, uid: str) -> Record:
    record = count(uid, choose.randint(1, 200), _some_day(choose), choose.choice(_SITES))
    more = {"source": choose.choice([None, "operator", "visit"]), "population_minors": choose.choice([None, 5, 300])}
    return replace(record, values={**record.values, **more})


def random_procedure(choose: random.Random, uid: str) -> Record:
    values = {"justice_procedure": choose.choice([None, True]), "justice_rendered_at": _some_day(choose)}
    return Record("procedure", uid, {"site_uid": choose.choice(_SITES), **values})


def random_phase(choose: random.Random, uid: str) -> Record:
    phase = {"preparatory_phase": "social_assessment", "expected_on": choose.choice([None, _some_day(choose)])}
    return Record("resorption_phase", uid, {"site_uid": choose.choice(_SITES), **phase})


def random_action(choose: random.Random, uid: str) -> Record:
    return Record("action", uid, {"name": uid, "started_at": _some_day(choose), "ended_at": _some_day(choose)})


def random_action_site(choose: random.Random, uid: str) -> Record:
    return Record("action_site", uid, {"action_uid": choose.choice(["a0", "a1"]), "site_uid": choose.choice(_SITES)})


def _some_day(choose: random.Random) -> dt.date:
    return dt.date(2026, 7, 1) + dt.timedelta(days=choose.randint(-400, 100))


_SITES = ["s0", "s1", "s2", "s3"]

MAKERS = {
    "site": random_site,
    "water_point": random_tap,
    "dwelling": random_dwelling,
    "site_footprint": random_footprint,
    "population_count": random_count,
    "procedure": random_procedure,
    "resorption_phase": random_phase,
    "action": random_action,
    "action_site": random_action_site,
}


def random_world(choose: random.Random) -> Dataset:
    records = [random_site(choose, f"s{number}") for number in range(6)]
    records += [random_tap(choose, f"w{number}") for number in range(choose.randint(0, 12))]
    records += [random_dwelling(choose, f"d{number}") for number in range(6)]
    records += [random_action(choose, f"a{number}") for number in range(2)]
    for layer in ("site_footprint", "population_count", "procedure", "resorption_phase", "action_site"):
        records += [MAKERS[layer](choose, f"{layer}{number}") for number in range(choose.randint(0, 2))]
    return Dataset(records)


def random_edit(choose: random.Random, data: Dataset) -> tuple[Dataset, dict[str, set[Any]]]:
    """Return the dataset after adding, changing or deleting one record, and what was touched."""
    layer = choose.choice(list(MAKERS))
    existing = data.layer(layer)
    kind = choose.choice(["add", "change", "delete"]) if existing else "add"
    uid = f"{layer}new" if kind == "add" else choose.choice(existing).uid
    before = data.get(layer, uid)
    left = [record for record in data if record is not before]
    after = None if kind == "delete" else MAKERS[layer](choose, uid)
    if before is not None and after is None:
        left = without_children(left, before)
    touched: dict[str, set[Any]] = {layer: {uid}}
    for relation in catalogue.layer(layer).relations:
        owners = {record[relation.column] for record in (before, after) if record is not None}
        touched.setdefault(relation.parent, set()).update(filter(None, owners))
    return Dataset([*left, *([after] if after else [])]), {key: uids for key, uids in touched.items() if uids}


def without_children(records: Iterable[Record], parent: Record) -> list[Record]:
    """Return what the file leaves when a record is deleted: it deletes its children, or empties their reference."""
    kept: list[Record] = []
    for record in records:
        relations = [
            relation
            for relation in catalogue.layer(record.layer).relations
            if relation.parent == parent.layer and record[relation.column] == parent.uid
        ]
        if any(relation.strength is Strength.COMPOSITION for relation in relations):
            continue
        emptied = {relation.column: None for relation in relations}
        kept.append(replace(record, values={**record.values, **emptied}) if emptied else record)
    return kept
