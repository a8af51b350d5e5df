"""The world of the stories with real workspaces: only the server is in memory."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.ancestry import Ancestor
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.operations import Batch, Choice, Conflict
from resorption_plugin.core.sync.travelling import AUDIT, travel
from resorption_plugin.core.sync.wire import Image, canonical
from resorption_plugin.geopackage.faults import sentences
from resorption_plugin.geopackage.sync import stored, tables
from resorption_plugin.geopackage.sync.conflicts import Conflicts
from resorption_plugin.geopackage.sync.outbox import Outbox
from resorption_plugin.geopackage.sync.rows import Rows
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.sync.writing import Writer
from tests.geopackage.sync.shared import HERE, CopyingRemote, assert_sound
from tests.stories.held import Key
from tests.stories.memory import MemoryWorld
from tests.stories.world import Remains, Trap, Wire

LAYERS = ("site", "dwelling")


class FileClient:
    """A workspace in a file, and the person at it."""

    def __init__(self, world: FileWorld, login: str, name: str, path: Path) -> None:
        self.world, self.login, self.name, self.path = world, login, name, path
        self.trap = Trap()
        self.remote = Wire(CopyingRemote(world.server, login))
        self.local = SyncedWorkspace.attach(path, probe=self.trap)

    def _rows(self, layer: str) -> Rows:
        return Rows(self.local._connection, self.path, travel(layer))

    def _uids(self, table: str) -> list[str]:
        return [uid for (uid,) in self.local._connection.execute(f'SELECT uid FROM "{table}"')]

    def rows(self) -> dict[Key, Image]:
        return {
            (layer, uid): row.working
            for layer in LAYERS
            for uid, row in self._rows(layer).read(self._uids(layer)).items()
            if row.working is not None
        }

    def known(self, key: Key) -> Mapping[str, Ancestor] | None:
        return self._rows(key[0]).read([key[1]])[key[1]].known(travel(key[0]))

    def base(self) -> dict[Key, Image]:
        return {
            (layer, uid): row.base
            for layer in LAYERS
            for uid, row in self._rows(layer).read(self._uids(tables.base(travel(layer)))).items()
            if row.base is not None
        }

    def write(self, key: Key, values: Image | None) -> None:
        rows, there = self._rows(key[0]), travel(key[0])
        before = rows.read([key[1]])[key[1]].working
        after = None
        if values is not None:
            stamp = f"2026-01-01T00:00:00.{self.world.tick():03d}Z"
            signed: Image = {"updated_at": stamp, "updated_by": self.name}
            if before is None:
                signed |= {"created_at": stamp, "created_by": self.name}
            whole: Image = dict.fromkeys((*there.columns, *there.carried))
            whole["geom"] = wire.write_geometry(HERE)  # the layers of the stories cannot do without
            after = {**whole, **(before or {}), **values, **{k: v for k, v in signed.items() if k in AUDIT}}
            if not Writer(self.local._connection, self.path).has_parents(there, after):
                raise WorkspaceError("The record that this one belongs to is not there.")
        with sentences(self.path):
            rows.write_working(key[1], before, after)

    def conflicts(self) -> list[Conflict]:
        return [dispute.conflict for dispute in self.local.conflicts() if dispute.decision is None]

    def decide(self, conflict: Conflict, choice: Choice, values: Image | None = None) -> Decision:
        return self.local.decide(conflict.uid, choice, values)

    def has_raised(self, conflict: Conflict) -> bool:
        found = Conflicts(self.local._connection).find(conflict.uid)
        return found is not None and found.is_mine

    def is_in_flight(self) -> bool:
        return Outbox(self.local._connection).waiting() > 0

    def remains(self) -> Remains:
        with closing(sqlite3.connect(self.path)) as plain:
            sent = plain.execute("SELECT batch, payload, state FROM gpkg_sync_outbox ORDER BY id").fetchall()
        parts = {
            state: tuple(
                made for uid, payload, now in sent if now == state for made in Batch(uid, payload).operations()
            )
            for state in ("sending", "done")
        }
        aside: list[tuple[Key, Image]] = []
        for one in self.local.quarantined():
            there = travel(one.layer)
            raw = {
                name: bytes.fromhex(value) if name == "geom" and value else value for name, value in one.image.items()
            }
            aside.append(((one.layer, one.uid), stored.readable_image(there, list(raw), list(raw.values()))))
            if not one.operation:
                continue
            written = {name: edit[-1] for name, edit in one.operation.get("set", {}).items()}
            aside.append(((one.layer, one.uid), canonical(there, written)))
        for dispute in self.local.conflicts():
            key, draft = (dispute.conflict.layer, dispute.conflict.row), dispute.draft
            if draft is not None and (dispute.decision is not None or dispute.conflict.group):  # a person sees it
                aside.append((key, draft.values))
        return Remains(parts["sending"], parts["done"], tuple(aside))

    def restart(self) -> None:
        self.local.close()
        assert_sound(self.path)
        self.local = SyncedWorkspace.attach(self.path, probe=self.trap)


class FileWorld(MemoryWorld):
    """A server in memory, and workspaces in files."""

    def __init__(self, empty: Path, folder: Path) -> None:
        super().__init__()
        self._empty, self._folder = empty, folder
        self.clients: list[FileClient] = []

    def _new(self, login: str, source: Path) -> FileClient:  # type: ignore[override]
        self._names += 1
        name = f"{login}-{self._names}"
        path = self._folder / f"{name}.gpkg"
        shutil.copyfile(source, path)
        self.clients.append(FileClient(self, login, name, path))
        return self.clients[-1]

    def client(self, login: str) -> FileClient:  # type: ignore[override]
        return self._new(login, self._empty)

    def copy(self, client: FileClient) -> FileClient:  # type: ignore[override]
        return self._new(client.login, client.path)

    def close(self) -> None:
        for client in self.clients:
            client.local.close()
            assert_sound(client.path)
