"""The platform's segments of origin and of size."""

from __future__ import annotations

from enum import StrEnum

from ..records import Record


class Segment(StrEnum):
    """Who lives on a site, by nationality; the names are the platform's."""

    EU_ONLY = "eu_only"
    FRENCH_ONLY = "french_only"
    EXTRA_EU_ONLY = "extra_eu_only"
    MIXED = "mixed"
    UNKNOWN = "unknown"


_ALONE = {"european": Segment.EU_ONLY, "french": Segment.FRENCH_ONLY, "other": Segment.EXTRA_EU_ONLY}


def segment(site: Record) -> Segment:
    """Return the segment of a site: the only origin stated, mixed for several."""
    origins = site["social_origins"]
    if not origins or isinstance(origins, str):
        return Segment.UNKNOWN
    return _ALONE.get(str(next(iter(origins))), Segment.UNKNOWN) if len(set(origins)) == 1 else Segment.MIXED


SIZES: tuple[tuple[str, int, int | None], ...] = (
    ("under_10", 1, 9),
    ("10_50", 10, 50),
    ("51_100", 51, 100),
    ("101_150", 101, 150),
    ("151_200", 151, 200),
    ("201_250", 201, 250),
    ("251", 251, None),
)
"""The platform's classes of size, from and to so many people, and the sites below its threshold."""
