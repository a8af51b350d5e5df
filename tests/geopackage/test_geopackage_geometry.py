"""GeoPackage blobs, and the functions of the R-tree."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import shapely

from resorption_plugin.geopackage import geometry

SHAPES = [
    "POINT (1.44 43.6)",
    "POINT EMPTY",
    "LINESTRING (1 43, 2 44)",
    "MULTIPOLYGON (((0 0, 2 0, 2 1, 0 0)), ((5 5, 6 5, 6 7, 5 5)))",
    "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 3 3))",
]


@pytest.mark.parametrize("wkt", SHAPES)
def test_a_geometry_comes_back(wkt: str) -> None:
    shape = shapely.from_wkt(wkt)
    assert shapely.to_wkb(geometry.decode(geometry.encode(shape))) == shapely.to_wkb(shape)


@pytest.mark.parametrize("wkt", SHAPES)
def test_the_functions_tell_the_envelope(wkt: str) -> None:
    shape = shapely.from_wkt(wkt)
    blob = geometry.encode(shape)
    with closing(sqlite3.connect(":memory:")) as connection:
        geometry.add_functions(connection)
        *corners, empty = connection.execute(
            "SELECT ST_MinX(?1), ST_MinY(?1), ST_MaxX(?1), ST_MaxY(?1), ST_IsEmpty(?1)", (blob,)
        ).fetchone()
    assert corners == ([None] * 4 if shape.is_empty else list(shape.bounds))
    assert empty == shape.is_empty


def test_the_header_is_the_standards() -> None:
    header = geometry.encode(shapely.from_wkt("LINESTRING (1 43, 2 44)"))[:8]
    assert header == b"GP\x00\x03" + (4326).to_bytes(4, "little")


def test_what_cannot_be_read_is_left_out() -> None:
    good = geometry.encode(shapely.Point(1, 2))
    assert geometry.decode_all([good, None, b"GP", b"nothing at all", good[:12]]) == [shapely.Point(1, 2)] + [None] * 4


def test_a_big_endian_blob_of_another_program_is_read() -> None:
    line = shapely.from_wkt("LINESTRING (1 43, 2 44)")
    blob = b"GP\x00\x00" + (4326).to_bytes(4, "big") + shapely.to_wkb(line, byte_order=0)
    assert geometry.decode(blob) == line
    assert geometry.envelope(blob) == (1, 2, 43, 44)
