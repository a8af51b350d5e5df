"""Random histories on the real server and real workspaces: who did what in which order, and how it was broken.

A history follows from its seed: each step draws from a generator of its own, so that steps can be left out of it. What
does not follow from it is where a process is when it is killed after a time, and how sessions that run at once
interleave; the account of a failed history says what came of them.
"""

from __future__ import annotations

import random
import time
import traceback
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field

import psycopg2

from resorption_plugin.core.errors import ResorptionError, WorkspaceError
from resorption_plugin.core.sync.operations import Choice, ConflictKind
from resorption_plugin.geopackage.sync.conflicts import Dispute

from . import rest
from .exchanges import Exchanges
from .followed import FOLLOWED, NUMBERS, Marks, Place, new_uid
from .ground import LOGINS, Ground
from .ledger import Ledger
from .officers import RIGHTS, Officer
from .people import Hands

STEPS = 14
_RIGHTS = (RIGHTS, RIGHTS, frozenset({"justice"}), frozenset[str]())
PERSEVERANCE = 3
"""How often a contradiction that opens again is decided anew before somebody gives in."""


@dataclass
class Outcome:
    """What became of a history."""

    seed: int
    counts: Counter[str]
    told: list[str]
    """What happened, line by line."""
    failure: str = ""
    """The invariant that did not hold, or the error; empty when all went well."""
    trace: str = ""
    log: str = ""


