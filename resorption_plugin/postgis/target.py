"""Where the shared database is, and how it is reached safely."""

from __future__ import annotations

import configparser
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self
from urllib.parse import quote, quote_plus

import psycopg2
from psycopg2.extensions import parse_dsn

from .. import paths
from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from . import service_file

SECRETS = ("password", "sslpassword", "oauth_client_secret")
"""The parameters of libpq that are told to nobody."""

_NOT_UNDERSTOOD = mark(
    "The connection cannot be understood. Give the name of a PostgreSQL connection of QGIS, service=…, authcfg=…, or "
    "parameters such as host=… dbname=… user=…."
)
_LOCAL_HOSTS = ("", "localhost", "::1")
_CAREFUL = {
    "connect_timeout": "10",
    "keepalives": "1",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "target_session_attrs": "read-write",
    "client_encoding": "UTF8",
}
"""A server that fell silent is noticed within half a minute; a standby is passed over."""
_ENVIRONMENT = {
    "PGCONNECT_TIMEOUT": "connect_timeout",
    "PGTARGETSESSIONATTRS": "target_session_attrs",
    "PGSSLMODE": "sslmode",
    "PGHOST": "host",
    "PGHOSTADDR": "hostaddr",
    "PGPORT": "port",
    "PGDATABASE": "dbname",
    "PGUSER": "user",
    "PGPASSWORD": "password",  # pragma: allowlist secret - the name of a variable
    "PGOPTIONS": "options",
    "PGSERVICE": "service",
}
_SESSION = {
    "statement_timeout": "300s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "300s",
    "timezone": "UTC",
    "datestyle": "ISO",
}


@lru_cache(maxsize=1)
def plugin_version() -> str:
    """Return the version that ``metadata.txt`` gives."""
    parser = configparser.RawConfigParser()
    parser.read(paths.metadata(), encoding="utf-8")
    return parser.get("general", "version")


@dataclass(frozen=True, repr=False)
class Target:
    """A database and the login that reaches it, as parameters of libpq."""

    parameters: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``host=… dbname=…``, ``service=…`` or ``postgresql://…``. Raises ``RefusedError``."""
        try:
            parameters = parse_dsn(text) if text.strip() else {}
        except (psycopg2.Error, ValueError):
            parameters = {}
        if not parameters:
            # outside the handler: what libpq says quotes the text, where a password may be
            raise RefusedError(_NOT_UNDERSTOOD)
        return cls(parameters)

    def __repr__(self) -> str:
        return f"Target({self.where})"

    @cached_property
    def _known(self) -> dict[str, str]:
        """The parameters, completed as libpq does from the service and the environment."""
        environment = {name: os.environ[key] for key, name in _ENVIRONMENT.items() if os.environ.get(key)}
        name = self.parameters.get("service") or environment.get("service")
        return {**environment, **(service_file.service(name) if name else {}), **self.parameters}

    @property
    def where(self) -> str:
        """Return the place for people: ``server.example:5432/base``, or the service."""
        known = self._known
        host, port, base = (known.get(name, "") for name in ("host", "port", "dbname"))
        host = host or known.get("hostaddr", "")
        if not host and "service" in known:
            return f"service={known['service']}"
        return (host or "localhost") + (f":{port}" if port else "") + (f"/{base}" if base else "")

    @property
    def login(self) -> str:
        """Return the login's name, empty when only libpq knows it."""
        return self._known.get("user", "")

    @property
    def database(self) -> str:
        """Return the database's name; libpq takes the login's when none is given."""
        return self._known.get("dbname") or self.login

    @property
    def service(self) -> str:
        """Return the name of the service, empty when there is none."""
        return self._known.get("service", "")

    @property
    def has_secret(self) -> bool:
        """Say whether a secret stands among the parameters themselves."""
        return any(self.parameters.get(name) for name in SECRETS)

    @property
    def is_local(self) -> bool:
        """Say whether every host is this computer: nothing then leaves it."""
        hosts = self._known.get("hostaddr") or self._known.get("host", "")
        return all(
            host in _LOCAL_HOSTS or host.startswith(("/", "@", "127.")) for host in map(str.strip, hosts.split(","))
        )

    def settings(self) -> dict[str, str]:
        """Return the parameters to connect with: those given, and the careful ones where nothing else was said.

        The server's certificate is verified, unless the server is this computer or ``sslmode`` says otherwise.
        """
        careful = dict(_CAREFUL) if self.is_local else {**_CAREFUL, "sslmode": "verify-full"}
        wished = {name: value for name, value in careful.items() if name not in self._known}
        session = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
        options = f"{session} {self._known.get('options', '')}".strip()
        named = {"application_name": f"resorption/{plugin_version()}"}
        return {**named, **wished, **self.parameters, "options": options}

    def scrub(self, told: str) -> str:
        """Return a text without the secrets, however they were quoted."""
        for name in SECRETS:
            secret = self._known.get(name, "")
            escaped = secret.replace("\\", "\\\\").replace("'", "\\'")
            for form in {secret, escaped, quote(secret), quote(secret, safe=""), quote_plus(secret)} - {""}:
                told = told.replace(form, "***")
        return told
