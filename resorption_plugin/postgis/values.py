"""SQL for the three forms of a value on the server: in the log, in the hash of its row, and as a workspace stores it.

They say what ``core.sync.wire`` says, whatever the settings of the session, but for one: ``extra_float_digits`` must
not be below 1.
"""

from __future__ import annotations

from collections.abc import Callable

from ..core.model.fields import Field, Kind
from ..core.model.terms import quote_name, quote_text
from ..core.sync.travelling import Travel
from . import from_model

_INSTANT = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
_DAY = "to_char({0}, 'YYYY-MM-DD')"
_NUMBER = "({0} + 0::double precision)"  # -0.0 becomes 0.0
_TEXTS = {Kind.DATE: _DAY, Kind.DATETIME: _INSTANT, Kind.UID: "{0}::text", Kind.INTEGER: "{0}::text"}


class Values:
    """Writes the expressions of values, for a database that has PostGIS in some schema."""

    def __init__(self, postgis: str) -> None:
        """Remember the schema of PostGIS."""
        self._wkb = f"encode({quote_name(postgis)}.st_asbinary({{0}}, 'NDR'), 'hex')"

    def in_json(self, field: Field | None, expression: str) -> str:
        """Return the SQL of the value that ``to_jsonb`` turns into the wire form; no field: the geometry."""
        if field is None:
            return self._wkb.format(expression)
        form = {Kind.DATE: _DAY, Kind.DATETIME: _INSTANT, Kind.REAL: _NUMBER}.get(field.kind, "{0}")
        return form.format(expression)

    def in_hash(self, field: Field | None, expression: str) -> str:
        """Return the SQL of what ``wire.row_hash`` reads: a text that begins with ``=``, or NULL."""
        if field is None:
            return "'=' || " + self._wkb.format(expression)
        match field.kind:
            case Kind.BOOLEAN:
                return f"CASE {expression} WHEN TRUE THEN '=t' WHEN FALSE THEN '=f' END"
            case Kind.REAL:
                return f"'=' || encode(float8send({_NUMBER.format(expression)}), 'hex')"
            case Kind.CHOICES:
                return f"'=' || array_to_string({expression}, ',')"
            case kind:
                return "'=' || " + _TEXTS.get(kind, "{0}").format(expression)

    def stored(self, field: Field | None, expression: str) -> str:
        """Return the SQL of the text that a workspace stores; a geometry is hexadecimal WKB."""
        if field is None:
            return self._wkb.format(expression)
        match field.kind:
            case Kind.BOOLEAN:
                return f"{expression}::integer::text"
            case Kind.REAL:
                return f"{_NUMBER.format(expression)}::text"
            case Kind.CHOICES:
                return f"array_to_json({expression})::text"
            case kind:
                return _TEXTS.get(kind, "{0}").format(expression)

    def image(self, travel: Travel, row: str) -> str:
        """Return the SQL of the wire image of a row: every column, but for its uid."""
        return self._object(travel, row, from_model.names(travel))

    def changes(self, travel: Travel, old: str, new: str) -> str:
        """Return the SQL of an array with [column, wire value before, after] for each that differs, else NULL."""
        told = []
        for name in from_model.names(travel):
            field = travel.field(name)
            before, after = (self.in_json(field, f"{row}.{quote_name(name)}") for row in (old, new))
            # PostGIS's own operators may be out of the search path
            compared = (before, after) if field is None else (f"{row}.{quote_name(name)}" for row in (old, new))
            differs = " IS DISTINCT FROM ".join(compared)
            told.append(f"CASE WHEN {differs} THEN jsonb_build_array({quote_text(name)}, {before}, {after}) END")
        return f"ARRAY[{', '.join(told)}]"

    def row_hash(self, travel: Travel, row: str) -> str:
        """Return the SQL of ``wire.row_hash`` of a row."""
        told = self._each(travel, row, travel.columns, self.in_hash)
        text = f"array_to_string(ARRAY[{', '.join(told)}], E'\\x1f', '')"
        return f"('x' || encode(substr(sha256(convert_to({text}, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint"

    def stored_columns(self, travel: Travel, row: str) -> list[str]:
        """Return the SQL of each column as a workspace stores it, named."""
        listed = from_model.names(travel)
        told = self._each(travel, row, listed, self.stored)
        return [f"{value} AS {quote_name(name)}" for name, value in zip(listed, told, strict=True)]

    def _object(self, travel: Travel, row: str, listed: tuple[str, ...]) -> str:
        told = self._each(travel, row, listed, self.in_json)
        named = ", ".join(f"{value} AS {quote_name(name)}" for name, value in zip(listed, told, strict=True))
        return f"(SELECT to_jsonb(w) FROM (SELECT {named}) AS w)"  # noqa: S608 # nosec B608 - from the model

    def _each(
        self, travel: Travel, row: str, listed: tuple[str, ...], form: Callable[[Field | None, str], str]
    ) -> list[str]:
        return [form(travel.field(name), f"{row}.{quote_name(name)}") for name in listed]
