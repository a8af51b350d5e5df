"""A row says on the server what it says in a workspace: the same hash, the same wire values, the same stored form."""

from __future__ import annotations

import datetime as dt
import json
import random
import string
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
import shapely
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.sql import SQL, Identifier, Literal

from resorption_plugin.core.model.fields import Field, Geometry, Kind
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.travelling import GEOMETRY, Travel, travels
from resorption_plugin.geopackage import codec
from resorption_plugin.postgis import from_model
from tests.db.conftest import copied

ROWS = 25
ALPHABET = string.printable[:-2].replace("\x0b", "") + "éèàçôïœŒ’«»\u00a0€漢字🚰\x1f\t"
TEXTS = ["", " ", 'l\'eau "vive"', "a\\b", "{a,b}", "NULL", "\\N", "=t", "é" * 300, "\u00c5", "\U0001f6b0"]
REALS = [0.0, 0.1, 1 / 3, 5.0, 1e22, 1e-300, 1.7976931348623157e308, -2.5, 123456789.123456789]
INTEGERS = [0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)]
DAYS = [dt.date(1, 1, 1), dt.date(9999, 12, 30), dt.date(2024, 2, 29), dt.date(44, 3, 15)]
INSTANTS = [
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 30, 23, 59, 59, 999000, tzinfo=dt.UTC),
    dt.datetime(2024, 3, 31, 1, 30, 0, 123000, tzinfo=dt.UTC),
    dt.datetime(1969, 12, 31, 23, 59, 59, 1000, tzinfo=dt.UTC),
]


@pytest.fixture(scope="module")
def lenient(cluster: str, server_template: str) -> Iterator[str]:
    """Return a shared database whose columns take every value of their type."""
    for place in copied(cluster, server_template):
        with closing(psycopg2.connect(place)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint"
                " WHERE connamespace = 'resorption'::regnamespace AND contype = 'c' AND conname !~ '_kind$'"
            )
            for table, name in cursor.fetchall():
                cursor.execute(SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(SQL(table), Identifier(name)))
        yield place


@pytest.fixture
def cursor(lenient: str) -> Iterator[Cursor]:
    with closing(psycopg2.connect(lenient)) as connection, connection.cursor() as opened:
        yield opened
        connection.rollback()


def parents(cursor: Cursor) -> dict[str, list[str]]:
    """Make rows to refer to; return their uids by layer."""
    made: dict[str, list[str]] = {"site": [], "action": [], "water_point": []}
    values = {
        "site": "status, living_conditions_version, geom) VALUES (%s, 'open', 2, 'SRID=4326;POINT(1 1)')",
        "action": "name) VALUES (%s, 'x')",
        "water_point": "type, lifecycle, working_state, geom)"
        " VALUES (%s, 'inconnu', 'existing', 'unknown', 'SRID=4326;POINT(1 1)')",
    }
    for layer, text in values.items():
        for _ in range(ROWS + 2):
            uid = str(uuid.uuid4())
            cursor.execute(f"INSERT INTO resorption.{layer} (uid, {text}", [uid])
            made[layer].append(uid)
    return made


def geometry(kind: Geometry, chance: random.Random) -> shapely.Geometry:
    def point() -> tuple[float, float]:
        return chance.uniform(-180, 180), chance.uniform(-90, 90)

    match kind:
        case Geometry.POINT:
            return shapely.Point() if chance.random() < 0.1 else shapely.Point(point())
        case Geometry.LINE:
            return shapely.LineString([point() for _ in range(chance.randrange(2, 6))])
        case _:
            x, y = point()
            holed = shapely.Point(x, y).buffer(1, 4).difference(shapely.Point(x, y).buffer(0.5, 4))
            return shapely.MultiPolygon([holed, shapely.box(x + 2, y, x + 3, y + 1)])


def value(field: Field, chance: random.Random) -> Any:  # noqa: PLR0911 - one per kind
    """Return a wire value of a column."""
    match field.kind:
        case Kind.INTEGER:
            return chance.choice([*INTEGERS, chance.randrange(1000)])
        case Kind.REAL:
            return chance.choice([*REALS, chance.uniform(-1e6, 1e6), chance.random()])
        case Kind.BOOLEAN:
            return chance.random() < 0.5
        case Kind.DATE:
            return wire.write(field, chance.choice([*DAYS, dt.date(2000, 1, 1) + dt.timedelta(chance.randrange(9000))]))
        case Kind.DATETIME:
            return wire.write(field, chance.choice(INSTANTS))
        case Kind.UID:
            return str(uuid.UUID(int=chance.getrandbits(128)))
        case Kind.CHOICES:
            codes = [*field.domain.codes(), "étranger", "Zone", "autre chose"]
            return wire.write(field, chance.sample(codes, chance.randrange(len(codes) + 1)))
        case _:
            drawn = "".join(chance.choices(ALPHABET, k=chance.randrange(60)))
            return wire.write(field, chance.choice([*TEXTS, drawn]))


