"""Values as a workspace stores them and as they travel."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import shapely

from ...core.errors import ResorptionError
from ...core.geo import STORED_EPSG, is_lonlat
from ...core.i18n import mark
from ...core.model.fields import Field, Kind, Label
from ...core.photos import SHARED_FOLDER, folder_name, shared_path
from ...core.sync import wire
from ...core.sync.ancestry import Ancestor
from ...core.sync.operations import UNKNOWN, Unknown
from ...core.sync.travelling import Travel, travel
from ...core.sync.wire import Image, UnsendableError, Value
from .. import codec, geometry

TEXT = partial(str, encoding="utf-8", errors="surrogateescape")
"""Reads the texts of SQLite, also those that another program wrote in another encoding: they are refused one by one."""

_POINT = struct.Struct("<2sBBiBIdd")
"""A point as this plugin and GDAL write it: no envelope, little endian, two dimensions."""
_POINT_TYPE = 1
_POINT_START = b"GP\x00\x01" + STORED_EPSG.to_bytes(4, "little")
_POINT_WKB = b"\x01\x01\x00\x00\x00"


class Unsendable(str):
    """Stands, among the wire values of a row, for what has no wire form: no other value is the same."""

    __slots__ = ()


def to_wire(field: Field | None, value: Any) -> Value:
    """Return the wire form of a stored value, of the geometry without a field; raises ``UnsendableError``."""
    return None if value is None else _writer(field)(value)


def _writer(field: Field | None) -> Callable[[Any], Value]:
    """Return what gives the wire form of a stored value of a column."""
    if field is None:
        return _shape_to_wire
    read = codec.reader(field)
    return partial(wire.write, field) if read is None else lambda value: wire.write(field, read(value))


@lru_cache(maxsize=64)
def _writers(key: str, names: Sequence[str]) -> tuple[Callable[[Any], Value], ...]:
    return tuple(_writer(travel(key).field(name)) for name in names)


def image(there: Travel, names: Sequence[str], row: Sequence[Any]) -> Image:
    """Return the wire form of a stored row; raises ``UnsendableError``."""
    told = zip(names, row, _writers(there.key, tuple(names)), strict=True)
    return {name: None if value is None else write(value) for name, value, write in told}


def readable_image(there: Travel, names: Sequence[str], row: Sequence[Any]) -> Image:
    """Return the wire form of a stored row; ``Unsendable`` stands where there is none."""
    try:
        return image(there, names, row)
    except UnsendableError:
        return dict(_readable(there, names, row))


def image_beside(there: Travel, names: Sequence[str], row: Sequence[Any], other: Sequence[Any], told: Image) -> Image:
    """Return the wire form of a stored row, taken from that of another where both hold the same.

    ``told`` is the ``readable_image`` of ``other``. Raises ``UnsendableError``.
    """
    columns = zip(names, row, other, _writers(there.key, tuple(names)), strict=True)
    return {
        name: told[name]
        if value == was and type(value) is type(was) and type(told[name]) is not Unsendable
        else value
        if value is None
        else write(value)
        for name, value, was, write in columns
    }


def readable_image_beside(
    there: Travel, names: Sequence[str], row: Sequence[Any], other: Sequence[Any], told: Image
) -> Image:
    """Return the same; ``Unsendable`` stands where there is no wire form."""
    try:
        return image_beside(there, names, row, other, told)
    except UnsendableError:
        return dict(_readable(there, names, row))


def _readable(there: Travel, names: Sequence[str], row: Sequence[Any]) -> Iterator[tuple[str, Value]]:
    for name, value in zip(names, row, strict=True):
        try:
            yield name, to_wire(there.field(name), value)
        except UnsendableError:
            yield name, Unsendable(repr(value))


def to_stored(field: Field | None, value: Value, workspace: Path) -> Any:
    """Return the stored form of a wire value; ``workspace`` names the folder of its photos."""
    if value is None:
        return None
    if field is None:
        return shape_to_stored(str(value))
    if field.kind is Kind.FILE:
        return local_path(str(value), workspace)
    return codec.write(field, wire.read(field, value))


def local_path(path: str, workspace: Path) -> str:
    """Return the path of a photo as this workspace stores it."""
    start = f"{SHARED_FOLDER}/"
    local = f"{folder_name(workspace)}/{path.removeprefix(start)}"
    return local if path.startswith(start) and shared_path(local) == path else path


def shape_to_stored(told: str) -> bytes:
    """Return the blob of the hexadecimal WKB of a geometry."""
    wkb = bytes.fromhex(told)
    if len(wkb) == _POINT.size - len(_POINT_START) and wkb.startswith(_POINT_WKB):
        blob = _POINT_START + wkb
        x, y = _POINT.unpack(blob)[-2:]
        if math.isfinite(x) and math.isfinite(y):
            return blob
    return geometry.encode(shapely.from_wkb(wkb))


def _shape_to_wire(blob: Any) -> Value:
    if not isinstance(blob, bytes):
        raise _unreadable()
    if len(blob) == _POINT.size and blob[:2] == b"GP":
        _magic, _version, flags, epsg, order, kind, x, y = _POINT.unpack(blob)
        if (flags, epsg, order, kind) == (1, STORED_EPSG, 1, _POINT_TYPE) and is_lonlat(x, y):
            return blob[8:].hex()
    if geometry.epsg(blob) != STORED_EPSG:
        raise UnsendableError(
            mark("The geometry is not in longitude and latitude (EPSG:{epsg}). Draw it again."),
            epsg=geometry.epsg(blob),
        )
    try:
        shape = geometry.decode(blob)
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise _unreadable() from error
    return wire.write_geometry(shape)


def _unreadable() -> UnsendableError:
    return UnsendableError(mark("The geometry cannot be read. Draw it again."))


def to_json(values: Mapping[str, Value]) -> str:
    """Return the JSON of some wire values."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def raw_json(names: Sequence[str], row: Sequence[Any]) -> str:
    """Return the JSON, in ASCII, of a stored row whatever it holds, to show and export what cannot be sent."""
    told = {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(names, row, strict=True)}
    return json.dumps(told, separators=(",", ":"), default=repr)


def held_to_json(value: Ancestor) -> str | None:
    """Return how the value that an edit was made on is kept; none where it is not known."""
    return None if isinstance(value, Unknown) else json.dumps(value, ensure_ascii=False)


def held_from_json(told: str | None) -> Ancestor:
    """Return the value that an edit was made on."""
    return UNKNOWN if told is None else json.loads(told)  # type: ignore[no-any-return]


def sentence_to_json(error: ResorptionError) -> str:
    """Return a sentence to be translated when it is shown: its template and its values."""
    values = {
        key: [value.en, value.fr] if isinstance(value, Label) else str(value) for key, value in error.values.items()
    }
    return json.dumps({"template": error.template, "values": values}, ensure_ascii=False)


def sentence_from_json(told: str) -> ResorptionError:
    """Return what ``sentence_to_json`` kept."""
    kept = json.loads(told)
    values = {key: Label(*value) if isinstance(value, list) else value for key, value in kept["values"].items()}
    return ResorptionError(kept["template"], **values)
