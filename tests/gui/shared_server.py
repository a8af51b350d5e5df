"""A real server for the windows of sharing: one database of the test's own, a service for each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from resorption_plugin.postgis import installing
from tools.throw_away_cluster import Cluster, NoServerError, binaries, running_cluster

INSTALLED, SHARED = "installed", "shared"


@contextmanager
def installed_cluster() -> Iterator[Cluster]:
    """Give a server with an installed database, to be copied."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as started:
        started.sql(f"CREATE DATABASE {INSTALLED}")
        started.sql("CREATE EXTENSION postgis", INSTALLED)
        with closing(psycopg2.connect(started.place(INSTALLED))) as connection:
            installing.install(connection)
        yield started


@contextmanager
def shared_database(cluster: Cluster, services: Path, roles: Mapping[str, str]) -> Iterator[Cluster]:
    """Give a database in which people, by login, have their roles in Haute-Garonne, and write their services."""
    cluster.copy(INSTALLED, SHARED)
    lines = []
    for login, role in roles.items():
        cluster.login(login)
        cluster.sql(f"SELECT app.grant_access('{login}', '{role}', ARRAY['31'])", SHARED)
        lines += [f"[{login}]", *(f"{key}={value}" for key, value in cluster.address(SHARED, login).items()), ""]
    services.write_text("\n".join(lines))
    yield cluster
    cluster.disconnect(SHARED)
    cluster.drop(SHARED)
