"""What a person decides here: on contradictions, on rows that cannot be sent, on what waits for a rule."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import WorkspaceError
from ...core.i18n import mark
from ...core.model.fields import Label
from ...core.sync import merging
from ...core.sync.ancestry import WHOLE, LocalRow, same
from ...core.sync.freezing import Decision
from ...core.sync.merging import Merged
from ...core.sync.operations import Choice
from ...core.sync.travelling import AUDIT, Travel, travel
from ...core.sync.wire import Image, Value
from ..sql import fill
from .conflicts import Conflicts, Dispute
from .outbox import Outbox
from .quarantine import Cause, Quarantine
from .receiving import Receiver
from .rows import Rows, keys
from .tables import HELD
from .writing import Writer

_HELD_ROWS = fill("SELECT DISTINCT layer, uid FROM {table}", table=HELD)

_UNKNOWN_CONFLICT = mark(
    "This contradiction is no more to be decided: somebody has settled it. Look at the list again."
)
_SENT = mark("This decision is being sent: it cannot be taken back any more. Synchronise, then change the record.")
_NOT_ASIDE = mark("This record is no more set aside. Look at the list again.")
_NEEDED = mark(
    "Other records that were entered here belong to this one: it cannot be discarded before them. Discard them first."
)
_HELD_HERE = mark(
    "Records that are set aside here belong to this one, and would go with it ({layers}). Discard them first, among "
    "those set aside, then decide."
)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A row of which something that others wrote cannot be taken: a rule refuses it beside what was edited here."""

    layer: str
    uid: str
    values: Mapping[str, tuple[Value, Value]]
    """By column, what is here and what the server holds."""


