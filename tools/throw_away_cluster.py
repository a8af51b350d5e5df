"""A throw-away PostgreSQL cluster, reached by a socket only: for the tests and the benchmarks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "postgres"


class NoServerError(Exception):
    """There is no PostgreSQL server on this machine."""


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL server, as Debian lays it out. Raises ``NoServerError``."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServerError("There is no PostgreSQL server on this machine: run make setup.")
    return found[-1].parent


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Give the libpq string of a running cluster whose administrator is ``postgres``; it is deleted afterwards."""
    programs = binaries()
    # PostgreSQL refuses to run as root; a socket's path is short
    as_owner: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if as_owner:
        shutil.chown(folder, OWNER, OWNER)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_owner)

    data = f"{folder}/data"
    try:
        run("initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{folder}/log", "start")
        try:
            yield f"host={folder} user={OWNER} dbname=postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
