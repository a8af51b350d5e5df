"""The shared database as plain Python: what it must answer, without a line of SQL and without the code of the plugin's
own merging. It is what the real one and the workspaces are compared with.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from resorption_plugin.core.sync.news import Action, Page, PulledRow, Theirs, Welcome
from resorption_plugin.core.sync.operations import Batch, Result
from resorption_plugin.core.sync.ports import Bucket, Digest, LocalState, RefusedError, Snapshot
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import row_hash
from tests.stories.held import Held, Key, Line, State, bucket_of, digest
from tests.stories.turn import Turn


class MemoryServer:
    """The state, and what changes it: one transaction after the other."""

    page_revisions = 1_000

    def __init__(self) -> None:
        self._names = 0
        self.grants = 0
        self.state = State(epoch=self.name())

    def name(self) -> str:
        """Return a name that nothing has; the same ones in the same order each time."""
        self._names += 1
        return str(uuid.uuid5(uuid.NAMESPACE_OID, str(self._names)))

    def backup(self) -> State:
        return self.state.copied()

    def restore(self, backup: State) -> None:
        areas, scopes = self.state.areas, self.state.scopes
        self.state = replace(backup.copied(), epoch=self.name(), areas=areas, scopes=scopes)
        self.state.first_version = self._names * 1_000

    def grant(self, login: str, departments: Collection[str]) -> None:
        self.grants += 1
        self.state.areas[login] = frozenset(departments)
        # what was given back is not what was never taken: between the two, rows may have been passed over
        self.state.scopes[login] = f"{sorted(departments)} {self.grants}"

    def visible(self, login: str) -> dict[Key, Held]:
        return {key: held for key, held in self.state.rows.items() if self.state.may(login, held.departments)}

    def apply(self, login: str, device: str, batch: Batch) -> tuple[int, list[Result]]:
        """Do what the server does with a batch it does not know."""
        state = self.state.copied()
        try:
            turn = Turn(self.state, login, device, batch.uid)
            results = [turn.result(number, made) for number, made in enumerate(batch.operations(), start=1)]
            turn.finish()
        except BaseException:
            self.state = state
            raise
        self.state.batches[batch.uid] = (batch.sha256, self.state.revision, results)
        return self.state.revision, results


@dataclass(frozen=True, slots=True)
class MemorySnapshot(Snapshot):
    """A snapshot that holds its rows, as there is no file to copy them into."""

    rows: dict[Key, Held] = field(default_factory=dict)


class MemoryRemote:
    """The server, reached as one login."""

    def __init__(self, server: MemoryServer, login: str) -> None:
        self.server, self.login = server, login

    def hello(self, state: LocalState) -> Welcome:
        held = self.server.state
        device = state.device
        if held.devices.get(device, 0) != state.counter:
            device = self.server.name()  # a copy, or a greeting that was lost: another device in both cases
        held.devices[device] = (state.counter if device == state.device else 0) + 1
        areas = sorted(held.areas[self.login])
        scope = held.scopes.get(self.login, "")
        cause = ""
        if not state.epoch:
            cause = "first"
        elif state.epoch != held.epoch:
            cause = "epoch"
        elif state.cursor > held.revision:
            cause = "ahead"
        elif state.chain != held.chain[state.cursor]:
            cause = "chain"
        elif state.scope != scope:
            cause = "scope"
        return Welcome(
            Action.REBASE if cause else Action.OK,
            cause,
            held.epoch,
            held.revision,
            1,
            self.login,
            "officer",
            tuple(areas),
            tuple(areas),
            (),
            scope,
            device,
        )

    def push(self, batch: Batch, state: LocalState) -> tuple[int, list[Result]]:
        if known := self.server.state.batches.get(batch.uid):
            sha256, revision, results = known
            if sha256 != batch.sha256:
                raise RefusedError("The batch is known with another content.")
            return revision, results
        if state.epoch != self.server.state.epoch:
            raise RefusedError("The epoch is another.", action=Action.REBASE)
        return self.server.apply(self.login, state.device, batch)

    def pull(self, cursor: int) -> Page:
        state = self.server.state
        upto = min(state.revision, cursor + self.server.page_revisions)
        lines: dict[Key, list[Line]] = {}
        for line in state.log:
            if cursor < line.revision <= upto:
                lines.setdefault(line.key, []).append(line)
        rows = tuple(found for key, own in lines.items() if (found := self._told(key, own)))
        conflicts = tuple(
            conflict
            for revision, scope, conflict in state.conflicts.values()
            if cursor < revision <= upto and self.server.state.may(self.login, scope)
        )
        return Page(upto, state.chain[upto], upto < state.revision, rows, conflicts)

    def _told(self, key: Key, lines: list[Line]) -> PulledRow | None:
        may = self.server.state.may
        was_seen = lines[0].deed != "I" and may(self.login, lines[0].was)
        seen_meanwhile = was_seen or any(may(self.login, line.now) for line in lines)
        held = self.server.state.rows.get(key)
        if held is None:
            return PulledRow(*key, Theirs.DELETED) if seen_meanwhile else None
        if not may(self.login, held.departments):
            return PulledRow(*key, Theirs.LEFT) if seen_meanwhile else None
        told = row_hash(travel(key[0]), held.image)
        stays = was_seen and all(line.deed in "US" and may(self.login, line.now) for line in lines)
        if not stays:
            return PulledRow(*key, Theirs.ROW, held.version, told, dict(held.image))
        changed = {name: held.image[name] for line in lines for name in line.new}
        return PulledRow(*key, Theirs.PATCH, held.version, told, changed)

    @contextmanager
    def snapshot(self) -> Iterator[MemorySnapshot]:
        state = self.server.state
        seen = [conflict for _, scope, conflict in state.conflicts.values() if self.server.state.may(self.login, scope)]
        conflicts = tuple(conflict for conflict in seen if conflict.is_open)
        yield MemorySnapshot(state.revision, state.chain[-1], iter(()), conflicts, self.server.visible(self.login))

    def digest(self) -> tuple[int, Digest]:
        hashes = {key: row_hash(travel(key[0]), held.image) for key, held in self.server.visible(self.login).items()}
        return self.server.state.revision, digest(hashes)

    def rows(self, asked: Collection[Key]) -> list[PulledRow]:
        seen = self.server.visible(self.login)
        return [
            PulledRow(*key, Theirs.ROW, held.version, row_hash(travel(key[0]), held.image), dict(held.image))
            for key in asked
            if (held := seen.get(key))
        ]

    def uids(self, bucket: Bucket) -> dict[str, int]:
        return {
            uid: row_hash(travel(layer), held.image)
            for (layer, uid), held in self.server.visible(self.login).items()
            if bucket_of((layer, uid)) == bucket
        }
