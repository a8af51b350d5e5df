"""What the shared database holds, read by its owner: the tables, the log, the contradictions."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg2

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.wire import Image, Value, canonical, row_hash

from .ledger import Cell, hashable

_CONFLICTS = """SELECT t.rev, c.uid::text, c.kind, c.base, c.mine, c.theirs, c.resolution, c.depts
  FROM sync.conflict c JOIN sync.tx t USING (tx_id) WHERE t.rev > %s"""
_LOG = """SELECT l.tx_id, l.seq, t.rev, t.batch::text, t.device::text, l.tbl, l.uid::text, l.op::text, l.ver,
    l.depts_old, l.depts_new, l.old, l.new
  FROM sync.log l JOIN sync.tx t USING (tx_id) WHERE t.rev > %s ORDER BY t.rev, l.seq"""


@dataclass(frozen=True)
class Logged:
    """An entry of the log."""

    tx: int
    number: int
    rev: int
    batch: str | None
    device: str | None
    layer: str
    uid: str
    op: str
    version: int
    departments_before: list[str] | None
    departments: list[str] | None
    before: dict[str, Value] | None
    after: dict[str, Value] | None


@dataclass
class Witness:
    """Looks at a database as its owner; what was there before it began does not count."""

    place: str
    since: int = 0
    log: list[Logged] = field(default_factory=list)
    kept: set[tuple[Cell, Value]] = field(default_factory=set)
    """What is in the log, or in a contradiction."""
    disputed: dict[tuple[Cell, Value], set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))
    """By value of a contradiction, the departments that open it."""
    raised: dict[tuple[Cell, Value], int] = field(default_factory=dict)
    """By value of a contradiction, the revision since which it is one."""
    _connection: Any = None

    def begin(self) -> None:
        """Count from now on."""
        self.since = self.head()[0]
        self.log, self.kept = [], set()

    def ask(self, query: str, values: Iterable[object] = (), database: str | None = None) -> list[tuple[Any, ...]]:
        """Run a statement as the administrator of the cluster, in a transaction of its own."""
        for attempt in (1, 2):
            if self._connection is None or self._connection.closed:
                self._connection = psycopg2.connect(self.place)
                self._connection.autocommit = True
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(query, tuple(values) or None)
                    return cursor.fetchall() if cursor.description else []
            except (psycopg2.DatabaseError, psycopg2.InterfaceError):
                if attempt == 2 or (self._connection is not None and not self._connection.closed):
                    raise
        raise AssertionError

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody begin a revision meanwhile; what was begun before is done."""
        self.ask("BEGIN")
        try:
            self.ask("SELECT rev FROM sync.head FOR UPDATE")
            yield
        finally:
            self.ask("COMMIT")

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            with contextlib.suppress(psycopg2.Error):
                self._connection.close()
        self._connection = None

    def look(self) -> None:
        """Read what was logged since the last look, and every contradiction."""
        last = self.log[-1].rev if self.log else self.since
        for row in self.ask(_LOG, (last,)):
            logged = Logged(*row)
            self.log.append(logged)
            for image in (logged.before, logged.after):
                self._keep(logged.uid, image)
            if logged.op == "D":
                self.kept.add(((logged.uid, "(deleted)"), "(deleted)"))
        for rev, uid, kind, base, mine, theirs, resolution, departments in self.ask(_CONFLICTS, (self.since,)):
            for image in (base, mine, theirs, resolution):
                self._keep(uid, image)
                for name, value in (image or {}).items():
                    if not isinstance(value, dict | list):
                        self.disputed[(uid, name), value].add(frozenset(departments))
                        self.raised.setdefault(((uid, name), value), rev)
            if kind == "delete_vs_edit":
                self.kept.add(((uid, "(deleted)"), "(deleted)"))

    def look_again(self) -> None:
        """Forget what was read: the server lost some of it."""
        self.log, self.kept = [], set()
        self.look()

    def _keep(self, uid: str, image: dict[str, Any] | None) -> None:
        for name, value in (image or {}).items():
            told = value[-1] if isinstance(value, list) and name == "set" else value
            if not isinstance(told, dict | list):
                self.kept.add(((uid, name), told))

    def head(self) -> tuple[int, str]:
        """Return the revision and the hash of the chain."""
        return self.ask("SELECT rev, hash FROM sync.head")[0]  # type: ignore[return-value]

    def images(self, layers: Iterable[str] | None = None) -> dict[tuple[str, str], Image]:
        """Return every row in wire form, as the triggers see it."""
        found: dict[tuple[str, str], Image] = {}
        for each in travels():
            if layers is not None and each.key not in layers:
                continue
            query = f'SELECT uid::text, app.image(live) FROM resorption."{each.key}" AS live'
            for uid, image in self.ask(query):
                found[each.key, uid] = canonical(each, image)
        return found

    def departments(self) -> dict[tuple[str, str], list[str]]:
        """Return the departments that have to be readable to read each row."""
        found = {}
        for each in travels():
            for uid, departments in self.ask(f'SELECT uid::text, _depts FROM resorption."{each.key}"'):
                found[each.key, uid] = departments
        return found

    def check_fold(self) -> None:
        """I8: what the log tells, put together, is what the tables hold; and each hash is that of its row."""
        self.look()
        folded: dict[tuple[str, str], dict[str, Any]] = {}
        touched = set()
        for entry in self.log:
            key = (entry.layer, entry.uid)
            touched.add(key)
            if entry.op == "D":
                assert folded.pop(key, None) is not None, f"I8: {key} is deleted and was not there"
            elif entry.op == "I":
                assert key not in folded, f"I8: {key} is inserted twice"
                folded[key] = dict(entry.after or {})
            else:
                folded[key] = {**folded[key], **(entry.after or {})}
        layers = {layer for layer, _ in touched}
        held = {key: image for key, image in self.images(layers).items() if key in touched}
        assert held.keys() == folded.keys(), f"I8: {sorted(held.keys() ^ folded.keys())}"
        for (layer, uid), image in held.items():
            told = canonical(travel(layer), folded[layer, uid])
            differ = {name: (told.get(name), image.get(name)) for name in image if told.get(name) != image.get(name)}
            assert not differ, f"I8: {layer} {uid}: (log, table) = {differ}"
        for layer in layers:
            for uid, stored in self.ask(f'SELECT uid::text, _hash FROM resorption."{layer}"'):
                if (layer, uid) in held:
                    assert stored == row_hash(travel(layer), held[layer, uid]), f"I8: hash of {layer} {uid}"
        assert self.ask("SELECT app.verify_chain()")[0][0] is None, "I8: the chain of the log is broken"

    def check_places(self) -> None:
        """I7: who reads a row reads all that it belongs to."""
        for child in catalogue.layers():
            for relation in child.relations:
                if not self.ask("SELECT to_regclass(%s)", (f'resorption."{child.key}"',))[0][0]:
                    continue
                query = f"""SELECT c.uid::text, c._depts, p._depts FROM resorption."{child.key}" c
                    JOIN resorption."{relation.parent}" p ON c."{relation.column}" = p.uid
                    WHERE NOT c._depts @> p._depts"""
                wrong = self.ask(query)
                assert not wrong, f"I7: {child.key} is read without its {relation.parent}: {wrong[:3]}"

    def readable_in(self) -> dict[tuple[Cell, Value], set[frozenset[str]]]:
        """Return, by value, which departments together opened the rows that held it."""
        found: dict[tuple[Cell, Value], set[frozenset[str]]] = defaultdict(set)
        for (cell, value), opened in self.disputed.items():
            found[cell, hashable(value)] |= opened
        places: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for entry in self.log:
            places[entry.uid].append((entry.rev, frozenset(entry.departments or entry.departments_before or ())))
        for ((uid, name), value), rev in self.raised.items():
            # a contradiction goes where its row goes, also between two looks
            before = [opened for at, opened in places[uid] if at < rev][-1:]
            found[(uid, name), hashable(value)] |= {*before, *(opened for at, opened in places[uid] if at >= rev)}
        now: dict[str, dict[str, Value]] = {}
        for entry in self.log:
            if entry.op == "D":
                now.pop(entry.uid, None)
                continue
            now[entry.uid] = {**now.get(entry.uid, {}), **(entry.after or {})}
            for name, value in now[entry.uid].items():
                found[(entry.uid, name), hashable(value)].add(frozenset(entry.departments or ()))
        return found

    def write(self, layer: str, uid: str, **values: object) -> None:
        """Change a row by SQL, as an administrator does."""
        sets = ", ".join(f'"{name}" = %s' for name in values)
        self.ask(f'UPDATE resorption."{layer}" SET {sets} WHERE uid = %s', (*values.values(), uid))

    def delete(self, layer: str, uid: str) -> list[tuple[str, str]]:
        """Delete a row and what belongs to it in one transaction; return all that went."""
        gone = [*dict.fromkeys(self._below(layer, uid)), (layer, uid)]
        loosened = [
            f"""UPDATE resorption."{child.key}" SET "{relation.column}" = NULL WHERE "{relation.column}" = '{parent}'"""
            for table, parent in gone
            for child in catalogue.layers()
            for relation in child.relations
            if relation.parent == table and relation.strength is Strength.ASSOCIATION
        ]
        removed = [f"""DELETE FROM resorption."{table}" WHERE uid = '{row}'""" for table, row in gone]
        self.ask("; ".join(["BEGIN", *loosened, *removed, "COMMIT"]))
        return gone

    def _below(self, layer: str, uid: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for child in catalogue.layers():
            for relation in child.relations:
                if relation.parent == layer and relation.strength is Strength.COMPOSITION:
                    query = f'SELECT uid::text FROM resorption."{child.key}" WHERE "{relation.column}" = %s'
                    for (below,) in self.ask(query, (uid,)):
                        found = [*self._below(child.key, below), (child.key, below), *found]
        return found

    def dump(self) -> str:
        """Return the log for people."""
        return "\n".join(
            f"  rev {entry.rev} {entry.op} {entry.layer} {entry.uid[:8]} v{entry.version} "
            f"{entry.departments_before}->{entry.departments} "
            f"{'sql' if entry.batch is None else entry.batch[:8]} {json.dumps(_short(entry), ensure_ascii=False)}"
            for entry in self.log
        )


def _short(entry: Logged) -> dict[str, list[Value]]:
    before, after = entry.before or {}, entry.after or {}
    return {name: [before.get(name), after[name]] for name in (after if entry.op == "U" else ())}
