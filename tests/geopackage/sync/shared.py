"""What the tests of the workspace's side of the synchronisation share."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.news import Page
from resorption_plugin.core.sync.operations import Batch, Outcome, Result
from resorption_plugin.core.sync.ports import Snapshot, Table
from resorption_plugin.core.sync.session import Report, synchronise
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.wire import Image, read, row_hash
from resorption_plugin.geopackage import codec, geometry
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync import tables
from resorption_plugin.geopackage.sync.rows import Rows
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from tests.stories.held import Held
from tests.stories.server import MemoryRemote, MemoryServer
from tests.stories.world import AT_ONCE

HERE, THERE = shapely.Point(1.44, 43.6), shapely.Point(1.45, 43.61)


def copy_line(layer: str, uid: str, held: Held) -> bytes:
    """Return the line that PostgreSQL's COPY writes of a row in the form in which workspaces store it."""
    there = travel(layer)
    cells = [uid, str(held.version), str(row_hash(there, held.image))]
    for name in (*there.columns, *there.carried):
        field, value = there.field(name), held.image.get(name)
        if value is not None and field is not None:
            value = codec.write(field, read(field, value))
        told = int(value) if isinstance(value, bool) else value
        cells.append(r"\N" if told is None else _escaped(str(told)))
    return ("\t".join(cells) + "\n").encode()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


class CopyingRemote(MemoryRemote):
    """The server in memory, whose snapshot is told as PostgreSQL does."""

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with super().snapshot() as whole:
            by_layer: dict[str, list[bytes]] = {there.key: [] for there in travels()}
            for (layer, uid), held in whole.rows.items():
                by_layer[layer].append(copy_line(layer, uid, held))
            copied = (
                Table(layer, (*travel(layer).columns, *travel(layer).carried), iter(lines))
                for layer, lines in by_layer.items()
            )
            yield Snapshot(whole.revision, whole.chain, copied, whole.conflicts)


@dataclass
class Person:
    """Somebody with a workspace."""

    path: Path
    local: SyncedWorkspace
    remote: CopyingRemote

    @classmethod
    @contextmanager
    def at(cls, path: Path, server: MemoryServer, login: str) -> Iterator[Person]:
        with SyncedWorkspace.attach(path, lock_timeout_s=0.2) as local:
            yield cls(path, local, CopyingRemote(server, login))

    def sync(self) -> Report:
        return synchronise(self.local, self.remote, patience=AT_ONCE)

    def pull(self) -> Page:
        page = self.remote.pull(self.local.state().cursor)
        self.local.receive(page)
        return page

    def insert(self, layer: str = "site", geom: shapely.Geometry | None = HERE, **values: Any) -> str:
        """Insert a record, as the store does."""
        uid = values.pop("uid", None) or str(uuid.uuid4())
        shape = geom if travel(layer).layer.geometry.value else None
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(insert=[Record(layer, uid, values, shape)]))
        return uid

    def insert_water_point(self, **values: Any) -> str:
        """Insert a water point that works."""
        told = {"type": "fontaine_publique", "lifecycle": "existing", "working_state": "working"}
        return self.insert("water_point", **told, **values)

    def update(self, uid: str, layer: str = "site", geom: shapely.Geometry | None = None, **values: Any) -> None:
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(update=[Record(layer, uid, values, geom)]))

    def delete(self, uid: str, layer: str = "site") -> None:
        with GeoPackageStore.open(self.path) as store:
            store.apply(ChangeSet(delete=[(layer, uid)]))

    def discard(self, uid: str, layer: str = "site") -> None:
        """Give up what is set aside of a row for one cause."""
        (cause,) = {one.cause for one in self.local.quarantined() if (one.layer, one.uid) == (layer, uid)}
        self.local.discard(layer, uid, cause)

    def value(self, uid: str, column: str, layer: str = "site") -> Any:
        """Return what a person sees, ``None`` also when the record is not there."""
        with GeoPackageStore.open(self.path, read_only=True) as store:
            return next((record[column] for record in store.read_uids(layer, [uid])), None)

    def has(self, uid: str, layer: str = "site") -> bool:
        with GeoPackageStore.open(self.path, read_only=True) as store:
            return bool(store.read_uids(layer, [uid]))

    def row(self, uid: str, layer: str = "site") -> Any:
        with closing(sqlite3.connect(self.path)) as plain:
            return Rows(plain, self.path, travel(layer)).read([uid])[uid]


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the file: plain SQLite, with the functions of the R-tree."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        geometry.add_functions(connection)
        yield connection


def ogr(*arguments: str | Path) -> None:
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def assert_sound(path: Path) -> None:
    """Every rule of SQLite and of GeoPackage holds, other programs see the layers and nothing else."""
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        for there in travels():
            base = tables.base(there)
            shown = plain.execute("SELECT count(*) FROM gpkg_contents WHERE table_name = ?", (base,)).fetchone()
            assert shown == (0,)
            if there.layer.geometry.value:
                tree = f"rtree_{there.key}_geom"
                (count,) = plain.execute(f"SELECT count(*) FROM {tree}").fetchone()
                assert (count,) == plain.execute(
                    f'SELECT count(*) FROM "{there.key}" WHERE geom IS NOT NULL'
                ).fetchone()
        (applying,) = plain.execute(
            "SELECT coalesce(max(value), 0) FROM gpkg_sync_meta WHERE key = 'applying'"
        ).fetchone()
        assert applying == 0


def dumped(path: Path) -> list[str]:
    """Return all that a workspace holds, but the names that are drawn by lot and the dates of writing."""
    with closing(sqlite3.connect(path)) as plain:
        return [line for line in plain.iterdump() if "gpkg_contents" not in line]


def copy_of(path: Path, name: str) -> Path:
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return target


def sent(person: Person) -> dict[tuple[str, str], dict[str, object]]:
    """Freeze, and return what would be sent, by kind and uid."""
    batch = person.local.freeze()
    found = {}
    for made in batch.operations() if batch else ():
        found[made.kind.value, made.uid] = {name: edit.to_json() for name, edit in made.edits.items()}
    return found


def images(server: MemoryServer, layer: str = "site") -> dict[str, Image]:
    return {uid: held.image for (key, uid), held in server.state.rows.items() if key == layer}


def refusing(anna: Person, code: str, outcome: Outcome = Outcome.INVALID) -> Batch:
    """Freeze, and let the server refuse all of it."""
    batch = anna.local.freeze()
    assert batch is not None
    results = [
        Result(number, outcome, reason="a_constraint", code=code) for number in range(1, len(batch.operations()) + 1)
    ]
    anna.local.settle(batch, results, anna.local.state().cursor)
    return batch
