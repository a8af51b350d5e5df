"""Every way a connection can fail ends in one sentence, which never holds a password."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.sync.operations import Action
from resorption_plugin.core.sync.ports import BusyError, RefusedError, SyncError, UnreachableError
from resorption_plugin.postgis import faults
from resorption_plugin.postgis.connection import Server
from resorption_plugin.postgis.target import Target, plugin_version
from tools.throw_away_cluster import LOOPBACK, OWNER, Cluster, NoServerError, binaries, free_port, running_cluster

AWKWARD = "hunter2 'é\\%/"


class Wish:
    """A feedback that is cancelled when told."""

    def __init__(self) -> None:
        self.is_wished = False

    def progress(self, fraction: float) -> None:
        pass

    def is_cancelled(self) -> bool:
        return self.is_wished


@pytest.fixture(scope="module")
def tcp() -> Iterator[Cluster]:
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as cluster:
        cluster.login("claire")
        yield cluster


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two authorities and a certificate of ``localhost`` signed by the first."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, cwd=folder, capture_output=True)

    for name in ("root", "stranger"):
        made = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}")
        openssl("req", *made, "-keyout", f"{name}.key", "-out", f"{name}.crt")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "own.key", "-out", "own.csr")
    signed = ("-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial", "-days", "2")
    openssl("x509", "-req", "-in", "own.csr", *signed, "-out", "own.crt")
    return folder


@pytest.fixture
def tls(tcp: Cluster, certificates: Path) -> Iterator[Cluster]:
    """Give the cluster with TLS switched on."""
    for kind in ("crt", "key"):
        copy = Path(shutil.copy(certificates / f"own.{kind}", tcp.data / f"server.{kind}"))
        copy.chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(copy, OWNER, OWNER)
    _set(tcp, "ssl", "on")
    yield tcp
    _set(tcp, "ssl", "off")


def _set(cluster: Cluster, name: str, value: str) -> None:
    cluster.sql(f"ALTER SYSTEM SET {name} = '{value}'")
    cluster.sql("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while cluster.sql(f"SHOW {name}") != value:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def strict_hba(tcp: Cluster) -> Iterator[Callable[[str], None]]:
    """Give what puts a line at the head of pg_hba.conf."""
    file = tcp.data / "pg_hba.conf"
    before = file.read_text("utf-8")

    def first(line: str) -> None:
        file.write_text(f"{line}\n{before}", encoding="utf-8")
        tcp.sql("SELECT pg_reload_conf()")
        time.sleep(0.3)

    yield first
    file.write_text(before, encoding="utf-8")
    tcp.sql("SELECT pg_reload_conf()")


def ask(target: Target, query: str = "SELECT 1") -> list[tuple]:
    with Server(target) as server:
        return server.ask(query)


def refused(target: Target, kind: type[SyncError] = RefusedError) -> str:
    """Return the sentence with which a target is refused, after a look for traces of libpq."""
    with pytest.raises(kind) as raised:
        ask(target)
    assert type(raised.value) is kind
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return str(raised.value)


def claire(cluster: Cluster, **others: str) -> Target:
    return Target({**cluster.address(OWNER, "claire"), **others})


# What is asked of libpq


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


def test_the_session_is_as_asked(tcp: Cluster):
    settings = ("TimeZone", "client_encoding", "lock_timeout", "statement_timeout", "application_name", "datestyle")
    query = "SELECT " + ", ".join(f"current_setting('{name}')" for name in settings)
    assert ask(claire(tcp), query) == [("UTC", "UTF8", "10s", "5min", f"resorption/{plugin_version()}", "ISO, MDY")]


def test_options_of_the_user_come_last(tcp: Cluster):
    target = claire(tcp, options="-c statement_timeout=7s")
    assert ask(target, "SHOW statement_timeout") == [("7s",)]


# What refuses


@pytest.mark.parametrize("text", ["", "  ", f"{AWKWARD} host=x", "host=x foo=bar", "host='un", "a\0b=c", "://"])
def test_what_cannot_be_understood_is_not_repeated(text: str):
    with pytest.raises(RefusedError, match="cannot be understood") as raised:
        Target.parse(text)
    assert raised.value.__context__ is None
    assert not raised.value.values


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
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    standby = Cluster(folder, free_port(), tcp=True, passwords=tcp.passwords)
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
        folder.chmod(0o755)
    place = ("-h", str(tcp.folder), "-p", str(tcp.port), "-U", OWNER)
    try:
        standby.run("pg_basebackup", *place, "-D", str(standby.data), "-R", "-X", "stream", "-c", "fast")
        standby.start()
        try:
            assert "can only be read" in refused(claire(standby), BusyError)
            for ports in ((standby.port, tcp.port), (tcp.port, standby.port)):
                both = claire(tcp, host=f"{LOOPBACK},{LOOPBACK}", port=",".join(map(str, ports)))
                assert ask(both, "SELECT pg_is_in_recovery()") == [(False,)]
        finally:
            standby.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# TLS


def test_a_server_without_tls_is_not_spoken_to(tcp: Cluster, certificates: Path):
    target = claire(tcp, host="localhost", sslmode="verify-full", sslrootcert=str(certificates / "root.crt"))
    assert "offers no secure connection" in refused(target)


def test_the_certificate_is_verified(tls: Cluster, certificates: Path, tmp_path: Path):
    def verified(**others: str) -> Target:
        root = str(certificates / "root.crt")
        return claire(tls, **{"host": "localhost", "sslmode": "verify-full", "sslrootcert": root, **others})

    assert ask(verified(), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == [(True,)]
    assert "certificate of another server" in refused(verified(host=LOOPBACK))
    assert "not vouched for" in refused(verified(sslrootcert=str(certificates / "stranger.crt")))
    assert "file of its authority is missing" in refused(verified(sslrootcert=str(tmp_path / "absent.crt")))


def test_a_server_that_demands_tls(tls: Cluster, strict_hba: Callable[[str], None]):
    strict_hba("hostnossl all all 127.0.0.1/32 reject")
    assert "or not in this manner" in refused(claire(tls, sslmode="disable"))


# What stops on the way


def test_a_statement_that_takes_too_long(tcp: Cluster):
    with Server(claire(tcp, options="-c statement_timeout=100ms")) as server:
        with pytest.raises(BusyError, match="took too long"):
            server.ask("SELECT pg_sleep(5)")
        assert server.ask("SELECT 1") == [(1,)]


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


# What the user stops


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


# Sentences and secrets

_FRENCH = [
    ("FATAL:  authentification par mot de passe échouée pour l'utilisateur  « claire »", RefusedError, "login"),
    ("FATAL:  le rôle « claire » n'est pas autorisé à se connecter", RefusedError, "login"),
    ("FATAL:  la base de données « absente » n'existe pas", RefusedError, "no database"),
    ("FATAL:  le système de bases de données se lance", BusyError, "stopping or starting"),
    ("FATAL:  le système de base de données s'arrête", BusyError, "stopping or starting"),
    ("FATAL:  désolé, trop de clients sont déjà connectés", BusyError, "no more connections"),
    ("FATAL:  aucune entrée dans pg_hba.conf pour l'hôte « 192.0.2.7 »", RefusedError, "pg_hba.conf"),
    ("la session est en lecture seule", BusyError, "can only be read"),
    ("n'a pas pu traduire le nom d'hôte « x » en adresse : Nom ou service inconnu", UnreachableError, "not known"),
    ("définition du service « x » introuvable", RefusedError, "no service"),
    ("le serveur ne supporte pas SSL alors que SSL était réclamé", RefusedError, "no secure connection"),
    ("le certificat serveur pour « a » ne correspond pas au nom d'hôte « b »", RefusedError, "another server"),
    ("le fichier de certificat racine « /a » n'existe pas.", RefusedError, "authority is missing"),
    ("la connexion au serveur a été coupée de façon inattendue", UnreachableError, "does not answer"),
    ("le délai est dépassé", UnreachableError, "does not answer"),
    ("FATAL:  the database system is starting up", BusyError, "stopping or starting"),
    ("FATAL:  the database system is not accepting connections", BusyError, "stopping or starting"),
    ("FATAL:  remaining connection slots are reserved for roles with privileges", BusyError, "no more connections"),
    ("FATAL:  something new", RefusedError, "refuses the connection"),
]


@pytest.mark.parametrize(("told", "kind", "said"), _FRENCH)
def test_a_server_that_speaks_french_is_understood(told: str, kind: type[SyncError], said: str):
    error = faults.on_connecting(psycopg2.OperationalError(told), Target({"host": "x", "user": "claire"}))
    assert type(error) is kind
    assert said in str(error)


def test_no_message_and_no_log_ever_holds_the_password(
    tcp: Cluster, certificates: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "absent.conf"))
    made_up = "correcthorse"
    wrong: list[dict[str, str]] = [
        {},
        {"user": "nobody"},
        {"dbname": "absent"},
        {"host": "nosuchhost.invalid"},
        {"port": str(free_port())},
        {"port": "no port"},
        {"sslmode": "verify-full", "sslrootcert": str(certificates / "root.crt")},
        {"sslmode": "nosuchmode"},
        {"service": "nosuch"},
        {"options": f"-c nosuch={made_up}"},
        {"application_name": made_up, "port": "0"},
        {"target_session_attrs": "prefer-moon"},
    ]
    told = []
    for others in wrong:
        target = claire(tcp, **{"password": made_up, **others})
        told += [repr(target), str(target)]
        try:
            ask(target)
        except SyncError as error:
            told += [str(error), repr(error), repr(error.values), *traceback.format_exception(error)]
    right = Target({**tcp.address(OWNER, "claire")})
    for query in (f"SELECT '{right.parameters['password']}'::int", "SELECT 1 +", f"RAISE {made_up}"):
        try:
            ask(right, query)
        except SyncError as error:
            told += [str(error), repr(error.values), *traceback.format_exception(error)]
    for text in (
        f"password={made_up} {made_up}",
        f"postgresql://u:{made_up}@h:p:p/x",
        f"{made_up}",
        f"password='{made_up}",
    ):
        try:
            Target.parse(text)
        except SyncError as error:
            told += [str(error), repr(error.values), *traceback.format_exception(error)]
    told += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    assert len(told) > 60
    # the lines of this very file are quoted by tracebacks
    spoken = [line for line in told if f'made_up = "{made_up}"' not in line]
    assert not [line for line in spoken if made_up in line]
    assert not [line for line in spoken if right.parameters["password"] in line]


def test_a_secret_is_scrubbed_however_it_is_quoted():
    target = Target({"password": AWKWARD, "host": "x"})
    quoted = "hunter2 \\'é\\\\%/"
    told = f"a {AWKWARD} b {quoted} c hunter2%20%27%C3%A9%5C%25%2F d hunter2+%27%C3%A9%5C%25%2F e"
    assert target.scrub(told) == "a *** b *** c *** d *** e"
    assert "hunter2" not in repr(target)
