"""Exports of the platform and workspaces made in memory, for the tests of the import of sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.held import LAYERS
from resorption_plugin.core.exchange.platform.preview import Decisions, SitesPreview, SitesPreviewer
from resorption_plugin.core.exchange.platform.reader import PlatformReading
from resorption_plugin.core.exchange.platform.row import read_row
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.territory import Territory

TODAY = dt.date(2026, 1, 15)
NOW = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)
AUTHOR = "import: export"

PLACE = {"Code INSEE": "31555", "Appellation du site": "Le Stade", "Latitude": "43.6", "Longitude": "1.44"}


def reading(
    *rows: Mapping[str, str],
    numbers: Iterable[int | None] = (),
    exported_on: dt.date | None = dt.date(2026, 1, 10),
    listing: Listing | None = Listing.OPEN,
) -> PlatformReading:
    """Return an export of these cells, from line 8 on; sites are numbered 101, 102… unless ``numbers`` says."""
    ids = list(numbers) or list(range(101, 101 + len(rows)))
    read = [
        read_row(line, cells, number, listing) for line, (cells, number) in enumerate(zip(rows, ids, strict=True), 8)
    ]
    columns = tuple(dict.fromkeys(name for row in read for name in row.texts))
    return PlatformReading("export", "Sites", (), columns, (), tuple(read), (), exported_on, listing)


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a site in Toulouse, with some more."""
    return {**PLACE, **cells}


def written(data: Dataset, changes: ChangeSet) -> Dataset:
    """Return a workspace after changes."""
    records = {(record.layer, record.uid): record for record in data}
    for key in changes.delete:
        del records[key]
    for record in changes.insert:
        assert (record.layer, record.uid) not in records
        records[record.layer, record.uid] = record
    for record in changes.update:
        known = records[record.layer, record.uid]
        geometry = known.geometry if record.geometry is None else record.geometry
        records[record.layer, record.uid] = Record(
            record.layer, record.uid, {**known.values, **record.values}, geometry
        )
    return Dataset(records.values())


class Workspace:
    """A workspace in memory that exports are imported into."""

    def __init__(self, territory: Territory, surroundings: Surroundings, *records: Record) -> None:
        self._territory = territory
        self._surroundings = surroundings
        self.data = Dataset(records)

    def preview(self, file: PlatformReading, decisions: Decisions | None = None) -> SitesPreview:
        """Return what importing would do."""
        previewer = SitesPreviewer(self.data, self._surroundings, self._territory)
        return previewer.preview(file, decisions or Decisions(), TODAY, Silent())

    def take(self, file: PlatformReading, decisions: Decisions | None = None) -> SitesPreview:
        """Import an export."""
        preview = self.preview(file, decisions)
        self.data = written(self.data, preview.change_set(NOW, AUTHOR))
        assert {record.layer for record in self.data} <= LAYERS
        return preview

    def edit(self, record: Record, geometry: shapely.Geometry | None = None, **values: Any) -> None:
        """Change a record, as an officer does."""
        self.data = written(self.data, ChangeSet(update=[Record(record.layer, record.uid, values, geometry)]))

    def add(self, *records: Record) -> None:
        """Add records."""
        self.data = written(self.data, ChangeSet(insert=list(records)))

    def site(self, rb_id: int = 101) -> Record:
        """Return a site by its number."""
        return next(site for site in self.data.layer("site") if site["rb_id"] == rb_id)

    def rows(self, layer: str) -> list[Record]:
        """Return the rows of a layer."""
        return self.data.layer(layer)


def reasons(preview: SitesPreview) -> list[str]:
    """Return why rows were rejected."""
    return [row.reason.template.format(**row.reason.values) for row in preview.rejected]
