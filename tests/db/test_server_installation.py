"""The shared database is installed whole or not at all, once, where it may be, and is then what the model says."""

from __future__ import annotations

import subprocess
import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import make_dsn

from resorption_plugin import paths
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.sync.travelling import travels
from resorption_plugin.postgis import from_model, installing, requirements
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.requirements import UnfitError
from tests.db.conformity import conformity
from tests.db.conftest import run
from tests.db.direct_sql import ANY_SITE, asked
from tools.throw_away_cluster import binaries


def test_an_empty_database_gets_every_table_once(empty: Connection) -> None:
    assert not installing.is_installed(empty)
    first = install(empty)
    assert first.is_new
    assert first.is_changed
    assert [name.split("/")[0] for name in first.changelogs] == ["1"] * len(first.changelogs)
    assert installing.is_installed(empty)
    second = install(empty)
    assert second == installing.Installed((), is_new=False, is_changed=False)
    tables = {name for (name,) in asked(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'resorption'")}
    assert tables == {travel.key for travel in travels()}
    assert asked(empty, "SELECT rev, schema_version FROM sync.head") == [(0, catalogue.SCHEMA_VERSION)]


def test_a_connection_that_commits_each_statement_goes_on_doing_so(empty: Connection) -> None:
    empty.autocommit = True
    install(empty)
    assert empty.autocommit
    assert install(empty).is_changed is False


def test_a_failed_installation_leaves_nothing(empty: Connection, sql_copy: Path) -> None:
    (sql_copy / "app" / "998_broken.sql").write_text("SELECT 1 / 0;")
    with pytest.raises(psycopg2.errors.DivisionByZero):
        install(empty, folder=sql_copy)
    assert asked(empty, "SELECT nspname FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')") == []


def test_the_frozen_changelog_is_what_the_model_says(installed: Connection) -> None:
    assert conformity(installed) == []


@pytest.mark.parametrize(
    ("altered", "told"),
    [
        ("DROP COLUMN caravans", ['ALTER TABLE "resorption"."site" ADD COLUMN "caravans" bigint']),
        ("ADD COLUMN stranger text", ['ALTER TABLE "resorption"."site" DROP COLUMN "stranger"']),
        ("ALTER COLUMN name SET NOT NULL", ['ALTER TABLE "resorption"."site" ALTER COLUMN "name" DROP NOT NULL']),
        ("ALTER COLUMN huts TYPE int", ['ALTER TABLE "resorption"."site" ALTER COLUMN "huts" TYPE bigint']),
        (
            "DROP CONSTRAINT closed_after_built",
            ['ALTER TABLE "resorption"."site" ADD CONSTRAINT "closed_after_built" CHECK ("closed_at" > "built_at")'],
        ),
        (
            "DROP CONSTRAINT site_rb_id_key",
            ['ALTER TABLE "resorption"."site" ADD CONSTRAINT "site_rb_id_key" UNIQUE ("rb_id") DEFERRABLE'],
        ),
    ],
)
def test_what_differs_from_the_model_is_told_as_the_statement_that_mends_it(
    installed: Connection, altered: str, told: list[str]
) -> None:
    asked(installed, "DROP SCHEMA app CASCADE")
    asked(installed, f"ALTER TABLE resorption.site {altered}")
    found = conformity(installed)
    assert [statement for statement in found if "_kind" not in statement and "_minimum" not in statement][:1] == told
    for statement in found:
        with installed.cursor() as cursor:
            cursor.execute(statement)
    assert conformity(installed) == []


def test_a_missing_table_and_a_missing_index_are_told(installed: Connection) -> None:
    asked(installed, "DROP SCHEMA app CASCADE; DROP TABLE resorption.closure")
    asked(installed, "DROP INDEX resorption.dwelling_geom_idx")
    found = conformity(installed)
    closure = next(travel for travel in travels() if travel.key == "closure")
    assert from_model.create_table(closure) in found
    assert 'CREATE INDEX "dwelling_geom_idx" ON "resorption"."dwelling" USING gist (geom)' in found
    for statement in found:
        asked(installed, statement)
    assert conformity(installed) == []


def test_two_installations_at_once_make_one(empty_database: str) -> None:
    done: list[installing.Installed] = []

    def work() -> None:
        with closing(psycopg2.connect(empty_database)) as connection:
            done.append(install(connection))

    both = [threading.Thread(target=work) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(installed.is_new for installed in done) == [False, True]


def test_a_backup_restored_elsewhere_is_the_same_server(cluster: str, database: str, tmp_path: Path) -> None:
    with closing(psycopg2.connect(database)) as connection:
        for _ in range(3):
            asked(connection, ANY_SITE)
            connection.commit()
    backup = str(tmp_path / "backup")
    subprocess.run([binaries() / "pg_dump", "-Fc", "-f", backup, "-d", database], check=True)
    run(cluster, "DROP DATABASE IF EXISTS restored")
    run(cluster, "CREATE DATABASE restored")
    place = make_dsn(cluster, dbname="restored")
    subprocess.run([binaries() / "pg_restore", "--exit-on-error", "-d", place, backup], check=True)
    with closing(psycopg2.connect(place)) as connection:
        assert conformity(connection) == []
        assert install(connection) == installing.Installed((), is_new=False, is_changed=False)
        asked(connection, ANY_SITE)
        connection.commit()
        assert asked(connection, "SELECT rev FROM sync.tx ORDER BY tx_id") == [(1,), (2,), (3,), (4,)]
        assert asked(connection, "SELECT app.verify_chain()") == [(None,)]
        asleep = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'"
        assert asked(connection, f"{asleep} AND tgrelid::regclass::text LIKE 'resorption.%'") == []


def test_a_database_without_postgis_is_refused(cluster: str) -> None:
    run(cluster, "CREATE DATABASE bare")
    with closing(psycopg2.connect(make_dsn(cluster, dbname="bare"))) as connection:
        with pytest.raises(UnfitError, match="CREATE EXTENSION postgis"):
            install(connection)
        assert asked(connection, "SELECT nspname FROM pg_namespace WHERE nspname = 'sync'") == []


def test_a_database_in_another_encoding_is_refused(cluster: str) -> None:
    run(cluster, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with (
        closing(psycopg2.connect(make_dsn(cluster, dbname="latin"))) as connection,
        pytest.raises(UnfitError, match="LATIN1"),
    ):
        install(connection)


def test_the_schemas_of_another_program_are_left_alone(empty: Connection) -> None:
    asked(empty, "CREATE SCHEMA app; CREATE TABLE app.of_others AS SELECT 1 AS n")
    empty.commit()
    with pytest.raises(UnfitError, match="“app”"):
        install(empty)
    assert asked(empty, "SELECT n FROM app.of_others") == [(1,)]


@pytest.mark.parametrize(("constant", "value"), [("OLDEST_POSTGRESQL", 99), ("OLDEST_POSTGIS", (99, 0))])
def test_an_old_server_is_refused(
    empty: Connection, monkeypatch: pytest.MonkeyPatch, constant: str, value: object
) -> None:
    monkeypatch.setattr(requirements, constant, value)
    with pytest.raises(UnfitError, match="99"):
        install(empty)


def test_a_login_without_the_rights_is_told_who_has_them(cluster: str, empty_database: str) -> None:
    run(cluster, "DROP ROLE IF EXISTS nobody_special")
    run(cluster, "CREATE ROLE nobody_special LOGIN")
    with (
        closing(psycopg2.connect(make_dsn(empty_database, user="nobody_special"))) as connection,
        pytest.raises(UnfitError, match=r"nobody_special.*CREATEROLE"),
    ):
        install(connection)


def test_the_owner_of_a_database_may_install_and_upgrade_without_being_superuser(
    cluster: str, empty_database: str, sql_copy: Path
) -> None:
    run(cluster, "DROP ROLE IF EXISTS keeper")
    run(cluster, "CREATE ROLE keeper LOGIN CREATEROLE")
    (name,) = (part.split("=")[1] for part in empty_database.split() if part.startswith("dbname="))
    run(cluster, f"ALTER DATABASE {name} OWNER TO keeper")
    with closing(psycopg2.connect(make_dsn(empty_database, user="keeper"))) as connection:
        assert install(connection).is_new
        (sql_copy / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
        assert install(connection, folder=sql_copy).is_changed
        assert conformity(connection) == []


def test_uninstalling_takes_the_schemas_and_nothing_else(installed: Connection) -> None:
    asked(installed, "CREATE TABLE public.of_others AS SELECT 1 AS n")
    asked(installed, (paths.sql() / "uninstall.sql").read_text("utf-8"))
    left = "SELECT nspname FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')"
    assert asked(installed, left) == []
    assert asked(installed, "SELECT n FROM public.of_others") == [(1,)]
    assert install(installed).is_new
