"""Fire hydrants written in the national schema *PEI* 1.0.0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import shapely

from ..geo import METROPOLE_EPSG, STORED_EPSG, department_of, metric_epsg, transformer
from ..i18n import mark
from ..model.catalogue import layer
from ..model.domains import HYDRANT_TYPE
from ..records import Record
from ..water.state import Availability, availability
from .leaving import Chosen, LeftOut, required, table
from .pei import COLUMNS, DIAMETERS, FACTORS, FIELDS, INSEE, precision_class
from .readers import LAYER
from .rows import RowError
from .texts import ZERO_ONE, check_existing, closed_since, degrees, text, write_csv

_AVAILABLE = {Availability.AVAILABLE: True, Availability.UNAVAILABLE: False}


def write(path: Path, chosen: Chosen, on: dt.date) -> tuple[int, tuple[LeftOut, ...]]:
    """Write the hydrants as they are on a day; return how many, and what was left out.

    Raises ``ExportFileError`` when the file cannot be written.
    """
    rows, left_out = table(chosen, COLUMNS, cells(on))
    write_csv(path, COLUMNS, rows)
    return len(rows), left_out


def cells(on: dt.date) -> Callable[[Record, str], Mapping[str, str]]:
    """Return what turns a record and its number into texts by column; it raises ``RowError`` for what does not fit."""

    def row(record: Record, number: str) -> dict[str, str]:
        if record["type"] != "borne_incendie":
            raise RowError(mark("It is not a fire hydrant."))
        check_existing(record)
        insee, kind = required(record, "fk_city"), required(record, "hydrant_type")
        if not INSEE.fullmatch(insee):
            raise _malformed("fk_city", insee)
        if record["hydrant_diameter_mm"] not in (None, *DIAMETERS):
            raise _malformed("hydrant_diameter_mm", record["hydrant_diameter_mm"])
        texts = {column: text(_in_schema_unit(column, record[name])) for column, name in FIELDS.items()}
        return {
            **texts,
            "id_sdis": "" if number == record["operator_reference"] else number,
            "type_rd": texts["type_rd"] or HYDRANT_TYPE.choice(kind).label.fr,
            "prec": precision_class(record["position_accuracy_m"]),
            **_state(record, on),
            **_place(record, insee),
        }

    return row


def _in_schema_unit(column: str, value: Any) -> Any:
    return value / FACTORS[column] if value is not None and column in FACTORS else value


def _malformed(name: str, value: object) -> RowError:
    return RowError(
        mark("“{field}”: “{value}” does not have the form the schema asks for."),
        field=layer(LAYER).field(name).label,
        value=str(value)[:60],
    )


def _state(record: Record, on: dt.date) -> dict[str, str]:
    """Return whether it gives water on the day; ``date_maj`` is the day at which the state was seen."""
    available = _AVAILABLE.get(availability(record, on))
    return {
        "disponible": text(available, ZERO_ONE),
        "date_dispo": text(closed_since(record, on)),
        "date_maj": text(record["state_on"]),
    }


def _place(record: Record, insee: str) -> dict[str, str]:
    """Return degrees, and Lambert-93 to the centimetre where it reaches."""
    longitude, latitude = shapely.get_coordinates(record.geometry)[0]
    place = {"lon": degrees(longitude), "lat": degrees(latitude)}
    if metric_epsg(department_of(insee)) != METROPOLE_EPSG:
        return place
    x, y = transformer(STORED_EPSG, METROPOLE_EPSG).transform(longitude, latitude)
    return {**place, "x": f"{x:.2f}", "y": f"{y:.2f}"}
