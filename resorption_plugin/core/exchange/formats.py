"""The kinds of files of water points the plugin reads, and how one is recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import ImportFileError
from ..i18n import mark
from . import fontaine_eau, osm_points, paris_fountains, pei
from .mapping import ColumnMapping, MappedReader, propose
from .readers import RowReader
from .rows import SourceTable

AUTO = "auto"
TABLE = "table"


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """A kind of file whose columns are known beforehand."""

    key: str
    title: str
    """What people call it (marked English)."""
    source: str
    """What is written in the column ``source`` unless the officer says otherwise."""
    recognises: Callable[[tuple[str, ...]], bool]
    reader: Callable[[SourceTable, str], RowReader]


KNOWN = (
    KnownFormat(
        "fontaine-eau",
        mark("National schema fontaine-eau"),
        fontaine_eau.SOURCE,
        fontaine_eau.recognises,
        fontaine_eau.FontaineEauReader,
    ),
    KnownFormat(
        "pei",
        mark("National schema PEI (fire hydrants)"),
        pei.SOURCE,
        pei.recognises,
        pei.PeiReader,
    ),
    KnownFormat(
        "paris",
        mark("City of Paris, drinking fountains"),
        paris_fountains.SOURCE,
        paris_fountains.recognises,
        paris_fountains.ParisFountainsReader,
    ),
    KnownFormat(
        "osm",
        mark("OpenStreetMap"),
        osm_points.SOURCE,
        osm_points.recognises,
        osm_points.OsmPointsReader,
    ),
)

TITLES = {AUTO: mark("Recognise the file"), **{known.key: known.title for known in KNOWN}, TABLE: mark("Any table")}
"""Every format a person can choose, with its marked English title."""


def detect(table: SourceTable) -> str:
    """Return the key of the format whose columns the table has, ``table`` when it is none of them."""
    return next((known.key for known in KNOWN if known.recognises(table.columns)), TABLE)


def default_source(key: str, table: SourceTable) -> str:
    """Return what to write in the column ``source``: the format's own, or the name of the file."""
    return next((known.source for known in KNOWN if known.key == key), table.name)


def reader_for(
    key: str, table: SourceTable, metric_epsg: int, mapping: ColumnMapping | None = None, source: str = ""
) -> RowReader:
    """Return what reads the rows of a table in a format.

    ``mapping`` (by default the one proposed) is for ``table`` only. Raises ``ImportFileError`` when the table lacks the
    format's columns, or when nothing says where its rows lie.
    """
    chosen = detect(table) if key == AUTO else key
    name = source or default_source(chosen, table)
    if chosen == TABLE:
        return MappedReader(table, mapping or propose(table, metric_epsg), name)
    known = next(candidate for candidate in KNOWN if candidate.key == chosen)
    if not known.recognises(table.columns):
        raise ImportFileError(
            mark("{name} lacks columns of the format {format}. Its columns are: {columns}. Choose another format."),
            name=table.name,
            format=known.key,
            columns=", ".join(table.columns),
        )
    return known.reader(table, name)
