"""The one form in which a value travels and is compared, on both sides.

A text is in NFC, a number finite, an instant in UTC to the millisecond, a list in the order of its value list (none for
an empty one), a geometry the hexadecimal text of its two-dimensional ISO WKB, little endian. Two values are the same
when their wire forms are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
import struct
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import shapely

from ..errors import ResorptionError
from ..i18n import mark
from ..model.fields import Field, Geometry, Kind
from ..photos import is_inside, shared_path
from ..records import Record
from .travelling import GEOMETRY, Travel, travel

Value = str | int | float | bool | list[str] | None
Image = dict[str, Value]
"""What a row holds, by column: every column that travels, unknown values too."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_SEPARATOR = "\x1f"


class UnsendableError(ResorptionError):
    """A value that the shared database cannot hold."""


def _refuse(field: Field | None, reason: str) -> UnsendableError:
    label = field.label if field else GEOMETRY
    return UnsendableError(mark("“{field}” cannot be sent ({reason}). Correct the value."), field=label, reason=reason)


def _text(field: Field, value: Any) -> Value:
    if not isinstance(value, str):
        raise _refuse(field, f"{value!r} is not a text")
    if _NO_CHARACTER.search(value):
        raise _refuse(field, "it holds a character that is none")
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _file(field: Field, value: Any) -> Value:
    path = str(_text(field, value))
    if not is_inside(path):
        raise _refuse(field, f"{value!r} leads out of the folder of the workspace")
    return shared_path(path)


def _uid(field: Field, value: Any) -> Value:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise _refuse(field, f"{value!r} is no identifier")
    return value


def _integer(field: Field, value: Any) -> Value:
    if isinstance(value, bool) or not float(value).is_integer() or not -(2**63) <= int(value) < 2**63:
        raise _refuse(field, f"{value!r} is no whole number")
    return int(value)


def _real(field: Field, value: Any) -> Value:
    number = float(value)
    if not math.isfinite(number):
        raise _refuse(field, f"{value!r} is no number")
    return number + 0.0  # -0.0 becomes 0.0


def _boolean(field: Field, value: Any) -> Value:
    if value not in (0, 1):
        raise _refuse(field, f"{value!r} is neither yes nor no")
    return bool(value)


def _date(field: Field, value: Any) -> Value:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise _refuse(field, f"{value!r} is no date")
    return value.isoformat()


def _instant(field: Field, value: Any) -> Value:
    if not isinstance(value, dt.datetime):
        raise _refuse(field, f"{value!r} is no instant")
    aware = value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _choices(field: Field, value: Any) -> Value:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise _refuse(field, f"{value!r} is no list")
    codes = {str(code) for code in value}
    order = field.domain.codes() if field.domain else ()
    return [*(code for code in order if code in codes), *sorted(codes - set(order))] or None


_WRITERS: dict[Kind, Callable[[Field, Any], Value]] = {
    Kind.INTEGER: _integer,
    Kind.REAL: _real,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.DATETIME: _instant,
    Kind.UID: _uid,
    Kind.FILE: _file,
    Kind.CHOICES: _choices,
}

_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.REAL: float,
    Kind.DATE: dt.date.fromisoformat,
    Kind.DATETIME: dt.datetime.fromisoformat,
    Kind.CHOICES: tuple,
}


def write(field: Field, value: Any) -> Value:
    """Return the wire form of a value of a record; raises ``UnsendableError`` when it has none."""
    if value is None:
        return None
    try:
        return _WRITERS.get(field.kind, _text)(field, value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _refuse(field, f"{value!r} is not a value of this column") from error


def read(field: Field, value: Value) -> Any:
    """Return the value that a record holds for a wire form."""
    reader = _READERS.get(field.kind)
    return value if value is None or reader is None else reader(value)


def write_geometry(shape: shapely.Geometry | None) -> Value:
    """Return the wire form of a geometry in EPSG:4326; heights are dropped. Raises ``UnsendableError``."""
    if shape is None:
        return None
    flat = shapely.force_2d(shape)
    if not all(map(math.isfinite, flat.bounds)) and not flat.is_empty:
        raise _refuse(None, "a coordinate is no number")
    return str(shapely.to_wkb(flat, hex=True, byte_order=1, flavor="iso")).lower()


def read_geometry(value: Value) -> shapely.Geometry | None:
    """Return the geometry of a wire form."""
    return None if value is None else shapely.from_wkb(str(value))


def image(travel: Travel, record: Record) -> Image:
    """Return the wire form of a record: the columns that travel and those carried. Raises ``UnsendableError``."""
    found: Image = {}
    for name in (*travel.columns, *travel.carried):
        field = travel.field(name)
        found[name] = write_geometry(record.geometry) if field is None else write(field, record[name])
    return found


def record(travel: Travel, uid: str, values: Mapping[str, Value]) -> Record:
    """Return the record of some wire values."""
    plain = {name: read(travel.layer.field(name), value) for name, value in values.items() if name != GEOMETRY}
    return Record(travel.key, uid, plain, read_geometry(values.get(GEOMETRY)))


def canonical(there: Travel, values: Mapping[str, Any]) -> Image:
    """Return wire values as JSON gave them back, in the very form of ``image``: 5 is 5.0 where a real is."""
    reals = _reals(there.key)
    return {name: float(value) if name in reals and value is not None else value for name, value in values.items()}


@lru_cache(maxsize=64)
def _reals(key: str) -> frozenset[str]:
    return frozenset(field.name for field in travel(key).layer.fields if field.kind is Kind.REAL)


def row_hash(travel: Travel, values: Mapping[str, Value]) -> int:
    """Return what the shared database computes too for the columns that travel: a signed number of 64 bits.

    The first eight bytes of SHA-256 of the values joined by U+001F, each nothing when unknown, else ``=`` and its text.
    """
    told = map(values.get, travel.columns)
    text = _SEPARATOR.join(["" if value is None else _told(value) for value in told])
    digest = hashlib.sha256(text.encode()).digest()
    return int(struct.unpack(">q", digest[:8])[0])


def _told(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "=t" if value else "=f"
        case float():
            return "=" + struct.pack(">d", value).hex()
        case list():
            return "=" + ",".join(value)
        case _:
            return f"={value}"


def has_geometry(travel: Travel) -> bool:
    """Say whether the layer's geometry travels."""
    return travel.layer.geometry is not Geometry.NONE and GEOMETRY in travel.columns