def image(travel: Travel, chance: random.Random, known: dict[str, list[str]], number: int) -> wire.Image:
    """Return a random row of a layer, which refers to the ``number``-th parents."""
    references = {relation.column: relation.parent for relation in travel.layer.relations}
    unique = {name for together in travel.layer.unique_together for name in together}
    unique |= {field.name for field in travel.layer.fields if field.unique}
    drawn: wire.Image = {}
    for name in from_model.names(travel):
        field = travel.field(name)
        required = travel.layer.geometry_required if field is None else field.required
        if not required and chance.random() < 0.3:
            drawn[name] = None
        elif field is None:
            drawn[name] = wire.write_geometry(geometry(travel.layer.geometry, chance))
        elif name in references:
            drawn[name] = known[references[name]][number if name == "site_uid" else -1]
        elif name in unique and field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            drawn[name] = f"{number} {value(field, chance)}"
        elif name in unique and field.kind is Kind.INTEGER:
            drawn[name] = number
        else:
            drawn[name] = value(field, chance)
    return drawn


def insert(cursor: Cursor, travel: Travel, uid: str, values: wire.Image) -> None:
    told = [
        SQL("public.st_geomfromwkb(decode({}, 'hex'), 4326)").format(Literal(told))
        if name == GEOMETRY
        else Literal(told)
        for name, told in values.items()
    ]
    names = SQL(", ").join(Identifier(name) for name in ("uid", *values))
    text = SQL("INSERT INTO resorption.{} ({}) VALUES ({})")
    cursor.execute(text.format(Identifier(travel.key), names, SQL(", ").join([Literal(uid), *told])))


def stored(field: Field | None, told: wire.Value) -> Any:
    """Return the text that a workspace keeps of a wire value."""
    if told is None or field is None:
        return told
    kept = codec.write(field, wire.read(field, told))
    return str(int(kept)) if isinstance(kept, bool) else kept if field.kind is Kind.REAL else str(kept)


@pytest.mark.parametrize("travel", travels(), ids=lambda travel: travel.key)
def test_a_row_is_the_same_on_both_sides(cursor: Cursor, travel: Travel) -> None:
    known = parents(cursor)
    chance = random.Random(travel.key)
    rows = {str(uuid.uuid4()): image(travel, chance, known, number) for number in range(ROWS)}
    for uid, values in rows.items():
        insert(cursor, travel, uid, values)
    cursor.execute("SET timezone = 'America/Caracas'; SET datestyle = 'German'; SET bytea_output = 'escape'")
    cursor.execute(
        SQL("SELECT uid::text, _hash, app.image(t)::text FROM resorption.{} AS t WHERE uid = ANY (%s::uuid[])").format(
            Identifier(travel.key)
        ),
        [list(rows)],
    )
    found = cursor.fetchall()
    assert {uid: wire.canonical(travel, json.loads(told)) for uid, _, told in found} == rows
    assert {uid: told for uid, told, _ in found} == {uid: wire.row_hash(travel, values) for uid, values in rows.items()}
    cursor.execute("SELECT uid::text, new::text FROM sync.log WHERE uid = ANY (%s::uuid[])", [list(rows)])
    assert {uid: wire.canonical(travel, json.loads(told)) for uid, told in cursor.fetchall()} == rows
    cursor.execute(
        SQL("SELECT * FROM app.{} WHERE uid = ANY (%s)").format(Identifier(f"wire_{travel.key}")), [list(rows)]
    )
    names = [column.name for column in cursor.description]
    assert names == ["uid", "_ver", "_hash", *from_model.names(travel)]
    for uid, version, _, *texts in cursor.fetchall():
        assert version == 1
        for name, text in zip(names[3:], texts, strict=True):
            field = travel.field(name)
            kept = float(text) if field and field.kind is Kind.REAL and text is not None else text
            assert kept == stored(field, rows[uid][name])


SITE = """INSERT INTO resorption.site (uid, status, living_conditions_version, geom, {})
VALUES (gen_random_uuid(), 'open', 2, 'SRID=4326;POINT(1 1)', {})"""


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("name", "U&'e\\0301'"),
        ("position_accuracy_m", "'NaN'"),
        ("population_updated_at", "'infinity'"),
        ("built_at", "'-infinity'"),
        ("social_origins", "'{}'"),
        ("social_origins", "'{NULL}'"),
        ("social_origins", "'{other,french}'"),
    ],
)
def test_what_has_no_wire_form_is_refused(undone: Cursor, column: str, told: str) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation) as caught:
        undone.execute(SITE.format(column, told))
    assert caught.value.diag.constraint_name == f"{column}_kind"


def test_minus_zero_is_zero(undone: Cursor) -> None:
    undone.execute(SITE.format("position_accuracy_m", "'-0.0'") + " RETURNING _hash")
    (minus,) = undone.fetchone()
    undone.execute("UPDATE resorption.site SET position_accuracy_m = 0 RETURNING _hash, _ver")
    assert undone.fetchone() == (minus, 1)
    undone.execute("SELECT app.image(s) -> 'position_accuracy_m' FROM resorption.site AS s")
    assert undone.fetchone() == (0,)


def test_the_log_is_exact_whatever_the_session_asks_for(undone: Cursor) -> None:
    undone.execute("SET extra_float_digits = -15; SET timezone = 'Asia/Tokyo'")
    undone.execute(SITE.format("position_accuracy_m", "0.1::float8 + 0.2"))
    undone.execute("SELECT new ->> 'position_accuracy_m' FROM sync.log")
    assert undone.fetchone() == ("0.30000000000000004",)
