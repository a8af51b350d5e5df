"""The contradictions that a person has to settle, and what was decided here on them until it is sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from ...core.errors import ResorptionError
from ...core.sync import refusals
from ...core.sync.freezing import Decision
from ...core.sync.operations import Choice, Conflict, Operation
from ...core.sync.travelling import travel
from ...core.sync.wire import Image, canonical
from ..sql import fill
from . import stored
from .tables import CONFLICT

_COLUMNS = ("uid", "layer", "row", "part", "told", "is_open", "is_mine")
_READ = fill("SELECT told, is_open, is_mine, refusal, choice, chosen, comment, former FROM {table}", table=CONFLICT)
_PUT = fill(
    """INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT (uid) DO UPDATE SET
    part = excluded.part, told = excluded.told, is_open = excluded.is_open, is_mine = max(is_mine, excluded.is_mine)""",
    table=CONFLICT,
    columns=_COLUMNS,
    marks=len(_COLUMNS),
)
_CLOSE = fill("UPDATE {table} SET is_open = 0 WHERE uid = ?", table=CONFLICT)
_DECIDE = fill("UPDATE {table} SET choice = ?, chosen = ?, comment = ?, former = ? WHERE uid = ?", table=CONFLICT)
_UNDECIDE = fill(
    "UPDATE {table} SET choice = NULL, chosen = NULL, comment = NULL, former = NULL, refusal = NULL WHERE uid = ?",
    table=CONFLICT,
)
_REJECT = fill(
    """UPDATE {table} SET chosen = CASE choice WHEN ? THEN chosen END, choice = NULL, former = NULL, refusal = ?
    WHERE uid = ? AND choice IS NOT NULL""",
    table=CONFLICT,
)
_REVIVE = fill(
    """UPDATE {table} SET is_open = 1, choice = ?, chosen = ?, comment = ?
    WHERE uid = ? AND (choice IS NULL OR NOT is_open)""",
    table=CONFLICT,
)
_CONTESTED = fill("SELECT layer, row, part FROM {table} WHERE is_open AND is_mine", table=CONFLICT)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict as this workspace knows it."""

    conflict: Conflict
    is_mine: bool
    """Whether it was raised by an edit of this workspace, which shows that edit until a person has decided."""
    decision: Decision | None = None
    """What was decided here and not confirmed by the server yet."""
    refusal: ResorptionError | None = None
    """Why the server did not take the decision that was sent."""
    offered: Image = field(default_factory=dict)
    """What a person wrote in that decision."""
    former: Image | None = None
    """The row before the decision, to undo it."""
    after: Image | None = None
    """The row just after it."""

    @property
    def draft(self) -> Decision | None:
        """Return what was written in a decision that no server took; the contradiction shows it while it is open."""
        if self.decision is None and self.offered:
            return Decision(self.conflict, Choice.EDIT, self.offered)
        return self.decision


