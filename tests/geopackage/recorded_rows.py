"""Rows of every layer whose history is kept, written by the store and by other programs."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import shapely

from resorption_plugin.core.history.changes import GEOMETRY
from resorption_plugin.core.history.recorded import recorded_layers
from resorption_plugin.core.model.fields import Geometry, Kind, Layer
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.geopackage import geometry

HERE, THERE = shapely.Point(1.44, 43.6), shapely.Point(1.45, 43.61)
SHAPES = {
    Geometry.POINT: (HERE, THERE),
    Geometry.LINE: (shapely.LineString([(1, 43), (2, 44)]), shapely.LineString([(1, 43), (2, 45)])),
    Geometry.POLYGON: tuple(shapely.MultiPolygon([shapely.box(1, 43, right, 44)]) for right in (2, 3)),
}
SAMPLES: dict[Kind, tuple[Any, Any]] = {
    Kind.INTEGER: (1, 2),
    Kind.REAL: (1.5, 2.5),
    Kind.BOOLEAN: (0, 1),
    Kind.DATE: ("2025-01-01", "2025-02-01"),
    Kind.DATETIME: ("2025-01-01T10:00:00.000Z", "2025-02-01T10:00:00.000Z"),
    Kind.CHOICES: ('["a"]', '["b"]'),
}
LAYERS = recorded_layers()


@contextmanager
def other_program(path: Path, *, foreign_keys: bool = True) -> Iterator[sqlite3.Connection]:
    """Another program on the file, which cares for none of the rules of the tables."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        geometry.add_functions(connection)
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def site(**values: Any) -> Record:
    return Record("site", str(uuid.uuid4()), values, HERE)


def sample(layer: Layer, turn: int, uid: str) -> dict[str, Any]:
    """Return a stored value for each column of a row; those of the two turns differ everywhere but in the uid."""
    values = {
        field.name: SAMPLES.get(field.kind, (f"{field.name} a", f"{field.name} b"))[turn] for field in layer.fields
    }
    values["uid"] = uid
    if layer.geometry is not Geometry.NONE:
        values[GEOMETRY] = geometry.encode(SHAPES[layer.geometry][turn])
    return values


def insert(connection: sqlite3.Connection, layer: str, values: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f'INSERT INTO "{layer}" ({names}) VALUES ({marks})', list(values.values()))


def moment_now(path: Path) -> dt.datetime:
    with closing(sqlite3.connect(path)) as plain:
        (text,) = plain.execute("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").fetchone()
    return dt.datetime.fromisoformat(text)


def wait_a_millisecond(path: Path) -> None:
    begun = moment_now(path)
    while moment_now(path) == begun:
        pass


def contents(data: Dataset) -> dict[tuple[str, str], Any]:
    return {(record.layer, record.uid): (dict(record.values), record.geometry) for record in data}
