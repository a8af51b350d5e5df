"""Every column of the platform's export, in the order of the file.

Titles, sections, cells and what makes a column appear are those of the platform's public source, version 2.56
(2026-07); titles of older versions are aliases.
"""

from __future__ import annotations

from types import MappingProxyType

from . import columns_of_conditions, columns_of_records, columns_of_site
from .column import Column

COLUMNS: tuple[Column, ...] = (
    *columns_of_site.PLACE,
    *columns_of_site.FEATURES,
    *columns_of_records.OWNERS,
    *columns_of_site.PEOPLE,
    *columns_of_conditions.COLUMNS,
    *columns_of_site.CENSUS,
    *columns_of_records.PROCEDURE,
    *columns_of_records.ACTORS,
    *columns_of_records.PHASES,
    *columns_of_records.ORIENTATION,
    *columns_of_records.MESSAGES,
    *columns_of_site.UPDATE,
)

BY_NAME = MappingProxyType({column.name: column for column in COLUMNS})
