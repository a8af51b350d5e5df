"""A shared database is upgraded while people write, keeps what they wrote, and is left alone where it must be."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812

from resorption_plugin import paths
from resorption_plugin.core.sync.ports import BusyError
from resorption_plugin.postgis import installing, requirements
from resorption_plugin.postgis.installing import InstallError, install
from resorption_plugin.postgis.steps import changelogs
from tests.db.conformity import conformity
from tests.db.direct_sql import ANY_SITE, asked

UPGRADES, ENOUGH = 40, 20
"""A server upgrades as often as people need to write that many records meanwhile."""


def test_a_changelog_that_was_altered_stops_the_upgrade(installed: Connection, sql_copy: Path) -> None:
    altered = sql_copy / "changelogs" / "1" / "020_rights.sql"
    altered.write_text(altered.read_text("utf-8") + "\n-- another text\n", "utf-8")
    before = asked(installed, "SELECT * FROM sync.changelog ORDER BY name")
    with pytest.raises(InstallError, match=r"1/020_rights\.sql"):
        install(installed, folder=sql_copy)
    assert asked(installed, "SELECT * FROM sync.changelog ORDER BY name") == before


def test_a_database_of_a_newer_plugin_is_left_alone(installed: Connection) -> None:
    asked(installed, "INSERT INTO sync.changelog (name, sha256, version) VALUES ('2/010_more.sql', 'x', '0.9')")
    with pytest.raises(InstallError, match=r"newer version of the plugin \(0\.9, step 2/010_more\.sql\)"):
        install(installed)
    asked(installed, "DELETE FROM sync.changelog WHERE name LIKE '2/%'")
    asked(installed, "UPDATE sync.changelog SET version = '99.10.1', sha256 = 'x' WHERE name = 'app'")
    with pytest.raises(InstallError, match=r"newer version of the plugin \(99\.10\.1, step app\)"):
        install(installed)


def test_an_upgrade_keeps_what_people_wrote(installed: Connection, sql_copy: Path) -> None:
    asked(installed, ANY_SITE)
    (sql_copy / "changelogs" / "2").mkdir()
    step = "ALTER TABLE resorption.site ADD COLUMN added text; UPDATE resorption.site SET name = 'migrated';"
    (sql_copy / "changelogs" / "2" / "010_added.sql").write_text(step)
    (sql_copy / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT added FROM resorption.site;")
    done = install(installed, folder=sql_copy)
    assert done.changelogs == ("2/010_added.sql",)
    assert not done.is_new
    assert asked(installed, "SELECT name, added FROM resorption.site") == [("migrated", None)]
    # what a changelog writes is logged as anything else
    assert asked(installed, "SELECT op, new ->> 'name' FROM sync.log ORDER BY seq") == [("I", None), ("U", "migrated")]
    assert install(installed, folder=sql_copy).is_changed is False


VERSIONS = sorted({int(step.name.split("/")[0]) for step in changelogs(paths.sql())})


@pytest.mark.parametrize("version", VERSIONS)
def test_the_tables_of_every_version_become_those_of_today(empty: Connection, version: int) -> None:
    with installing.transaction(empty) as cursor:
        postgis = requirements.verify(cursor)
        cursor.execute((paths.sql() / "roles.sql").read_text("utf-8"))
        installing._make_schemas(cursor, is_new=True)
        installing._work_as_owner(cursor, postgis)
        cursor.execute(installing._BOOK)
        for step in changelogs(paths.sql()):
            if int(step.name.split("/")[0]) <= version:
                cursor.execute(step.sql)
                installing._note(cursor, step)
    assert install(empty).is_changed
    assert conformity(empty) == []
    asked(empty, ANY_SITE)
    assert asked(empty, "SELECT op::text FROM sync.log") == [("I",)]


def test_people_write_while_the_server_is_upgraded(database: str, sql_copy: Path) -> None:
    """Every write is either refused or logged; none slips between two versions of the triggers."""
    stop = threading.Event()
    written = [0] * 3
    failures: list[str] = []

    def write(number: int) -> None:
        with closing(psycopg2.connect(database)) as connection:
            while not stop.is_set():
                try:
                    with connection, connection.cursor() as cursor:
                        cursor.execute(ANY_SITE)
                    written[number] += 1
                except psycopg2.Error as error:
                    failures.append(str(error.pgcode))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        with closing(psycopg2.connect(database)) as connection:
            for number in range(UPGRADES):
                (sql_copy / "app" / "170_more.sql").write_text(f"CREATE VIEW app.more AS SELECT {number} AS n;")
                assert install(connection, folder=sql_copy).is_changed
                if number > UPGRADES // 10 and sum(written) > ENOUGH:
                    break
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    with closing(psycopg2.connect(database)) as connection:
        assert asked(connection, "SELECT count(*) FROM resorption.site") == [(sum(written),)]
        assert asked(connection, "SELECT count(*), max(tx_id) IS NOT NULL FROM sync.log") == [(sum(written), True)]
        assert asked(connection, "SELECT rev FROM sync.head") == [(sum(written),)]
    assert sum(written) > ENOUGH
    assert set(failures) <= {"40P01", "55P03"}


def test_who_never_lets_go_of_the_tables_is_told_of(
    database: str, sql_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "ATTEMPTS", 1)
    monkeypatch.setattr(installing, "LOCK_TIMEOUT", "200ms")
    (sql_copy / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
    with closing(psycopg2.connect(database)) as other, closing(psycopg2.connect(database)) as connection:
        asked(other, ANY_SITE)
        with pytest.raises(BusyError):
            install(connection, folder=sql_copy)
        other.commit()
        assert install(connection, folder=sql_copy).is_changed


def test_the_views_of_others_are_not_dropped_with_what_they_rest_on(installed: Connection, sql_copy: Path) -> None:
    asked(installed, "CREATE VIEW public.of_others AS SELECT name FROM app.wire_site")
    (sql_copy / "app" / "170_more.sql").write_text("CREATE VIEW app.more AS SELECT 1 AS n;")
    with pytest.raises(InstallError, match=r"public\.of_others"):
        install(installed, folder=sql_copy)
    assert asked(installed, "SELECT name FROM public.of_others") == []
    asked(installed, "CREATE OR REPLACE VIEW public.of_others AS SELECT name FROM resorption.site")
    assert install(installed, folder=sql_copy).is_changed
    assert asked(installed, "SELECT name FROM public.of_others") == []
