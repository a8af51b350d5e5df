"""A story told in a world, and a ledger of all that people did in it: nothing of it may be lost, nor invented.

The invariants: what was written is in the log, in a conflict, in the quarantine or still waits in its workspace (I1);
the log holds nothing that nobody wrote (I2); in the end every workspace knows what the server holds (I3); what is sent
twice is done once (I4); nobody's value is overwritten by who has not seen it, unless a person decides (I5); no cursor
goes back (I6); no workspace knows a row outside its area (I7); the log, added up, gives the tables (I8).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind, Operation
from resorption_plugin.core.sync.ports import RefusedError, UnreachableError
from resorption_plugin.core.sync.session import Report, Scrutiny, synchronise
from resorption_plugin.core.sync.travelling import AUDIT, travel
from resorption_plugin.core.sync.wire import Image, Value
from tests.sync_oracle import ADMIN, Key, Line
from tests.sync_world import AT_ONCE, Client, Killed, World

DELETION = ""
"""Stands for the column of a deed that deletes a row."""

Place = tuple[Key, str]
"""A row and a column."""


@dataclass
class Deed:
    """What one person wrote in one column, or that they deleted a row."""

    client: str
    login: str
    place: Place
    value: Value
    seen: tuple[Mapping[str, Any], ...] | list[Value]
    """The values of the column that the person can have seen; of a deletion the values of each column."""
    is_kept: bool = True
    """False once the same person wrote something else there, or decided otherwise."""


@dataclass
class Ledger:
    """All that people did."""

    deeds: list[Deed] = field(default_factory=list)
    latest: dict[tuple[str, Place], Deed] = field(default_factory=dict)
    by_place: dict[tuple[str, Place], list[Deed]] = field(default_factory=dict)
    decided: set[tuple[str, Place, str, str]] = field(default_factory=set)
    """(login, place, what the person saw, what they chose)."""
    deletions: set[tuple[str, Key]] = field(default_factory=set)
    """Decided by people who saw that someone had changed the row."""
    written: set[tuple[Key, str, str]] = field(default_factory=set)
    """Every value that anyone wrote anywhere."""

    def write(self, deed: Deed) -> None:
        at = (deed.client, deed.place)
        if at in self.latest:
            self.latest[at].is_kept = False
        self.latest[at] = deed
        self.deeds.append(deed)
        self.by_place.setdefault((deed.login, deed.place), []).append(deed)
        self.written.add((*deed.place, repr(deed.value)))

    def forget(self, client: str, key: Key, names: Iterable[str]) -> None:
        """Note that a person took back what they wrote."""
        for name in names:
            deed = self.latest.get((client, (key, name)))
            if deed is not None:
                deed.is_kept = False

    def seen(self, client: str, place: Place, now: Value) -> list[Value]:
        """Return the values that a person can have seen of a column that shows ``now``."""
        deed = self.latest.get((client, place))
        return [now, *(deed.seen if deed is not None and deed.value == now else ())]

    def copy(self, client: str, other: str) -> None:
        for (name, place), deed in list(self.latest.items()):
            if name == client:
                self.latest[other, place] = deed


class Story:
    """What happens, one thing after the other."""

    def __init__(self, world: World, areas: Mapping[str, Iterable[str]]) -> None:
        self.world = world
        self.ledger = Ledger()
        self.clients: list[Client] = []
        self.reports: list[Report] = []
        self.count = 0
        self._read = 0
        self._logged: set[tuple[Key, str, str]] = set()
        self._cursors: dict[str, tuple[str, int]] = {}
        self._epoch = world.epoch()
        self._was_restored = False
        for login, departments in areas.items():
            world.grant(login, list(departments))
            self.clients.append(world.client(login))

    # --- values that nobody else writes

    def number(self) -> int:
        self.count += 1
        return self.count

    def uid(self) -> str:
        return str(UUID(int=(self.number() * 2654435761 % 2**32 << 96) + self.count))

    def value(self, name: str) -> Value:
        """Return a value for a column that was never written before."""
        number = self.number()
        match name:
            case "geom":
                return (b"\x01\x01\x00\x00\x00" + struct.pack("<dd", 1.0 + number / 1e4, 43.5)).hex()
            case "population_total":
                return 50_000 + number
            case "population_couples" | "people":
                return number
            case "social_origins":
                return [["european_union"], ["french"], ["other"], ["french", "european_union"]][number % 4]
            case _:
                return f"text {number:06d}"

    # --- what people do

    def write(self, client: Client, key: Key, values: Image) -> bool:
        """Insert a row or change some of its columns; return whether the workspace let it."""
        before = client.rows().get(key, {})
        known = client.known(key) or {}
        seen = {name: self.ledger.seen(client.name, (key, name), before.get(name)) for name in values}
        try:
            client.write(key, values)
        except ResorptionError:
            return False
        for name, value in values.items():
            if key in client.base() and before.get(name) == value:
                continue
            deed = Deed(client.name, client.login, (key, name), value, seen[name])
            self.ledger.write(deed)
            deed.is_kept = not (known and known.get(name) == value)
        self._note_others(client, key)
        return True

    def _note_others(self, client: Client, key: Key) -> None:
        """Take for written what the workspace filled in by itself."""
        for name, value in client.rows()[key].items():
            self.ledger.written.add((key, name, repr(value)))

    def insert(self, client: Client, layer: str, values: Image) -> Key | None:
        key = (layer, self.uid())
        return key if self.write(client, key, values) else None

    def delete(self, client: Client, key: Key) -> None:
        before = dict(client.rows())
        sent = {(made.layer, made.uid) for made in client.remains().waiting} | client.base().keys()
        try:
            client.write(key, None)
        except ResorptionError:
            return
        for gone in before.keys() - client.rows().keys():
            image = before[gone]
            seen = {name: self.ledger.seen(client.name, (gone, name), value) for name, value in image.items()}
            self.ledger.forget(client.name, gone, image)
            # what this workspace never sent, it only forgets
            is_kept = gone in sent and not self._is_lost(gone)
            self.ledger.write(Deed(client.name, client.login, (gone, DELETION), None, [seen], is_kept))

    def _is_lost(self, key: Key) -> bool:
        """Say whether a restored server lost a row: deleting it is nothing to it, and who made it sends it again."""
        return self._was_restored and key not in self.world.rows()

    def undo(self, client: Client, key: Key, before: Image | None) -> None:
        """Give a row the values it had, which is not writing something of one's own."""
        if before is None:
            self.delete(client, key)
            self.ledger.forget(client.name, key, [DELETION])
        elif self.write(client, key, before):
            self.ledger.forget(client.name, key, [*before, DELETION])

    def decide(self, client: Client, conflict: Conflict, choice: Choice, values: Image | None = None) -> None:
        key = (conflict.layer, conflict.row)
        shown = dict(client.rows().get(key, {}))
        decision = client.decide(conflict, choice, values)
        groups = travel(conflict.layer).groups
        names = [name for name in travel(conflict.layer).columns if conflict.group in ("", groups[name])]
        if client.has_raised(conflict) and choice is not Choice.MINE:
            self.ledger.forget(client.name, key, [*names, DELETION])
        for name, value in decision.values.items():
            self.ledger.written.add((key, name, repr(value)))
            theirs = conflict.theirs.get(name)
            self.ledger.decided.add((client.login, (key, name), repr(theirs), repr(value)))
            if value != shown.get(name) and client.has_raised(conflict):
                deed = Deed(client.name, client.login, (key, name), value, [shown.get(name), theirs])
                self.ledger.write(deed)
        if conflict.kind is ConflictKind.DELETE_VS_EDIT and choice is not Choice.THEIRS:
            self.ledger.deletions.add((client.login, key))

    # --- exchanges

    def sync(self, client: Client, scrutiny: Scrutiny = Scrutiny.TOUCHED) -> Report | None:
        """Synchronise; ``None`` when it was cut short."""

        def run() -> Report:
            return synchronise(client.local, client.remote, patience=AT_ONCE, probe=client.trap, scrutiny=scrutiny)

        report = self.attempt(client, run)
        if report is not None:
            self.reports.append(report)
        return report

    @staticmethod
    def attempt(client: Client, work: Callable[[], Any]) -> Any:
        """Do some work that may be cut short, by the line or by the end of the program."""
        try:
            return work()
        except (UnreachableError, RefusedError):
            return None
        except Killed:
            client.restart()
            return None
        finally:
            client.trap.lift()
            client.remote.mend()

    def freeze(self, client: Client) -> None:
        self.attempt(client, client.local.freeze)

    def push(self, client: Client) -> None:
        """Send one batch, and nothing more."""

        def run() -> None:
            batch = client.local.freeze()
            if batch is not None:
                client.trap("push:before_send")
                revision, results = client.remote.push(batch, client.local.state())
                client.trap("push:after_answer")
                client.local.settle(batch, results, revision)

        self.attempt(client, run)

    def pull(self, client: Client) -> None:
        """Receive all there is, and nothing more; a session does so only when every batch has its answer."""
        state = client.local.state()
        if client.is_in_flight() or state.epoch != self.world.epoch():
            return

        def run() -> None:
            more = True
            while more:
                page = client.remote.pull(client.local.state().cursor)
                received = client.local.receive(page)
                if received.damaged:
                    client.local.repair(client.remote.rows(received.damaged), received.damaged)
                more = page.more

        self.attempt(client, run)

    def copy(self, client: Client) -> Client:
        other = self.world.copy(client)
        self.ledger.copy(client.name, other.name)
        self.clients.append(other)
        return other

    def direct(self, key: Key, values: Image | None) -> None:
        for name, value in (values or {}).items():
            self.ledger.written.add((key, name, repr(value)))
        self.world.direct(key, values)

    def restore(self, backup: object) -> None:
        self.world.restore(backup)
        self._read = 0
        self._was_restored = True
        for (_, (key, column)), deed in self.ledger.latest.items():
            deed.is_kept = deed.is_kept and not (column == DELETION and self._is_lost(key))
        self._logged = set()
        self._epoch = self.world.epoch()

    # --- invariants

    def check(self) -> None:
        """Look at what must hold at any moment."""
        log = self.world.log()
        for line in log[self._read :]:
            self._check_line(line)
            self._logged |= {(line.key, name, repr(value)) for name, value in line.new.items()}
        self._read = len(log)
        self._check_conservation(log)
        for client in self.clients:
            state = client.local.state()
            epoch, cursor = self._cursors.get(client.name, (state.epoch, 0))
            assert state.epoch != epoch or state.cursor >= cursor, f"I6: the cursor of {client.name} went back"
            self._cursors[client.name] = (state.epoch, state.cursor)

    def _check_line(self, line: Line) -> None:
        if line.author == ADMIN:
            return
        if line.deed == "D":
            assert (line.author, line.key) in self.ledger.deletions or self._is_seen(line), (
                f"I5: {line.author} deleted {line.key} without having seen what it held"
            )
        for name, value in line.new.items():
            place = (line.key, name)
            if name in AUDIT:
                continue
            assert value is None or (*place, repr(value)) in self.ledger.written, f"I2: nobody wrote {place} = {value}"
            if line.deed == "U":
                old = line.old[name]
                deeds = self.ledger.by_place.get((line.author, place), [])
                assert (line.author, place, repr(old), repr(value)) in self.ledger.decided or any(
                    deed.value == value and old in deed.seen for deed in deeds
                ), f"I5: {line.author} overwrote {place} = {old!r} with {value!r} without having seen it"

    def _is_seen(self, line: Line) -> bool:
        for deed in self.ledger.by_place.get((line.author, (line.key, DELETION)), []):
            seen = deed.seen[0]
            if all(name in AUDIT or value in seen.get(name, ()) for name, value in line.old.items()):
                return True
        return False

    def _check_conservation(self, log: list[Line]) -> None:
        erased = {line.key for line in log if line.deed == "D"}
        disputed = set()
        for conflict in self.world.conflicts():
            key = (conflict.layer, conflict.row)
            disputed |= {(key, name, repr(value)) for name, value in conflict.mine.items()}
            # of a copied file, a row deleted while its insertion met the other file's: a person looks at it anyway
            if conflict.kind in (ConflictKind.DELETE_VS_EDIT, ConflictKind.INSERT_CLASH):
                disputed.add((key, DELETION, repr(None)))
        erased |= {key for key, name, _ in disputed if name == DELETION}
        server = self.world.rows()
        resent = {told for client in self.clients if self._is_behind(client) for told in _sent_by(client)}
        for client in self.clients:
            kept = _kept_by(client) | resent
            rows, base = client.rows(), client.base()
            for (name, (key, column)), deed in self.ledger.latest.items():
                if name != client.name or not deed.is_kept:
                    continue
                told = (key, column, repr(deed.value))
                if column == DELETION:
                    waits = key in base and key not in rows
                    assert key in erased or key not in server or waits or told in kept, (
                        f"I1: the deletion of {key} by {name} is lost"
                    )
                else:
                    shown = key in rows and rows[key].get(column) == deed.value
                    assert shown or told in self._logged or told in disputed or told in kept, (
                        f"I1: what {name} wrote in {key} is lost: {column} = {deed.value!r}"
                    )

    def _is_behind(self, client: Client) -> bool:
        return client.local.state().epoch != self._epoch

    def finish(self) -> None:
        """Let everybody synchronise until nothing moves, then look at all that must hold."""
        for turn in range(3):
            for client in self.clients:
                client.trap.lift()
                client.remote.mend()
                report = self.sync(client, Scrutiny.ALL if turn == 2 else Scrutiny.TOUCHED)
                assert report is not None, f"{client.name} cannot synchronise"
                assert not report.unrepaired, f"I3: {client.name} differs in {report.unrepaired}"
                assert turn < 2 or not report.repaired, f"I6: {client.name} lacked what its cursor says it has"
                self.check()
        for client in self.clients:
            self._check_converged(client)
        self._check_fold()

    def _check_converged(self, client: Client) -> None:
        name, state = client.name, client.local.state()
        revision, theirs = client.remote.digest()
        assert state.cursor == revision, f"I3: {name} is behind"
        assert client.local.digest() == theirs, f"I3: {name} does not know what the server holds"
        assert client.base().keys() == set(self.world.visible(client.login)), f"I7: {name} knows other rows"
        assert client.local.freeze() is None, f"I3: {name} would send for ever"
        explained = {(c.layer, c.row) for c in self.world.conflicts() if c.is_open and client.has_raised(c)}
        explained |= {key for key, _ in client.remains().quarantined}
        rows, base = client.rows(), client.base()
        for key in (rows.keys() | base.keys()) - explained:
            assert _unsigned(rows.get(key)) == _unsigned(base.get(key)), (
                f"I3: nothing tells why {name} differs in {key}"
            )

    def _check_fold(self) -> None:
        tables: dict[Key, Image] = {}
        for line in self.world.log():
            if line.deed == "D":
                tables.pop(line.key)
            elif line.deed != "S":
                tables[line.key] = {**tables.get(line.key, {}), **line.new}
        assert tables == dict(self.world.rows()), "I8: the log does not add up to the tables"


def _unsigned(image: Image | None) -> Image | None:
    return None if image is None else {name: value for name, value in image.items() if name not in AUDIT}


def _kept_by(client: Client) -> set[tuple[Key, str, str]]:
    """Return what a workspace keeps beside its rows."""
    remains = client.remains()
    # a row deleted while its insertion has no answer yet is sent as deleted once it has one
    kept = _told(remains.waiting) | {((made.layer, made.uid), DELETION, repr(None)) for made in remains.waiting}
    for key, image in remains.quarantined:
        kept |= {(key, name, repr(value)) for name, value in image.items()}
        kept.add((key, DELETION, repr(None)))
    return kept


def _sent_by(client: Client) -> set[tuple[Key, str, str]]:
    """Return what a workspace will send again to a server that went back."""
    return _told(client.remains().sent)


def _told(operations: Iterable[Operation]) -> set[tuple[Key, str, str]]:
    told = {
        ((made.layer, made.uid), name, repr(edit.after)) for made in operations for name, edit in made.edits.items()
    }
    return told | {((made.layer, made.uid), DELETION, repr(None)) for made in operations if not made.edits}
