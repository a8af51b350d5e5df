"""A server is spoken to over TLS as far as it was asked for, and verified."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from resorption_plugin.postgis.target import Target
from tests.db.connection.asking import ask, claire, refused
from tools.throw_away_cluster import LOOPBACK, Cluster


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
