"""What libpq is told of a server, from what people write, the services and the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.postgis.target import Target, plugin_version
from tests.db.connection.asking import AWKWARD, ask, claire
from tools.throw_away_cluster import Cluster


def test_a_distant_server_is_verified_and_given_up_in_time():
    settings = Target.parse("host=db.example.fr dbname=resorption user=claire").settings()
    assert settings["sslmode"] == "verify-full"
    assert settings["application_name"] == f"resorption/{plugin_version()}"
    assert settings["target_session_attrs"] == "read-write"
    assert {"connect_timeout", "keepalives_idle", "tcp_user_timeout", "client_encoding"} <= set(settings)
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "timezone=UTC"):
        assert name in settings["options"]


@pytest.mark.parametrize("host", ["/run", "localhost", "127.0.0.1", "127.0.0.1,/run", "::1", "@abstract"])
def test_this_computer_needs_no_certificate(host: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert "sslmode" not in Target.parse(f"host='{host}' dbname=x").settings()


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("host=db.example.fr sslmode=require", "require"),
        ("host=/tmp sslmode=verify-ca", "verify-ca"),
        ("postgresql://claire@a.example,b.example:5433/x?sslmode=require", "require"),
        ("host=127.0.0.1,db.example.fr", "verify-full"),
        ("host=localhost hostaddr=192.0.2.1", "verify-full"),
    ],
)
def test_what_the_user_says_of_tls_is_followed(text: str, mode: str):
    assert Target.parse(text).settings()["sslmode"] == mode


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("host=db.example.fr\nsslmode=disable\n", None),
        ("host=db.example.fr\n", "verify-full"),
        ("host=/tmp\n", None),
    ],
)
def test_what_a_service_says_of_tls_is_followed(lines: str, expected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "pg_service.conf"
    file.write_text(f"# services\n[other]\nhost=a\n\n[resorption]\n{lines}options=-c search_path=x\n", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    settings = Target.parse("service=resorption").settings()
    assert settings.get("sslmode") == expected
    assert settings["options"].endswith("-c search_path=x")


def test_the_environment_is_followed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGHOST", "db.example.fr")
    assert Target.parse("dbname=x").settings()["sslmode"] == "verify-full"
    monkeypatch.setenv("PGSSLMODE", "require")
    assert "sslmode" not in Target.parse("dbname=x").settings()


@pytest.mark.parametrize("text", ["", "  ", f"{AWKWARD} host=x", "host=x foo=bar", "host='un", "a\0b=c", "://"])
def test_what_cannot_be_understood_is_not_repeated(text: str):
    with pytest.raises(RefusedError, match="cannot be understood") as raised:
        Target.parse(text)
    assert raised.value.__context__ is None
    assert not raised.value.values


def test_the_session_is_as_asked(tcp: Cluster):
    settings = ("TimeZone", "client_encoding", "lock_timeout", "statement_timeout", "application_name", "datestyle")
    query = "SELECT " + ", ".join(f"current_setting('{name}')" for name in settings)
    assert ask(claire(tcp), query) == [("UTC", "UTF8", "10s", "5min", f"resorption/{plugin_version()}", "ISO, MDY")]


def test_options_of_the_user_come_last(tcp: Cluster):
    target = claire(tcp, options="-c statement_timeout=7s")
    assert ask(target, "SHOW statement_timeout") == [("7s",)]


def test_a_secret_is_scrubbed_however_it_is_quoted():
    target = Target({"password": AWKWARD, "host": "x"})
    quoted = "hunter2 \\'é\\\\%/"
    told = f"a {AWKWARD} b {quoted} c hunter2%20%27%C3%A9%5C%25%2F d hunter2+%27%C3%A9%5C%25%2F e"
    assert target.scrub(told) == "a *** b *** c *** d *** e"
    assert "hunter2" not in repr(target)
