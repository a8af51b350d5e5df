"""A story told in a world: what people do one after the other, and what a ledger keeps of it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind
from resorption_plugin.core.sync.ports import RefusedError, UnreachableError
from resorption_plugin.core.sync.session import Report, Scrutiny, synchronise
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import Image, Value
from tests.stories.held import Key
from tests.stories.ledger import DELETION, Deed, Ledger
from tests.stories.promises import Promises
from tests.stories.world import AT_ONCE, Client, Killed, World

TURNS = 8
"""In how many turns of everybody all comes to rest: a contradiction that somebody decided may be raised again once."""


class Story:
    """What happens, one thing after the other."""

    def __init__(self, world: World, areas: Mapping[str, Iterable[str]]) -> None:
        self.world = world
        self.ledger = Ledger()
        self.clients: list[Client] = []
        self.reports: list[Report] = []
        self.count = 0
        self.promises = Promises(world, self.ledger, self.clients)
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
            is_written = client.has_raised(conflict) or name in (values or {})
            if value != shown.get(name) and is_written:
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
        self._was_restored = True
        for (_, (key, column)), deed in self.ledger.latest.items():
            deed.is_kept = deed.is_kept and not (column == DELETION and self._is_lost(key))
        self.promises.begin_again()

    # --- what must hold

    def check(self) -> None:
        """Look at what must hold at any moment."""
        self.promises.check()

    def finish(self) -> None:
        """Let everybody synchronise until nothing moves, then look at all that must hold."""
        turn, before, revision, waiting = 0, -1, 0, 0
        while before != revision or waiting:
            assert turn < TURNS, f"after {TURNS} turns of everybody something still moves"
            reports = [self._in_the_end(client, Scrutiny.TOUCHED) for client in self.clients]
            waiting = sum(report.waiting.to_send for report in reports)
            turn, before, revision = turn + 1, revision, self.clients[0].remote.digest()[0]
        for client in self.clients:
            report = self._in_the_end(client, Scrutiny.ALL)
            assert not report.repaired, f"I6: {client.name} lacked what its cursor says it has"
        self.promises.check_at_rest()

    def _in_the_end(self, client: Client, scrutiny: Scrutiny) -> Report:
        client.trap.lift()
        client.remote.mend()
        report = self.sync(client, scrutiny)
        assert report is not None, f"{client.name} cannot synchronise"
        assert not report.unrepaired, f"I3: {client.name} differs in {report.unrepaired}"
        self.check()
        return report
