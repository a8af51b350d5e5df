"""How sessions go in a history: cleanly, killed, cut, all at once, while the server crashes or is set back."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import closing

import psycopg2

from resorption_plugin.core.sync.ports import UnreachableError
from resorption_plugin.core.sync.session import Scrutiny

from . import children, rest
from .ground import Ground
from .ledger import Ledger
from .officers import GIVES_UP, HURRIED, Officer
from .proxy import Cut, How, Where
from .witness import Witness

KILL_STEPS = (
    "freeze:before_commit",
    "freeze:after_commit",
    "push:before_send",
    "push:after_answer",
    "settle:before_commit",
    "settle:after_commit",
    "pull:before_commit",
    "pull:after_commit",
    "rebase:before_commit",
    "rebase:after_commit",
)


class Exchanges:
    """The sessions of a history."""

    ground: Ground
    seed: int
    ledger: Ledger
    counts: Counter[str]
    officers: list[Officer]
    witness: Witness

    def _synchronise(self, officer: Officer, chance: random.Random) -> str:
        ways = (
            self._cleanly,
            self._killed_at_a_step,
            self._killed_anywhere,
            self._unheard,
            self._cut,
            self._terminated,
        )
        told = chance.choices(ways, weights=(26, 26, 16, 18, 8, 6))[0](officer, chance)
        self._look_at(officer)
        return told

    def _cleanly(self, officer: Officer, chance: random.Random) -> str:
        scrutiny = Scrutiny.ALL if chance.random() < 0.2 else Scrutiny.TOUCHED
        report = officer.sync(scrutiny=scrutiny)
        self.counts["sessions"] += 1
        self.counts["repaired rows"] += report.repaired
        return f"sent {report.sent}, received {report.received}, conflicts {report.conflicts}, refused {report.refused}"

    def _killed_at_a_step(self, officer: Officer, chance: random.Random) -> str:
        kill = children.KillAt(chance.choice(KILL_STEPS[:8]), chance.choice((1, 1, 1, 2)))
        ending = officer.sync_in_child(kill)
        return f"{kill.step} (n°{kill.nth}): {self._ended(ending)}"

    def _killed_anywhere(self, officer: Officer, chance: random.Random) -> str:
        kill = children.KillAfter(chance.random() * 0.25)
        return f"after {kill.seconds * 1000:.0f} ms: {self._ended(officer.sync_in_child(kill))}"

    def _ended(self, ending: children.Ending) -> str:
        self.counts["kills" if ending.killed else "children that ended"] += 1
        assert ending.killed or ending.code == 0, f"the child failed: {ending.told}"
        return "killed" if ending.killed else "done before"

    def _unheard(self, officer: Officer, chance: random.Random) -> str:
        how = chance.choice((How.CLOSED, How.RESET))
        done = officer.hands.act(chance)
        told = self._with_cut(officer, Cut(Where.AFTER, r"app\.push", how), patient=chance.random() < 0.5)
        return f"{done}; the answer to the push is lost ({how.value}): {told}"

    def _cut(self, officer: Officer, chance: random.Random) -> str:
        where = chance.choice(list(Where))
        statement = chance.choice((r"app\.push", r"app\.pull", r"app\.hello", r"app\.digest", r"COPY"))
        how = chance.choice((How.CLOSED, How.RESET))
        told = self._with_cut(officer, Cut(where, statement, how), patient=chance.random() < 0.7)
        return f"cut {where.value} {statement} ({how.value}): {told}"

    def _with_cut(self, officer: Officer, cut: Cut, *, patient: bool) -> str:
        proxy = self.ground.proxy
        before = proxy.cuts
        proxy.arm(cut)
        try:
            officer.sync(patience=HURRIED if patient else GIVES_UP)
            told = "went on"
        except UnreachableError:
            officer.hang_up()
            told = "gave up"
        finally:
            proxy.arm(None)
        made = proxy.cuts - before
        is_lost = cut.where is Where.AFTER and "push" in cut.statement
        self.counts["lost acknowledgements" if is_lost else "other cuts"] += made
        return told if made else "nothing was asked"

    def _terminated(self, officer: Officer, chance: random.Random) -> str:
        """The server ends the session while the push waits for its revision, just before it commits."""
        holder = psycopg2.connect(self.witness.place)
        with closing(holder), holder.cursor() as cursor:
            cursor.execute("SELECT rev FROM sync.head FOR UPDATE")
            ended: list[int] = []

            def end() -> None:
                for _ in range(60):
                    time.sleep(0.01)
                    query = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE usename = %s AND wait_event_type = 'Lock' AND datname = current_database()"""
                    cursor.execute("SELECT pg_stat_clear_snapshot()")
                    cursor.execute(query, (officer.login,))
                    ended.append(cursor.fetchone()[0])
                    if ended[-1]:
                        break
                holder.rollback()

            thread = threading.Thread(target=end)
            thread.start()
            try:
                officer.sync()
                told = "went on"
            except UnreachableError as error:
                told = f"gave up ({type(error).__name__})"
                officer.hang_up()
            thread.join()
        self.counts["backends terminated"] += sum(ended)
        return f"{sum(ended)} sessions ended by the server: {told}"

    def _all_at_once(self, officer: Officer, chance: random.Random) -> str:
        """Everybody synchronises at once, each in a process; one of them may be killed."""
        told = [f"{each.name} {each.hands.act(chance)}" for each in self.officers]
        victim = chance.choice([None, *self.officers])
        running = [(each, each.start_sync()) for each in self.officers]
        if victim is not None:
            time.sleep(chance.random() * 0.2)
        endings = []
        for each, child in running:
            if each is victim:
                os.kill(child.pid, signal.SIGKILL)
            endings.append((each, child.wait()))
        for each, ending in endings:
            if each is victim:
                self._ended(ending)
            else:
                assert ending.code == 0, f"the session of {each.name} failed: {ending.told}"
            self._look_at(each)
        self.counts["sessions at once"] += len(endings)
        return f"{' / '.join(told)}: {len(endings)} sessions" + (f", {victim.name} killed" if victim else "")

    def _restart(self, officer: Officer, chance: random.Random) -> str:
        """The server crashes while somebody synchronises, and comes back."""
        self.witness.close()
        child = officer.start_sync()
        time.sleep(chance.random() * 0.15)
        self.ground.cluster.restart("immediate")
        ending = child.wait()
        self.counts["crashes of the server"] += 1
        assert ending.code in (0, children.FAILED), ending
        assert ending.code == 0 or ending.error in ("UnreachableError", "BusyError"), ending.told
        for each in self.officers:
            each.hang_up()
        self._look_at(officer)
        return "done" if ending.code == 0 else f"gave up ({ending.error})"

    def _restore(self, officer: Officer, chance: random.Random) -> str:
        """A backup of some steps ago comes back, with a new epoch."""
        if self.counts["trimmed logs"]:
            return "not after the log was cut short: the tests read it again"
        backup = f"backup_{self.seed}_{self.counts['restored backups']}"
        for each in self.officers:
            each.hang_up()
        self.witness.close()
        cluster, database = self.ground.cluster, self.ground.database
        cluster.disconnect(database)
        cluster.copy(database, backup)
        told = []
        for each in chance.sample(self.officers, min(2, len(self.officers))):
            told.append(each.hands.act(chance))
            each.sync()
            each.hang_up()
        self.witness.look()
        for entry in self.ledger.entries:
            if (entry.cell, entry.value) in self.witness.kept:
                entry.is_kept = True
        self.witness.close()
        cluster.drop(database)
        cluster.rename(backup, database)
        self.witness.ask("SELECT app.new_epoch()")
        self.counts["restored backups"] += 1
        self.witness.look_again()
        self.ledger.doubt(self.witness.kept)
        for each in self.officers:
            each.sync()
            self._look_at(each)
        return f"lost: {' / '.join(told)}"

    def _look_at(self, officer: Officer) -> None:
        rest.look_at(officer)
