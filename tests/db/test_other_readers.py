"""What other programs read of the shared database, by right: views with keys and typed geometries that none writes."""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from resorption_plugin.core.model.fields import Geometry
from resorption_plugin.core.sync.travelling import travels
from tests.db.conftest import run

SITE = """INSERT INTO resorption.site (uid, name, status, living_conditions_version, department, geom)
VALUES (gen_random_uuid(), '{0}', 'open', 2, '{0}', 'SRID=4326;POINT(1.4 43.6)')"""
TYPES = {Geometry.POINT: "POINT", Geometry.LINE: "LINESTRING", Geometry.POLYGON: "MULTIPOLYGON"}
LOGINS = {"anne": ("officer", ["31"]), "bruno": ("officer", ["32"]), "chef": ("admin", []), "cour": ("auditor", [])}


@pytest.fixture
def shared(database: str) -> str:
    """Return a shared database with a site in each of two departments, and four logins."""
    for login, (role, areas) in LOGINS.items():
        run(database, f"DO $$ BEGIN IF to_regrole('{login}') IS NULL THEN CREATE ROLE {login} LOGIN; END IF; END $$")
        listed = ", ".join(f"'{area}'" for area in areas)
        run(database, f"SELECT app.grant_access('{login}', '{role}', ARRAY[{listed}]::text[], '{{}}', NULL)")
    for department in ("31", "32"):
        run(database, SITE.format(department))
    return database


def asked(place: str, login: str, query: str) -> list[tuple]:
    with closing(psycopg2.connect(make_dsn(place, user=login))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize(
    ("login", "seen"), [("anne", ["31"]), ("bruno", ["32"]), ("chef", ["31", "32"]), ("cour", ["31", "32"])]
)
def test_a_notebook_reads_what_its_login_may(shared: str, login: str, seen: list[str]) -> None:
    query = "SELECT name FROM app.v_site ORDER BY name"
    assert [name for (name,) in asked(shared, login, query)] == seen


def test_programs_find_a_key_and_a_typed_geometry_in_every_view(shared: str) -> None:
    found = dict(
        asked(
            shared,
            "anne",
            "SELECT f_table_name::text, type || ' ' || srid || ' ' || coord_dimension FROM geometry_columns"
            " WHERE f_table_schema = 'app'",
        )
    )
    assert found == {
        f"v_{there.key}": f"{TYPES[there.layer.geometry]} 4326 2" for there in travels() if "geom" in there.columns
    }
    for there in travels():
        query = f"SELECT pg_typeof(uid)::text FROM app.v_{there.key} WHERE uid IS NULL"
        assert asked(shared, "anne", query) == []
        assert asked(shared, "anne", f"SELECT obj_description('app.v_{there.key}'::regclass) IS NOT NULL") == [(True,)]


@pytest.mark.parametrize("login", LOGINS)
def test_nobody_writes_through_a_view(shared: str, login: str) -> None:
    for statement in ("UPDATE app.v_site SET name = 'x'", "DELETE FROM app.v_site"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            asked(shared, login, statement)


def test_projects_are_stored_by_administrators_and_read_by_all(shared: str) -> None:
    write = "INSERT INTO maps.qgis_projects VALUES ('Carte', '{}', '\\x00') ON CONFLICT (name) DO NOTHING"
    for login in ("anne", "cour"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            asked(shared, login, write)
    asked(shared, "chef", write)
    for login in LOGINS:
        assert asked(shared, login, "SELECT name FROM maps.qgis_projects") == [("Carte",)]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            asked(shared, login, "CREATE TABLE maps.mine AS SELECT 1")
