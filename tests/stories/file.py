"""What the file of a workspace in memory holds, and what writing one of its rows takes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from resorption_plugin.core.sync import merging
from resorption_plugin.core.sync.ancestry import Ancestor, LocalRow
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.merging import Merged
from resorption_plugin.core.sync.operations import Batch, Conflict, Operation, Result
from resorption_plugin.core.sync.ports import Bucket, LocalState
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import Image
from tests.stories.held import Key, bucket_of


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

    def write(self, key: Key, values: Image | None) -> None:
        """Insert or change a row; ``None`` deletes it with what goes with it."""
        if values is None:
            for child in self.children(key):
                self.write(child, None)
            del self.working[key]
            return
        self.working[key] = {**self.working.get(key, {}), **values}

    def children(self, key: Key) -> list[Key]:
        """Return the rows that refer to a row."""
        return [
            (other, uid)
            for (other, uid), image in self.working.items()
            if any(r.parent == key[0] and image.get(r.column) == key[1] for r in travel(other).layer.relations)
        ]

    def has_parents(self, key: Key, image: Image) -> bool:
        """Say whether the rows that a row refers to are there."""
        relations = travel(key[0]).layer.relations
        return all(not image.get(r.column) or (r.parent, str(image[r.column])) in self.working for r in relations)

    def is_ours(self, conflict: Conflict) -> bool:
        """Say whether the edit of a conflict was made in this file, whatever its name was then."""
        return conflict.device in self.devices

    def row(self, key: Key) -> LocalRow:
        """Return a row as the pure functions take it."""
        base, version = self.base.get(key, (None, None))
        return LocalRow(self.working.get(key), base, version, self.held.get(key, {}))

    def keep(self, key: Key, merged: Merged) -> bool:
        """Write a row; return whether people see something else."""
        was, base = self.working.get(key), self.base.get(key)
        for rows, found in ((self.working, merged.working), (self.held, dict(merged.held))):
            if found:
                rows[key] = found
            else:
                rows.pop(key, None)
        if merged.base is None:
            self.base.pop(key, None)
        else:
            self.base[key] = (merged.base, merged.version)
        if self.base.get(key) != base:
            self.touched.add(bucket_of(key))
        if merged.is_set_aside:
            self.quarantine.append(Refusal(key, "left_area", merged.working))
        return self.working.get(key) != was

    def settled(self, key: Key, merged: Merged) -> Merged:
        """Return what a decision leaves, where nothing that stays needs what would go, nor lacks what it needs."""
        row = self.row(key)
        is_needed = merged.working is None and row.working is not None and self.children(key)
        is_orphan = merged.working is not None and not self.has_parents(key, merged.working)
        return Merged(row.working, row.base, row.version, row.held) if is_needed or is_orphan else merged

    def fitting(self, key: Key, merged: Merged) -> Merged:
        """Return what can be written: a row needs its parents."""
        if merged.working is None or self.has_parents(key, merged.working):
            return merged
        row = self.row(key)
        if row.working is None:
            return merging.withheld(merged.base or {}, merged.version)
        return merging.postponed(travel(key[0]), row, merged.base or {}, merged.version)
