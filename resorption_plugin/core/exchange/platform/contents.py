"""What a row of the export is about: a site and the records beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely

from .composed import Values

CHILDREN = ("owner", "procedure", "site_actor", "resorption_phase", "closure", "journal_entry")
"""The layers, beside the site, that the export fills."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The site's values, its point in EPSG:4326, and the rows of other layers by layer."""

    site: Values
    position: shapely.Point | None = None
    children: Mapping[str, Sequence[Values]] = field(default_factory=dict)
