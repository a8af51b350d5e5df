"""Revisions follow commits without a gap, and the chain of their hashes tells what was altered."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.db.direct_sql import SITE, new, rows

WRITERS, WRITES = 8, 25


def broken_links(cursor: Cursor) -> list[tuple]:
    """Return the revisions whose hash is not that of their content and of the one before."""
    return rows(
        cursor,
        "SELECT t.rev FROM sync.tx AS t LEFT JOIN sync.tx AS p ON p.rev = t.rev - 1"
        " WHERE t.digest <> app.digest_of(t.tx_id) OR t.hash <> app.link(coalesce(p.hash, ''), t)"
        " OR (p.rev IS NULL AND t.rev <> 1)",
    )


def write(database: str, number: int) -> None:
    """Commit most of some transactions, each in its own time."""
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        for turn in range(WRITES):
            cursor.execute(SITE, [new(), "31", f"{number}-{turn}"])
            if turn % 3 == 0:
                time.sleep(0.003 * (number % 4))
            if turn % 5 == 0:
                cursor.execute("SAVEPOINT s; UPDATE resorption.site SET huts = 1 WHERE FALSE; ROLLBACK TO s")
            if turn % 7 == 6:
                connection.rollback()
            else:
                connection.commit()


def test_revisions_follow_commits_without_a_gap(database: str) -> None:
    """A reader that asks for what is above its cursor misses nothing, though transactions overlap and some fail."""
    stop = threading.Event()
    seen: list[list[int]] = []

    def read() -> None:
        with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            last, is_over = 0, False
            while not is_over:
                is_over = stop.is_set()
                cursor.execute("SELECT rev FROM sync.tx WHERE rev > %s ORDER BY rev", [last])
                seen.append([rev for (rev,) in cursor.fetchall()])
                last = max(seen[-1], default=last)

    writers = [threading.Thread(target=write, args=(database, number)) for number in range(WRITERS)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    kept = WRITERS * sum(1 for turn in range(WRITES) if turn % 7 != 6)
    assert len(seen) > 2
    assert [rev for found in seen for rev in found] == list(range(1, kept + 1))
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        assert rows(cursor, "SELECT rev FROM sync.head") == [(kept,)]
        assert broken_links(cursor) == []


def test_the_chain_tells_what_was_altered_behind_its_back(installed: Connection) -> None:
    with installed.cursor() as cursor:
        for name in "abc":
            cursor.execute(SITE, [new(), "31", name])
        assert broken_links(cursor) == []
        assert rows(cursor, "SELECT h.hash = t.hash FROM sync.head h, sync.tx t WHERE t.rev = h.rev") == [(True,)]
        cursor.execute("ALTER TABLE sync.log DISABLE TRIGGER keep; UPDATE sync.log SET new = '{}' WHERE tx_id = 2")
        assert broken_links(cursor) == [(2,)]


def test_what_is_written_after_an_early_number_joins_the_same_revision(database: str) -> None:
    uid = new()
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(SITE, [uid, "31", "a"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert rows(cursor, "SELECT rev FROM sync.tx") == [(1,)]
        cursor.execute("UPDATE resorption.site SET name = 'b'")
        cursor.execute("SELECT app.sign_tx(gen_random_uuid(), gen_random_uuid())")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("UPDATE resorption.site SET name = 'c'")
        connection.commit()
        assert rows(cursor, "SELECT rev, batch IS NOT NULL FROM sync.tx") == [(1, True)]
        assert rows(cursor, "SELECT count(*) FROM sync.log WHERE tx_id = 1") == [(3,)]
        assert broken_links(cursor) == []
        assert rows(cursor, "SELECT h.hash = t.hash FROM sync.head AS h, sync.tx AS t") == [(True,)]


def test_a_transaction_undone_in_part_is_logged_in_part(database: str) -> None:
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SAVEPOINT s")
        cursor.execute(SITE, [new(), "31", "a"])
        cursor.execute("ROLLBACK TO s")
        connection.commit()
        assert rows(cursor, "SELECT rev FROM sync.head") == [(0,)]
        cursor.execute("SAVEPOINT s")
        cursor.execute(SITE, [new(), "31", "b"])
        cursor.execute("ROLLBACK TO s")
        cursor.execute(SITE, [new(), "31", "c"])
        connection.commit()
        assert rows(cursor, "SELECT rev, new ->> 'name' FROM sync.log JOIN sync.tx USING (tx_id)") == [(1, "c")]
        assert broken_links(cursor) == []
