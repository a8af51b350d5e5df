"""What must be true of the log, and of the rows of a workspace beside those of the server, whatever happened."""

from __future__ import annotations

import sqlite3
from collections import Counter

from resorption_plugin.core.sync.travelling import Travel
from resorption_plugin.core.sync.wire import Image

from .followed import FOLLOWED
from .ledger import Ledger
from .witness import Witness


def check_log(ledger: Ledger, witness: Witness) -> None:
    """I2 and I5: each entry of the log is one of the ledger, and wrote over nothing that its author had not seen."""
    arrived: Counter[tuple[tuple[str, str], object]] = Counter()
    for entry in witness.log:
        if entry.op == "D":
            if not ledger.decided_rows[entry.uid]:
                assert ledger.deletions[entry.uid], f"I2: nobody deleted {entry.uid}"
            if entry.batch is not None and not ledger.decided_rows[entry.uid]:
                assert ledger.had_seen(entry.uid, entry.before or {}), (
                    f"I5: {entry.layer} {entry.uid} was deleted at revision {entry.rev} by who had not seen it"
                )
            continue
        if entry.op == "I":
            assert entry.uid in ledger.inserted_by, f"I2: nobody made {entry.uid}"
        names = [name for name in (*FOLLOWED.get(entry.layer, ()), "geom") if name in (entry.after or {})]
        for name in names:
            cell = (entry.uid, name)
            old, new = (entry.before or {}).get(name), (entry.after or {})[name]
            if new is not None:
                assert ledger.knows(cell, new), f"I2: nobody wrote {new!r} in {entry.layer}.{cell}"
                arrived[cell, new] += 1
            if entry.op == "U" and entry.batch is not None and not ledger.decided_rows[entry.uid]:
                seen = ledger.ancestors(cell, new)
                assert old in seen, (
                    f"I5: {entry.layer}.{cell} went from {old!r} to {new!r} at revision {entry.rev}; its author had "
                    f"seen {seen}"
                )
    for (cell, value), times in arrived.items():
        allowed = 1 + len(ledger.decided[cell]) + ledger.decided_rows[cell[0]]
        assert times <= allowed, f"I2: {value!r} arrived {times} times in {cell}, {allowed} allowed"


def same_row(each: Travel, found: Image | None, expected: Image | None, where: str, but: tuple[str, ...]) -> None:
    """Compare a row that was found with the one expected, but for some columns."""
    if found is None or expected is None:
        assert found is expected, f"{where}: here {found is not None}, server {expected is not None}"
        return
    names = [name for name in (*each.columns, *each.carried) if name not in but]
    differ = {name: (found.get(name), expected.get(name)) for name in names if found.get(name) != expected.get(name)}
    assert not differ, f"{where}: (here, server) = {differ}"


def waiting_texts(connection: sqlite3.Connection, *, trusts_outbox: bool) -> list[str]:
    """Return every text in which something waits: set aside, being sent, or offered by a contradiction."""
    which = "" if trusts_outbox else "WHERE state = 'sending'"
    texts = [row[0] for row in connection.execute(f"SELECT payload FROM gpkg_sync_outbox {which}")]
    # what a person wrote in a decision that was not accepted, where the contradiction shows it
    texts += [
        f"{row} {chosen}"
        for row, chosen in connection.execute(
            "SELECT row, chosen FROM gpkg_sync_conflict WHERE is_open AND part <> '' AND chosen IS NOT NULL"
        )
    ]
    return texts + [
        f"{uid} {operation} {image}"
        for uid, operation, image in connection.execute("SELECT uid, operation, image FROM gpkg_sync_quarantine")
    ]
