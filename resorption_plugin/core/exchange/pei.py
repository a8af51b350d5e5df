"""The national schema *PEI* 1.0.0 of fire hydrants (schema.data.gouv.fr, AFIGEO and Datakode, 12 March 2021)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import shapely

from ..geo import METROPOLE_EPSG, department_of, geodesic_metres, metric_epsg
from ..i18n import mark
from ..model.catalogue import layer
from ..model.domains import HYDRANT_TYPE
from ..model.fields import Field, Label
from .converters import code, convert, fold
from .positions import Place, PositionColumns
from .readers import LAYER, Cells, Incoming
from .rows import RowError, SourceRow, SourceTable

SOURCE = "PEI"

COLUMNS = (
    "insee", "id_sdis", "id_gestion", "nom_gest", "ref_terr", "type_pei", "type_rd", "diam_pei", "diam_cana",
    "source_pei", "statut", "nom_etab", "situation", "press_dyn", "press_stat", "debit", "volume", "disponible",
    "date_dispo", "date_mes", "date_maj", "date_ct", "date_ro", "prec", "x", "y", "lon", "lat",
)  # fmt: skip
"""Every column, in the order of the schema."""

REQUIRED = ("insee", "type_pei", "type_rd")

FIELDS = {
    "insee": "fk_city",
    "id_gestion": "operator_reference",
    "nom_gest": "operator",
    "ref_terr": "hydrant_number",
    "type_pei": "hydrant_type",
    "type_rd": "type_details",
    "diam_pei": "hydrant_diameter_mm",
    "diam_cana": "pipe_diameter_mm",
    "source_pei": "hydrant_source",
    "statut": "hydrant_status",
    "nom_etab": "hydrant_owner",
    "situation": "address",
    "press_dyn": "dynamic_pressure_bar",
    "press_stat": "static_pressure_bar",
    "debit": "flow_l_min",
    "volume": "tank_volume_l",
    "date_mes": "installed_on",
    "date_ct": "inspected_on",
    "date_ro": "surveyed_on",
}
"""Columns of the schema and the model fields that hold them; those of the number, state and place are read apart."""

FACTORS = {"debit": 1000 / 60, "volume": 1000.0}
"""What one unit of the schema is in the model's: 1 m³/h is 1,000 L in 60 min, 1 m³ is 1,000 L."""

DIAMETERS = (80, 100, 150)

ACCURACIES = {"01": 1.0, "05": 5.0, "10": 10.0}
"""Upper bound of each class of precision, in metres. The class 99, “more than 10 m”, has none: it stays unknown."""

NO_BOUND = "99"

INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}")

DISAGREEMENT_METRES = 100.0
"""Farther apart, the two positions of a row are not two writings of one place: the datums differ by less than a metre,
and degrees with three decimals by less than 60 m."""

_LINKS = {
    **FIELDS,
    "id_sdis": "source_id",
    "disponible": "working_state",
    "date_dispo": "closed_from",
    "date_maj": "state_on",
    "prec": "position_accuracy_m",
    "x": Place.EASTING.value,
    "y": Place.NORTHING.value,
    "lon": Place.LONGITUDE.value,
    "lat": Place.LATITUDE.value,
}


def recognises(columns: tuple[str, ...]) -> bool:
    """Say whether a file has the required columns of the schema."""
    return set(REQUIRED) <= set(columns)


def precision_class(metres: float | None) -> str:
    """Return the class of precision an accuracy falls in, empty where it is unknown."""
    if metres is None:
        return ""
    return next((name for name, bound in ACCURACIES.items() if metres <= bound), NO_BOUND)


def says_more(type_rd: str, type_pei: str | None) -> bool:
    """Say whether the local type tells something the national one does not."""
    if type_pei is None:
        return True
    choice = HYDRANT_TYPE.choice(type_pei)
    return fold(type_rd) not in (fold(choice.code), fold(choice.label.fr))