class Conflicts:
    """Reads and writes them, inside the transaction of whoever asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open workspace."""
        self._connection = connection

    def all(self) -> list[Dispute]:
        """Return the open conflicts, the oldest first."""
        found = [_dispute(row) for row in self._connection.execute(f"{_READ} WHERE is_open")]
        return sorted(found, key=lambda dispute: (dispute.conflict.raised_at, dispute.conflict.uid))

    def find(self, uid: str) -> Dispute | None:
        """Return a conflict, ``None`` when it is not known here."""
        row = self._connection.execute(f"{_READ} WHERE uid = ?", (uid,)).fetchone()
        return None if row is None else _dispute(row)

    def contested(self) -> dict[tuple[str, str], frozenset[str]]:
        """Return the groups of columns that wait for a person, by layer and uid."""
        found: dict[tuple[str, str], set[str]] = {}
        for layer, row, part in self._connection.execute(_CONTESTED):
            found.setdefault((layer, row), set()).add(part)
        return {key: frozenset(parts) for key, parts in found.items()}

    def put(self, conflicts: Iterable[Conflict], devices: frozenset[str]) -> None:
        """Write conflicts as the server tells them; ``devices`` are the names of this workspace."""
        rows = [
            (
                one.uid,
                one.layer,
                one.row,
                one.group,
                json.dumps({**asdict(one), "kind": one.kind.value}, ensure_ascii=False),
                int(one.is_open),
                int(one.device in devices),
            )
            for one in conflicts
        ]
        self._connection.executemany(_PUT, rows)

    def replace(self, conflicts: Iterable[Conflict], devices: frozenset[str]) -> list[Decision]:
        """Write the conflicts that are open; those that were and are not among them are not any more.

        Return what was written in decisions that no open conflict shows any more.
        """
        kept = list(conflicts)
        now = {one.uid for one in kept}
        gone = [dispute.conflict.uid for dispute in self.all() if dispute.conflict.uid not in now]
        void = [*self.overtake(kept), *self.withdraw(gone)]
        self.put(kept, devices)
        return void

    def overtake(self, conflicts: Iterable[Conflict]) -> list[Decision]:
        """Let a decision stand only where it was taken on the values that the server tells now, before they are put.

        Return what was written in those that no open conflict will show any more: it was decided elsewhere, or is
        about the whole row now, as somebody deleted it.
        """
        void = []
        for now in conflicts:
            dispute = self.find(now.uid)
            if dispute is None:
                continue
            if not dispute.conflict.is_open:
                self.undecide(now.uid)  # it may open again: what was decided then is not decided anew
                continue
            seen, draft = dispute.conflict, dispute.draft
            if now.is_open and dispute.decision is not None and _seal(now) != _seal(seen):
                self.reject(seen.uid)
            if draft is not None and not (now.is_open and now.group == seen.group):
                void.append(draft)
        return void

    def withdraw(self, uids: Collection[str]) -> list[Decision]:
        """Note that some open conflicts are not to be decided here any more; return what was written in decisions."""
        drafts = [dispute.draft for uid in uids if (dispute := self.find(uid)) is not None]
        self.close(uids)
        return [draft for draft in drafts if draft is not None]

    def close(self, uids: Iterable[str]) -> None:
        """Note that the decisions on some conflicts were accepted."""
        self._connection.executemany(_CLOSE, [(uid,) for uid in uids])

    def decide(self, decision: Decision, former: Image | None, after: Image | None) -> None:
        """Keep a decision, with the row before and after it."""
        chosen, kept = stored.to_json(decision.values), json.dumps([former, after])
        self._connection.execute(
            _DECIDE, (decision.choice.value, chosen, decision.comment, kept, decision.conflict.uid)
        )

    def revive(self, made: Operation) -> bool:
        """Take up a decision that was accepted once, and that the server has lost; return whether it was one.

        What is decided on nothing is set aside by the new beginning that follows.
        """
        chosen = stored.to_json({name: edit.after for name, edit in made.edits.items()})
        told = (made.choice and made.choice.value, chosen, made.comment, made.conflict)
        return self._connection.execute(_REVIVE, told).rowcount > 0

    def undecide(self, uid: str) -> None:
        """Forget the decision on a conflict."""
        self._connection.execute(_UNDECIDE, (uid,))

    def reject(self, uid: str, code: str = "", reason: str = "") -> None:
        """Note that the server did not accept a decision; what the person wrote in it is kept, to be decided again.

        Without a code, it was no refusal: somebody changed the row meanwhile.
        """
        told = json.dumps([code, reason]) if code else None
        self._connection.execute(_REJECT, (Choice.EDIT.value, told, uid))


def _seal(conflict: Conflict) -> tuple[str, Image, int | None]:
    return conflict.group, conflict.theirs, conflict.version


def _dispute(row: tuple[str, int, int, str | None, str | None, str | None, str | None, str | None]) -> Dispute:
    told, is_open, is_mine, refusal, choice, chosen, comment, former = row
    conflict = known(Conflict.from_json({**json.loads(told), "is_open": bool(is_open)}))
    there = travel(conflict.layer)
    values = canonical(there, json.loads(chosen or "{}"))
    if choice is None:
        return Dispute(conflict, bool(is_mine), None, _refusal(conflict.layer, refusal), values)
    decision = Decision(conflict, Choice(choice), values, comment)
    before, after = (image and canonical(there, image) for image in json.loads(former or "[null, null]"))
    return Dispute(conflict, bool(is_mine), decision, former=before, after=after)


def _refusal(layer: str, told: str | None) -> ResorptionError | None:
    return refusals.refusal(layer, *json.loads(told)) if told else None


def known(conflict: Conflict) -> Conflict:
    """Return a conflict whose values are in the very form of the wire: JSON knows no difference between 5 and 5.0."""
    there = travel(conflict.layer)
    images = {name: canonical(there, getattr(conflict, name)) for name in ("base", "mine", "theirs")}
    return Conflict(**{**{name: getattr(conflict, name) for name in Conflict.__slots__}, **images})
