"""The server's messages are understood in French too, and no sentence of ours ever holds a password."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from resorption_plugin.core.sync.ports import BusyError, RefusedError, SyncError, UnreachableError
from resorption_plugin.postgis import faults
from resorption_plugin.postgis.target import Target
from tests.db.connection.asking import ask, claire
from tools.throw_away_cluster import OWNER, Cluster, free_port

_TOLD = [
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
    ("FATAL:  terminating connection due to unexpected postmaster exit", BusyError, "stopping or starting"),
    ("FATAL:  arrêt des connexions suite à la demande de l'administrateur", BusyError, "stopping or starting"),
    ("FATAL:  the database system is not accepting connections", BusyError, "stopping or starting"),
    ("FATAL:  the database system is not yet accepting connections", BusyError, "stopping or starting"),
    ("FATAL:  remaining connection slots are reserved for roles with privileges", BusyError, "no more connections"),
    ("FATAL:  something new", RefusedError, "refuses the connection"),
]


@pytest.mark.parametrize(("told", "kind", "said"), _TOLD)
def test_a_server_that_speaks_french_is_understood(told: str, kind: type[SyncError], said: str):
    error = faults.on_connecting(psycopg2.OperationalError(told), Target({"host": "x", "user": "claire"}))
    assert type(error) is kind
    assert said in str(error)


@pytest.mark.parametrize(
    "told", ["SSL error: certificate verify failed", "le fichier de certificat racine « /a » n'existe pas."]
)
def test_an_authority_that_is_not_known_says_where_qgis_and_postgresql_look_for_it(told: str):
    error = faults.on_connecting(psycopg2.OperationalError(told), Target({"host": "x"}))
    for place in ("Settings → Options → Authentication, Manage Certificates, Authorities", "root.crt", "sslrootcert"):
        assert place in str(error)


class Refusal(psycopg2.Error):
    """What the server refuses under a code of the protocol."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def pgcode(self) -> str:
        return self.code


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("RS004", "Keep the file and all its copies as they are, and tell the administrator"),
        ("RS005", "or the file of which it is a copy"),
    ],
)
def test_what_is_known_under_another_content_or_login_says_what_becomes_of_the_copies(code: str, said: str):
    error = faults.on_asking(Refusal(code), Target({"host": "x", "user": "claire"}), is_cut=False)
    assert said in str(error)


def failure(work: Callable[[], object]) -> list[str]:
    """Return all that is told where some work fails, as it must."""
    with pytest.raises(SyncError) as raised:
        work()
    error = raised.value
    return [str(error), repr(error), repr(error.values), *traceback.format_exception(error)]


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
        told += [repr(target), str(target), *failure(lambda target=target: ask(target))]
    right = Target({**tcp.address(OWNER, "claire")})
    for query in (f"SELECT '{right.parameters['password']}'::int", "SELECT 1 +", f"RAISE {made_up}"):
        told += failure(lambda query=query: ask(right, query))
    for text in (f"password={made_up} {made_up}", made_up, f"password='{made_up}"):
        told += failure(lambda text=text: Target.parse(text))
    odd = Target.parse(f"postgresql://u:{made_up}@h:p:p/x")  # libpq takes it, and fails to connect
    told += [repr(odd), *failure(lambda: ask(odd))]
    told += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    # the lines of this very file are quoted by tracebacks
    spoken = [line for line in told if f'made_up = "{made_up}"' not in line]
    assert not [line for line in spoken if made_up in line]
    assert not [line for line in spoken if right.parameters["password"] in line]
