"""Whether a file of OpenStreetMap in PBF is whole: GDAL reads one that was cut short as if it ended there."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from ..errors import ImportFileError
from ..i18n import mark
from .tabular import unreadable

_MAX_HEADER = 64 * 1024
"""Bytes of a block header, the limit of the format (wiki.openstreetmap.org/wiki/PBF_Format)."""


def check_whole(path: Path) -> None:
    """Raise ``ImportFileError`` when a .osm.pbf file is empty, something else, or cut short."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            end = _end_of_blocks(stream, size)
    except OSError as error:
        raise unreadable(path, error) from error
    if end is None or size == 0:
        raise ImportFileError(mark("{path} is not an OpenStreetMap extract (.osm.pbf)."), path=path)
    if end != size:
        raise ImportFileError(mark("{path} is cut short: its end is missing. Download or copy it again."), path=path)


def _end_of_blocks(stream: BinaryIO, size: int) -> int | None:
    """Return where the last block ends (beyond ``size`` when it is cut), ``None`` when these are no blocks."""
    position = 0
    while position < size:
        stream.seek(position)
        prefix = stream.read(4)
        length = int.from_bytes(prefix, "big")
        if length > _MAX_HEADER:
            return None
        header = stream.read(length)
        if len(prefix) < 4 or len(header) < length:
            return size + 1 if position else None
        data_size = _data_size(header)
        if data_size is None:
            return None
        position += 4 + length + data_size
    return position


def _data_size(header: bytes) -> int | None:
    """Return field 3 (``datasize``) of a protobuf BlobHeader."""
    position = 0
    while position < len(header):
        tag, position = _varint(header, position)
        if tag == 0x18:
            return _varint(header, position)[0]
        if tag not in (0x0A, 0x12):
            return None
        length, position = _varint(header, position)
        position += length
    return None


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while position < len(data):
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    return value, position
