"""Geometries as GeoPackage blobs, and the SQL functions that the R-tree triggers call."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence

import numpy as np
import shapely

from ..core.errors import WorkspaceError
from ..core.geo import STORED_EPSG
from ..core.i18n import mark
from ..core.model.fields import Layer

_LITTLE_ENDIAN = 0x01
_ENVELOPE_XY = 0x02
_EMPTY = 0x10
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Length of the envelope by its code: none, XY, XYZ, XYM, XYZM (GeoPackage 1.3, § 2.1.3.1.1)."""
_HEADER = struct.Struct("<2sBBi")
_ENVELOPE = struct.Struct("<4d")
_POINT = struct.Struct("<2d")
_POINT_WKB_BYTES = 21

Envelope = tuple[float, float, float, float]
"""Least x, greatest x, least y, greatest y: the order of the blob's header."""


def encode(geometry: shapely.Geometry) -> bytes:
    """Return the blob of a geometry in EPSG:4326; heights are dropped."""
    flat = shapely.force_2d(geometry)
    wkb: bytes = shapely.to_wkb(flat, byte_order=1, flavor="iso")
    flags = _LITTLE_ENDIAN | (_EMPTY if flat.is_empty else 0)
    if flat.is_empty or flat.geom_type == "Point":
        return _HEADER.pack(b"GP", 0, flags, STORED_EPSG) + wkb
    left, bottom, right, top = flat.bounds
    header = _HEADER.pack(b"GP", 0, flags | _ENVELOPE_XY, STORED_EPSG)
    return header + _ENVELOPE.pack(left, right, bottom, top) + wkb


def _wkb(blob: bytes) -> bytes:
    """Return the WKB inside a blob; raises ``ValueError`` when it is not a GeoPackage geometry."""
    code = (blob[3] >> 1) & 7 if len(blob) > _HEADER.size and blob[:2] == b"GP" else len(_ENVELOPE_BYTES)
    if code >= len(_ENVELOPE_BYTES):
        raise ValueError("not a GeoPackage geometry")
    return blob[_HEADER.size + _ENVELOPE_BYTES[code] :]


def decode(blob: bytes) -> shapely.Geometry:
    """Return the geometry of a blob; raises ``ValueError`` or ``ShapelyError`` when it cannot be read."""
    return shapely.from_wkb(_wkb(blob))


def decode_all(blobs: Sequence[bytes | None]) -> list[shapely.Geometry | None]:
    """Return the geometries of many blobs; one that cannot be read becomes ``None``."""
    inner = np.array([_wkb_or_none(blob) for blob in blobs], dtype=object)
    return list(shapely.from_wkb(inner, on_invalid="ignore"))


def _wkb_or_none(blob: object) -> bytes | None:
    try:
        return _wkb(blob) if isinstance(blob, bytes) else None
    except ValueError:
        return None


def epsg(blob: bytes) -> int:
    """Return the number of the reference system that a blob names, 0 when it is not a GeoPackage geometry."""
    return int(_HEADER.unpack_from(blob)[3]) if len(blob) > _HEADER.size and blob[:2] == b"GP" else 0


def envelope(blob: bytes) -> Envelope | None:
    """Return the envelope of a blob, ``None`` when it is empty or unreadable."""
    flags = blob[3] if len(blob) > _HEADER.size else 0
    code = (flags >> 1) & 7
    if 0 < code < len(_ENVELOPE_BYTES):
        order = "<4d" if flags & _LITTLE_ENDIAN else ">4d"
        return struct.unpack_from(order, blob, _HEADER.size)  # type: ignore[return-value]
    if len(blob) == _HEADER.size + _POINT_WKB_BYTES and blob[_HEADER.size] == 1 and not flags & _EMPTY:
        x, y = _POINT.unpack_from(blob, _HEADER.size + 5)
        return x, x, y, y
    return _computed_envelope(blob)


def _computed_envelope(blob: bytes) -> Envelope | None:
    try:
        geometry = decode(blob)
    except (ValueError, shapely.errors.ShapelyError):
        return None
    if geometry.is_empty:
        return None
    left, bottom, right, top = geometry.bounds
    return left, right, bottom, top


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions of the R-tree extension, without which its triggers fail."""
    last: tuple[object, Envelope | None] = (None, None)  # the triggers ask five times about the same blob

    def envelope_of(blob: object) -> Envelope | None:
        nonlocal last
        if blob != last[0]:
            last = blob, envelope(blob) if isinstance(blob, bytes) else None
        return last[1]

    def corner(index: int) -> object:
        def read(blob: object) -> float | None:
            found = envelope_of(blob)
            return found[index] if found else None

        return read

    def is_empty(blob: object) -> int | None:
        return int(envelope_of(blob) is None) if isinstance(blob, bytes) else None

    for index, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, corner(index), deterministic=True)  # type: ignore[arg-type]
    connection.create_function("ST_IsEmpty", 1, is_empty, deterministic=True)


def fitted(layer: Layer, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry of the layer's type: one polygon becomes a multipolygon, a multiline of one part a line.

    Raises ``WorkspaceError`` when it cannot be made to fit.
    """
    kind = shape.geom_type.upper()
    expected = layer.geometry.value
    if kind == expected:
        return shape
    if expected == f"MULTI{kind}":
        return shapely.MultiPolygon([shape] if not shape.is_empty else [])
    if kind == f"MULTI{expected}" and len(shape.geoms) == 1:
        return shape.geoms[0]
    raise WorkspaceError(
        mark("The layer {layer} takes no geometry of the type {kind}."), layer=layer.key, kind=shape.geom_type
    )
