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
from ..geo import is_lonlat
from ..i18n import mark
from ..model.fields import Field, Kind, Label
from ..photos import is_inside, shared_path
from ..records import Record
from ..wording import PLACE
from .travelling import GEOMETRY, Travel, travel

Value = str | int | float | bool | list[str] | None
Image = dict[str, Value]
"""What a row holds, by column: every column that travels, unknown values too."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_SEPARATOR = "\x1f"

_NO_TEXT = Label("{value} is not a text", "{value} n'est pas un texte")
_STRANGE_TEXT = Label("it holds a character that is none", "un de ses caractères n'en est pas un")
_OUTSIDE = Label("{value} leads out of the folder of the workspace", "{value} sort du dossier de l'espace de travail")
_NO_IDENTIFIER = Label("{value} is no identifier", "{value} n'est pas un identifiant")
_NO_WHOLE_NUMBER = Label("{value} is no whole number", "{value} n'est pas un nombre entier")
_NO_NUMBER = Label("{value} is no number", "{value} n'est pas un nombre")
_NO_ANSWER = Label("{value} is neither yes nor no", "{value} n'est ni oui ni non")
_NO_DATE = Label("{value} is no date", "{value} n'est pas une date")
_NO_INSTANT = Label("{value} is no instant", "{value} n'est pas une date avec une heure")
_NO_LIST = Label("{value} is no list", "{value} n'est pas une liste")
_NO_VALUE = Label("{value} is not a value of this column", "{value} n'est pas une valeur de ce champ")
_NO_COORDINATE = Label("a coordinate is no number", "une coordonnée n'est pas un nombre")
_NO_DEGREES = Label(
    "its coordinates {value} are no longitude and latitude: the data were probably in another reference system",
    "ses coordonnées {value} ne sont pas une longitude et une latitude : les données étaient sans doute dans un autre "
    "système de référence",
)


class UnsendableError(ResorptionError):
    """A value that the shared database cannot hold."""


def _refuse(field: Field | None, reason: Label, value: object = None) -> UnsendableError:
    told = Label(*(text.format(value=repr(value)) for text in (reason.en, reason.fr)))
    return UnsendableError(
        mark("“{field}” cannot be sent ({reason}). Correct the value."),
        field=field.label if field else PLACE,
        reason=told,
    )


def _text(field: Field, value: Any) -> Value:
    if not isinstance(value, str):
        raise _refuse(field, _NO_TEXT, value)
    if _NO_CHARACTER.search(value):
        raise _refuse(field, _STRANGE_TEXT)
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _file(field: Field, value: Any) -> Value:
    path = str(_text(field, value))
    if not is_inside(path):
        raise _refuse(field, _OUTSIDE, value)
    return shared_path(path)


def _uid(field: Field, value: Any) -> Value:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise _refuse(field, _NO_IDENTIFIER, value)
    return value


def _integer(field: Field, value: Any) -> Value:
    if isinstance(value, bool) or not float(value).is_integer() or not -(2**63) <= int(value) < 2**63:
        raise _refuse(field, _NO_WHOLE_NUMBER, value)
    return int(value)


def _real(field: Field, value: Any) -> Value:
    number = float(value)
    if not math.isfinite(number):
        raise _refuse(field, _NO_NUMBER, value)
    return number + 0.0  # -0.0 becomes 0.0


def _boolean(field: Field, value: Any) -> Value:
    if value not in (0, 1):
        raise _refuse(field, _NO_ANSWER, value)
    return bool(value)


def _date(field: Field, value: Any) -> Value:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise _refuse(field, _NO_DATE, value)
    return value.isoformat()


def _instant(field: Field, value: Any) -> Value:
    if not isinstance(value, dt.datetime):
        raise _refuse(field, _NO_INSTANT, value)
    aware = value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _choices(field: Field, value: Any) -> Value:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise _refuse(field, _NO_LIST, value)
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
        raise _refuse(field, _NO_VALUE, value) from error


def read(field: Field, value: Value) -> Any:
    """Return the value that a record holds for a wire form."""
    reader = _READERS.get(field.kind)
    return value if value is None or reader is None else reader(value)


def write_geometry(shape: shapely.Geometry | None) -> Value:
    """Return the wire form of a geometry in EPSG:4326; heights are dropped. Raises ``UnsendableError``."""
    if shape is None:
        return None
    flat = shapely.force_2d(shape)
    if not flat.is_empty:
        west, south, east, north = flat.bounds
        if not all(map(math.isfinite, flat.bounds)):
            raise _refuse(None, _NO_COORDINATE)
        if not (is_lonlat(west, south) and is_lonlat(east, north)):
            x, y = shapely.get_coordinates(flat)[0].tolist()
            raise _refuse(None, _NO_DEGREES, (round(x, 5), round(y, 5)))
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
