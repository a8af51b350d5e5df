"""The cells of a row of the export, taken one by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely

from ...i18n import mark
from ...model import catalogue
from ...model.fields import Field, Kind
from ..rows import Reason, RowError
from .column import ClosureValue, Column, Coordinate, Listing, OwnerPart, ProcedureValue, Rows, SiteValue
from .columns import BY_NAME, COLUMNS
from .composed import Owners, Row

_OWNERS = Owners()
_LONGEST_SHOWN = 60
_LONGEST_SHARED = 100
"""Characters of a text that other rows are likely to say too."""


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that was not taken, or not as it stands, and why; the rest of the row was."""

    column: str
    text: str
    reason: Reason


class CellReader:
    """Takes the cells of one row: values of the site and of other layers, canonical texts, notes."""

    def __init__(self, listing: Listing | None) -> None:
        self.site: dict[str, Any] = {}
        self.axes: dict[str, float] = {}
        self.children: dict[str, list[Row]] = {}
        self.texts: dict[str, str] = {}
        self.notes: list[Note] = []
        if listing is not None:
            self.site["status"] = "open" if listing is Listing.OPEN else "unknown"

    def point(self) -> shapely.Point | None:
        """Return the point in EPSG:4326 when both of its coordinates are there."""
        return shapely.Point(self.axes["x"], self.axes["y"]) if len(self.axes) == 2 else None

    def take(self, column: Column, text: str) -> None:
        """Take a cleaned cell, or note why it is not; ``RowError`` when it is required and no value."""
        self.texts[column.name] = text
        if not text:
            return
        try:
            self._take(column, text)
        except (ValueError, OverflowError):
            self._leave_out(column, text, _no_value(column, text))
        except RowError as error:
            self._leave_out(column, text, error.reason)

    def take_owners(self) -> None:
        """Take the two cells on owners together, once all cells are taken."""
        cells = {part: self.texts.get(column.name, "") for part, column in _owner_columns().items()}
        if not any(cells.values()):
            return
        kinds = _owner_columns()["fk_owner_type"]
        try:
            rows = _OWNERS.read(cells["fk_owner_type"], cells["owner_name"])
        except ValueError:
            self._leave_out(kinds, cells["fk_owner_type"], _no_value(kinds, cells["fk_owner_type"]))
            return
        self.children["owner"] = rows
        written = {"fk_owner_type": _OWNERS.write_types(rows), "owner_name": _OWNERS.write_names(rows)}
        for part, column in _owner_columns().items():
            if column.name in self.texts:
                self.texts[column.name] = written[part]

    def _leave_out(self, column: Column, text: str, reason: Reason) -> None:
        if isinstance(column.target, SiteValue) and column.target.required:
            raise RowError(reason.template, **reason.values)
        self.notes.append(Note(column.name, text, reason))

    def _take(self, column: Column, text: str) -> None:
        match column.target:
            case SiteValue(name, _):
                self._put(self.site, name, column, text)
            case ProcedureValue(name, _):
                self._put(self._procedure(), name, column, text)
            case ClosureValue(solution, name, _):
                self._put(self._closure(solution), name, column, text)
            case Coordinate(axis, codec):
                self.axes[axis] = codec.read(text)
                self.texts[column.name] = codec.write(self.axes[axis])
            case Rows(layer, codec):
                rows = codec.read(text)
                for row in rows:
                    for name, value in row.items():
                        _check(catalogue.layer(layer).field(name), value)
                self.children[layer] = rows
                self.texts[column.name] = codec.write(rows)

    def _put(self, values: Row, name: str, column: Column, text: str) -> None:
        is_shared = len(text) <= _LONGEST_SHARED
        understood = _understood if is_shared else _understood.__wrapped__
        value, self.texts[column.name] = understood(column.name, text)
        if value is not None:
            values[name] = value

    def _procedure(self) -> Row:
        return self.children.setdefault("procedure", [{}])[0]

    def _closure(self, solution: str) -> Row:
        rows = self.children.setdefault("closure", [])
        known = next((row for row in rows if row["closing_solution"] == solution), None)
        if known is None:
            known = {"closing_solution": solution}
            rows.append(known)
        return known

    def filled_children(self) -> dict[str, tuple[Row, ...]]:
        """Return the rows of other layers, without those of which every cell was left out."""
        empty: tuple[set[str], ...] = (set(), {"closing_solution"})
        kept = {layer: tuple(row for row in rows if set(row) not in empty) for layer, rows in self.children.items()}
        return {layer: rows for layer, rows in kept.items() if rows}


@lru_cache(maxsize=1)
def _owner_columns() -> dict[str, Column]:
    return {column.target.column: column for column in COLUMNS if isinstance(column.target, OwnerPart)}


@lru_cache(maxsize=8192)
def _understood(name: str, text: str) -> tuple[Any, str]:
    """Return the value and the canonical text of a cell: most cells of an export say what many others say."""
    target = BY_NAME[name].target
    assert isinstance(target, SiteValue | ProcedureValue | ClosureValue)  # noqa: S101 - for the type checker
    value = target.codec.read(text)
    if value is None:
        return None, ""
    layers = {SiteValue: "site", ProcedureValue: "procedure", ClosureValue: "closure"}
    _check(catalogue.layer(layers[type(target)]).field(target.column), value)
    return value, target.codec.write(value)


def _check(field: Field, value: Any) -> None:
    """Raise ``RowError`` when a value is longer or larger than its column takes."""
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise RowError(mark("{field}: longer than {limit} characters."), field=field.label, limit=field.max_length)
    if field.kind is Kind.INTEGER and field.domain is None and isinstance(value, int):
        low, high = field.minimum, field.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise RowError(
                mark("{field}: {value} is not between {low} and {high}."),
                field=field.label,
                value=value,
                low="-∞" if low is None else f"{low:g}",
                high="∞" if high is None else f"{high:g}",
            )


def _no_value(column: Column, text: str) -> Reason:
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return Reason(mark("{column}: “{value}” is not understood."), {"column": column.title, "value": shown})
