"""The rules of the model say in PostgreSQL what they say in Python."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extras import execute_values
from psycopg2.sql import SQL, Identifier

from resorption_plugin.core.living_conditions.blocks import BLOCKS, Block
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.expressions import Condition
from resorption_plugin.core.model.fields import Field, Kind
from resorption_plugin.core.model.terms import Dialect, ParentColumn
from resorption_plugin.core.water import access_rule
from tests.access_rule_vectors import VECTORS, first_form, second_form
from tests.living_condition_answers import answers, as_stored
from tests.platform_rules.all import STATED
from tests.platform_rules.statements import Stated, own_fields, parents

TYPES = {Kind.BOOLEAN: "boolean", Kind.INTEGER: "integer", Kind.REAL: "double precision", Kind.DATE: "date"}
EXAMPLES = 60


def conditions() -> list[tuple[str, Condition]]:
    found: dict[str, tuple[str, Condition]] = {}
    for layer in catalogue.layers():
        stated = [rule.condition for rule in layer.rules]
        stated += [field.visible_when for field in layer.fields if field.visible_when]
        found.update({f"{layer.key}: {condition.qgis()}": (layer.key, condition) for condition in stated})
    return list(found.values())


def make_sites(cursor: Cursor, terms: Sequence[ParentColumn], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make the parents that the rows are told with; return the rows with the references to them."""
    made = []
    for number, row in enumerate(rows):
        for term in terms:
            column = catalogue.layer(term.parent).field(term.name)
            if number == 0:
                cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(Identifier(term.parent)))
                wanted = SQL("CREATE TEMPORARY TABLE {} (uid text, {} {})")
                kind = SQL(TYPES.get(column.kind, "text"))
                cursor.execute(wanted.format(Identifier(term.parent), Identifier(term.name), kind))
            insert = SQL("INSERT INTO {} VALUES (%s, %s)").format(Identifier(term.parent))
            cursor.execute(insert, [str(number), row.get(f"{term.reference}.{term.name}")])
        made.append({**row, **{term.reference: str(number) for term in terms}})
    return made


def evaluate(cursor: Cursor, expression: str, fields: list[Field], rows: list[dict[str, Any]]) -> list[Any]:
    columns = [SQL("{} {}").format(Identifier(field.name), SQL(TYPES.get(field.kind, "text"))) for field in fields]
    table = SQL("CREATE TEMPORARY TABLE told (position integer, {})").format(SQL(", ").join(columns))
    cursor.execute(table)
    told = [[position, *(row.get(field.name) for field in fields)] for position, row in enumerate(rows)]
    execute_values(cursor, "INSERT INTO told VALUES %s", told)
    cursor.execute(SQL("SELECT {} FROM told ORDER BY position").format(SQL(expression)))
    found = [row[0] for row in cursor.fetchall()]
    cursor.execute("DROP TABLE told")
    return found


def value_of(field: Field, chance: random.Random) -> Any:
    if chance.random() < 0.25:
        return None
    if field.domain and field.kind is not Kind.INTEGER:
        return chance.choice(field.domain.codes())
    drawn = {
        Kind.BOOLEAN: chance.random() < 0.5,
        Kind.INTEGER: chance.randrange(6),
        Kind.REAL: chance.uniform(0, 5),
        Kind.DATE: dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(5_000)),
    }
    return drawn.get(field.kind, chance.choice(["11-15", "02-30x", "été", "l'eau"]))


def test_the_water_status_is_the_same_on_every_combination_of_the_answers(cursor: Cursor) -> None:
    site = catalogue.layer("site")
    fields = [site.field(name) for name in sorted(access_rule.columns())]
    rows = [*second_form(), *first_form(), *(vector for vector, _ in VECTORS)]
    found = evaluate(cursor, access_rule.sql(Dialect.POSTGRES), fields, rows)
    assert found == [access_rule.status(row) for row in rows]
    assert found[-len(VECTORS) :] == [expected for _, expected in VECTORS]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
def test_the_status_of_a_living_condition_is_the_same(cursor: Cursor, block: Block) -> None:
    fields = [catalogue.layer("site").field(name) for name in sorted(block.table.columns())]
    rows = list(answers(block))
    stored = [as_stored(row) for row in rows]
    assert evaluate(cursor, block.table.sql(Dialect.POSTGRES), fields, stored) == [
        block.table.status(row) for row in rows
    ]


@pytest.mark.parametrize(("layer_key", "condition"), conditions(), ids=lambda value: str(value)[:60])
def test_a_rule_is_the_same(cursor: Cursor, layer_key: str, condition: Condition) -> None:
    layer = catalogue.layer(layer_key)
    fields = [layer.field(name) for name in sorted(condition.columns())]
    chance = random.Random(condition.qgis())
    drawn = {field.name: field for field in fields}
    terms = parents(condition)
    drawn |= {f"{term.reference}.{term.name}": catalogue.layer(term.parent).field(term.name) for term in terms}
    rows = [{name: value_of(field, chance) for name, field in drawn.items()} for _ in range(EXAMPLES)]
    found = evaluate(cursor, condition.sql(Dialect.POSTGRES), fields, make_sites(cursor, terms, rows))
    assert found == [condition.evaluate(row) for row in rows]


@pytest.mark.parametrize("stated", STATED, ids=str)
def test_a_rule_of_the_platform_is_the_same(cursor: Cursor, stated: Stated) -> None:
    condition = stated.statement.condition
    rows = [dict(values) for values in (*stated.breaks, *stated.obeys, *stated.unknown)]
    told = make_sites(cursor, parents(condition), rows)
    found = evaluate(cursor, condition.sql(Dialect.POSTGRES), own_fields(stated), told)
    assert found == [condition.evaluate(row) for row in rows]
