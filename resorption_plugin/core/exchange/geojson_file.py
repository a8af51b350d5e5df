"""Water points written as GeoJSON (RFC 7946)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import shapely

from ..model.fields import Layer
from ..records import Record
from .whole_file import whole_file


def write(path: Path, layer: Layer, records: Iterable[Record]) -> None:
    """Write records with the columns of ``layer``, in WGS 84 degrees, longitude first.

    Raises ``ExportFileError`` when the file cannot be written.
    """
    names = [name for name in layer.names() if name != "uid"]
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(names, record) for record in sorted(records, key=lambda record: record.uid)],
    }
    with whole_file(path) as draft:
        draft.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def _feature(names: Iterable[str], record: Record) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": record.uid,
        "geometry": {"type": "Point", "coordinates": shapely.get_coordinates(record.geometry)[0].tolist()},
        "properties": {name: _plain(record[name]) for name in names},
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: days and instants in ISO 8601, instants in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value
