"""What stands in the catalogue of the shared database: all is described, guarded and the owner's."""

from __future__ import annotations

from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.db.direct_sql import rows


def test_tables_columns_and_what_people_may_call_are_described(undone: Cursor) -> None:
    bare = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND obj_description(p.oid, 'pg_proc') IS NULL AND EXISTS (SELECT FROM aclexplode(p.proacl) AS a"
        " WHERE a.grantee NOT IN ('resorption_owner'::regrole, 'resorption_writer'::regrole))"
        " UNION ALL SELECT c.oid::regclass::text FROM pg_class AS c"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'app', 'maps')"
        " AND c.relkind IN ('r', 'p', 'v') AND obj_description(c.oid, 'pg_class') IS NULL"
        " UNION ALL SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute AS a"
        " JOIN pg_class AS c ON c.oid = a.attrelid"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'maps') AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped"
        " AND col_description(a.attrelid, a.attnum) IS NULL",
    )
    assert bare == []


def test_no_function_is_everybody_s_and_none_trusts_the_search_path(undone: Cursor) -> None:
    public = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0))",
    )
    assert public == []
    # A body in the SQL standard's form is bound when it is made: no search path can change it. What neither has rights
    # of its own nor is anybody's to call is reached from functions that have a path of theirs.
    trusting = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND p.prosqlbody IS NULL AND p.prokind <> 'a' AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS told"
        " WHERE told LIKE 'search_path=pg_catalog%' AND told LIKE '%pg_temp')"
        " AND (p.prosecdef OR p.prorettype = 'trigger'::regtype OR EXISTS (SELECT FROM aclexplode(p.proacl) AS a"
        " WHERE a.grantee NOT IN ('resorption_owner'::regrole, 'resorption_writer'::regrole)))",
    )
    assert trusting == []


def test_every_trigger_is_always_on(undone: Cursor) -> None:
    asleep = rows(
        undone,
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
        " WHERE NOT tgisinternal AND tgenabled <> 'A' AND relnamespace::regnamespace::text IN ('resorption', 'sync')",
    )
    assert asleep == []


def test_the_schemas_belong_to_the_owner_alone(undone: Cursor) -> None:
    others = rows(
        undone,
        "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'app', 'maps')"
        " AND r.rolname <> 'resorption_owner'",
    )
    assert others == []
    assert (
        rows(undone, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'resorption%' AND (rolcanlogin OR rolbypassrls)")
        == []
    )
