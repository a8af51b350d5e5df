"""An officer: a workspace, a login, and what must be true of both whatever happened."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from resorption_plugin.core.model.fields import Role
from resorption_plugin.core.sync.operations import Batch, Choice
from resorption_plugin.core.sync.patience import Patience
from resorption_plugin.core.sync.ports import LocalState, Probe, Waiting, unwatched
from resorption_plugin.core.sync.session import Report, Scrutiny, synchronise
from resorption_plugin.core.sync.travelling import AUDIT, travels
from resorption_plugin.core.sync.wire import Image, Value
from resorption_plugin.geopackage.sync.conflicts import Dispute
from resorption_plugin.geopackage.sync.rows import Rows
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.remote import PostgresRemote

from . import children
from .followed import FOLLOWED, NUMBERS, RIGHT_FOR, Marks, descendants, followed_of
from .ground import Ground
from .invariants import same_row, waiting_texts
from .ledger import DELETED, Ledger
from .people import Hands
from .witness import Witness

HURRIED = Patience((0.01, 0.05, 0.1, 0.2, 0.4, 0.8), (0.0, 0.01))
"""Tries again as the product does, without waiting as long."""
RIGHTS = frozenset(RIGHT_FOR.values())
GIVES_UP = Patience((), ())
"""Tells the first failure."""


@dataclass
class Officer:
    """Works in one workspace under one login."""

    login: str
    path: Path
    ground: Ground
    witness: Witness
    hands: Hands
    departments: frozenset[str]
    ever: frozenset[str] = frozenset()
    """Every department that could be read at some time."""
    rights: frozenset[str] = RIGHTS
    ever_rights: frozenset[str] = RIGHTS
    cursor: int = 0
    epoch: str = ""
    _local: SyncedWorkspace | None = None

    @property
    def name(self) -> str:
        """Return the name of the workspace, which the ledger knows."""
        return self.hands.who

    @property
    def ledger(self) -> Ledger:
        """Return where everything is noted."""
        return self.hands.ledger

    def remote(self) -> PostgresRemote:
        """Return the connection, kept from one session to the next."""
        return self.ground.remote(self.login)

    def local(self) -> SyncedWorkspace:
        """Return the open workspace."""
        if self._local is None:
            self._local = attached(self.path)
        return self._local

    def close(self) -> None:
        """Close the workspace and the connection."""
        if self._local is not None:
            self._local.close()
        self._local = None

    def hang_up(self) -> None:
        """Close the connection."""
        self.ground.hang_up()

    def sync(
        self, *, probe: Probe = unwatched, patience: Patience = HURRIED, scrutiny: Scrutiny = Scrutiny.TOUCHED
    ) -> Report:
        """Synchronise in this process."""
        local = self.local()
        local.probe = probe  # type: ignore[method-assign]
        try:
            return synchronise(local, self.remote(), patience=patience, probe=probe, scrutiny=scrutiny)
        finally:
            local.probe = unwatched  # type: ignore[method-assign]

    def sync_in_child(
        self, kill: children.KillAt | children.KillAfter | None, patience: Patience = HURRIED
    ) -> children.Ending:
        """Synchronise in a process that is killed."""
        probe = kill.probe() if isinstance(kill, children.KillAt) else unwatched
        work = self._work(probe, patience)
        return children.run(work, kill if isinstance(kill, children.KillAfter) else None)

    def start_sync(self) -> children.Child:
        """Begin to synchronise in another process."""
        return children.start(self._work(unwatched, HURRIED))

    def _work(self, probe: Probe, patience: Patience) -> Callable[[], None]:
        target = self.ground.target(self.login)
        path = self.path

        def work() -> None:
            with attached(path, probe) as local, PostgresRemote(target) as remote:
                synchronise(local, remote, patience=patience, probe=probe)

        return work

    def state(self) -> LocalState:
        """Return what the workspace remembers."""
        return self.local().state()

    def waiting(self) -> Waiting:
        """Return what is left to do."""
        return self.local().waiting()

    def disputes(self) -> list[Dispute]:
        """Return the open contradictions that wait for a person here."""
        return [one for one in self.local().conflicts() if one.is_mine and one.decision is None]

    def decide(self, dispute: Dispute, choice: Choice, marks: Marks) -> None:
        """Settle one contradiction, and note it."""
        conflict = dispute.conflict
        edited: Image = {}
        if choice is Choice.EDIT:
            names = [name for name in FOLLOWED[conflict.layer] if name in conflict.mine]
            name = names[0]
            edited = {name: marks.count() if name in NUMBERS else marks.text("edit")}
        before, below = self.working(conflict.layer, conflict.row), self._below(conflict.layer, conflict.row)
        self.local().decide(conflict.uid, choice, edited or None)
        self.note_decision(dispute, choice, edited, before)
        for layer, uid in below.keys() - self._below(conflict.layer, conflict.row).keys():
            if not self.working(layer, uid):
                self.ledger.take_along(self.name, uid, below[layer, uid])

    def _below(self, layer: str, uid: str) -> dict[tuple[str, str], dict[str, Value]]:
        """Return what belongs to a row here, with the values that are followed."""
        with closing(sqlite3.connect(self.path)) as connection:
            return {key: followed_of(connection, *key) for key in descendants(connection, layer, uid)}

    def give_up_below(self, uid: str) -> int:
        """Give up what is set aside and belongs to a row, the farthest first; return how many rows."""
        aside = {(one.layer, one.uid): one.cause for one in self.local().quarantined()}
        with closing(sqlite3.connect(self.path)) as connection:
            below = [key for key in descendants(connection, "site", uid) if key in aside]
        for layer, found in below:
            self.local().discard(layer, found, aside[layer, found])
            self.ledger.give_up(self.name, found, (*FOLLOWED.get(layer, ()), "geom"))
        return len(below)

    def note_decision(self, dispute: Dispute, choice: Choice, edited: Image, before: Image) -> None:
        """Note in the ledger what was decided; ``before`` is what the row held here until then."""
        conflict = dispute.conflict
        after = self.working(conflict.layer, conflict.row)
        if conflict.group == "":
            self.ledger.decide_row(conflict.row)
            if after and not before:  # who had deleted it in the meantime wants it again
                self.ledger.give_up(self.name, conflict.row, (DELETED,))
        if choice is not Choice.MINE:  # what was written here is given up by who wrote it
            self.ledger.give_up(self.name, conflict.row, {*conflict.mine, *conflict.theirs})
        for name, value in dispute.offered.items():
            if conflict.group and after.get(name) != value:
                self.ledger.pass_over(self.name, (conflict.row, name), value)
        for name in {*conflict.mine, *conflict.theirs}:
            cell, theirs = (conflict.row, name), conflict.theirs.get(name)
            if name in edited:
                self.ledger.write(self.name, conflict.layer, cell, edited[name], before.get(name))
            self.ledger.decide(cell, theirs, after.get(name, conflict.mine.get(name)))

    # --- what must be true

    def check_kept(self, *, trusts_outbox: bool = False) -> None:
        """I1: what was written here is on the server, or in a contradiction, or still waits here."""
        waiting = []
        for entry in self.ledger.pending(self.name):
            if (entry.cell, entry.value) in self.witness.kept:
                entry.is_kept = True
            elif entry.value is not None:
                waiting.append(entry)
        if not waiting:
            return
        with closing(sqlite3.connect(self.path)) as connection:
            aside = waiting_texts(connection, trusts_outbox=trusts_outbox)
            for entry in waiting:
                uid, name = entry.cell
                stored = f'SELECT {"1" if name == "(deleted)" else _quoted(name)} FROM "{entry.layer}" WHERE uid = ?'
                row = connection.execute(stored, (uid,)).fetchone()
                if name == "(deleted)":
                    is_here = row is None or any(uid in text for text in aside)
                else:
                    found = row[0][8:].hex() if row and isinstance(row[0], bytes) else row and row[0]
                    is_here = found == entry.value or any(_told(entry.value) in text and uid in text for text in aside)
                assert is_here, f"I1: lost: {entry}; the workspace of {self.name} holds {row!r}"

    def check_cursor(self) -> None:
        """I6: the cursor only goes forward, within an epoch."""
        state = self.state()
        if state.epoch == self.epoch:
            assert state.cursor >= self.cursor, (
                f"I6: the cursor of {self.name} went from {self.cursor} to {state.cursor}"
            )
        self.cursor, self.epoch = state.cursor, state.epoch

    def check_converged(self, images: dict[tuple[str, str], Image], places: dict[tuple[str, str], list[str]]) -> None:
        """I3: the workspace holds what the server holds of these departments, and nothing else."""
        visible = {
            key: image
            for key, image in images.items()
            if set(places[key]) <= self.departments and opens(self.rights, key[0])
        }
        aside = {(one.layer, one.uid) for one in self.local().quarantined()}
        ours = self.local().digest(None)
        theirs = self.remote().digest()[1]
        assert ours == theirs, (
            f"I3: digests of {self.name} differ: {sorted(set(ours.items()) ^ set(theirs.items()))[:6]}"
        )
        with closing(sqlite3.connect(self.path)) as connection:
            connection.text_factory = str
            for each in travels():
                known = {uid: image for (layer, uid), image in visible.items() if layer == each.key}
                uids = {row[0] for row in connection.execute(f'SELECT uid FROM "{each.key}"')}
                if not known and not uids:
                    continue
                for uid, row in Rows(connection, self.path, each).read({*known, *uids}).items():
                    where = f"{each.key} {uid} of {self.name}"
                    same_row(each, row.base, known.get(uid), f"I3: base of {where}", ())
                    is_own_result = each.layer.role is Role.COMPUTED and uid not in known  # programs compute it anew
                    if (each.key, uid) not in aside and not is_own_result:
                        same_row(each, row.working, known.get(uid), f"I3: {where}", AUDIT)

    def check_file(self) -> None:
        """I9: SQLite finds nothing wrong in the file."""
        with closing(sqlite3.connect(self.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "I9"
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], "I9"

    def check_bytes(self) -> None:
        """I7: no value of a row that could never be read here is in the file, not even in what was freed."""
        raw = self.path.read_bytes()
        log = self.path.with_name(self.path.name + "-wal")
        raw += log.read_bytes() if log.exists() else b""
        readable = self.witness.readable_in()
        for entry in self.ledger.entries:
            if entry.who in self.ledger.line_of(self.name) or not isinstance(entry.value, str) or len(entry.value) < 12:
                continue
            opened = any(departments <= self.ever for departments in readable.get((entry.cell, entry.value), ()))
            if not (opened and opens(self.ever_rights, entry.layer)) and entry.cell[1] != "geom":
                assert entry.value.encode() not in raw, f"I7: {self.name} holds {entry}"

    def check_replays(self, chance: random.Random, some: int = 2) -> int:
        """I4: a batch sent again changes nothing; return how many were."""
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute("SELECT batch, payload FROM gpkg_sync_outbox WHERE state = 'done'").fetchall()
        again = chance.sample(rows, min(some, len(rows)))
        before = self.witness.head()
        for batch, payload in again:
            self.remote().push(Batch(batch, payload), self.state())
        assert self.witness.head() == before, f"I4: a batch of {self.name} was applied again"
        return len(again)

    def working(self, layer: str, uid: str) -> Image:
        """Return what a row holds here, empty where it is not."""
        each = next(one for one in travels() if one.key == layer)
        with closing(sqlite3.connect(self.path)) as connection:
            return Rows(connection, self.path, each).read([uid])[uid].working or {}


def opens(rights: Collection[str], layer: str) -> bool:
    """Say whether these rights open a layer."""
    return layer not in RIGHT_FOR or RIGHT_FOR[layer] in rights


def attached(path: Path, probe: Probe = unwatched) -> SyncedWorkspace:
    """Open a workspace to exchange it; others may be writing for a while."""
    return SyncedWorkspace.attach(path, probe=probe, lock_timeout_s=20.0)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _told(value: object) -> str:
    return str(value)
