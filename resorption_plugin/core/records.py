"""What checks, distances, planning and sync read: plain records, free of any GIS library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a layer.

    ``values`` holds the attributes by column name with plain Python values (``None`` = unknown;
    dates as ``datetime.date``, instants as aware ``datetime``). ``geometry`` is in EPSG:4326.
    """

    layer: str
    uid: str
    values: Mapping[str, Any] = field(default_factory=dict)
    geometry: shapely.Geometry | None = None

    def __getitem__(self, column: str) -> Any:
        """Return the value of a column, ``None`` when it is unknown or absent."""
        return self.values.get(column)


class Dataset:
    """Records of several layers, indexed by layer and by uid."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._layers: dict[str, dict[str, Record]] = {}
        for record in records:
            self._layers.setdefault(record.layer, {})[record.uid] = record

    def layer(self, key: str) -> list[Record]:
        """Return the records of a layer (an empty list when there are none)."""
        return list(self._layers.get(key, {}).values())

    def get(self, layer: str, uid: str | None) -> Record | None:
        """Return one record, or ``None``."""
        return self._layers.get(layer, {}).get(uid) if uid else None

    def children(self, layer: str, column: str) -> dict[str, list[Record]]:
        """Group the records of ``layer`` by the uid held in ``column``."""
        grouped: dict[str, list[Record]] = {}
        for record in self.layer(layer):
            parent = record[column]
            if parent:
                grouped.setdefault(parent, []).append(record)
        return grouped

    def __iter__(self) -> Iterator[Record]:
        for rows in self._layers.values():
            yield from rows.values()

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._layers.values())
