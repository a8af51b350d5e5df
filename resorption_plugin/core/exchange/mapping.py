"""Which column of any table fills which field: proposed from names and contents, corrected by the officer, applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pyproj

from ..errors import ImportFileError, ParameterError
from ..geo import STORED_EPSG
from ..i18n import mark
from ..model.catalogue import layer
from ..model.fields import Field, Kind, Origin
from . import column_matching
from .column_names import PLACE_SYNONYMS
from .converters import convert, fold, number
from .place_contents import is_degrees, middles_of_wkt, named_place_fits, pair_order, place_fits
from .positions import Place, PositionColumns, guess_epsg
from .readers import LAYER, Incoming
from .rows import RowError, SourceRow, SourceTable

_NOT_OFFERED = frozenset({"source", "site_uid"})
_PLACES = {place.value: place for place in Place}
_COMPLETE = (
    {Place.LATITUDE, Place.LONGITUDE},
    {Place.EASTING, Place.NORTHING},
    {Place.LAT_LON},
    {Place.LON_LAT},
    {Place.WKT},
    {Place.GEOJSON},
)


@lru_cache(maxsize=1)
def target_fields() -> dict[str, Field]:
    """Return the fields of a water point that a column may fill, in the order of the form."""
    kept = (
        field
        for field in layer(LAYER).fields
        if not field.hidden
        and field.name not in _NOT_OFFERED
        and (field.origin is Origin.OFFICER or field.name == "fk_city")
    )
    return {field.name: field for field in kept}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column fills: a field of the model or a ``Place``; columns that fill nothing are absent."""

    links: tuple[tuple[str, str], ...]
    epsg: int = STORED_EPSG
    """The system of ``x``, ``y`` and ``wkt``."""

    def target(self, column: str) -> str | None:
        """Return what a column fills, ``None`` when nothing."""
        return dict(self.links).get(column)

    def places(self) -> dict[Place, str]:
        """Return the column of each part of the position."""
        return {_PLACES[target]: column for column, target in self.links if target in _PLACES}


def propose(table: SourceTable, metric_epsg: int) -> ColumnMapping:
    """Propose what each column fills, by its name and then, for the position, by what it holds.

    The proposal does not depend on the order of the columns nor on the case and accents of their names.
    """
    free = set(table.columns)
    links: list[tuple[str, str]] = []
    epsg = STORED_EPSG
    if not table.has_geometry:
        places = _places_by_name(table) or _places_by_content(table)
        links += [(column, place.value) for place, column in places.items()]
        free -= set(places.values())
        epsg = _epsg(table, places, metric_epsg)
    for name, field in target_fields().items():
        column = column_matching.named(free, column_matching.words(field))
        if column is not None and _holds(table, column, field):
            links.append((column, name))
            free.discard(column)
    return ColumnMapping(tuple(sorted(links, key=lambda link: table.columns.index(link[0]))), epsg)


def _holds(table: SourceTable, column: str, field: Field) -> bool:
    """Say whether most of a column's values are values of the field."""
    samples = table.samples(table.column(column), 50)
    good = 0
    for text in samples:
        try:
            convert(field, text)
        except RowError:
            continue
        good += 1
    return 2 * good >= len(samples)


def _places_by_name(table: SourceTable) -> dict[Place, str]:
    for wanted in _COMPLETE:
        found = {
            place: column_matching.named(table.columns, PLACE_SYNONYMS[place]) for place in Place if place in wanted
        }
        columns = {place: column for place, column in found.items() if column is not None}
        if len(columns) != len(wanted):
            continue
        if all(named_place_fits(place, table.samples(table.column(column))) for place, column in columns.items()):
            return _ordered_pair(table, columns)
    return {}


def _ordered_pair(table: SourceTable, columns: dict[Place, str]) -> dict[Place, str]:
    """Let the contents of a pair say which comes first, when they can only be read one way."""
    column = columns.get(Place.LAT_LON) or columns.get(Place.LON_LAT)
    if column is None:
        return columns
    order = pair_order(table.samples(table.column(column)))
    return {order: column} if order else columns


