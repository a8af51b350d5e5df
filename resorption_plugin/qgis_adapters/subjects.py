"""What records are called, and where they are: for whoever reads what is to be decided, mended or exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.model import catalogue
from ..core.records import Record
from ..core.sync.audit_subjects import PARENTS
from ..core.sync.overview import Move, PlacedMove, Way
from ..core.sync.travelling import travel
from ..core.sync.wire import Image, read_geometry
from ..core.sync.wire import record as wire_record
from ..core.wording import record_name
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.conflicts import Dispute


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that something is about, as people call it."""

    name: str
    commune: str
    site: str
    """The name of the site it belongs to, or is; empty for others."""


class Subjects:
    """Names records, by what the workspace holds of them and of their parents."""

    def __init__(self, store: GeoPackageStore, language: str) -> None:
        self._store = store
        self._language = language
        self._read: dict[tuple[str, str], Record | None] = {}

    def of(self, layer: str, uid: str, values: Mapping[str, Any]) -> Subject:
        """Return the subject of a row; ``values`` are what is known of it where the workspace lacks it."""
        record = self.record(layer, uid)
        held = {**values, **(record.values if record else {})}
        parent = self._parent(layer, held)
        site = parent if parent and parent.layer == "site" else record if layer == "site" else None
        placed = held if held.get("commune") else parent.values if parent else {}
        name = record_name(layer, held, self._language) or catalogue.layer(layer).label.text(self._language)
        called = record_name("site", site.values, self._language) if site else name if layer == "site" else ""
        return Subject(name, str(placed.get("commune") or ""), called)

    def of_conflict(self, dispute: Dispute) -> Subject:
        """Return the subject of a conflict."""
        conflict = dispute.conflict
        told: Image = {**conflict.base, **conflict.theirs, **conflict.mine}
        values = wire_record(travel(conflict.layer), conflict.row, told).values
        return self.of(conflict.layer, conflict.row, values)

    def placed(
        self, moves: Sequence[Move], told: Mapping[Way, Mapping[tuple[str, str], Mapping[str, Any]]]
    ) -> Iterator[PlacedMove]:
        """Yield moves with their commune and place; ``told`` is what travels, by way, layer and uid."""
        self._read_ahead(moves)
        for move in moves:
            values = told[move.way].get((move.layer, move.uid), {})
            record = self.record(move.layer, move.uid)
            shape = read_geometry(values.get("geom")) or (record.geometry if record else None)
            if shape is None:
                parent = self._parent(move.layer, {**values, **(record.values if record else {})})
                shape = parent.geometry if parent else None
            yield PlacedMove(move, self._commune(move, values), shape)

    def named(self, move: Move, told: Image) -> str:
        """Return what people call the record of a move; ``told`` is what travels of it, in wire form."""
        return self.of(move.layer, move.uid, wire_record(travel(move.layer), move.uid, told).values).name

    def lying(self, layer: str, uid: str) -> Mapping[str, Any]:
        """Return the values that tell where a record lies: its own, or its parent's; none where they are not known."""
        record = self.record(layer, uid)
        if record is None or "department" in record.values:
            return record.values if record else {}
        parent = self._parent(layer, record.values)
        return parent.values if parent else {}

    def _commune(self, move: Move, values: Mapping[str, Any]) -> str:
        if values.get("commune"):
            return str(values["commune"])
        return self.of(move.layer, move.uid, {key: value for key, value in values.items() if key != "geom"}).commune

    def _parent(self, layer: str, values: Mapping[str, Any]) -> Record | None:
        parents = {relation.column: relation.parent for relation in catalogue.layer(layer).relations}
        for column in PARENTS:
            if column in parents and values.get(column):
                return self.record(parents[column], str(values[column]))
        return None

    def _read_ahead(self, moves: Sequence[Move]) -> None:
        by_layer: dict[str, list[str]] = {}
        for move in moves:
            by_layer.setdefault(move.layer, []).append(move.uid)
        for layer, uids in by_layer.items():
            found = {record.uid: record for record in self._store.read_uids(layer, uids)}
            self._read |= {(layer, uid): found.get(uid) for uid in uids}

    def record(self, layer: str, uid: str) -> Record | None:
        """Return the record as the workspace holds it, ``None`` where it does not."""
        if (layer, uid) not in self._read:
            found = self._store.read_uids(layer, [uid])
            self._read[layer, uid] = found[0] if found else None
        return self._read[layer, uid]
