"""A table is downloaded part by part while the parts before are written: stopped, cut or refused in the middle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.ports import SyncError
from resorption_plugin.postgis import remote as remote_module
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, SharedBase

Give = Callable[[bytes], None]


class Wish(Silent):
    """A user who wants to stop once told so."""

    is_told = False

    def is_cancelled(self) -> bool:
        return self.is_told


def endless(connection: Connection, give: Give) -> None:
    give(b"x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")


def failing(connection: Connection, give: Give) -> None:
    give(b"x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def asleep(base: SharedBase) -> int:
    text = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND wait_event = 'PgSleep'"
    return int(base.rows(text, [ANNE])[0][0])


@pytest.mark.parametrize("part_bytes", [1, 500, 2**19])
def test_lines_are_whole_however_large_the_parts(
    base: SharedBase, anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch, part_bytes: int
):
    monkeypatch.setattr(remote_module, "KEPT_IN_MEMORY", part_bytes)
    uids = sorted(str(base.site(department="31")) for _ in range(20))
    with anne.snapshot() as snapshot:
        (lines,) = [list(table.lines) for table in snapshot.tables]
    assert sorted(line.split(b"\t")[0].decode() for line in lines) == uids


def test_what_is_not_read_to_its_end_leaves_the_connection_usable(
    base: SharedBase, anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remote_module, "KEPT_IN_MEMORY", 1)
    for _ in range(3):
        base.site(department="31")
    with anne.snapshot() as snapshot:
        line = next(iter(next(iter(snapshot.tables)).lines))
    assert line
    process = "SELECT pg_backend_pid()"
    before = anne.server.ask(process)
    with anne.snapshot() as snapshot:
        next(iter(next(iter(snapshot.tables)).lines))
    assert anne.server.ask(process) == before


def test_the_server_is_told_to_stop_in_the_middle_of_much(base: SharedBase, anne: PostgresRemote):
    with anne.server.look("SELECT 1"):
        assert next(anne.server.stream(endless)) == b"x"
    assert anne.server.ask("SELECT 2") == [(2,)]
    assert asleep(base) == 0


def test_a_user_who_wants_to_stop_does_not_wait_for_the_rest(base: SharedBase):
    wish = Wish()
    with PostgresRemote(base.target(ANNE), wish) as remote, remote.server.look("SELECT 1"):
        parts = remote.server.stream(endless)
        next(parts)
        wish.is_told = True
        with pytest.raises(Cancelled):
            next(parts)
    assert asleep(base) == 0


def test_a_download_that_fails_says_why(anne: PostgresRemote):
    with anne.server.look("SELECT 1"):
        parts = anne.server.stream(failing)
        assert next(parts) == b"x"
        with pytest.raises(SyncError) as failure:
            next(parts)
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None
    assert anne.server.ask("SELECT 2") == [(2,)]
