"""The rules of the platform's validators in the tables of a workspace: SQLite says what Python says, and refuses."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.expressions import Matches
from resorption_plugin.core.model.fields import Field, Geometry, Kind, Layer
from resorption_plugin.core.model.terms import Dialect, quote_name
from resorption_plugin.geopackage.codec import write
from resorption_plugin.geopackage.schema import create_table
from tests.platform_rules.all import STATED
from tests.platform_rules.columns import HELD, ONCE
from tests.platform_rules.statements import Held, Stated, Values, own_fields, parents

PLAIN_SQL = [stated for stated in STATED if not isinstance(stated.statement.condition, Matches)]
IN_TABLES = [stated for stated in STATED if stated.statement.hard and stated.statement.condition.deterministic]


@pytest.fixture
def tables() -> Iterator[sqlite3.Connection]:
    """The tables of the record in memory, without their references."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for key in {stated.layer for stated in STATED} | {held.layer for held in HELD}:
            connection.execute(create_table(catalogue.layer(key)))
        yield connection


def filler(field: Field) -> Any:
    """A value for a column that must have one."""
    if field.domain:
        return field.domain.codes()[0]
    if field.kind is Kind.UID:
        return str(uuid.uuid4())
    return {Kind.INTEGER: int(field.maximum or 1), Kind.BOOLEAN: True, Kind.DATETIME: "2024-03-01T10:00:00.000Z"}.get(
        field.kind, "un texte"
    )


def whole_row(layer: Layer, values: Values) -> dict[str, Any]:
    """The values of a record, with those that every record must have."""
    required = {field.name: filler(field) for field in layer.fields if field.required}
    return {**required, **{name: value for name, value in values.items() if "." not in name}}


def insert(tables: sqlite3.Connection, layer: Layer, values: Values) -> None:
    row = {name: write(layer.field(name), value) for name, value in values.items()}
    if layer.geometry is not Geometry.NONE and layer.geometry_required:
        row["geom"] = b""
    columns = ", ".join(map(quote_name, row))
    marks = ", ".join("?" * len(row))
    tables.execute(f"INSERT INTO {quote_name(layer.key)} ({columns}) VALUES ({marks})", list(row.values()))


def refused_by_python(layer: Layer, values: Values) -> list[str]:
    rules = [rule for rule in layer.rules if rule.hard and rule.condition.deterministic]
    return [rule.name for rule in rules if rule.condition.evaluate(values) is False]


def told_by_sqlite(tables: sqlite3.Connection, stated: Stated, values: Values) -> bool | None:
    """The truth of a rule where the values are those of a row, and the parent's those of its site."""
    condition = stated.statement.condition
    fields = own_fields(stated)
    told = [write(field, values.get(field.name)) for field in fields]
    for parent in parents(condition):
        site = whole_row(catalogue.layer("site"), {parent.name: values.get(f"{parent.reference}.{parent.name}")})
        insert(tables, catalogue.layer("site"), site)
        told = [
            site["uid"] if field.name == parent.reference else value for field, value in zip(fields, told, strict=True)
        ]
    names = ", ".join(quote_name(field.name) for field in fields)
    tables.execute(f"CREATE TEMPORARY TABLE told ({names})")
    tables.execute(f"INSERT INTO told VALUES ({', '.join('?' * len(told))})", told)
    found = tables.execute(f"SELECT {condition.sql(Dialect.SQLITE)} FROM told").fetchone()[0]
    tables.execute("DROP TABLE told")
    return None if found is None else bool(found)


@pytest.mark.parametrize("stated", PLAIN_SQL, ids=str)
def test_sqlite_says_what_python_says(tables: sqlite3.Connection, stated: Stated) -> None:
    cases = (*stated.breaks, *stated.obeys, *stated.unknown)
    found = [told_by_sqlite(tables, stated, values) for values in cases]
    assert found == [stated.statement.condition.evaluate(values) for values in cases]


@pytest.mark.parametrize("stated", IN_TABLES, ids=str)
def test_the_table_refuses_what_breaks_a_rule_and_nothing_else(tables: sqlite3.Connection, stated: Stated) -> None:
    layer = catalogue.layer(stated.layer)
    for values in (*stated.breaks, *stated.obeys, *stated.unknown):
        row = whole_row(layer, values)
        broken = refused_by_python(layer, row)
        # what a record must have, such as its status, may settle what was unknown
        assert values in stated.unknown or (stated.rule in broken) == (values in stated.breaks)
        if broken:
            with pytest.raises(sqlite3.IntegrityError, match="|".join(broken)):
                insert(tables, layer, row)
        else:
            insert(tables, layer, row)


@pytest.mark.parametrize("held", [held for held in HELD if held.breaks or held.obeys], ids=str)
def test_the_table_refuses_what_a_column_does_not_take(tables: sqlite3.Connection, held: Held) -> None:
    layer = catalogue.layer(held.layer)
    for value in held.breaks:
        with pytest.raises(sqlite3.IntegrityError):
            insert(tables, layer, {**whole_row(layer, {}), held.column: value})
    for value in held.obeys:
        insert(tables, layer, {**whole_row(layer, {}), held.column: value})


@pytest.mark.parametrize(("text", "key", "columns"), ONCE)
def test_the_table_takes_what_is_listed_once_a_site_only_once(
    tables: sqlite3.Connection, text: str, key: str, columns: tuple[str, ...]
) -> None:
    layer = catalogue.layer(key)
    row = whole_row(layer, {})
    insert(tables, layer, row)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(tables, layer, {**row, "uid": str(uuid.uuid4())})


def test_a_rule_that_the_table_cannot_hold_is_left_to_the_form_and_the_checks() -> None:
    left = {str(stated) for stated in STATED if stated.statement.hard} - {str(stated) for stated in IN_TABLES}
    assert left == {
        str(stated)
        for stated in STATED
        if stated.statement.hard
        and (
            isinstance(stated.statement.condition, Matches)
            or parents(stated.statement.condition)
            or "future" in stated.rule
        )
    }
