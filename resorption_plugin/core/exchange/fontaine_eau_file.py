"""Water points written in the national schema *fontaine-eau* 0.1.0."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import shapely

from ..i18n import mark
from ..model.catalogue import layer
from ..records import Record
from ..water.state import Availability, availability
from .fontaine_eau import FIELDS, PATTERNS, REQUIRED
from .leaving import Chosen, LeftOut, required, table
from .readers import LAYER
from .rows import RowError
from .texts import check_existing, closed_since, degrees, text, write_csv

COLUMNS = (
    "id", "type_fontaine", "modele", "gestionnaire", "siren_gestionnaire", "latitude", "longitude", "adresse",
    "code_commune_insee", "precision_geo", "conditions_acces", "date_installation", "indisponible", "accessible_pmr",
    "remplissage_contenant_possible",
)  # fmt: skip
"""Every column, in the order of the schema."""

_READ_APART = frozenset({"id", "indisponible"})


def write(path: Path, chosen: Chosen, on: dt.date) -> tuple[int, tuple[LeftOut, ...]]:
    """Write the public fountains as they are on a day; return how many, and what was left out.

    Raises ``ExportFileError`` when the file cannot be written.
    """
    rows, left_out = table(chosen, COLUMNS, cells(on))
    write_csv(path, COLUMNS, rows)
    return len(rows), left_out


def cells(on: dt.date) -> Callable[[Record, str], Mapping[str, str]]:
    """Return what turns a record and its number into texts by column; it raises ``RowError`` for what does not fit."""

    def row(record: Record, number: str) -> dict[str, str]:
        _check_kind(record)
        texts = {column: text(record[name]) for column, name in FIELDS.items() if column not in _READ_APART}
        for column in set(REQUIRED) & set(texts):
            required(record, FIELDS[column])
        for column, pattern in PATTERNS.items():
            if texts[column] and not re.fullmatch(pattern, texts[column]):
                raise RowError(
                    mark("“{field}”: “{value}” does not have the form the schema asks for."),
                    field=layer(LAYER).field(FIELDS[column]).label,
                    value=texts[column][:60],
                )
        point = shapely.get_coordinates(record.geometry)[0]
        place = {"longitude": degrees(point[0]), "latitude": degrees(point[1])}
        return {"id": number, **texts, **place, "indisponible": _closed(record, on)}

    return row


def _check_kind(record: Record) -> None:
    """Raise ``RowError`` unless the point is what the schema is about: drinking water for the public."""
    if record["type"] != "fontaine_publique":
        raise RowError(mark("It is not a public fountain."))
    check_existing(record)
    if record["is_potable"] is not True:
        raise RowError(mark("It is not said to give drinking water."))


def _closed(record: Record, on: dt.date) -> str:
    """Return ``indisponible``: empty says that the fountain works, so what is not known cannot be written."""
    state = availability(record, on)
    if state is Availability.UNKNOWN:
        raise RowError(mark("Its working state is unknown, and an empty cell of the schema would say that it works."))
    since = closed_since(record, on)
    if state is Availability.UNAVAILABLE and since is None:
        raise RowError(mark("It is closed, and since when is not filled in: the schema asks for that date."))
    return text(since)