@dataclass
class History(Exchanges):
    """One history."""

    ground: Ground
    seed: int
    places: tuple[str, str]
    """Two departments that no other history of this database uses."""
    steps: Collection[int] = range(STEPS)
    ledger: Ledger = field(default_factory=Ledger)
    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    decided: Counter[str] = field(default_factory=Counter)
    """How often each contradiction was decided."""

    def run(self) -> Outcome:
        """Run it; never raises but for what stops the program."""
        failure = trace = log = ""
        self.witness = self.ground.witness()
        self.started = time.monotonic()
        try:
            self._begin()
            for number in self.steps:
                self._step(number)
            self._come_to_rest()
            self._check()
        except (AssertionError, ResorptionError, psycopg2.Error, OSError, KeyError, ValueError, TypeError) as error:
            failure = f"{type(error).__name__}: {error}"[:3000]
            trace = traceback.format_exc()
            log = self._dump()
        except Exception as error:  # noqa: BLE001 - an error of the product is a failure of the history
            failure, trace, log = f"{type(error).__name__}: {error}"[:3000], traceback.format_exc(), self._dump()
        finally:
            self._end(keeps=bool(failure))
        self.counts["histories"] += 1
        self.counts["edits"] += self.ledger.writes
        return Outcome(self.seed, self.counts, self.told, failure, trace, log)

    def _dump(self) -> str:
        try:
            self.witness.look()
            return self.witness.dump()
        except psycopg2.Error:
            return ""

    def _begin(self) -> None:
        chance = random.Random(f"{self.seed} begins")
        self.witness.begin()
        one, two = self.places
        shapes = (
            [(one,), (one,)],
            [(one,), (one,), (two,)],
            [(one,), (one, two)],
            [(one,), (one,), (one, two), (two,)],
        )
        for number, areas in enumerate(chance.choice(shapes)):
            self._engage(LOGINS[number], areas, chance.choice(_RIGHTS), chance)
        first = self.officers[0]
        for _ in range(3):
            first.hands.add_site(new_uid(chance))
        first.hands.act(chance)
        for officer in self.officers:
            officer.sync()
            self._look_at(officer)
        self.officers[0].sync()

    def _engage(self, login: str, areas: Collection[str], rights: frozenset[str], chance: random.Random) -> Officer:
        self.ground.grant(login, sorted(areas), rights=sorted(rights))
        name = f"{login}{self.seed}"
        path = self.ground.workspace(name, min(areas))
        marks = Marks.of(f"q{self.seed:x}{login[0]}", len(self.officers))
        hands = Hands(name, path, min(areas), self.ledger, marks)
        held = (frozenset(areas), frozenset(areas), rights, rights)
        officer = Officer(login, path, self.ground, self.witness, hands, *held)
        self.officers.append(officer)
        return officer

    def _end(self, *, keeps: bool) -> None:
        self.ground.proxy.arm(None)
        for officer in self.officers:
            officer.close()
            if not keeps:
                for path in officer.path.parent.glob(officer.path.stem + "*"):
                    path.unlink(missing_ok=True)
        self.witness.close()

    # --- steps

    def _step(self, number: int) -> None:
        chance = random.Random(f"{self.seed} {number}")
        officer = chance.choice(self.officers)
        kinds: tuple[tuple[int, Callable[[Officer, random.Random], str]], ...] = (
            (36, self._edit),
            (30, self._synchronise),
            (8, self._decide),
            (8, self._by_sql),
            (4, self._move),
            (4, self._all_at_once),
            (2, self._change_rights),
            (2, self._copy_of_a_file),
            (1, self._trim),
            (1, self._restart),
            (1, self._restore),
        )
        kind = chance.choices([act for _, act in kinds], [weight for weight, _ in kinds])[0]
        self.counts["steps"] += 1
        self.told.append(f"{number:>3} {kind.__name__[1:]:<16} {officer.name:<12} {kind(officer, chance)}")

    def _edit(self, officer: Officer, chance: random.Random) -> str:
        return officer.hands.act(chance)

    def _decide(self, officer: Officer, chance: random.Random) -> str:
        disputes = officer.disputes()
        if not disputes:
            return "no contradiction"
        return self._settle(officer, chance.choice(disputes), chance)

    def _settle(self, officer: Officer, dispute: Dispute, chance: random.Random) -> str:
        conflict = dispute.conflict
        choices = [Choice.MINE, Choice.THEIRS]
        can_edit = conflict.kind in (ConflictKind.SAME_FIELD, ConflictKind.INSERT_CLASH)
        self.decided[conflict.uid] += 1
        if self.decided[conflict.uid] > PERSEVERANCE:  # two people who always overrule each other never come to rest
            choices = [Choice.THEIRS]
        elif can_edit and any(name in conflict.mine for name in FOLLOWED[conflict.layer]):
            choices.append(Choice.EDIT)
        choice = chance.choice(choices)
        try:
            officer.decide(dispute, choice, officer.hands.marks)
        except WorkspaceError:  # what is set aside belongs to it: it is given up first, as the sentence says
            self.counts["given up"] += officer.give_up_below(conflict.row)
            officer.decide(dispute, choice, officer.hands.marks)
        self.counts["decisions"] += 1
        return f"{conflict.kind.value} of {conflict.layer} {conflict.row[:8]} {conflict.group}: {choice.value}"

    def _rows(self, layer: str) -> list[str]:
        query = f'SELECT uid::text FROM resorption."{layer}" WHERE _depts && %s ORDER BY uid'
        return [row[0] for row in self.witness.ask(query, (list(self.places),))]

    def _by_sql(self, officer: Officer, chance: random.Random) -> str:
        """An administrator writes directly on the server."""
        layer = chance.choices(("site", "water_point", "journal_entry", "dwelling"), (5, 2, 2, 1))[0]
        uids = self._rows(layer)
        if not uids:
            return "nothing there"
        uid = chance.choice(uids)
        marks = Marks(f"s{self.seed:x}", len(self.ledger.entries) * 10)
        self.counts["direct SQL"] += 1
        if chance.random() < 0.15:
            gone = self.witness.delete(layer, uid)
            for table, row in gone:
                self.ledger.delete("sql", table, row, {})
            return f"delete {layer} {uid[:8]} and {len(gone) - 1} below"
        name = chance.choice(FOLLOWED[layer])
        value = marks.count() + 40_000 if name in NUMBERS else marks.text(self.places[0])
        ((before,),) = self.witness.ask(f'SELECT "{name}" FROM resorption."{layer}" WHERE uid = %s', (uid,))
        self.witness.write(layer, uid, **{name: value})
        self.ledger.write("sql", layer, (uid, name), value, before)
        return f"update {layer} {uid[:8]} {name}"

    def _move(self, officer: Officer, chance: random.Random) -> str:
        """A site goes to the other department: by an administrator, or by an officer of both."""
        uids = self._rows("site")
        if not uids:
            return "nothing there"
        uid = chance.choice(uids)
        place = Place(chance.choice(self.places))
        self.counts["moves between departments"] += 1
        if len(officer.departments) == 2 and officer.hands.value("site", uid, "uid"):
            officer.hands.set("site", uid, **place.values)
            return f"site {uid[:8]} to {place.department} in the workspace"
        self.witness.write("site", uid, **place.values)
        return f"site {uid[:8]} to {place.department} by SQL"

    def _change_rights(self, officer: Officer, chance: random.Random) -> str:
        areas = frozenset(chance.choice((self.places[:1], self.places[1:], self.places)))
        if officer.login == LOGINS[0]:
            areas |= {self.places[0]}
        rights = chance.choice(_RIGHTS)
        self.ground.grant(officer.login, sorted(areas), rights=sorted(rights))
        for one in self.officers:
            if one.login == officer.login:
                one.departments, one.rights = areas, rights
                one.ever |= areas
                one.ever_rights |= rights
                one.hands.department = min(areas)
        self.counts["changes of rights"] += 1
        return f"now {', '.join(sorted(areas | rights))}"

    def _trim(self, officer: Officer, chance: random.Random) -> str:
        """The log is cut short, as if nobody had been seen for long: who lags behind begins anew."""
        with self.witness.alone():  # who was killed may still be writing on the server
            self.witness.look()
            gone = 1
            while gone:
                ((gone,),) = self.witness.ask("SELECT app.trim_log('0 s', '0 s')")
        self.counts["trimmed logs"] += 1
        return f"the log begins at {self.witness.head()[0]}"

    def _copy_of_a_file(self, officer: Officer, chance: random.Random) -> str:
        """Somebody copies a workspace to another computer and works in both."""
        if len(self.officers) >= 5:
            return "there are enough"
        import sqlite3  # noqa: PLC0415 - only here

        name = f"{officer.login}{self.seed}copy{len(self.officers)}"
        path = officer.path.with_name(f"{name}.gpkg")
        with closing(sqlite3.connect(officer.path)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        marks = Marks.of(f"{officer.hands.marks.prefix}x{len(self.officers)}", len(self.officers))
        hands = Hands(name, path, officer.hands.department, self.ledger, marks)
        held = (officer.departments, officer.ever, officer.rights, officer.ever_rights)
        copy = Officer(officer.login, path, self.ground, self.witness, hands, *held)
        self.officers.append(copy)
        self.ledger.inherit(officer.name, name)
        self.counts["copied files"] += 1
        return f"copied to {name}"

    # --- what must be true

    def _come_to_rest(self) -> None:
        def settle(officer: Officer, dispute: Dispute) -> None:
            chance = random.Random(f"{self.seed} {dispute.conflict.row} {dispute.conflict.group} {len(self.told)}")
            self.told.append(f"end decide {officer.name} {self._settle(officer, dispute, chance)}")

        rest.come_to_rest(self.officers, settle)

    def _check(self) -> None:
        self.counts["replayed batches"] += rest.check_everything(self.officers, random.Random(self.seed))
        self.counts["set aside"] += sum(officer.waiting().quarantined for officer in self.officers)


__all__ = ["History", "Outcome"]
