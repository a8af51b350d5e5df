"""Water points of OpenStreetMap: drinking fountains and taps (the wiki's page *Tag:amenity=drinking_water*)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..i18n import mark
from ..model.catalogue import layer
from .converters import convert, day
from .osm_tags import OTHER_TAGS, all_tags
from .positions import PositionColumns
from .readers import LAYER, Incoming
from .rows import RowError, SourceRow, SourceTable

SOURCE = "OpenStreetMap"

LINKS = {
    "osm_id": "source_id",
    "amenity": "type",
    "man_made": "type",
    "name": "name",
    "operator": "operator",
    "opening_hours": "opening_hours",
    "drinking_water": "is_potable",
    "wheelchair": "wheelchair_accessible",
    "bottle": "container_filling",
    "operational_status": "working_state",
    "check_date": "state_on",
    OTHER_TAGS: "",
}

_TEXTS = {"name": "name", "operator": "operator", "opening_hours": "opening_hours", "description": "comments"}
_STATES = {
    "ok": "working", "operational": "working", "working": "working", "closed": "closed", "out_of_order": "out_of_order",
    "broken": "out_of_order", "needs_maintenance": "out_of_order", "non-operational": "out_of_order",
}  # fmt: skip
_ANSWERS = {"yes": True, "no": False}


def recognises(columns: tuple[str, ...]) -> bool:
    """Say whether a table holds features of OpenStreetMap."""
    return ("osm_id" in columns or "full_id" in columns) and bool({"amenity", "man_made", OTHER_TAGS} & set(columns))


def is_water_point(tags: Mapping[str, str]) -> bool:
    """Say whether tags describe a place where the public takes drinking water."""
    return tags.get("amenity") in ("drinking_water", "water_point") or tags.get("man_made") in (
        "water_tap", "drinking_fountain",
    )  # fmt: skip


class OsmPointsReader:
    """Reads features of OpenStreetMap.

    A mapped fountain is known to exist; that it works was seen by nobody unless ``operational_status`` says so, and it
    stays unknown. ``amenity=drinking_water`` and ``water_point`` are drinking water by definition; a plain
    ``man_made=water_tap`` is so only where ``drinking_water=yes``.
    """

    def __init__(self, table: SourceTable, source: str = SOURCE) -> None:
        self._columns = table.columns
        self._source = source
        self._position = PositionColumns()
        self._fields = {tag: layer(LAYER).field(name) for tag, name in _TEXTS.items()}

    def links(self) -> Mapping[str, str]:
        return {column: field for column, field in LINKS.items() if column in self._columns and field}

    def read(self, row: SourceRow) -> Incoming:
        columns = dict(zip(self._columns, row.cells, strict=True))
        tags = all_tags(columns)
        if not is_water_point(tags):
            raise RowError(mark("This is not a drinking fountain nor a tap."))
        if tags.get("access") in ("private", "no"):
            raise RowError(mark("It is not open to the public (access={access})."), access=tags["access"])
        identifier = columns.get("osm_id") or columns.get("full_id")
        values: dict[str, Any] = {
            "source": self._source,
            "source_id": f"n{identifier}" if columns.get("osm_id") else identifier,
            "type": "robinet_connecte_au_reseau" if tags.get("man_made") == "water_tap" else "fontaine_publique",
            **self._texts(tags),
            **_answers(tags),
            **_state(tags),
        }
        return Incoming(row, values, self._position.point(row))

    def _texts(self, tags: Mapping[str, str]) -> dict[str, Any]:
        return {field.name: convert(field, tags[tag]) for tag, field in self._fields.items() if tag in tags}


def _answers(tags: Mapping[str, str]) -> dict[str, Any]:
    by_definition = tags.get("amenity") in ("drinking_water", "water_point")
    potable = _ANSWERS.get(tags.get("drinking_water", ""), True if by_definition else None)
    answers: dict[str, Any] = {
        "is_potable": potable,
        "wheelchair_accessible": _ANSWERS.get(tags.get("wheelchair", "")),
        "container_filling": _ANSWERS.get(tags.get("bottle", "")),
    }
    if tags.get("man_made") != "water_tap" and tags.get("fountain") == "wallace":
        answers |= {"fountain_type": "fontaine type Wallace"}
    return {field: value for field, value in answers.items() if value is not None}


def _state(tags: Mapping[str, str]) -> dict[str, Any]:
    state = _STATES.get(tags.get("operational_status", ""))
    if state is None:
        return {}
    checked = tags.get("check_date:operational_status") or tags.get("check_date", "")
    seen = {"state_on": day(checked)} if re.fullmatch(r"\d{4}-\d{2}-\d{2}", checked) else {}
    return {"working_state": state, **seen}
