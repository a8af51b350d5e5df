"""The file *Fontaines à boire* of the City of Paris (opendata.paris.fr), read as it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..i18n import mark
from .converters import day
from .positions import Place, PositionColumns
from .readers import Cells, Incoming
from .rows import RowError, SourceRow, SourceTable

SOURCE = "Ville de Paris, fontaines à boire"

COLUMNS = (
    "gid",
    "type_objet",
    "modele",
    "voie",
    "commune",
    "dispo",
    "debut_ind",
    "fin_ind",
    "motif_ind",
    "geo_point_2d",
)

FIELDS = {
    "gid": "source_id",
    "type_objet": "fountain_type",
    "modele": "model",
    "no_voirie_pair": "address",
    "no_voirie_impair": "address",
    "voie": "address",
    "dispo": "working_state",
    "debut_ind": "closed_from",
    "fin_ind": "closure_reason",
    "motif_ind": "closure_reason",
    "geo_point_2d": Place.LAT_LON.value,
}

FOUNTAIN_TYPES = {
    "BORNE_FONTAINE": ("borne fontaine", None),
    "FONTNE_WALLACE": ("fontaine type Wallace", None),
    "FONTAINE_BOIS": ("autre", "Fontaine des bois, parcs et jardins"),
    "FONTAINE_2EN1": ("autre", "Fontaine deux en un"),
    "FONTAINE_ARCEAU": ("autre", "Fontaine arceau"),
    "FTNE_PETILLANTE": ("autre", "Fontaine pétillante"),
    "FONTAINE_TOTEM": ("autre", "Fontaine totem"),
    "FTNE_POING_EAU": ("autre", "Fontaine poing d'eau"),
    "FONTAINE_ALBIEN": ("autre", "Fontaine à l'albien"),
    "FTNE_MILLENAIRE": ("autre", "Fontaine du millénaire"),
}
"""The City's types: the type of the national schema, and what it does not say."""

CLOSED_REASONS = frozenset({"FERMETURE HIVERNALE", "FERME DEMANDE TIERS", "INACCESSIBLE"})
"""Shut on purpose; any other reason (to repair, no water, works, reported) is a fault."""


def recognises(columns: tuple[str, ...]) -> bool:
    """Say whether a file has the columns of the City's file."""
    return set(COLUMNS) <= set(columns)


class ParisFountainsReader:
    """Reads the City's rows.

    The state is what ``dispo`` says, at the date of the data. The file does not give that date: it is taken as its
    latest ``debut_ind``, the last day something is known to have been written. An announced end (``fin_ind``) is a
    forecast and is kept as text, not as the end of the closure: in the file of October 2025, 9 of the 25 announced ends
    lie before the latest ``debut_ind``, and still say NON. The fountain is open again when a later file says so.
    Timestamps are midnights of Paris written as UTC: their calendar day is the day meant.
    """

    def __init__(self, table: SourceTable, source: str = SOURCE) -> None:
        self._cells = Cells(table)
        self._source = source
        self._position = PositionColumns(((Place.LAT_LON, table.column("geo_point_2d")),))
        self._data_date = _latest_day(table)

    def links(self) -> Mapping[str, str]:
        return FIELDS

    def read(self, row: SourceRow) -> Incoming:
        kind = self._text(row, "type_objet")
        fountain_type, details = FOUNTAIN_TYPES.get(kind, ("autre", kind or None))
        values: dict[str, Any] = {
            "source": self._source,
            "source_id": self._required(row, "gid"),
            "type": "fontaine_publique",
            "fountain_type": fountain_type,
            "is_potable": True,
            **self._state(row),
        }
        texts = {"type_details": details, "model": self._text(row, "modele"), "address": self._address(row)}
        values |= {name: text for name, text in texts.items() if text}
        return Incoming(row, values, self._position.point(row))

    def _state(self, row: SourceRow) -> dict[str, Any]:
        available, reason = self._required(row, "dispo").upper(), self._text(row, "motif_ind")
        if available not in ("OUI", "NON"):
            raise RowError(mark("{column}: “{value}” is neither OUI nor NON."), column="dispo", value=available[:60])
        state = {"state_on": self._data_date, "closed_from": None, "closed_until": None, "closure_reason": None}
        if available == "OUI":
            return state | {"working_state": "working"}
        return state | {
            "working_state": "closed" if reason in CLOSED_REASONS else "out_of_order",
            "closed_from": self._day(row, "debut_ind"),
            "closure_reason": self._reason(reason, self._day(row, "fin_ind")),
        }

    def _reason(self, reason: str, announced: dt.date | None) -> str | None:
        end = f"fin annoncée le {announced:%d/%m/%Y}" if announced else ""
        return ", ".join(part for part in (reason, end) if part) or None

    def _address(self, row: SourceRow) -> str:
        numbers = " / ".join(filter(None, (self._text(row, "no_voirie_pair"), self._text(row, "no_voirie_impair"))))
        return f"{numbers} {self._text(row, 'voie')}".strip()

    def _day(self, row: SourceRow, column: str) -> dt.date | None:
        text = self._text(row, column)
        try:
            return day(text) if text else None
        except ValueError:
            raise RowError(mark("{column}: “{value}” is not a date."), column=column, value=text[:60]) from None

    def _required(self, row: SourceRow, column: str) -> str:
        text = self._text(row, column)
        if not text:
            raise RowError(mark("The column {column} is required and empty."), column=column)
        return text

    def _text(self, row: SourceRow, column: str) -> str:
        return self._cells.text(row, column)


def _latest_day(table: SourceTable) -> dt.date | None:
    """Return the latest beginning of a closure in the file."""
    latest: dt.date | None = None
    index = table.column("debut_ind")
    for text in {row.cells[index] for row in table.rows if row.cells[index]}:
        try:
            found = day(text)
        except ValueError:
            continue  # the row itself is rejected with its reason
        latest = found if latest is None else max(latest, found)
    return latest
