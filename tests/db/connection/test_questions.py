"""What stops a question on the way: the server, somebody else, or the person who asked."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time

import psycopg2
import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.sync.news import Action
from resorption_plugin.core.sync.ports import BusyError, RefusedError, UnreachableError
from resorption_plugin.postgis.connection import Server
from resorption_plugin.postgis.target import Target
from tests.db.connection.asking import Wish, claire
from tools.throw_away_cluster import LOOPBACK, Cluster


def test_a_statement_that_takes_too_long(tcp: Cluster):
    with Server(claire(tcp, options="-c statement_timeout=100ms")) as server:
        with pytest.raises(BusyError, match="took too long"):
            server.ask("SELECT pg_sleep(5)")
        assert server.ask("SELECT 1") == [(1,)]


def test_a_look_that_fails_leaves_nothing_behind_for_the_next(tcp: Cluster):
    """A session looks again where the server was busy: it must not be told the same for ever."""
    with Server(claire(tcp, options="-c statement_timeout=100ms")) as server:
        with pytest.raises(BusyError, match="took too long"), server.look("SELECT pg_sleep(5)"):
            pass
        with server.look("SELECT 1") as rows:
            assert rows == [(1,)]


def test_a_row_that_someone_else_holds(tcp: Cluster):
    tcp.sql("CREATE TABLE held AS SELECT 1 AS x")
    tcp.sql("GRANT ALL ON held TO claire")
    other = psycopg2.connect(tcp.place())
    try:
        other.cursor().execute("SELECT x FROM held FOR UPDATE")
        with (
            Server(claire(tcp, options="-c lock_timeout=100ms")) as server,
            pytest.raises(BusyError, match="Someone else is writing"),
        ):
            server.ask("UPDATE held SET x = 2")
    finally:
        other.close()


def test_a_right_that_was_taken_back(tcp: Cluster):
    tcp.sql("CREATE TABLE taken AS SELECT 1 AS x")
    tcp.sql("GRANT SELECT ON taken TO claire")
    with Server(claire(tcp)) as server:
        assert server.ask("SELECT x FROM taken") == [(1,)]
        tcp.sql("REVOKE ALL ON taken FROM claire")
        with pytest.raises(RefusedError, match="administrator has to grant access"):
            server.ask("SELECT x FROM taken")


@pytest.mark.parametrize("query", ["SELECT app.hello('{}')", "SELECT * FROM app_absent.x", "SELECT * FROM nosuch"])
def test_a_database_where_nothing_is_installed(tcp: Cluster, query: str):
    with Server(claire(tcp)) as server, pytest.raises(RefusedError, match="has to install it") as raised:
        server.ask(query)
    assert raised.value.action is Action.UPGRADE_SERVER


def test_any_other_refusal_is_told_with_its_reason(tcp: Cluster):
    with Server(claire(tcp)) as server, pytest.raises(RefusedError, match=r"\(division by zero\)"):
        server.ask("SELECT 1/0")


def test_a_session_ended_by_the_administrator_is_made_again(tcp: Cluster):
    with Server(claire(tcp)) as server:
        ((pid,),) = server.ask("SELECT pg_backend_pid()")
        tcp.sql(f"SELECT pg_terminate_backend({pid})")
        with pytest.raises(UnreachableError, match=r"stopping or starting|was cut"):
            server.ask("SELECT 1")
        assert server.ask("SELECT pg_backend_pid()") != [(pid,)]


def test_a_harmless_question_is_asked_again_at_once(tcp: Cluster):
    with Server(claire(tcp)) as server:
        ((pid,),) = server.ask("SELECT pg_backend_pid()")
        tcp.sql(f"SELECT pg_terminate_backend({pid})")
        assert server.ask("SELECT pg_backend_pid()", is_harmless=True) != [(pid,)]


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_restarts_in_the_middle_of_a_question(tcp: Cluster, mode: str):
    with Server(claire(tcp)) as server:
        server.ask("SELECT 1")
        stopping = threading.Timer(0.5, tcp.stop, (mode,))
        stopping.start()
        try:
            with pytest.raises(UnreachableError):
                server.ask("SELECT pg_sleep(20)")
            stopping.join()
            with pytest.raises(UnreachableError, match="does not answer"):
                server.ask("SELECT 1")
        finally:
            stopping.join()
            tcp.start()
        assert server.ask("SELECT 1") == [(1,)]


def test_cancelling_stops_the_question_on_the_server_too(tcp: Cluster):
    wish = Wish()
    with Server(claire(tcp), wish) as server:
        server.ask("SELECT 1")
        threading.Timer(0.3, lambda: setattr(wish, "is_wished", True)).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            server.ask("SELECT pg_sleep(30)")
        assert time.monotonic() - began < 2
    deadline = time.monotonic() + 5
    while tcp.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'claire'") != "0":
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_cancelling_does_not_wait_for_a_server_gone_silent(tcp: Cluster):
    wish = Wish()
    with Server(claire(tcp), wish) as server:
        ((pid,),) = server.ask("SELECT pg_backend_pid()")
        os.kill(pid, signal.SIGSTOP)
        try:
            threading.Timer(0.2, lambda: setattr(wish, "is_wished", True)).start()
            began = time.monotonic()
            with pytest.raises(Cancelled):
                server.ask("SELECT 1")
            assert time.monotonic() - began < 5
        finally:
            os.kill(pid, signal.SIGCONT)


def test_cancelling_does_not_wait_for_a_connection():
    wish = Wish()
    with socket.socket() as mute:
        mute.bind((LOOPBACK, 0))
        mute.listen()
        target = Target({"host": LOOPBACK, "port": str(mute.getsockname()[1]), "connect_timeout": "5"})
        with Server(target, wish) as server:
            threading.Timer(0.2, lambda: setattr(wish, "is_wished", True)).start()
            began = time.monotonic()
            with pytest.raises(Cancelled):
                server.ask("SELECT 1")
            assert time.monotonic() - began < 2
