"""A workspace read and written as records, by SQLite alone."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..core.errors import OvertakenError, WorkspaceError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Field, Geometry, Layer
from ..core.ports import ChangeSet, Feedback, Silent, stop_if_cancelled
from ..core.records import Dataset, Record
from . import codec, geometry, safety
from .faults import sentences
from .history import History
from .schema import META_TABLE
from .sql import fill, insert_text, update_text

LOCK_TIMEOUT_S = 5.0
_META = fill("SELECT value FROM {meta} WHERE key = ?", meta=META_TABLE)
_SET_META = fill(
    "INSERT INTO {meta} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    meta=META_TABLE,
)
_VERSION = """SELECT (SELECT last_change FROM gpkg_contents WHERE table_name = ?), count(*), max(fid) FROM {table}"""
_TOUCH = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?"
_TOUCH_EXTENT = """UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
    (min_x, min_y, max_x, max_y) = (SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {tree})
    WHERE table_name = ?"""
_ROWS_AT_ONCE = 5_000
_UIDS_AT_ONCE = 500
"""SQLite accepts at least 999 parameters in one statement."""


class GeoPackageStore:
    """Implements ``core.ports.FeatureStore`` on an open workspace; a context manager that closes it.

    The journal mode of the file is left as it is found: QGIS opens the layers it does not edit without locks, and
    switching the file to a write-ahead log under it makes them unreadable until they are loaded again (seen with
    QGIS 3.40 and GDAL 3.6). QGIS switches the log on itself while it edits, and then this store shares it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use ``open`` instead: it makes sure that the file is a workspace."""
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, lock_timeout_s: float = LOCK_TIMEOUT_S) -> Self:
        """Open a workspace.

        Raises ``WorkspaceError`` when the file is not one, cannot be read or (unless ``read_only``) be written;
        a refused file is left byte-identical.
        """
        safety.check_file(path)
        return cls.reopen(path, read_only=read_only, lock_timeout_s=lock_timeout_s)

    @classmethod
    def reopen(cls, path: Path, *, read_only: bool = False, lock_timeout_s: float = LOCK_TIMEOUT_S) -> Self:
        """Open a file that was a workspace a moment ago: the first look, which touches nothing, is spared."""
        if not read_only:
            safety.check_writable(path)
        with sentences(path):
            connection = connect(path, read_only=read_only, lock_timeout_s=lock_timeout_s)
            try:
                safety.check_tables(connection, path)
                if not read_only:
                    History(connection, path).mend()
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def history(self) -> History:
        """Return what was changed, by whom and when."""
        return History(self._connection, self.path)

    def meta(self, key: str) -> str | None:
        """Return a property of the workspace (``schema_version``, ``departments``, ``metric_epsg``)."""
        with sentences(self.path):
            row = self._connection.execute(_META, (key,)).fetchone()
        return str(row[0]) if row else None

    def version(self, layer: str) -> str:
        """Return a text that changes when the records of a layer do.

        It is made of the date that this store, QGIS and GDAL write at each change, and of the number of rows: another
        program that changes a row without the date is not noticed.
        """
        query = fill(_VERSION, table=catalogue.layer(layer).key)
        with sentences(self.path):
            row = self._connection.execute(query, (layer,)).fetchone()
        return "|".join(str(part) for part in (self.path.absolute(), *row))

    def former(self, uids: Mapping[str, Collection[str]]) -> dict[str, list[Record]] | None:
        """Return by layer the places that records have left; ``None`` after a gap in the history of one of the layers.

        Each is a record with a geometry and the worst ``position_accuracy_m`` it ever had.
        """
        history = self.history
        if any(gap.layer in uids for gap in history.gaps()):
            return None
        return {layer: history.left(layer, some) for layer, some in uids.items()}

    def set_meta(self, key: str, value: str) -> None:
        """Write a property of the workspace."""
        with self._transaction():
            self._connection.execute(_SET_META, (key, value))

    def read(self, layers: Collection[str] | None = None, feedback: Feedback | None = None) -> Dataset:
        """Return the records of the layers named (all layers when ``None``).

        A value or geometry that cannot be read is kept as it is stored, respectively left out, so that checks can
        report it. Raises ``Cancelled`` and ``WorkspaceError``.
        """
        wanted = [layer for layer in catalogue.layers() if layers is None or layer.key in layers]
        watch = feedback or Silent()
        records: list[Record] = []
        with sentences(self.path):
            for done, layer in enumerate(wanted, start=1):
                cursor = self._connection.execute(_select(layer))
                records += _records(layer.fields, layer.key, cursor, watch)
                watch.progress(done / len(wanted))
        return Dataset(records)

    def read_uids(self, layer: str, uids: Iterable[str]) -> list[Record]:
        """Return the records of one layer whose uid is in ``uids``; unknown ones are left out."""
        declared = catalogue.layer(layer)
        wanted = list(dict.fromkeys(uids))
        found: list[Record] = []
        with sentences(self.path):
            for start in range(0, len(wanted), _UIDS_AT_ONCE):
                part = wanted[start : start + _UIDS_AT_ONCE]
                query = _select(declared) + fill(" WHERE uid IN ({marks})", marks=len(part))
                found += _records(declared.fields, layer, self._connection.execute(query, part), Silent())
        return found

    def read_columns(self, layer: str, columns: Collection[str]) -> list[Record]:
        """Return the records of one layer with these columns only, and without their geometry."""
        fields = [_field(catalogue.layer(layer), name) for name in columns]
        query = fill("SELECT uid, NULL, {names} FROM {table}", names=list(columns), table=layer)
        with sentences(self.path):
            return list(_records(fields, layer, self._connection.execute(query), Silent()))

    def apply(self, *steps: ChangeSet) -> None:
        """Write the changes, step after step, in one transaction; on any error nothing is written.

        Within a step rows are deleted, then inserted, then updated. Raises ``WorkspaceError`` when a record to update
        is missing, a rule of the tables refuses a value, the file is locked by another program, or the disk is full.
        """
        if any(steps):
            with self._transaction():
                self._write_all(steps)

    def _write_all(self, steps: Iterable[ChangeSet]) -> None:
        for changes in steps:
            self._write(changes)
        for key in sorted(set().union(*(changes.layers() for changes in steps))):
            self._refresh_extent(catalogue.layer(key))

    def _write(self, changes: ChangeSet) -> None:
        for key, uids in _grouped(changes.delete).items():
            text = fill("DELETE FROM {table} WHERE uid = ?", table=catalogue.layer(key).key)
            self._connection.executemany(text, [(uid,) for uid in uids])
        for layer, columns, rows in _batches(changes.insert):
            self._connection.executemany(insert_text(layer.key, columns), rows)
        for layer, columns, rows in _batches(changes.update):
            self._update(layer, columns, rows)

    def _update(self, layer: Layer, columns: Sequence[str], rows: list[list[Any]]) -> None:
        if columns == ("uid",):
            return
        text = update_text(layer.key, columns[1:])
        changed = self._connection.executemany(text, [[*row[1:], row[0]] for row in rows]).rowcount
        if changed != len(rows):
            raise OvertakenError(
                mark("{count} records of {layer} are gone from the workspace {path}: nothing was written. Try again."),
                count=len(rows) - changed,
                layer=layer.key,
                path=self.path,
            )

    def _refresh_extent(self, layer: Layer) -> None:
        """Keep the extent that other programs trust up to date, as GDAL does."""
        text = _TOUCH
        if layer.geometry is not Geometry.NONE:
            text = fill(_TOUCH_EXTENT, tree=f"rtree_{layer.key}_geom")
        self._connection.execute(text, (layer.key,))

    def _look_again(self) -> None:
        """Stop where a newer plugin has upgraded the file since it was opened."""
        safety.check_version(self._connection, self.path)

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        with sentences(self.path):
            self._connection.execute(begin)
            try:
                self._look_again()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # a full disk ends the transaction by itself
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def connect(path: Path, *, read_only: bool, lock_timeout_s: float = LOCK_TIMEOUT_S) -> sqlite3.Connection:
    """Open a file, whatever it holds, as a store does; raises ``sqlite3.Error``."""
    mode = "ro" if read_only else "rw"
    if read_only and not safety.is_writable(path) and not safety.has_log(path):
        mode += "&immutable=1"  # SQLite cannot read a file left in log mode where it may not make the side files
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=lock_timeout_s, isolation_level=None
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # The R-tree triggers call our functions: macOS builds of SQLite distrust the schema otherwise.
        connection.execute("PRAGMA trusted_schema = ON")
        geometry.add_functions(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _select(layer: Layer) -> str:
    names = [name for name in layer.names() if name != "uid"]
    text = "SELECT uid, NULL, {names} FROM {table}"
    if layer.geometry is not Geometry.NONE:
        text = "SELECT uid, geom, {names} FROM {table}"
    return fill(text, names=names, table=layer.key)


def _records(columns: Iterable[Field], layer: str, cursor: sqlite3.Cursor, feedback: Feedback) -> Iterator[Record]:
    fields = [field for field in columns if field.name != "uid"]
    names = [field.name for field in fields]
    readers = [(field.name, read) for field in fields if (read := codec.reader(field))]
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        stop_if_cancelled(feedback)
        shapes = geometry.decode_all([row[1] for row in rows])
        for row, shape in zip(rows, shapes, strict=True):
            values = dict(zip(names, row[2:], strict=True))
            for name, read in readers:
                stored = values[name]
                if stored is not None:
                    values[name] = read(stored)
            yield Record(layer, row[0], values, shape)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, uid in pairs:
        grouped[key].append(uid)
    return grouped


def _batches(records: Iterable[Record]) -> Iterator[tuple[Layer, tuple[str, ...], list[list[Any]]]]:
    """Group records that write the same columns: (layer, columns with uid first, rows of stored values)."""
    batches: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = {}
    declared: dict[tuple[str, tuple[str, ...]], list[Field]] = {}
    for record in records:
        layer = catalogue.layer(record.layer)
        columns = tuple(name for name in record.values if name != "uid")
        fields = declared.get((layer.key, columns)) or [_field(layer, name) for name in columns]
        declared[layer.key, columns] = fields
        row = [record.uid, *(codec.write(field, record.values[field.name]) for field in fields)]
        if record.geometry is not None:
            columns = (*columns, "geom")
            row.append(geometry.encode(geometry.fitted(layer, record.geometry)))
        batches.setdefault((layer.key, ("uid", *columns)), []).append(row)
    for (key, columns), rows in batches.items():
        yield catalogue.layer(key), columns, rows


def _field(layer: Layer, name: str) -> Field:
    try:
        return layer.field(name)
    except KeyError as error:
        raise WorkspaceError(mark("The layer {layer} has no column {column}."), layer=layer.key, column=name) from error
