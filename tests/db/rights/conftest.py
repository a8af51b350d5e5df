"""A shared database with the people and the rows of the tests of rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest

from tests.db.conftest import copied, run
from tests.db.rights.ground import PEOPLE, PLACES, REVOKED, STRANGER, WRITING, Base, dwelling, make_logins, site


@pytest.fixture(scope="module")
def base(cluster: str, server_template: str) -> Iterator[Base]:
    """Give a shared database of the module's own."""
    make_logins(cluster)
    for place in copied(cluster, server_template):
        made = Base(place)
        with closing(psycopg2.connect(place)) as connection, connection, connection.cursor() as cursor:
            for login, (role, areas) in PEOPLE.items():
                cursor.execute("SELECT app.grant_access(%s, %s, %s)", [login, role, areas])
            cursor.execute(
                "SELECT app.grant_access(%s, 'officer', '{31}'); SELECT app.revoke_access(%s)", [REVOKED] * 2
            )
            for name in PLACES:
                cursor.execute(site(made.sites[name], name))
                cursor.execute(dwelling(made.dwellings[name], made.sites[name]))
                cursor.execute(
                    "INSERT INTO resorption.procedure (uid, site_uid) VALUES (gen_random_uuid(), %s)",
                    [made.sites[name]],
                )
            cursor.execute(WRITING)
        yield made
    for login in (*PEOPLE, STRANGER, REVOKED):
        run(cluster, f"DROP ROLE {login}")
