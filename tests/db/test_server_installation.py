"""The shared database is installed whole or not at all, once, and is then what the model says."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import make_dsn

from resorption_plugin import paths
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.sync.ports import BusyError
from resorption_plugin.core.sync.travelling import travels
from resorption_plugin.postgis import from_model, installing, requirements
from resorption_plugin.postgis.conformity import conformity
from resorption_plugin.postgis.installing import InstallError, install
from resorption_plugin.postgis.requirements import UnfitError
from tests.db.conftest import run
from tools.throw_away_cluster import binaries

SITE = """INSERT INTO resorption.site (uid, status, living_conditions_version, department, geom)
VALUES (gen_random_uuid(), 'open', 2, '31', 'SRID=4326;POINT(1.4 43.6)')"""


@pytest.fixture
def empty(empty_database: str) -> Iterator[Connection]:
    with closing(psycopg2.connect(empty_database)) as connection:
        yield connection


def rows(connection: Connection, query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the SQL that a test may alter."""
    return Path(shutil.copytree(paths.sql(), tmp_path / "sql"))


def test_an_empty_database_gets_every_table_once(empty: Connection) -> None:
    assert not installing.is_installed(empty)
    first = install(empty)
    assert first.is_new
    assert first.is_changed
    assert [name.split("/")[0] for name in first.changelogs] == ["1"] * len(first.changelogs)
    assert installing.is_installed(empty)
    second = install(empty)
    assert second == installing.Installed((), is_new=False, is_changed=False)
    tables = {name for (name,) in rows(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'resorption'")}
    assert tables == {travel.key for travel in travels()}
    assert rows(empty, "SELECT rev, schema_version FROM sync.head") == [(0, catalogue.SCHEMA_VERSION)]


def test_a_connection_that_commits_each_statement_goes_on_doing_so(empty: Connection) -> None:
    empty.autocommit = True
    install(empty)
    assert empty.autocommit
    assert install(empty).is_changed is False


def test_a_failed_installation_leaves_nothing(empty: Connection, folder: Path) -> None:
    (folder / "app" / "998_broken.sql").write_text("SELECT 1 / 0;")
    with pytest.raises(psycopg2.errors.DivisionByZero):
        install(empty, folder=folder)
    assert rows(empty, "SELECT nspname FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')") == []


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
    rows(installed, "DROP SCHEMA app CASCADE")
    rows(installed, f"ALTER TABLE resorption.site {altered}")
    found = conformity(installed)
    assert [statement for statement in found if "_kind" not in statement and "_minimum" not in statement][:1] == told
    for statement in found:
        with installed.cursor() as cursor:
            cursor.execute(statement)
    assert conformity(installed) == []


def test_a_missing_table_and_a_missing_index_are_told(installed: Connection) -> None:
    rows(installed, "DROP SCHEMA app CASCADE; DROP TABLE resorption.closure")
    rows(installed, "DROP INDEX resorption.dwelling_geom_idx")
    found = conformity(installed)
    closure = next(travel for travel in travels() if travel.key == "closure")
    assert from_model.create_table(closure) in found
    assert 'CREATE INDEX "dwelling_geom_idx" ON "resorption"."dwelling" USING gist (geom)' in found
    for statement in found:
        rows(installed, statement)
    assert conformity(installed) == []


def test_a_changelog_that_was_altered_stops_the_upgrade(installed: Connection, folder: Path) -> None:
    altered = folder / "changelogs" / "1" / "020_rights.sql"
    altered.write_text(altered.read_text("utf-8") + "\n-- another text\n", "utf-8")
    before = rows(installed, "SELECT * FROM sync.changelog ORDER BY name")
    with pytest.raises(InstallError, match=r"1/020_rights\.sql"):
        install(installed, folder=folder)
    assert rows(installed, "SELECT * FROM sync.changelog ORDER BY name") == before


def test_a_database_of_a_newer_plugin_is_left_alone(installed: Connection) -> None:
    rows(installed, "INSERT INTO sync.changelog (name, sha256, version) VALUES ('2/010_more.sql', 'x', '0.9')")
    with pytest.raises(InstallError, match=r"newer version of the plugin \(0\.9, step 2/010_more\.sql\)"):
        install(installed)
    rows(installed, "DELETE FROM sync.changelog WHERE name LIKE '2/%'")
    rows(installed, "UPDATE sync.changelog SET version = '99.10.1', sha256 = 'x' WHERE name = 'app'")
    with pytest.raises(InstallError, match=r"newer version of the plugin \(99\.10\.1, step app\)"):
        install(installed)


def test_an_upgrade_keeps_what_people_wrote(installed: Connection, folder: Path) -> None:
    rows(installed, SITE)
    (folder / "changelogs" / "2").mkdir()
    step = "ALTER TABLE resorption.site ADD COLUMN added text; UPDATE resorption.site SET name = 'migrated';"
    (folder / "changelogs" / "2" / "010_added.sql").write_text(step)
    (folder / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT added FROM resorption.site;")
    done = install(installed, folder=folder)
    assert done.changelogs == ("2/010_added.sql",)
    assert not done.is_new
    assert rows(installed, "SELECT name, added FROM resorption.site") == [("migrated", None)]
    # what a changelog writes is logged as anything else
    assert rows(installed, "SELECT op, new ->> 'name' FROM sync.log ORDER BY seq") == [("I", None), ("U", "migrated")]
    assert install(installed, folder=folder).is_changed is False


VERSIONS = sorted({int(step.name.split("/")[0]) for step in installing.changelogs(paths.sql())})


@pytest.mark.parametrize("version", VERSIONS)
def test_the_tables_of_every_version_become_those_of_today(empty: Connection, version: int) -> None:
    with installing.transaction(empty) as cursor:
        postgis = requirements.verify(cursor)
        cursor.execute((paths.sql() / "roles.sql").read_text("utf-8"))
        installing._make_schemas(cursor, is_new=True)
        installing._work_as_owner(cursor, postgis)
        cursor.execute(installing._BOOK)
        for step in installing.changelogs(paths.sql()):
            if int(step.name.split("/")[0]) <= version:
                cursor.execute(step.sql)
                installing._note(cursor, step)
    assert install(empty).is_changed
    assert conformity(empty) == []
    rows(empty, SITE)
    assert rows(empty, "SELECT op::text FROM sync.log") == [("I",)]


def test_people_write_while_the_server_is_upgraded(database: str, folder: Path) -> None:
    """Every write is either refused or logged; none slips between two versions of the triggers."""
    stop = threading.Event()
    written = [0] * 3
    failures: list[str] = []

    def write(number: int) -> None:
        with closing(psycopg2.connect(database)) as connection:
            while not stop.is_set():
                try:
                    with connection, connection.cursor() as cursor:
                        cursor.execute(SITE)
                    written[number] += 1
                except psycopg2.Error as error:
                    failures.append(str(error.pgcode))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        with closing(psycopg2.connect(database)) as connection:
            for number in range(4):
                (folder / "app" / "170_more.sql").write_text(f"CREATE VIEW app.more AS SELECT {number} AS n;")
                assert install(connection, folder=folder).is_changed
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    with closing(psycopg2.connect(database)) as connection:
        assert rows(connection, "SELECT count(*) FROM resorption.site") == [(sum(written),)]
        assert rows(connection, "SELECT count(*), max(tx_id) IS NOT NULL FROM sync.log") == [(sum(written), True)]
        assert rows(connection, "SELECT rev FROM sync.head") == [(sum(written),)]
    assert sum(written) > 20
    assert set(failures) <= {"40P01", "55P03"}


def test_who_never_lets_go_of_the_tables_is_told_of(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "ATTEMPTS", 1)
    monkeypatch.setattr(installing, "LOCK_TIMEOUT", "200ms")
    (folder / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
    with closing(psycopg2.connect(database)) as other, closing(psycopg2.connect(database)) as connection:
        rows(other, SITE)
        with pytest.raises(BusyError):
            install(connection, folder=folder)
        other.commit()
        assert install(connection, folder=folder).is_changed


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
            rows(connection, SITE)
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
        rows(connection, SITE)
        connection.commit()
        assert rows(connection, "SELECT rev FROM sync.tx ORDER BY tx_id") == [(1,), (2,), (3,), (4,)]
        assert rows(connection, "SELECT app.verify_chain()") == [(None,)]
        asleep = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'"
        assert rows(connection, f"{asleep} AND tgrelid::regclass::text LIKE 'resorption.%'") == []


def test_a_database_without_postgis_is_refused(cluster: str) -> None:
    run(cluster, "CREATE DATABASE bare")
    with closing(psycopg2.connect(make_dsn(cluster, dbname="bare"))) as connection:
        with pytest.raises(UnfitError, match="CREATE EXTENSION postgis"):
            install(connection)
        assert rows(connection, "SELECT nspname FROM pg_namespace WHERE nspname = 'sync'") == []


def test_a_database_in_another_encoding_is_refused(cluster: str) -> None:
    run(cluster, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with (
        closing(psycopg2.connect(make_dsn(cluster, dbname="latin"))) as connection,
        pytest.raises(UnfitError, match="LATIN1"),
    ):
        install(connection)


def test_the_schemas_of_another_program_are_left_alone(empty: Connection) -> None:
    rows(empty, "CREATE SCHEMA app; CREATE TABLE app.of_others AS SELECT 1 AS n")
    empty.commit()
    with pytest.raises(UnfitError, match="“app”"):
        install(empty)
    assert rows(empty, "SELECT n FROM app.of_others") == [(1,)]


def test_the_views_of_others_are_not_dropped_with_what_they_rest_on(installed: Connection, folder: Path) -> None:
    rows(installed, "CREATE VIEW public.of_others AS SELECT name FROM app.wire_site")
    (folder / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
    with pytest.raises(InstallError, match=r"public\.of_others"):
        install(installed, folder=folder)
    assert rows(installed, "SELECT name FROM public.of_others") == []
    rows(installed, "CREATE OR REPLACE VIEW public.of_others AS SELECT name FROM resorption.site")
    assert install(installed, folder=folder).is_changed
    assert rows(installed, "SELECT name FROM public.of_others") == []


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
    cluster: str, empty_database: str, folder: Path
) -> None:
    run(cluster, "DROP ROLE IF EXISTS keeper")
    run(cluster, "CREATE ROLE keeper LOGIN CREATEROLE")
    (name,) = (part.split("=")[1] for part in empty_database.split() if part.startswith("dbname="))
    run(cluster, f"ALTER DATABASE {name} OWNER TO keeper")
    with closing(psycopg2.connect(make_dsn(empty_database, user="keeper"))) as connection:
        assert install(connection).is_new
        (folder / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
        assert install(connection, folder=folder).is_changed
        assert conformity(connection) == []


def test_uninstalling_takes_the_schemas_and_nothing_else(installed: Connection) -> None:
    rows(installed, "CREATE TABLE public.of_others AS SELECT 1 AS n")
    rows(installed, (paths.sql() / "uninstall.sql").read_text("utf-8"))
    left = "SELECT nspname FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')"
    assert rows(installed, left) == []
    assert rows(installed, "SELECT n FROM public.of_others") == [(1,)]
    assert install(installed).is_new