def _places_by_content(table: SourceTable) -> dict[Place, str]:
    samples = {column: table.samples(table.column(column)) for column in sorted(table.columns, key=fold)}
    for place in (Place.LAT_LON, Place.WKT, Place.GEOJSON):
        for column, texts in samples.items():
            if place is Place.LAT_LON and (order := pair_order(texts)):
                return {order: column}
            if place is not Place.LAT_LON and texts and place_fits(place, texts):
                return {place: column}
    latitudes = [column for column, texts in samples.items() if is_degrees(texts, Place.LATITUDE)]
    longitudes = [column for column, texts in samples.items() if is_degrees(texts, Place.LONGITUDE)]
    if len(latitudes) == 1 and len(longitudes) == 1:
        return {Place.LATITUDE: latitudes[0], Place.LONGITUDE: longitudes[0]}
    return {}


def _epsg(table: SourceTable, places: dict[Place, str], metric_epsg: int) -> int:
    if Place.WKT in places:
        middles = middles_of_wkt(table.samples(table.column(places[Place.WKT])))
        eastings, northings = [x for x, _ in middles], [y for _, y in middles]
    elif Place.EASTING in places:
        eastings = _numbers(table, places[Place.EASTING])
        northings = _numbers(table, places[Place.NORTHING])
    else:
        return STORED_EPSG
    return guess_epsg(eastings, northings, metric_epsg) if eastings and northings else STORED_EPSG


def _numbers(table: SourceTable, column: str) -> list[float]:
    found = []
    for text in table.samples(table.column(column)):
        try:
            found.append(number(text))
        except ValueError:
            continue
    return found


def parse_mapping(text: str, table: SourceTable, proposed: ColumnMapping) -> ColumnMapping:
    """Return the proposal corrected by ``field=column;field=column;epsg=2154``; ``field=`` leaves the field empty.

    Raises ``ParameterError`` on a field or column that does not exist.
    """
    links = {target: column for column, target in proposed.links}
    epsg = proposed.epsg
    for target, column in column_matching.said(text):
        if target == "epsg":
            epsg = _epsg_code(column)
            continue
        column_matching.check(target, column, (*_PLACES, *target_fields()), table.columns)
        links = {known: source for known, source in links.items() if known != target and source != column}
        if column:
            links[target] = column
    return replace(proposed, links=tuple((column, target) for target, column in links.items()), epsg=epsg)


def _epsg_code(text: str) -> int:
    try:
        pyproj.CRS.from_epsg(int(text))
    except (ValueError, pyproj.exceptions.CRSError) as error:
        raise ParameterError(mark("“{value}” is not an EPSG code such as 2154."), value=text) from error
    return int(text)


def require_position(table: SourceTable, mapping: ColumnMapping) -> None:
    """Raise ``ImportFileError`` when the mapping does not say where the rows lie."""
    places = set(mapping.places())
    if (table.has_geometry and not places) or places in _COMPLETE:
        return
    raise ImportFileError(
        mark(
            "{name} does not say where its rows lie. Its columns are: {columns}. Tell which ones hold the position, "
            "for example latitude=…;longitude=… or x=…;y=…;epsg=2154."
        ),
        name=table.name,
        columns=", ".join(table.columns),
    )


class MappedReader:
    """Reads the rows of any table by a mapping. Several columns may fill one text: they are joined by a space."""

    def __init__(self, table: SourceTable, mapping: ColumnMapping, source: str) -> None:
        """Prepare the reading; raises ``ImportFileError`` when the mapping gives no position."""
        require_position(table, mapping)
        self._mapping = mapping
        self._source = source
        self._position = PositionColumns(
            tuple((place, table.column(column)) for place, column in mapping.places().items()), mapping.epsg
        )
        fields = target_fields()
        self._fields = [(table.column(column), fields[target]) for column, target in mapping.links if target in fields]

    def links(self) -> Mapping[str, str]:
        return dict(self._mapping.links)

    def read(self, row: SourceRow) -> Incoming:
        values: dict[str, Any] = {"source": self._source}
        for column, field in self._fields:
            value = convert(field, row.cells[column])
            if value is None:
                continue
            joins = field.name in values and field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.domain is None
            values[field.name] = f"{values[field.name]} {value}" if joins else value
        return Incoming(row, values, self._position.point(row))
