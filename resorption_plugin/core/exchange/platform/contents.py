"""What a row of the export is about: a site and the records beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely

from ...records import Dataset, Record
from .composed import Values

CHILDREN = ("owner", "procedure", "site_actor", "resorption_phase", "closure", "journal_entry")
"""The layers, beside the site, that the export fills."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The site's values, its point in EPSG:4326, and the rows of other layers by layer."""

    site: Values
    position: shapely.Point | None = None
    children: Mapping[str, Sequence[Values]] = field(default_factory=dict)


def contents_by_site(data: Dataset) -> dict[str, Contents]:
    """Return what a workspace holds of each site, by its uid, for ``write_row``."""
    children = {layer: data.children(layer, "site_uid") for layer in CHILDREN}
    return {
        site.uid: Contents(
            site.values,
            _point(site),
            {layer: [record.values for record in rows.get(site.uid, ())] for layer, rows in children.items()},
        )
        for site in data.layer("site")
    }


def _point(site: Record) -> shapely.Point | None:
    known = site.geometry
    return known if isinstance(known, shapely.Point) and not known.is_empty else None
