"""What must hold in a story, whatever happens: nothing that people did may be lost, nor invented.

What was written is in the log, in a conflict, in the quarantine or still waits in its workspace (I1); the log holds
nothing that nobody wrote (I2); in the end every workspace knows what the server holds (I3); what is sent twice is done
once (I4); nobody's value is overwritten by who has not seen it, unless a person decides (I5); no cursor goes back (I6);
no workspace knows a row outside its area (I7); the log, added up, gives the tables (I8).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resorption_plugin.core.sync.operations import ConflictKind, Operation
from resorption_plugin.core.sync.travelling import AUDIT
from resorption_plugin.core.sync.wire import Image
from tests.stories.held import ADMIN, Key, Line
from tests.stories.ledger import DELETION, Ledger
from tests.stories.world import Client, World


class Promises:
    """Looks at a world, and remembers what it saw of the log and of each cursor."""

    def __init__(self, world: World, ledger: Ledger, clients: Sequence[Client]) -> None:
        self.world, self.ledger, self.clients = world, ledger, clients
        self._cursors: dict[str, tuple[str, int]] = {}
        self.begin_again()

    def begin_again(self) -> None:
        """Read the log from its beginning: of a server that was taken back, it is another one."""
        self._read = 0
        self._logged: set[tuple[Key, str, str]] = set()
        self._epoch = self.world.epoch()

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

    def check_at_rest(self) -> None:
        """Look at what must hold once everybody has synchronised and nothing moves any more."""
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
    """Return what a workspace will send, or send again, to a server that went back."""
    remains = client.remains()
    return _told((*remains.sent, *remains.waiting))


def _told(operations: Iterable[Operation]) -> set[tuple[Key, str, str]]:
    told = {
        ((made.layer, made.uid), name, repr(edit.after)) for made in operations for name, edit in made.edits.items()
    }
    return told | {((made.layer, made.uid), DELETION, repr(None)) for made in operations if not made.edits}
