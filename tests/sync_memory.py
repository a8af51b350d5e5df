"""A workspace held in memory, made of the very functions that the real one uses, and a world of such workspaces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.ports import Feedback
from resorption_plugin.core.sync import freezing, merging, settling
from resorption_plugin.core.sync.ancestry import Ancestor, LocalRow
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.merging import Merged
from resorption_plugin.core.sync.operations import (
    Batch,
    Choice,
    Conflict,
    Edit,
    Kind,
    Operation,
    Page,
    PulledRow,
    Result,
    Theirs,
    Welcome,
)
from resorption_plugin.core.sync.ports import Bucket, Digest, LocalState, Probe, Received, Waiting, unwatched
from resorption_plugin.core.sync.travelling import AUDIT, travel, travels
from resorption_plugin.core.sync.wire import Image, row_hash
from tests.sync_oracle import (
    ADMIN,
    Key,
    Line,
    MemoryRemote,
    MemoryServer,
    MemorySnapshot,
    State,
    bucket_of,
    digest,
)
from tests.sync_world import Remains, Trap, Wire

_DEPTH = {travel.key: place for place, travel in enumerate(travels())}

End = Callable[..., Merged]
"""What becomes of a row that is no more on the server."""


@dataclass
class Sent:
    """A batch in the outbox."""

    batch: Batch
    operations: tuple[Operation, ...]
    is_done: bool = False
    answer: tuple[int, list[Result]] | None = None


@dataclass
class Refusal:
    """An entry of the quarantine."""

    key: Key
    kind: str
    image: Image | None
    operation: Operation | None = None
    fingerprint: str = ""
    is_passing: bool = False


@dataclass
class File:
    """Everything that the file of a workspace holds."""

    working: dict[Key, Image] = field(default_factory=dict)
    base: dict[Key, tuple[Image, int | None]] = field(default_factory=dict)
    held: dict[Key, dict[str, Ancestor]] = field(default_factory=dict)
    outbox: list[Sent] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    quarantine: list[Refusal] = field(default_factory=list)
    touched: set[Bucket] = field(default_factory=set)
    state: LocalState = LocalState("", 0, "", 0, "", "", 1)  # noqa: RUF009 - never written in place
    devices: set[str] = field(default_factory=set)
    """Every name this file had."""

    def copied(self) -> File:
        """Return a copy that can be written without the other changing; images are never written in place."""
        return File(
            dict(self.working),
            dict(self.base),
            {key: dict(held) for key, held in self.held.items()},
            [replace(sent) for sent in self.outbox],
            dict(self.conflicts),
            dict(self.decisions),
            list(self.quarantine),
            set(self.touched),
            self.state,
            set(self.devices),
        )


class MemoryLocal:
    """The workspace as the session sees it."""

    def __init__(self, name: Callable[[], str], file: File | None = None, probe: Probe = unwatched) -> None:
        self.file = file or File()
        self.name = name
        if not self.file.state.device:
            self.file.state = replace(self.file.state, device=name())
        self.file.devices.add(self.file.state.device)
        self.probe = probe

    @contextmanager
    def _transaction(self, name: str) -> Iterator[None]:
        before = self.file
        self.file = before.copied()
        try:
            yield
            self.probe(f"{name}:before_commit")
        except BaseException:
            self.file = before
            raise
        self.probe(f"{name}:after_commit")

    # --- what people do

    def write(self, key: Key, values: Image | None) -> None:
        """Insert or change a row; ``None`` deletes it with what goes with it."""
        if values is None:
            for child in self._children(key):
                self.write(child, None)
            del self.file.working[key]
            return
        self.file.working[key] = {**self.file.working.get(key, {}), **values}

    def _children(self, key: Key) -> list[Key]:
        return [
            (other, uid)
            for (other, uid), image in self.file.working.items()
            if any(r.parent == key[0] and image.get(r.column) == key[1] for r in travel(other).layer.relations)
        ]

    def has_parents(self, key: Key, image: Image) -> bool:
        """Say whether the rows that a row refers to are there."""
        relations = travel(key[0]).layer.relations
        return all(not image.get(r.column) or (r.parent, str(image[r.column])) in self.file.working for r in relations)

    def decide(self, conflict: Conflict, choice: Choice, values: Image | None = None) -> Decision:
        """Take a decision: seen here at once where the conflict was raised from here, sent by the next session."""
        key = (conflict.layer, conflict.row)
        row = self.row(key)
        chosen: Image = {}
        if choice is Choice.MINE:
            chosen = merging.mine(travel(key[0]), row if self._is_ours(conflict) else LocalRow(None), conflict)
        elif choice is Choice.EDIT:
            whole = merging.mine(travel(key[0]), row if self._is_ours(conflict) else LocalRow(None), conflict)
            chosen = {**whole, **(values or {})}
        decision = Decision(conflict, choice, chosen)
        with self._transaction("decide"):
            self.file.decisions[conflict.uid] = decision
            if self._is_ours(conflict):
                self._keep(key, self._settled(key, merging.decided(travel(key[0]), row, conflict, choice, chosen)))
        return decision

    def _is_ours(self, conflict: Conflict) -> bool:
        return conflict.device in self.file.devices

    # --- rows

    def row(self, key: Key) -> LocalRow:
        """Return a row as the pure functions take it."""
        base, version = self.file.base.get(key, (None, None))
        return LocalRow(self.file.working.get(key), base, version, self.file.held.get(key, {}))

    def _keep(self, key: Key, merged: Merged) -> bool:
        """Write a row; return whether people see something else."""
        file = self.file
        was, base = file.working.get(key), file.base.get(key)
        for rows, found in ((file.working, merged.working), (file.held, dict(merged.held))):
            if found:
                rows[key] = found
            else:
                rows.pop(key, None)
        if merged.base is None:
            file.base.pop(key, None)
        else:
            file.base[key] = (merged.base, merged.version)
        if file.base.get(key) != base:
            file.touched.add(bucket_of(key))
        if merged.is_set_aside:
            file.quarantine.append(Refusal(key, "left_area", merged.working))
        return file.working.get(key) != was

    def _settled(self, key: Key, merged: Merged) -> Merged:
        """Return what a decision leaves, where nothing that stays needs what would go, nor lacks what it needs."""
        row = self.row(key)
        is_needed = merged.working is None and row.working is not None and self._children(key)
        is_orphan = merged.working is not None and not self.has_parents(key, merged.working)
        return Merged(row.working, row.base, row.version, row.held) if is_needed or is_orphan else merged

    # --- LocalSide

    def state(self) -> LocalState:
        return self.file.state

    def greet(self, welcome: Welcome) -> None:
        with self._transaction("greet"):
            state = self.file.state
            counter = state.counter + 1 if welcome.device == state.device else 1
            self.file.state = replace(state, device=welcome.device, counter=counter)
            self.file.devices.add(welcome.device)

    def freeze(self) -> Batch | None:
        waiting = [sent.batch for sent in self.file.outbox if not sent.is_done]
        if waiting:
            return waiting[0]
        filled = freezing.fill(freezing.ordered(self._operations()))
        if not filled.taken:
            return None
        with self._transaction("freeze"):
            batch = Batch.of(self.name(), filled.taken)
            self.file.outbox.append(Sent(batch, tuple(filled.taken)))
        return batch

    def _operations(self) -> Iterator[Operation]:
        for decision in self.file.decisions.values():
            yield freezing.resolution(decision)
        file = self.file
        aside = {refusal.key for refusal in file.quarantine if refusal.kind == "left_area"} - file.base.keys()
        refused = {refusal.key: refusal.fingerprint for refusal in file.quarantine if refusal.kind == "refused"}
        contested: dict[Key, set[str]] = {}
        for conflict in file.conflicts.values():
            if conflict.is_open and self._is_ours(conflict):
                contested.setdefault((conflict.layer, conflict.row), set()).add(conflict.group)
        for key in (file.working.keys() | file.base.keys()) - aside:
            if file.base.get(key, (None, None))[0] == file.working.get(key) and key not in file.held:
                continue
            groups = frozenset(contested.get(key, ()))
            made = freezing.operation(travel(key[0]), key[1], self.row(key), groups, refused.get(key, ""))
            if made is not None:
                yield made

    def settle(self, batch: Batch, results: Sequence[Result], revision: int) -> None:
        with self._transaction("settle"):
            file = self.file
            sent = next(sent for sent in file.outbox if sent.batch.uid == batch.uid)
            heard, sent.answer, sent.is_done = sent.answer, (revision, list(results)), True
            if heard == sent.answer:
                return
            ours = [conflict.uid for conflict in file.conflicts.values() if self._is_ours(conflict)]
            found = settling.settle(batch, results, ours=ours, is_old=heard is not None)
            file.conflicts |= {conflict.uid: conflict for conflict in found.conflicts}
            for uid in (*found.closed, *found.undecided):
                file.decisions.pop(uid, None)
            for uid in file.conflicts.keys() & set(found.closed):
                file.conflicts[uid] = replace(file.conflicts[uid], is_open=False)
            self._set_aside(found)
            for key, confirmed in found.confirmed.items():
                after = settling.advanced(self.row(key), confirmed)
                self._keep(key, Merged(after.working, after.base, after.version, after.held))

    def _set_aside(self, found: settling.Settled) -> None:
        """Keep what was refused, and lift what is settled since."""
        file = self.file
        for made in found.void:
            image = {name: edit.after for name, edit in made.edits.items()}
            file.quarantine.append(Refusal((made.layer, made.uid), "decision", image, made))
        for refused in found.refused:
            made = refused.operation
            if made.kind is not Kind.RESOLVE:
                key = (made.layer, made.uid)
                entry = Refusal(key, "refused", file.working.get(key), made, refused.fingerprint, refused.is_passing)
                file.quarantine.append(entry)
        accepted = found.confirmed.keys()
        file.quarantine = [
            replace(entry, fingerprint="") if accepted and entry.is_passing else entry
            for entry in file.quarantine
            if entry.kind != "refused" or entry.key not in accepted
        ]

    def receive(self, page: Page) -> Received:
        assert all(sent.is_done for sent in self.file.outbox), "nothing is received while a batch has no answer"
        with self._transaction("pull"):
            changed, damaged = self._take(page.rows)
            told = {(pulled.layer, pulled.uid) for pulled in page.rows}
            for key in [key for key in self.file.held if key not in told]:
                if self._keep(key, self._fitting(key, merging.retried(travel(key[0]), self.row(key)))):
                    changed.add(key)
            for conflict in page.conflicts:
                self._hear(conflict)
            self.file.state = replace(self.file.state, cursor=page.upto, chain=page.chain)
        return Received(frozenset(layer for layer, _ in changed), len(changed), tuple(damaged))

    def _take(self, rows: Sequence[PulledRow], deleted: End = merging.gone) -> tuple[set[Key], list[Key]]:
        """Write the rows of a page: first those that free something, then those that need something."""
        leaving = sorted(
            (pulled for pulled in rows if pulled.kind in (Theirs.DELETED, Theirs.LEFT)),
            key=lambda pulled: -_DEPTH[pulled.layer],
        )
        changed, needed = set(), []
        for pulled in leaving:
            key = (pulled.layer, pulled.uid)
            if self._children(key):
                needed.append(pulled)
            elif self._keep(key, self._left(pulled, deleted)):
                changed.add(key)
        damaged: list[Key] = []
        coming = [pulled for pulled in rows if pulled not in leaving]
        for pulled in sorted(coming, key=lambda pulled: _DEPTH[pulled.layer]):
            key = (pulled.layer, pulled.uid)
            theirs = merging.patched(travel(key[0]), self.row(key), pulled)
            if theirs is None:
                damaged.append(key)
            elif self._keep(key, self._come(key, theirs, pulled.version)):
                changed.add(key)
        changed |= {(p.layer, p.uid) for p in needed if self._keep((p.layer, p.uid), self._left(p, deleted))}
        return changed, damaged

    def _left(self, pulled: PulledRow, deleted: End) -> Merged:
        key = (pulled.layer, pulled.uid)
        end = deleted if pulled.kind is Theirs.DELETED else merging.left
        return end(travel(key[0]), self.row(key), is_needed=bool(self._children(key)))

    def _come(self, key: Key, theirs: Image, version: int | None) -> Merged:
        file = self.file
        # a deletion that was set aside stays there: the row comes back without it
        file.quarantine = [e for e in file.quarantine if e.key != key or e.kind != "left_area" or e.image is None]
        return self._fitting(key, merging.received(travel(key[0]), self.row(key), theirs, version))

    def _fitting(self, key: Key, merged: Merged) -> Merged:
        """Return what can be written: a row needs its parents."""
        if merged.working is None or self.has_parents(key, merged.working):
            return merged
        row = self.row(key)
        if row.working is None:
            return merging.withheld(merged.base or {}, merged.version)
        return merging.postponed(travel(key[0]), row, merged.base or {}, merged.version)

    def _hear(self, conflict: Conflict) -> None:
        known = self.file.conflicts.get(conflict.uid)
        is_decided_here = conflict.uid in self.file.decisions or known is None or not known.is_open
        if not conflict.is_open and self._is_ours(conflict) and not is_decided_here:
            key = (conflict.layer, conflict.row)
            self._keep(key, self._settled(key, merging.closed(travel(key[0]), self.row(key), conflict)))
        self.file.conflicts[conflict.uid] = conflict

    def rebase(self, welcome: Welcome, snapshot: MemorySnapshot, feedback: Feedback) -> Received:
        with self._transaction("rebase"):
            file = self.file
            now = {conflict.uid: conflict for conflict in snapshot.conflicts}
            file.conflicts = {uid: c for uid, c in file.conflicts.items() if not c.is_open} | now
            file.decisions = {
                uid: decision for uid, decision in file.decisions.items() if now.get(uid) == decision.conflict
            }
            missing = [PulledRow(*key, Theirs.DELETED) for key in file.base if key not in snapshot.rows]
            rows = [
                PulledRow(*key, Theirs.ROW, held.version, row_hash(travel(key[0]), held.image), held.image)
                for key, held in snapshot.rows.items()
            ]
            changed, damaged = self._take([*missing, *rows], merging.missing)
            file.state = replace(
                file.state,
                epoch=welcome.epoch,
                cursor=snapshot.revision,
                chain=snapshot.chain,
                scope=welcome.scope,
            )
        return Received(frozenset(layer for layer, _ in changed), len(changed), tuple(damaged))

    def requeue(self, revision: int) -> int:
        with self._transaction("requeue"):
            for sent in self.file.outbox:
                sent.is_done = sent.is_done and sent.answer is not None and sent.answer[0] <= revision
        return sum(not sent.is_done for sent in self.file.outbox)

    def repair(self, rows: Sequence[PulledRow], asked: Collection[Key]) -> Received:
        with self._transaction("repair"):
            found = {(pulled.layer, pulled.uid) for pulled in rows}
            missing = [PulledRow(*key, Theirs.DELETED) for key in asked if tuple(key) not in found]
            changed, _ = self._take([*missing, *rows], merging.missing)
        return Received(frozenset(layer for layer, _ in changed), len(changed))

    def touched_buckets(self) -> frozenset[Bucket]:
        return frozenset(self.file.touched)

    def _hashes(self) -> dict[Key, int]:
        return {key: row_hash(travel(key[0]), image) for key, (image, _) in self.file.base.items()}

    def digest(self, buckets: Collection[Bucket] | None = None) -> Digest:
        found = digest(self._hashes())
        return found if buckets is None else {b: value for b, value in found.items() if b in buckets}

    def uids(self, bucket: Bucket) -> dict[str, int]:
        return {key[1]: value for key, value in self._hashes().items() if bucket_of(key) == bucket}

    def digests_agreed(self) -> None:
        self.file.touched = set()

    def back_up(self) -> None:
        self.saved = deepcopy(self.file)

    def waiting(self) -> Waiting:
        is_open = sum(c.is_open and self._is_ours(c) for c in self.file.conflicts.values())
        return Waiting(len(list(self._operations())), is_open, len(self.file.quarantine))


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
        return self.local.row(key).known(travel(key[0]))

    def base(self) -> dict[Key, Image]:
        return {key: image for key, (image, _) in self.local.file.base.items()}

    def write(self, key: Key, values: Image | None) -> None:
        if values is None:
            self.local.write(key, None)
            return
        layer = travel(key[0])
        whole: Image = dict.fromkeys((*layer.columns, *layer.carried))
        before = self.rows().get(key)
        stamp = f"2026-01-01T00:00:00.{self.world.tick():03d}Z"
        signed: Image = {"updated_at": stamp, "updated_by": self.name}
        if before is None:
            signed |= {"created_at": stamp, "created_by": self.name}
        after = {**whole, **(before or {}), **values, **{k: v for k, v in signed.items() if k in AUDIT}}
        if not self.local.has_parents(key, after):
            raise WorkspaceError("The record that this one belongs to is not there.")
        self.local.write(key, after)

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