@dataclass(slots=True)
class Desk:
    """Reads and writes inside the transaction of whoever asks."""

    connection: sqlite3.Connection
    workspace: Path

    def decide(self, uid: str, choice: Choice, values: Image, comment: str | None) -> Decision:
        """Keep a decision on a conflict, to be sent; what it means for the row is seen here at once.

        ``values`` are those of ``EDIT``, by column, in wire form. Raises ``WorkspaceError`` for a conflict that is no
        more open; ``sqlite3.IntegrityError`` where the rules of the tables refuse the values.
        """
        dispute = self._open(uid)
        if dispute.decision is not None:
            self.undecide(uid)
        conflict, there = dispute.conflict, travel(dispute.conflict.layer)
        row = Rows(self.connection, self.workspace, there).read([conflict.row])[conflict.row]
        seen = row if dispute.is_mine else LocalRow(None)
        chosen: Image = {} if choice is Choice.THEIRS else merging.mine(there, seen, conflict)
        if choice is Choice.EDIT:
            chosen |= values
        decision = Decision(conflict, choice, chosen, comment)
        after = row
        if dispute.is_mine:
            after = self._write(there, conflict.row, row, merging.decided(there, row, conflict, choice, chosen))
        Conflicts(self.connection).decide(decision, row.working, after.working)
        return decision

    def dispute(self, uid: str) -> Dispute:
        """Return a conflict by its uid; raises ``WorkspaceError`` when it is no more open."""
        return self._open(uid)

    def mine(self, dispute: Dispute) -> Image:
        """Return what ``MINE`` writes: what is held here, were nothing decided on the conflict yet."""
        conflict, there = dispute.conflict, travel(dispute.conflict.layer)
        if not dispute.is_mine:
            return merging.mine(there, LocalRow(None), conflict)
        working = Rows(self.connection, self.workspace, there).read([conflict.row])[conflict.row].working
        if dispute.decision is not None:
            working = _without(working, dispute.former, dispute.after)
        return merging.mine(there, LocalRow(working), conflict)

    def undecide(self, uid: str) -> None:
        """Take a decision back, as long as it was not sent: the row is as before it, but for what was edited since."""
        dispute = self._open(uid)
        if dispute.decision is None:
            return
        batch = Outbox(self.connection).first()
        if batch is not None and any(made.conflict == uid for made in batch.operations()):
            raise WorkspaceError(_SENT)
        conflict = dispute.conflict
        if dispute.is_mine:
            rows = Rows(self.connection, self.workspace, travel(conflict.layer))
            row = rows.read([conflict.row])[conflict.row]
            rows.write_working(conflict.row, row.working, _without(row.working, dispute.former, dispute.after))
            rows.write_held(conflict.row, merging.undecided(rows.read([conflict.row])[conflict.row], conflict))
        Conflicts(self.connection).undecide(uid)

    def _open(self, uid: str) -> Dispute:
        dispute = Conflicts(self.connection).find(uid)
        if dispute is None or not dispute.conflict.is_open:
            raise WorkspaceError(_UNKNOWN_CONFLICT)
        return dispute

    def _write(self, there: Travel, uid: str, row: LocalRow, merged: Merged) -> LocalRow:
        """Write what a decision leaves, where nothing that stays needs what would go, nor lacks what it needs."""
        goes = merged.working is None and row.working is not None
        if goes and Receiver(self.connection, self.workspace).is_needed(there, uid):
            self._refuse_for_what_is_aside(there, uid)
            return row
        if merged.working is not None and not Writer(self.connection, self.workspace).has_parents(
            there, merged.working
        ):
            return row
        rows = Rows(self.connection, self.workspace, there)
        rows.write_working(uid, row.working, merged.working)
        rows.write_held(uid, merged.held)
        return LocalRow(merged.working, merged.base, merged.version, merged.held)

    def _refuse_for_what_is_aside(self, there: Travel, uid: str) -> None:
        """Tell of what can never be sent and belongs to a row: it would stay for its sake, decided again for ever."""
        aside = {(one.layer, one.uid) for one in Quarantine(self.connection).all() if _keeps(one.cause)}
        below = Writer(self.connection, self.workspace).below(there, uid)
        names = list({child.key: child.layer.plural for child, found in below if (child.key, found) in aside}.values())
        if names:
            layers = Label(", ".join(name.en for name in names), ", ".join(name.fr for name in names))
            raise WorkspaceError(_HELD_HERE, layers=layers)

    def discard(self, layer: str, uid: str, cause: Cause) -> None:
        """Give up what is set aside of a row for a cause: what was edited here, or what is kept beside the layer.

        A row that was edited is then as the server holds it, or gone; the history keeps what it was. Raises
        ``WorkspaceError`` when it is not set aside, or others belong to it.
        """
        quarantine, there = Quarantine(self.connection), travel(layer)
        causes = {one.cause for one in quarantine.all() if (one.layer, one.uid) == (layer, uid)}
        if cause not in causes:
            raise WorkspaceError(_NOT_ASIDE)
        rows = Rows(self.connection, self.workspace, there)
        row = rows.read([uid])[uid]
        is_back = cause is Cause.LEFT_AREA and row.base is not None
        if cause.is_beside or is_back:
            quarantine.end((layer, uid), [cause])
            return
        if row.base is None and Receiver(self.connection, self.workspace).is_needed(there, uid):
            raise WorkspaceError(_NEEDED)
        rows.write_working(uid, row.working, row.base)
        rows.write_held(uid, {})
        quarantine.end((layer, uid), [one for one in causes if not one.is_beside])

    def held_back(self) -> list[HeldBack]:
        """Return what others wrote and cannot be taken yet."""
        asked = [(layer, uid) for layer, uid in self.connection.execute(_HELD_ROWS)]
        contested = Conflicts(self.connection).contested()
        found = []
        for layer, uids in keys(asked).items():
            there = travel(layer)
            for uid, row in Rows(self.connection, self.workspace, there).read(uids).items():
                values = _held_back(there, row, contested.get((layer, uid), frozenset()))
                if values:
                    found.append(HeldBack(layer, uid, values))
        return found


def _keeps(cause: Cause) -> bool:
    """Say whether a cause keeps a record in its layer: others let it be sent again by itself, or are beside it."""
    return not (cause.is_beside or cause is Cause.PASSING)


def _held_back(there: Travel, row: LocalRow, contested: frozenset[str]) -> dict[str, tuple[Value, Value]]:
    if row.working is None or row.base is None or WHOLE in contested:
        return {}
    return {
        name: (row.working.get(name), row.base.get(name))
        for name, ancestor in row.held.items()
        if name not in (WHOLE, *AUDIT)
        and there.groups.get(name) not in contested
        and same(row.working.get(name), ancestor)
        and not same(row.working.get(name), row.base.get(name))
    }


def _without(now: Image | None, former: Image | None, after: Image | None) -> Image | None:
    """Return a row without what a decision did; what was edited since stays."""
    if now is None or former is None or after is None:
        return former if now == after else now
    return {name: former.get(name) if same(value, after.get(name)) else value for name, value in now.items()}
