"""Tells an export of the platform from any other file, before it is read."""

from __future__ import annotations

from pathlib import Path

from ...errors import ImportFileError
from .reader import opened_export

SUFFIXES = (".xlsx", ".ods", ".csv", ".txt")

FEWEST_OWN_TITLES = 3
"""A table of water points may have a commune, an address and a position; not three of the platform's other titles."""

_MOST_BYTES = 20_000_000
"""An export has some thousands of rows; a larger text is not read twice to find out."""

_COMMON = frozenset({"Localisation"})
"""Sections whose titles any table may have."""


def is_list_of_sites(path: Path) -> bool:
    """Say whether a file is an export of the platform."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return False
    try:
        with opened_export(path) as export:
            own = [column for column in export.header.columns.values() if column.section not in _COMMON]
    except ImportFileError:
        return False
    return len(own) >= FEWEST_OWN_TITLES
