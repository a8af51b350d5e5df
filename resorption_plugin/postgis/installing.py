"""Installs and upgrades the shared database: all of it in one transaction, or nothing.

Numbered changelogs make and change the tables; once released they are frozen, and the database keeps their
checksums. What ``sql/app`` and the model make (functions, views, triggers, policies) is dropped and made again whenever
it differs.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import errorcodes
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from .. import paths
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.terms import quote_name
from ..core.sync.ports import BusyError, SyncError
from ..core.sync.travelling import travels
from . import from_model, requirements
from .steps import APP, Step, app_step, changelogs
from .target import plugin_version
from .values import Values

LOCK = 7_203_105_031_415
"""The advisory lock of whoever installs; any number that other programs are unlikely to take."""
ATTEMPTS = 6
LOCK_TIMEOUT = "10s"
_AGAIN = {errorcodes.DEADLOCK_DETECTED, errorcodes.LOCK_NOT_AVAILABLE, errorcodes.SERIALIZATION_FAILURE}
_BOOK = """
CREATE TABLE IF NOT EXISTS sync.changelog (
  name text PRIMARY KEY, sha256 text NOT NULL, version text NOT NULL,
  applied_at timestamptz(3) NOT NULL DEFAULT now(), applied_by name NOT NULL DEFAULT session_user);
COMMENT ON TABLE sync.changelog IS 'Étapes d''installation appliquées';
COMMENT ON COLUMN sync.changelog.name IS 'Étape';
COMMENT ON COLUMN sync.changelog.sha256 IS 'Empreinte de son texte';
COMMENT ON COLUMN sync.changelog.version IS 'Version de l''extension';
COMMENT ON COLUMN sync.changelog.applied_at IS 'Appliquée le';
COMMENT ON COLUMN sync.changelog.applied_by IS 'Par'
"""

_RESTING = """
SELECT v.relnamespace::regnamespace || '.' || v.relname FROM pg_depend AS d
JOIN pg_rewrite AS r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
JOIN pg_class AS v ON v.oid = r.ev_class
LEFT JOIN pg_class AS c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid
LEFT JOIN pg_proc AS p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
WHERE coalesce(c.relnamespace, p.pronamespace) = 'app'::regnamespace AND v.relnamespace <> 'app'::regnamespace
ORDER BY 1 LIMIT 1"""


class InstallError(SyncError):
    """The shared database cannot be installed or upgraded; it is as it was."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did."""

    changelogs: tuple[str, ...]
    """The changelogs applied, in their order."""
    is_new: bool
    """Whether there was nothing before."""
    is_changed: bool
    """Whether anything was done at all."""


