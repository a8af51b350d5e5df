"""A server reached by TCP, with TLS where a test asks for it, and with the rules of access that a test writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.throw_away_cluster import OWNER, Cluster, NoServerError, binaries, running_cluster


@pytest.fixture(scope="session")
def tcp() -> Iterator[Cluster]:
    """Give a server that ``claire`` reaches with her password; what a test changes of it, it puts back."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as cluster:
        cluster.login("claire")
        yield cluster


@pytest.fixture(scope="session")
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
