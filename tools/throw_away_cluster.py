"""A throw-away PostgreSQL cluster: for the tests and the benchmarks.

Reached by its socket as ``postgres``, without a password; with ``tcp`` also by the loopback, where every login needs
its password (SCRAM). Nothing waits for the disk (``fsync`` off): a stopped or killed server loses nothing that it
confirmed, only a power failure would.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

OWNER = "postgres"
LOOPBACK = "127.0.0.1"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it, as in /tmp
_ROOM_BYTES = 2 * 2**30
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "deadlock_timeout": "200ms",
    "timezone": "UTC",
}


class NoServerError(Exception):
    """There is no PostgreSQL server on this machine."""


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL server, as Debian lays it out. Raises ``NoServerError``."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServerError("There is no PostgreSQL server on this machine: run make setup.")
    return found[-1].parent


def free_port() -> int:
    """Return a port of the loopback on which nobody listens."""
    with socket.socket() as opened:
        opened.bind((LOOPBACK, 0))
        return int(opened.getsockname()[1])


@dataclass
class Cluster:
    """A cluster in a folder of its own."""

    folder: Path
    """Holds the data, the log and the socket."""
    port: int
    tcp: bool = False
    passwords: dict[str, str] = field(default_factory=dict)
    """By login, of those that ``login`` made."""

    @property
    def data(self) -> Path:
        """Return the folder of the data."""
        return self.folder / "data"

    def place(self, database: str = OWNER, login: str = OWNER) -> str:
        """Return the libpq string of a database by the socket, as any login, without a password."""
        return f"host={self.folder} port={self.port} user={login} dbname={database}"

    def address(self, database: str, login: str, port: int | None = None) -> dict[str, str]:
        """Return the libpq parameters of a database by TCP; ``port`` is that of something in between."""
        return {
            "host": LOOPBACK,
            "port": str(port or self.port),
            "dbname": database,
            "user": login,
            "password": self.passwords[login],
            "sslmode": "disable",
        }

    def start(self) -> None:
        """Start the server and wait until it answers."""
        listened = LOOPBACK if self.tcp else ""
        told = {**_SETTINGS, "listen_addresses": f"'{listened}'", "port": str(self.port)}
        options = " ".join(f"-c {name}={value}" for name, value in told.items())
        options += f" -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", f"{self.folder}/log", "start")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "immediate") -> None:
        """Stop the server; ``immediate`` is a crash."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def restart(self, mode: Literal["smart", "fast", "immediate"] = "immediate") -> None:
        """Stop the server and start it again."""
        self.stop(mode)
        self.start()

    def login(self, name: str, *groups: str) -> str:
        """Make a login with a password that is drawn, member of some groups; one that exists gets a new password."""
        password = self.passwords[name] = secrets.token_hex(16)
        exists = self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'")  # noqa: S608
        self.sql(f"{'ALTER' if exists else 'CREATE'} ROLE \"{name}\" LOGIN PASSWORD '{password}'")
        for group in groups:
            self.sql(f'GRANT "{group}" TO "{name}"')
        return name

    def copy(self, template: str, database: str) -> None:
        """Make a database as the copy of another, to which nobody may be connected (some 50 ms)."""
        self.sql(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')

    def drop(self, database: str) -> None:
        """Delete a database and end the sessions in it."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def disconnect(self, database: str) -> None:
        """End the sessions in a database, and wait until they are gone."""
        others = f"pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()"
        while self.sql(f"SELECT count(pg_terminate_backend(pid)) FROM {others}") != "0":  # noqa: S608
            time.sleep(0.01)

    def rename(self, database: str, name: str) -> None:
        """Give a database another name; ends the sessions in it."""
        self.disconnect(database)
        self.sql(f'ALTER DATABASE "{database}" RENAME TO "{name}"')

    def sql(self, statement: str, database: str = OWNER) -> str:
        """Run one statement by psql as the administrator; return what it prints, unaligned."""
        # Debian's own psql is a Perl program that finds this one
        command = [str(binaries() / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", self.place(database), "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL as the one who owns the data."""
        # PostgreSQL refuses to run as root
        as_owner: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(binaries() / program), *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **as_owner)


@contextmanager
def running_cluster(*, tcp: bool = False) -> Iterator[Cluster]:
    """Give a running cluster whose administrator is ``postgres``; it is deleted afterwards."""
    binaries()
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="pg-", dir=_place())), free_port(), tcp)
    if os.geteuid() == 0:
        shutil.chown(cluster.folder, OWNER, OWNER)
        cluster.folder.chmod(0o755)
    try:
        written = ("-A", "trust", "--auth-host=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        cluster.run("initdb", "-D", str(cluster.data), "-U", OWNER, *written)
        cluster.start()
        try:
            yield cluster
        finally:
            if (cluster.data / "postmaster.pid").exists():
                cluster.stop()
    finally:
        shutil.rmtree(cluster.folder, ignore_errors=True)


def _place() -> Path:
    """Return where clusters lie: in memory where there is plenty, since most of the work is to copy databases.

    The path is short, as that of every socket.
    """
    is_roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES
    return _MEMORY if is_roomy else Path("/tmp")  # noqa: S108 - as above


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Give the libpq string of a running cluster whose administrator is ``postgres``; it is deleted afterwards."""
    with running_cluster() as cluster:
        yield cluster.place()
