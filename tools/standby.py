"""A standby of a throw-away PostgreSQL cluster: it follows each confirmed transaction, and takes over on request."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .throw_away_cluster import LOOPBACK, OWNER, Cluster, free_port

NAME = "standby"
"""By which the primary knows it."""
_PATIENCE_S = 20.0


@contextmanager
def standby_of(primary: Cluster) -> Iterator[Cluster]:
    """Give a running standby; from now on the primary confirms a transaction only once the standby has it too.

    The standby is deleted afterwards, and the primary, where it still runs, waits for nobody any more.
    """
    standby = Cluster(Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp")), free_port(), primary.tcp, primary.passwords)
    if os.geteuid() == 0:
        shutil.chown(standby.folder, OWNER, OWNER)
        standby.folder.chmod(0o755)
    try:
        source = f"host={primary.folder} port={primary.port} user={OWNER} application_name={NAME}"
        standby.run("pg_basebackup", "-D", str(standby.data), "-d", source, "-R", "-X", "stream", "-c", "fast")
        standby.start()
        try:
            wait_for_each(primary, NAME)
            yield standby
        finally:
            if is_running(primary):
                wait_for_each(primary, "")
            if is_running(standby):
                standby.stop()
    finally:
        shutil.rmtree(standby.folder, ignore_errors=True)


def wait_for_each(primary: Cluster, name: str) -> None:
    """Have each confirmation wait for the standby of a name; for nobody when it is empty."""
    primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    primary.sql("SELECT pg_reload_conf()")
    state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
    _wait_until(lambda: not name or primary.sql(state) == "1", "the standby to follow")


def kill(cluster: Cluster) -> None:
    """Kill a server as a power cut would: no word to anybody."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    _wait_until(lambda: not _children(cluster), "the sessions of the killed server to end")
    (cluster.data / "postmaster.pid").unlink()


def promote(standby: Cluster) -> None:
    """Make a standby the primary."""
    standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")


def is_running(cluster: Cluster) -> bool:
    """Say whether the server was neither stopped nor killed."""
    return (cluster.data / "postmaster.pid").exists()


def either(first: Cluster, second: Cluster, database: str, login: str) -> dict[str, str]:
    """Return the libpq parameters of whichever of two servers takes writes, by TCP."""
    address = first.address(database, login)
    return {
        **address,
        "host": f"{LOOPBACK},{LOOPBACK}",
        "port": f"{first.port},{second.port}",
        "target_session_attrs": "read-write",
        "connect_timeout": "5",
    }


def _children(cluster: Cluster) -> list[int]:
    """Return the processes that work in the folder of a cluster."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == cluster.data:
                found.append(int(process.name))
        except OSError:  # it ended meanwhile
            continue
    return found


def _wait_until(is_done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {_PATIENCE_S:.0f} s for {what}")
        time.sleep(0.02)
