"""What a database must bring before the shared database is installed in it."""

from __future__ import annotations

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from ..core.i18n import mark
from ..core.sync.ports import SyncError

OLDEST_POSTGRESQL = 15
"""Views that obey the policies of who reads them (security_invoker) came with it."""
OLDEST_POSTGIS = (3, 3)


class UnfitError(SyncError):
    """The shared database cannot be installed here: the sentence says what is missing, and who can mend it."""


def verify(cursor: Cursor) -> str:
    """Return the schema of PostGIS; raises ``UnfitError`` when something is missing."""
    cursor.execute(
        "SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding'),"
        " pg_is_in_recovery(), current_database(), current_user,"
        " has_database_privilege(current_database(), 'CREATE')"
    )
    version, encoding, is_copy, database, login, may_create = cursor.fetchall()[0]
    if version < OLDEST_POSTGRESQL:
        raise UnfitError(
            mark(
                "The server runs PostgreSQL {version}; version {oldest} or newer is needed. Its administrator has to "
                "upgrade it."
            ),
            version=version,
            oldest=OLDEST_POSTGRESQL,
        )
    if is_copy:
        raise UnfitError(mark("This server is a copy that can only be read. Install on the main server."))
    if encoding != "UTF8":
        raise UnfitError(
            mark(
                "The database “{database}” keeps its texts in {encoding}; it must be UTF8. Make another database with "
                "this encoding."
            ),
            database=database,
            encoding=encoding,
        )
    if not may_create:
        raise _rights(database, login)
    schema = postgis(cursor)
    _refuse_strangers(cursor, database)
    return schema


def postgis(cursor: Cursor) -> str:
    """Return the schema of PostGIS; raises ``UnfitError`` when it is missing or too old."""
    database = cursor.connection.info.dbname
    cursor.execute(
        "SELECT n.nspname, e.extversion FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
        " WHERE e.extname = 'postgis'"
    )
    found = cursor.fetchone()
    if found is None:
        raise UnfitError(
            mark(
                "The database “{database}” has no PostGIS. Its administrator has to run CREATE EXTENSION postgis in it."
            ),
            database=database,
        )
    schema, version = found
    if tuple(map(int, version.split(".")[:2])) < OLDEST_POSTGIS:
        raise UnfitError(
            mark(
                "The database “{database}” has PostGIS {version}; version {oldest} or newer is needed. Its "
                "administrator has to upgrade it."
            ),
            database=database,
            version=version,
            oldest=".".join(map(str, OLDEST_POSTGIS)),
        )
    return str(schema)


def _refuse_strangers(cursor: Cursor, database: str) -> None:
    """Raise ``UnfitError`` when a schema of ours is there and someone else made it."""
    cursor.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')"
        " AND pg_get_userbyid(nspowner) <> 'resorption_owner' ORDER BY 1"
    )
    found = cursor.fetchone()
    if found is not None:
        raise UnfitError(
            mark(
                "The database “{database}” already has a schema “{schema}” of another program. Make another database "
                "for the shared one."
            ),
            database=database,
            schema=found[0],
        )


def is_installed(cursor: Cursor) -> bool:
    """Say whether the shared database is there."""
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'sync' AND c.relname = 'changelog')"
    )
    (found,) = cursor.fetchone() or (False,)
    return bool(found)


def not_enough_rights(connection: Connection, error: psycopg2.Error) -> SyncError:
    """Return the sentence for a login that may not install."""
    settings = connection.get_dsn_parameters()
    return _rights(settings.get("dbname", ""), settings.get("user", ""), str(error).splitlines()[0])


def _rights(database: str, login: str, reason: str = "CREATE") -> UnfitError:
    return UnfitError(
        mark(
            "The login “{login}” may not install in the database “{database}” ({reason}). Use the login of the "
            "server's administrator, or of the owner of the database with the right to create roles (CREATEROLE)."
        ),
        login=login,
        database=database,
        reason=reason,
    )
