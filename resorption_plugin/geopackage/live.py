"""A workspace kept in memory between reads: only what was written since is read again, whoever wrote it.

The triggers of the history leave an entry for each row of a record layer that anybody writes, and for what people write
in a computed layer. What programs compute leaves none: such a layer is read again as a whole once its version is not
the one that this process left. Nothing is believed of a file that is not the one read before, nor after a gap in its
history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from ..core.model import catalogue
from ..core.model.fields import Role
from ..core.ports import ChangeSet, Feedback
from ..core.records import Dataset, Memory, Rows
from .store import GeoPackageStore


@dataclass(frozen=True, slots=True)
class _Mark:
    """Up to where a file was read."""

    file: tuple[str, int, int] | None
    number: int
    entry: tuple[object, ...] | None
    """The last of its entries: another file, or an older copy of this one, has another there, or none."""


@dataclass(frozen=True, slots=True)
class _Layer:
    rows: Rows
    version: str
    written: frozenset[str] = frozenset()
    """Rows that this process wrote since, and left this version."""


@dataclass(slots=True)
class LiveRecords:
    """What was read of a workspace; stores on the same file share it."""

    mark: _Mark | None = None
    layers: Mapping[str, _Layer] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    lock: RLock = field(default_factory=RLock)


class LiveWorkspace:
    """The records of the workspace opened last; any thread may open it, and what is kept is taken in turns."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._records = LiveRecords()

    def __len__(self) -> int:
        """Return how many records are kept."""
        return sum(len(layer.rows.by_uid) for layer in self._records.layers.values())

    def forget(self) -> None:
        """Free the memory; a store that is open keeps its own until it is closed."""
        self._records = LiveRecords()

    @contextmanager
    def open(self, path: Path, *, read_only: bool = False) -> Iterator[LiveStore]:
        """Open a workspace as ``GeoPackageStore.open`` does."""
        records = self._records
        known = records.mark is not None and records.mark.file == _identity(path)
        opened = LiveStore.reopen if known else LiveStore.open
        with opened(path, read_only=read_only) as store:
            store.records = records
            yield store


class LiveStore(GeoPackageStore):
    """A workspace of which ``read`` reads what is not known yet."""

    records: LiveRecords

    def read(self, layers: Collection[str] | None = None, feedback: Feedback | None = None) -> Dataset:
        """Return the records of the layers named (all layers when ``None``), as they are in the file.

        Stopped or failed half-way, it leaves what was known before. Raises ``Cancelled`` and ``WorkspaceError``.
        """
        wanted = [layer.key for layer in catalogue.layers() if layers is None or layer.key in layers]
        records = self.records
        with records.lock, self._transaction("BEGIN"):
            mark = self._mark()
            changed = self._changed_since(records.mark)
            known, memory = ({}, Memory()) if changed is None else (records.layers, records.memory)
            now = {key: self._now(key, layer, (changed or {}).get(key, set())) for key, layer in known.items()}
            missing = [key for key in wanted if now.get(key) is None]
            read = super().read(missing, feedback)
            now |= {key: _Layer(read.rows(key), self.version(key)) for key in missing}
            records.layers = {key: layer for key, layer in now.items() if layer is not None}
            records.mark, records.memory = mark, memory
            return Dataset(rows={key: records.layers[key].rows for key in wanted}, memory=memory)

    def apply(self, *steps: ChangeSet) -> None:
        """Write the changes (``GeoPackageStore.apply``), and remember which rows they were."""
        if not any(steps):
            return
        records = self.records
        with records.lock:
            keys = set().union(*(changes.layers() for changes in steps)) & records.layers.keys()
            try:
                with self._transaction():
                    before = {key: self.version(key) for key in keys}
                    self._write_all(steps)
                    after = {key: self.version(key) for key in keys}
            except BaseException:
                records.mark = None  # a file that refuses a change may not be as it is remembered
                raise
            left = {
                key: _Layer(layer.rows, after[key], layer.written | _uids(key, steps))
                for key, layer in records.layers.items()
                if key in keys and layer.version == before[key]
            }
            records.layers = {**records.layers, **left}

    def _now(self, key: str, layer: _Layer, changed: Collection[str]) -> _Layer | None:
        """Return a layer as it is, ``None`` when it has to be read as a whole."""
        version = layer.version
        if catalogue.layer(key).role is not Role.RECORD and self.version(key) != version:
            return None
        uids = layer.written | set(changed)
        return _Layer(layer.rows.changed(uids, self.read_uids(key, uids)), version) if uids else layer

    def _mark(self) -> _Mark:
        number = self.history.last_number()
        return _Mark(_identity(self.path), number, self.history.entry(number))

    def _changed_since(self, mark: _Mark | None) -> Mapping[str, set[str]] | None:
        """Return the rows written since, by layer, as far as the history tells; ``None`` when all may be others."""
        if mark is None or mark.file != _identity(self.path):
            return None
        return self.history.rows_after(mark.number) if self.history.entry(mark.number) == mark.entry else None


def _identity(path: Path) -> tuple[str, int, int] | None:
    """Return what tells a file from another that takes its name, ``None`` when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path.absolute()), status.st_dev, status.st_ino


def _uids(key: str, steps: Collection[ChangeSet]) -> frozenset[str]:
    written = {record.uid for changes in steps for record in (*changes.insert, *changes.update) if record.layer == key}
    return frozenset(written | {uid for changes in steps for layer, uid in changes.delete if layer == key})
