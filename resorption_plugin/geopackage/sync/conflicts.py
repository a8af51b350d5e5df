"""The contradictions that a person has to settle, and what was decided here on them until it is sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ...core.errors import ResorptionError
from ...core.sync import refusals
from ...core.sync.freezing import Decision
from ...core.sync.operations import Choice, Conflict
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
_REJECT = fill("UPDATE {table} SET choice = NULL, former = NULL, refusal = ? WHERE uid = ?", table=CONFLICT)
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
    """What that decision would have written."""
    former: Image | None = None
    """The row before the decision, to undo it."""
    after: Image | None = None
    """The row just after it."""


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

        A decision stays where it was taken on the very same values; those on conflicts that are no more are returned.
        """
        kept = list(conflicts)
        now = {one.uid: one for one in kept}
        void = []
        for dispute in self.all():
            seen, is_now = dispute.conflict, now.get(dispute.conflict.uid)
            if is_now is None:
                self.close([seen.uid])
                void += [dispute.decision] if dispute.decision is not None else []
            elif dispute.decision is not None and (is_now.theirs, is_now.version) != (seen.theirs, seen.version):
                self.reject(seen.uid)
        self.put(kept, devices)
        return void

    def close(self, uids: Iterable[str]) -> None:
        """Note that the decisions on some conflicts were accepted."""
        self._connection.executemany(_CLOSE, [(uid,) for uid in uids])

    def decide(self, decision: Decision, former: Image | None, after: Image | None) -> None:
        """Keep a decision, with the row before and after it."""
        chosen, kept = stored.to_json(decision.values), json.dumps([former, after])
        self._connection.execute(
            _DECIDE, (decision.choice.value, chosen, decision.comment, kept, decision.conflict.uid)
        )

    def undecide(self, uid: str) -> None:
        """Forget the decision on a conflict."""
        self._connection.execute(_UNDECIDE, (uid,))

    def reject(self, uid: str, code: str = "", reason: str = "") -> None:
        """Note that the server did not accept a decision; what the person wrote in it is kept, to be decided again.

        Without a code, it was no refusal: somebody changed the row meanwhile.
        """
        self._connection.execute(_REJECT, (json.dumps([code, reason]) if code else None, uid))


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
