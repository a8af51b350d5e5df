"""What the workspace holds of each site: its records, and what the platform said of it at the last import."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...records import Dataset, Record
from .contents import CHILDREN, Contents

SITE, RECORD, COUNT = "site", "platform_record", "population_count"

LAYERS = frozenset({SITE, RECORD, COUNT, *CHILDREN})
"""What an import reads and writes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A site with its rows; ``record`` and ``base`` are of the last import, where there was one."""

    site: Record
    rows: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    record: Record | None = None
    base: Mapping[str, str] = field(default_factory=dict)

    def children(self, layer: str) -> tuple[Record, ...]:
        """Return the rows of a layer that belong to the site."""
        return self.rows.get(layer, ())

    @property
    def contents(self) -> Contents:
        """Return the site as the columns of the platform are written from it."""
        point = self.site.geometry
        known = point if point is not None and point.geom_type == "Point" and not point.is_empty else None
        return Contents(
            self.site.values, known, {layer: [row.values for row in self.children(layer)] for layer in CHILDREN}
        )

    @property
    def exported_on(self) -> dt.date | None:
        """Return the day of the last export that was imported."""
        day = self.record["exported_on"] if self.record else None
        return day if isinstance(day, dt.date) else None


def held_sites(data: Dataset) -> Iterator[Held]:
    """Yield every site of ``data`` (the layers ``LAYERS``)."""
    by_layer = {layer: data.children(layer, "site_uid") for layer in (COUNT, *CHILDREN)}
    records = {record["site_uid"]: record for record in data.layer(RECORD)}
    for site in data.layer(SITE):
        rows = {layer: tuple(found[site.uid]) for layer, found in by_layer.items() if site.uid in found}
        record = records.get(site.uid)
        yield Held(site, rows, record, read_base(record["row"]) if record else {})


def read_base(text: object) -> dict[str, str]:
    """Return the texts kept of the last import; none when what is stored cannot be read."""
    try:
        found = json.loads(str(text))
    except ValueError:
        return {}
    return {str(name): str(cell) for name, cell in found.items()} if isinstance(found, dict) else {}


def write_base(base: Mapping[str, str]) -> str:
    """Return the texts as they are stored, in a settled order."""
    return json.dumps(dict(sorted(base.items())), ensure_ascii=False, separators=(",", ":"))
