"""A shared database as an administrator installs it, filled with sites, and an officer who may write in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2.extensions import make_dsn

from bench._sync_world import DEPARTMENT, fill
from resorption_plugin.core.sync.access import Access, Role
from resorption_plugin.postgis.access import grant_access
from resorption_plugin.postgis.connection import Server
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.target import Target
from tools.throw_away_cluster import Cluster, running_cluster

SCHEMA = "resorption"
DATABASE = "shared"
OFFICER = "officer"


@dataclass(frozen=True)
class Shared:
    """Where the shared database is, for each who asks, as strings of libpq."""

    cluster: Cluster
    admin: str
    officer: str


@contextmanager
def shared_database(sites: int) -> Iterator[Shared]:
    """Give a shared database of so many sites; it is deleted afterwards."""
    with running_cluster(tcp=True) as cluster:
        cluster.sql(f"CREATE DATABASE {DATABASE}")
        cluster.sql("CREATE EXTENSION postgis", DATABASE)
        admin = cluster.place(DATABASE)
        with closing(psycopg2.connect(admin)) as connection:
            install(connection)
            connection.commit()
        cluster.login(OFFICER)
        with Server(Target.parse(admin)) as server:
            grant_access(server, Access(OFFICER, Role.OFFICER, [DEPARTMENT]))
        with closing(psycopg2.connect(admin)) as connection, connection.cursor() as cursor:
            fill(cursor, SCHEMA, sites)
            connection.commit()
            connection.autocommit = True
            cursor.execute("VACUUM ANALYZE")
        yield Shared(cluster, admin, make_dsn(**cluster.address(DATABASE, OFFICER)))