class PeiReader:
    """Reads rows of the schema.

    Every row is a fire hydrant. The schema says nothing on the quality of the water, not even where the drinking water
    network feeds it: whether it can be drunk stays unknown. ``debit`` is measured under 1 bar. ``disponible`` is true
    at the date of the data, ``date_maj``; ``date_dispo`` says since when it has been so.
    """

    def __init__(self, table: SourceTable, source: str = SOURCE) -> None:
        self._cells = Cells(table)
        self._source = source
        self._lambert = _place(table, {"x": Place.EASTING, "y": Place.NORTHING}, METROPOLE_EPSG)
        self._degrees = _place(table, {"lon": Place.LONGITUDE, "lat": Place.LATITUDE})
        self._own = PositionColumns()

    def links(self) -> Mapping[str, str]:
        return _LINKS

    def read(self, row: SourceRow) -> Incoming:
        for name in REQUIRED:
            if not self._cells.text(row, name):
                raise RowError(mark("The column {column} is required and empty."), column=name)
        texts = {name: self._cells.text(row, name) for name in COLUMNS}
        if not INSEE.fullmatch(texts["insee"]):
            raise RowError(mark("insee: “{value}” is not the INSEE code of a commune."), value=texts["insee"][:60])
        values = {field: _value(name, texts[name]) for name, field in FIELDS.items() if texts[name]}
        if not says_more(texts["type_rd"], values["hydrant_type"]):
            del values["type_details"]
        values |= {"source_id": texts["id_sdis"] or texts["id_gestion"], **_state(texts), **_accuracy(texts["prec"])}
        known = {name: value for name, value in values.items() if value not in (None, "") or name in _CLOSURE}
        return Incoming(
            row, {"source": self._source, "type": "borne_incendie", **known}, self._point(row, texts, values["fk_city"])
        )

    def _point(self, row: SourceRow, texts: Mapping[str, str], insee: str) -> shapely.Point:
        """Return the place by Lambert-93, else by degrees, else the file's geometry."""
        has_metres, has_degrees = bool(texts["x"] or texts["y"]), bool(texts["lon"] or texts["lat"])
        if has_metres and metric_epsg(department_of(insee)) != METROPOLE_EPSG:
            if not has_degrees:
                raise RowError(mark("x and y are in Lambert-93, which does not reach overseas: fill in lon and lat."))
            has_metres = False
        if has_metres and has_degrees:
            return _agreeing(self._lambert.point(row), self._degrees.point(row))
        if has_metres:
            return self._lambert.point(row)
        return self._degrees.point(row) if has_degrees else self._own.point(row)


_CLOSURE = ("closed_from", "closed_until", "closure_reason")
"""Told together with the state, also where they are empty: a hydrant that is available has no closure."""


def _place(table: SourceTable, columns: Mapping[str, Place], epsg: int | None = None) -> PositionColumns:
    found = tuple((place, table.column(name)) for name, place in columns.items() if name in table.columns)
    return PositionColumns(found) if epsg is None else PositionColumns(found, epsg)


def _agreeing(metric: shapely.Point, degrees: shapely.Point) -> shapely.Point:
    apart = geodesic_metres(metric.x, metric.y, degrees.x, degrees.y)
    if apart > DISAGREEMENT_METRES:
        raise RowError(mark("x, y and lon, lat are {metres} m apart: correct one of them."), metres=f"{apart:.0f}")
    return metric


def _state(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what the row says of the state; nothing where ``disponible`` is empty."""
    available = convert(_column_field("disponible", "is_potable"), texts["disponible"])
    changed, updated = (_day(name, texts[name]) for name in ("date_dispo", "date_maj"))
    if available is None:
        return {}
    state = {"closed_from": None, "closed_until": None, "closure_reason": None}
    if available:
        return state | {"working_state": "working", "state_on": updated or changed}
    return state | {"working_state": "out_of_order", "closed_from": changed, "state_on": updated}


def _accuracy(text: str) -> dict[str, float]:
    """Return the accuracy of a class, whose leading zero a spreadsheet may have taken."""
    name = text.zfill(2)
    if text and name not in ACCURACIES and name != NO_BOUND:
        raise _not_listed("prec", text, (*ACCURACIES, NO_BOUND))
    return {"position_accuracy_m": ACCURACIES[name]} if name in ACCURACIES else {}


def _day(column: str, text: str) -> dt.date | None:
    found = convert(_column_field(column, "state_on"), text)
    return found if isinstance(found, dt.date) else None


@lru_cache(maxsize=64)
def _column_field(column: str, name: str) -> Field:
    """Return the model field under the column's name, with its limits in the column's unit."""
    field, factor = layer(LAYER).field(name), FACTORS.get(column, 1.0)
    low, high = (None if limit is None else limit / factor for limit in (field.minimum, field.maximum))
    return dataclasses.replace(field, label=Label(column, column), minimum=low, maximum=high)


def _value(column: str, text: str) -> Any:
    field = _column_field(column, FIELDS[column])
    if field.domain is not None:
        try:
            return code(field.domain, text)
        except ValueError:
            raise _not_listed(column, text, field.domain.codes()) from None
    value = convert(field, text)
    if column == "diam_pei" and value is not None and value not in DIAMETERS:
        raise _not_listed(column, text, tuple(map(str, DIAMETERS)))
    return value * FACTORS[column] if column in FACTORS and value is not None else value


def _not_listed(column: str, text: str, expected: tuple[str, ...]) -> RowError:
    return RowError(
        mark("{column}: “{value}” is not in the schema's list ({expected})."),
        column=column,
        value=text[:60],
        expected=", ".join(expected),
    )
