"""The national schema *fontaine-eau* 0.1.0 of drinking fountains (schema.data.gouv.fr, DINUM, 28 March 2025)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..i18n import mark
from ..model.catalogue import layer
from .converters import code, convert
from .positions import Place, PositionColumns
from .readers import LAYER, Cells, Incoming
from .rows import RowError, SourceRow, SourceTable

SOURCE = "fontaine-eau"

FIELDS = {
    "id": "source_id",
    "type_fontaine": "fountain_type",
    "modele": "model",
    "gestionnaire": "operator",
    "siren_gestionnaire": "operator_siren",
    "adresse": "address",
    "code_commune_insee": "fk_city",
    "precision_geo": "location_details",
    "conditions_acces": "access_conditions",
    "date_installation": "installed_on",
    "indisponible": "closed_from",
    "accessible_pmr": "wheelchair_accessible",
    "remplissage_contenant_possible": "container_filling",
}
"""Columns of the schema and the model fields that hold them."""

PLACES = {"latitude": Place.LATITUDE, "longitude": Place.LONGITUDE}

REQUIRED = (
    "id", "type_fontaine", "latitude", "longitude", "code_commune_insee", "conditions_acces", "accessible_pmr",
    "remplissage_contenant_possible",
)  # fmt: skip

PATTERNS = {"siren_gestionnaire": r"\d{9}", "code_commune_insee": r"([013-9]\d|2[AB1-9])\d{3}"}

ENUMERATIONS = ("type_fontaine", "conditions_acces")


def recognises(columns: tuple[str, ...]) -> bool:
    """Say whether a file has the required columns of the schema."""
    return set(REQUIRED) <= set(columns)


class FontaineEauReader:
    """Reads rows of the schema.

    The schema is about fountains that give drinking water to the public (AGEC act, article 77), so every row is a
    potable public fountain. How many taps it has, it does not say. The declared commune is kept: a check compares it
    with the position. ``indisponible`` says since when it is closed, not why; empty, the fountain works.
    """

    def __init__(self, table: SourceTable, source: str = SOURCE) -> None:
        self._cells = Cells(table)
        self._source = source
        self._fields = {field.name: field for field in layer(LAYER).fields}
        self._position = PositionColumns(tuple((place, table.column(name)) for name, place in PLACES.items()))

    def links(self) -> Mapping[str, str]:
        return FIELDS | {name: place.value for name, place in PLACES.items()}

    def read(self, row: SourceRow) -> Incoming:
        texts = {name: self._cells.text(row, name) for name in FIELDS}
        for name in REQUIRED:
            if not self._cells.text(row, name):
                raise RowError(mark("The column {column} is required and empty."), column=name)
        values = {field: self._value(name, field, texts[name]) for name, field in FIELDS.items() if texts[name]}
        closed = values.get("closed_from")
        values |= {
            "source": self._source,
            "type": "fontaine_publique",
            "is_potable": True,
            "working_state": "closed" if closed else "working",
            "closed_from": closed,
            "closed_until": None,
        }
        return Incoming(row, values, self._position.point(row))

    def _value(self, column: str, field: str, text: str) -> Any:
        pattern = PATTERNS.get(column)
        if pattern and not re.fullmatch(pattern, text):
            raise RowError(
                mark("{column}: “{value}” does not have the form the schema asks for."), column=column, value=text
            )
        declared = self._fields[field]
        if column in ENUMERATIONS and declared.domain:
            try:
                return code(declared.domain, text)
            except ValueError:
                raise RowError(
                    mark("{column}: “{value}” is not in the schema's list ({expected})."),
                    column=column,
                    value=text[:60],
                    expected=", ".join(declared.domain.codes()),
                ) from None
        return convert(declared, text)
