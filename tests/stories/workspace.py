"""A workspace in memory as a session sees it, made of the very functions that the real one uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace

from resorption_plugin.core.ports import Feedback
from resorption_plugin.core.sync import freezing, merging, settling
from resorption_plugin.core.sync.ancestry import LocalRow
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.merging import Merged
from resorption_plugin.core.sync.news import Page, PulledRow, Theirs, Welcome
from resorption_plugin.core.sync.operations import Batch, Choice, Conflict, Kind, Operation, Result
from resorption_plugin.core.sync.ports import Bucket, Digest, Emptied, LocalState, Probe, Received, Waiting, unwatched
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.wire import Image, row_hash
from tests.stories.file import File, Refusal, Sent
from tests.stories.held import Key, bucket_of, digest
from tests.stories.server import MemorySnapshot

_DEPTH = {travel.key: place for place, travel in enumerate(travels())}

End = Callable[..., Merged]
"""What becomes of a row that is no more on the server."""


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

    def decide(self, conflict: Conflict, choice: Choice, values: Image | None = None) -> Decision:
        """Take a decision: seen here at once where the conflict was raised from here, sent by the next session."""
        key, there = (conflict.layer, conflict.row), travel(conflict.layer)
        row, is_ours = self.file.row(key), self.file.is_ours(conflict)
        chosen: Image = {}
        if choice is not Choice.THEIRS:
            chosen = merging.mine(there, row if is_ours else LocalRow(None), conflict)
        if choice is Choice.EDIT:
            chosen = {**chosen, **(values or {})}
        decision = Decision(conflict, choice, chosen)
        with self._transaction("decide"):
            self.file.decisions[conflict.uid] = decision
            if is_ours:
                merged = merging.decided(there, row, conflict, choice, chosen)
                self.file.keep(key, self.file.settled(key, merged))
        return decision

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
            if conflict.is_open and file.is_ours(conflict):
                contested.setdefault((conflict.layer, conflict.row), set()).add(conflict.group)
        for key in (file.working.keys() | file.base.keys()) - aside:
            if file.base.get(key, (None, None))[0] == file.working.get(key) and key not in file.held:
                continue
            groups = frozenset(contested.get(key, ()))
            made = freezing.operation(travel(key[0]), key[1], file.row(key), groups)
            if made is not None and freezing.fingerprint(made) != refused.get(key):
                yield made

    def settle(self, batch: Batch, results: Sequence[Result], revision: int) -> None:
        with self._transaction("settle"):
            file = self.file
            sent = next(sent for sent in file.outbox if sent.batch.uid == batch.uid)
            heard, sent.answer, sent.is_done = sent.answer, (revision, list(results)), True
            if heard == sent.answer:
                return
            ours = [conflict.uid for conflict in file.conflicts.values() if file.is_ours(conflict)]
            found = settling.settle(batch, results, ours=ours, is_old=heard is not None)
            file.conflicts |= {conflict.uid: conflict for conflict in found.conflicts}
            for uid in (*found.closed, *found.undecided):
                file.decisions.pop(uid, None)
            for uid in file.conflicts.keys() & set(found.closed):
                file.conflicts[uid] = replace(file.conflicts[uid], is_open=False)
            self._set_aside(found)
            for key, confirmed in found.confirmed.items():
                after = settling.advanced(file.row(key), confirmed)
                file.keep(key, Merged(after.working, after.base, after.version, after.held))

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
                if self.file.keep(key, self.file.fitting(key, merging.retried(travel(key[0]), self.file.row(key)))):
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
            if self.file.children(key):
                needed.append(pulled)
            elif self.file.keep(key, self._left(pulled, deleted)):
                changed.add(key)
        damaged: list[Key] = []
        coming = [pulled for pulled in rows if pulled not in leaving]
        for pulled in sorted(coming, key=lambda pulled: _DEPTH[pulled.layer]):
            key = (pulled.layer, pulled.uid)
            theirs = merging.patched(travel(key[0]), self.file.row(key), pulled)
            if theirs is None:
                damaged.append(key)
            elif self.file.keep(key, self._come(key, theirs, pulled.version)):
                changed.add(key)
        changed |= {(p.layer, p.uid) for p in needed if self.file.keep((p.layer, p.uid), self._left(p, deleted))}
        return changed, damaged

    def _left(self, pulled: PulledRow, deleted: End) -> Merged:
        key = (pulled.layer, pulled.uid)
        end = deleted if pulled.kind is Theirs.DELETED else merging.left
        return end(travel(key[0]), self.file.row(key), is_needed=bool(self.file.children(key)))

    def _come(self, key: Key, theirs: Image, version: int | None) -> Merged:
        file = self.file
        # a deletion of what was set aside stays there, made before or since: the row comes back without it
        file.quarantine = [
            e
            for e in file.quarantine
            if e.key != key or e.kind != "left_area" or e.image is None or key not in file.working
        ]
        return file.fitting(key, merging.received(travel(key[0]), file.row(key), theirs, version))

    def _hear(self, conflict: Conflict) -> None:
        known = self.file.conflicts.get(conflict.uid)
        is_decided_here = conflict.uid in self.file.decisions or known is None or not known.is_open
        if not conflict.is_open and self.file.is_ours(conflict) and not is_decided_here:
            key = (conflict.layer, conflict.row)
            self.file.keep(key, self.file.settled(key, merging.closed(travel(key[0]), self.file.row(key), conflict)))
        self.file.conflicts[conflict.uid] = conflict

    def rebase(self, welcome: Welcome, snapshot: MemorySnapshot, feedback: Feedback) -> Received:
        with self._transaction("rebase"):
            file = self.file
            now = {conflict.uid: conflict for conflict in snapshot.conflicts}
            file.conflicts = {uid: c for uid, c in file.conflicts.items() if not c.is_open} | now
            void = [decision for uid, decision in file.decisions.items() if now.get(uid) != decision.conflict]
            for decision in void:
                del file.decisions[decision.conflict.uid]
            missing = [PulledRow(*key, Theirs.DELETED) for key in file.base if key not in snapshot.rows]
            rows = [
                PulledRow(*key, Theirs.ROW, held.version, row_hash(travel(key[0]), held.image), held.image)
                for key, held in snapshot.rows.items()
            ]
            changed, damaged = self._take([*missing, *rows], merging.missing)
            for decision in void:
                self._keep_decided(decision)
            file.state = replace(
                file.state,
                epoch=welcome.epoch,
                cursor=snapshot.revision,
                chain=snapshot.chain,
                scope=welcome.scope,
            )
        return Received(frozenset(layer for layer, _ in changed), len(changed), tuple(damaged))

    def _keep_decided(self, decision: Decision) -> None:
        key = (decision.conflict.layer, decision.conflict.row)
        image = merging.unwritten(travel(key[0]), self.file.row(key), decision)
        if image:
            self.file.quarantine.append(Refusal(key, "decision", image))

    def requeue(self) -> int:
        with self._transaction("requeue"):
            for sent in self.file.outbox:
                sent.is_done = False
        return len(self.file.outbox)

    def repair(self, rows: Sequence[PulledRow], asked: Collection[Key]) -> Received:
        with self._transaction("repair"):
            found = {(pulled.layer, pulled.uid) for pulled in rows}
            missing = [PulledRow(*key, Theirs.DELETED) for key in asked if tuple(key) not in found]
            changed, _ = self._take([*missing, *rows], merging.missing)
        return Received(frozenset(layer for layer, _ in changed), len(changed))

    def emptied(self) -> list[Emptied]:
        return []  # no program goes round it in memory

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
        is_open = sum(c.is_open and self.file.is_ours(c) for c in self.file.conflicts.values())
        return Waiting(len(list(self._operations())), is_open, len(self.file.quarantine))