def install(connection: Connection, *, folder: Path | None = None) -> Installed:
    """Install the shared database, or bring it up to this version; done already, it changes nothing.

    People may be writing: the upgrade waits for them, and they for it. ``folder`` holds the SQL. Raises
    ``InstallError``, and ``BusyError`` when others kept their locks; the database is then as it was.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction(connection) as cursor:
                return _install(cursor, folder or paths.sql())
        except psycopg2.Error as error:
            if error.pgcode == errorcodes.INSUFFICIENT_PRIVILEGE:
                raise requirements.not_enough_rights(connection, error) from None
            if error.pgcode not in _AGAIN:
                raise
        # whoever holds the lock goes first, and not all who wait come back together
        time.sleep(random.uniform(0.1, 0.3) * attempt)  # noqa: S311 # nosec B311 - no secret
    raise BusyError(
        mark("Others keep writing to the shared database: it was not upgraded. Try again when fewer people work.")
    )


def is_installed(connection: Connection) -> bool:
    """Say whether the shared database is there, of whatever version."""
    with transaction(connection) as cursor:
        return requirements.is_installed(cursor)


@contextmanager
def transaction(connection: Connection) -> Iterator[Cursor]:
    """Give a cursor in a transaction of its own, whether or not the connection commits each statement."""
    commits_itself = connection.autocommit
    if not commits_itself:
        connection.rollback()
    connection.autocommit = False
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        if not connection.closed:
            connection.autocommit = commits_itself


def _install(cursor: Cursor, folder: Path) -> Installed:
    postgis = requirements.verify(cursor)
    cursor.execute("SELECT set_config('lock_timeout', %s, TRUE)", [LOCK_TIMEOUT])
    cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL client_min_messages = warning")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    is_new = not requirements.is_installed(cursor)
    applied = {} if is_new else _applied(cursor)
    waiting = [step for step in changelogs(folder) if not _is_done(step, applied)]
    if not is_new:
        _refuse_newer(cursor, folder)
    app = app_step(folder, postgis)
    if not waiting and applied.get(APP) == app.sha256:
        return Installed((), is_new=False, is_changed=False)
    cursor.execute((folder / "roles.sql").read_text("utf-8"))
    _make_schemas(cursor, is_new=is_new)
    _work_as_owner(cursor, postgis)
    cursor.execute(_BOOK)
    if not is_new:
        _wait_for_writers(cursor)
    for step in waiting:
        cursor.execute(step.sql)
        # tables with work put off until the end could not be altered
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _note(cursor, step)
    _make_app(cursor, app, postgis)
    _note(cursor, app)
    return Installed(tuple(step.name for step in waiting), is_new=is_new, is_changed=True)


def _applied(cursor: Cursor) -> dict[str, str]:
    cursor.execute("SELECT name, sha256 FROM sync.changelog")
    return dict(cursor.fetchall())


def _is_done(step: Step, applied: dict[str, str]) -> bool:
    """Say whether a changelog was applied; raises ``InstallError`` when it was, with another text."""
    if step.name not in applied:
        return False
    if applied[step.name] != step.sha256:
        raise InstallError(
            mark(
                "The step {name} of the installation is not the one this database was made with: nothing was changed. "
                "Install the released plugin again; if this remains, somebody altered the database or the plugin."
            ),
            name=step.name,
        )
    return True


def _refuse_newer(cursor: Cursor, folder: Path) -> None:
    """Raise ``InstallError`` when a newer plugin made what is there: this one would take it back."""
    known = [step.name for step in changelogs(folder)]
    cursor.execute("SELECT name, version FROM sync.changelog WHERE name <> ALL (%s)", [known])
    for name, version in cursor.fetchall():
        if name != APP or _parts(version) > _parts(plugin_version()):
            raise InstallError(
                mark(
                    "This database was upgraded by a newer version of the plugin ({version}, step {name}): nothing was "
                    "changed. Update the plugin on this computer first."
                ),
                version=version,
                name=name,
            )


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _make_schemas(cursor: Cursor, *, is_new: bool) -> None:
    if is_new:
        cursor.execute("CREATE SCHEMA resorption AUTHORIZATION resorption_owner")
        cursor.execute("CREATE SCHEMA sync AUTHORIZATION resorption_owner")
        cursor.execute("CREATE SCHEMA app AUTHORIZATION resorption_owner")
        cursor.execute("CREATE SCHEMA maps AUTHORIZATION resorption_owner")


def _work_as_owner(cursor: Cursor, postgis: str) -> None:
    cursor.execute("SET LOCAL ROLE resorption_owner")
    cursor.execute(f"SET LOCAL search_path = pg_catalog, {quote_name(postgis)}, pg_temp")


def _wait_for_writers(cursor: Cursor) -> None:
    """Lock every table at once, parents first as those who write do: taken one by one, they would meet halfway."""
    cursor.execute(
        "SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY n.nspname, c.oid)"
        " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('resorption', 'sync') AND c.relkind = 'r'"
    )
    (names,) = cursor.fetchone() or ("",)
    cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def _make_app(cursor: Cursor, app: Step, postgis: str) -> None:
    _refuse_to_drop_views_of_others(cursor)
    cursor.execute("DROP SCHEMA app CASCADE")
    _note_version(cursor, postgis)
    cursor.execute("RESET ROLE")
    cursor.execute("CREATE SCHEMA app AUTHORIZATION resorption_owner")
    cursor.execute("SET LOCAL ROLE resorption_owner")
    cursor.execute("COMMENT ON SCHEMA app IS 'Fonctions, vues et déclencheurs : recréé à chaque mise à niveau'")
    cursor.execute("GRANT USAGE, CREATE ON SCHEMA app TO resorption_writer")
    cursor.execute(app.sql)
    cursor.execute("REVOKE CREATE ON SCHEMA app FROM resorption_writer")
    cursor.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC")


def _note_version(cursor: Cursor, postgis: str) -> None:
    """Note the version of the data, and seal the rows anew when it is another: their hash is that of all columns.

    The triggers are gone with the schema ``app``: to the people who write, the rows are what they were.
    """
    cursor.execute(
        "UPDATE sync.head SET (schema_version, min_client) = ROW (%(now)s, %(oldest)s)"
        " WHERE (schema_version, min_client) IS DISTINCT FROM (%(now)s, %(oldest)s)",
        {"now": catalogue.SCHEMA_VERSION, "oldest": catalogue.OLDEST_SPOKEN},
    )
    if cursor.rowcount:
        for travel in travels():
            sealed = Values(postgis).row_hash(travel, "t")
            name = from_model.table(travel.key)
            text = f"UPDATE {name} AS t SET _hash = {sealed} WHERE _hash IS DISTINCT FROM {sealed}"  # noqa: S608 # nosec B608
            cursor.execute(text)


def _refuse_to_drop_views_of_others(cursor: Cursor) -> None:
    cursor.execute(_RESTING)
    found = cursor.fetchone()
    if found is not None:
        raise InstallError(
            mark(
                "The view {view} of another program rests on the schema app, which is made anew: nothing was changed. "
                "Drop it, upgrade, then make it again; better, let it rest on the tables of the schema resorption."
            ),
            view=found[0],
        )


def _note(cursor: Cursor, step: Step) -> None:
    cursor.execute(
        "INSERT INTO sync.changelog (name, sha256, version) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE"
        " SET (sha256, version, applied_at, applied_by)"
        " = ROW (excluded.sha256, excluded.version, excluded.applied_at, excluded.applied_by)",
        [step.name, step.sha256, plugin_version()],
    )
