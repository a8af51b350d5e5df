"""The world of the stories in memory: a server, workspaces, and the people at them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync.ancestry import Ancestor
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.operations import Batch, Choice, Conflict, Edit, Kind, Operation
from resorption_plugin.core.sync.travelling import AUDIT, travel
from resorption_plugin.core.sync.wire import Image
from tests.stories.file import File
from tests.stories.held import ADMIN, Key, Line, State
from tests.stories.server import MemoryRemote, MemoryServer
from tests.stories.workspace import MemoryLocal
from tests.stories.world import Remains, Trap, Wire


class MemoryClient:
    """A workspace in memory and the person at it."""

    def __init__(self, world: MemoryWorld, login: str, name: str, file: File | None = None) -> None:
        self.world, self.login, self.name = world, login, name
        self.trap = Trap()
        self.remote = Wire(MemoryRemote(world.server, login))
        self.local = world.local(world.server.name, file, self.trap)

    def rows(self) -> dict[Key, Image]:
        return self.local.file.working

    def known(self, key: Key) -> Mapping[str, Ancestor] | None:
        return self.local.file.row(key).known(travel(key[0]))

    def base(self) -> dict[Key, Image]:
        return {key: image for key, (image, _) in self.local.file.base.items()}

    def write(self, key: Key, values: Image | None) -> None:
        if values is None:
            self.local.file.write(key, None)
            return
        layer = travel(key[0])
        whole: Image = dict.fromkeys((*layer.columns, *layer.carried))
        before = self.rows().get(key)
        stamp = f"2026-01-01T00:00:00.{self.world.tick():03d}Z"
        signed: Image = {"updated_at": stamp, "updated_by": self.name}
        if before is None:
            signed |= {"created_at": stamp, "created_by": self.name}
        after = {**whole, **(before or {}), **values, **{k: v for k, v in signed.items() if k in AUDIT}}
        if not self.local.file.has_parents(key, after):
            raise WorkspaceError("The record that this one belongs to is not there.")
        self.local.file.write(key, after)

    def conflicts(self) -> list[Conflict]:
        file = self.local.file
        return [c for c in file.conflicts.values() if c.is_open and c.uid not in file.decisions]

    def decide(self, conflict: Conflict, choice: Choice, values: Image | None = None) -> Decision:
        return self.local.decide(conflict, choice, values)

    def has_raised(self, conflict: Conflict) -> bool:
        return conflict.device in self.local.file.devices

    def is_in_flight(self) -> bool:
        return any(not sent.is_done for sent in self.local.file.outbox)

    def remains(self) -> Remains:
        file = self.local.file
        parts = [
            tuple(made for sent in file.outbox if sent.is_done is done for made in sent.operations)
            for done in (False, True)
        ]
        aside = [(entry.key, entry.image or {}) for entry in file.quarantine]
        aside += [((d.conflict.layer, d.conflict.row), d.values) for d in file.decisions.values()]
        aside += [
            (entry.key, {name: edit.after for name, edit in entry.operation.edits.items()})
            for entry in file.quarantine
            if entry.operation is not None
        ]
        return Remains(*parts, tuple(aside))

    def restart(self) -> None:
        """Forget what was not written: all the rest is in the file."""


class MemoryWorld:
    """A server and workspaces in memory."""

    local = MemoryLocal

    def __init__(self) -> None:
        self.server = MemoryServer()
        self._ticks = 0
        self._names = 0

    def tick(self) -> int:
        self._ticks += 1
        return self._ticks % 1000

    def client(self, login: str) -> MemoryClient:
        self._names += 1
        return MemoryClient(self, login, f"{login}-{self._names}")

    def copy(self, client: MemoryClient) -> MemoryClient:
        self._names += 1
        return MemoryClient(self, client.login, f"{client.login}-{self._names}", client.local.file.copied())

    def grant(self, login: str, departments: Collection[str]) -> None:
        self.server.grant(login, departments)

    def direct(self, key: Key, values: Image | None) -> None:
        held = self.server.state.rows.get(key)
        if held is None:
            return
        edits = {name: Edit(held.image[name], value) for name, value in (values or {}).items()}
        kind = Kind.DELETE if values is None else Kind.UPDATE
        self.server.apply(ADMIN, "", Batch.of(self.server.name(), [Operation(*key, kind, edits, held.version)]))

    def rows(self) -> dict[Key, Image]:
        return {key: held.image for key, held in self.server.state.rows.items()}

    def visible(self, login: str) -> set[Key]:
        return set(self.server.visible(login))

    def log(self) -> list[Line]:
        return list(self.server.state.log)

    def conflicts(self) -> list[Conflict]:
        return [conflict for _, _, conflict in self.server.state.conflicts.values()]

    def epoch(self) -> str:
        return self.server.state.epoch

    def backup(self) -> State:
        return self.server.backup()

    def restore(self, backup: State) -> None:
        self.server.restore(backup)
