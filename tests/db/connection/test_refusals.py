"""Every reason for which no connection is made ends in one sentence."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from resorption_plugin.core.sync.ports import BusyError, UnreachableError
from resorption_plugin.postgis.target import Target
from tests.db.connection.asking import AWKWARD, ask, claire, refused
from tools.standby import standby_of
from tools.throw_away_cluster import LOOPBACK, OWNER, Cluster, free_port


def test_a_wrong_password_and_an_unknown_login_are_told_alike(tcp: Cluster):
    sentence = refused(claire(tcp, password=AWKWARD))
    assert f"{LOOPBACK}:{tcp.port}/{OWNER} refuses the login “claire” or its password" in sentence
    assert "refuses the login “nobody”" in refused(claire(tcp, user="nobody"))


def test_no_password(tcp: Cluster, tmp_path: Path):
    without = {name: value for name, value in tcp.address(OWNER, "claire").items() if name != "password"}
    assert "has no password" in refused(Target({**without, "passfile": str(tmp_path / "absent")}))


def test_no_such_database(tcp: Cluster):
    assert "no database “absent”" in refused(claire(tcp, dbname="absent"))
    tcp.sql("CREATE DATABASE closed")
    tcp.sql("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
    assert "no database “closed”" in refused(claire(tcp, dbname="closed"))


def test_no_such_host():
    target = Target({"host": "nosuchhost.invalid", "password": AWKWARD})
    assert "nosuchhost.invalid is not known on this network" in refused(target, UnreachableError)


def test_a_port_where_nobody_listens():
    target = Target({"host": LOOPBACK, "port": str(free_port()), "dbname": "x", "password": AWKWARD})
    assert "does not answer" in refused(target, UnreachableError)


def test_a_port_that_does_not_exist():
    assert "cannot be made (invalid port number" in refused(Target({"host": LOOPBACK, "port": "99999"}))


def test_a_server_that_says_nothing():
    with socket.socket() as mute:
        mute.bind((LOOPBACK, 0))
        mute.listen()
        port = str(mute.getsockname()[1])
        began = time.monotonic()
        target = Target({"host": LOOPBACK, "port": port, "connect_timeout": "2", "password": AWKWARD})
        assert "does not answer" in refused(target, UnreachableError)
        assert time.monotonic() - began < 6


def test_no_such_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "absent.conf"))
    assert "no service “nosuch”" in refused(Target({"service": "nosuch"}))


def test_a_computer_that_the_server_does_not_let_in(tcp: Cluster, strict_hba: Callable[[str], None]):
    strict_hba("host all claire 127.0.0.1/32 reject")
    assert "does not let the login “claire” connect from this computer" in refused(claire(tcp))


def test_every_place_taken(tcp: Cluster):
    tcp.sql("ALTER ROLE claire CONNECTION LIMIT 0")
    try:
        assert "takes no more connections" in refused(claire(tcp), BusyError)
    finally:
        tcp.sql("ALTER ROLE claire CONNECTION LIMIT -1")


def test_a_base_that_can_only_be_read(tcp: Cluster):
    tcp.sql("ALTER ROLE claire SET default_transaction_read_only = on")
    try:
        assert "can only be read" in refused(claire(tcp), BusyError)
    finally:
        tcp.sql("ALTER ROLE claire RESET default_transaction_read_only")


def test_a_standby_is_passed_over_for_the_primary_whatever_their_order(tcp: Cluster):
    with standby_of(tcp) as standby:
        assert "can only be read" in refused(claire(standby), BusyError)
        for ports in ((standby.port, tcp.port), (tcp.port, standby.port)):
            both = claire(tcp, host=f"{LOOPBACK},{LOOPBACK}", port=",".join(map(str, ports)))
            assert ask(both, "SELECT pg_is_in_recovery()") == [(False,)]
