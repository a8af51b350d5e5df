"""The tables of the shared database, derived from the model.

A table refuses what the table of a workspace refuses, and besides what has no wire form (``core.sync.wire``): texts out
of NFC, numbers that are none, lists out of order, years without four digits.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model.bounds import bounds
from ..core.model.fields import Field, Geometry, Kind, Layer, Relation
from ..core.model.terms import Dialect, quote_name, quote_text
from ..core.photos import ASTRAY
from ..core.sync.travelling import GEOMETRY, Travel, travels

DATA = "resorption"
"""The schema of the data: a table per layer that travels, under the layer's name."""

LONGEST_NAME = 63
"""PostgreSQL cuts longer names."""

_TYPES = {
    Kind.INTEGER: "bigint",
    Kind.REAL: "double precision",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.DATETIME: "timestamp(3) with time zone",
    Kind.UID: "uuid",
    Kind.CHOICES: "text[]",
}
_GEOMETRIES = {Geometry.POINT: "Point", Geometry.LINE: "LineString", Geometry.POLYGON: "MultiPolygon"}
_KIND_TESTS = {
    Kind.REAL: "{0} > '-Infinity' AND {0} < 'Infinity'",
    Kind.DATE: "{0} >= '0001-01-01' AND {0} <= '9999-12-31'",
    Kind.DATETIME: "{0} >= '0001-01-01 00:00:00+00' AND {0} < '9999-12-31 00:00:00+00'",
}
_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.FILE})
_OF_THE_SERVER = (
    ("_ver", "bigint NOT NULL", "Version de la ligne : un de plus à chaque modification"),
    ("_hash", "bigint NOT NULL", "Empreinte des colonnes échangées : les 8 premiers octets de leur SHA-256"),
    ("_dept", "text", "Département de la ligne, ou de celle dont elle dépend ; vide : inconnu"),
    ("_epci", "text", "Intercommunalité de la ligne, ou de celle dont elle dépend"),
    ("_commune", "text", "Commune de la ligne, ou de celle dont elle dépend"),
    ("_depts", "text[] NOT NULL", "Départements qu'il faut tous pouvoir lire pour lire la ligne"),
    (
        "_readers",
        "text[]",
        "Seuls lecteurs, parmi ceux de ces départements : structures, et @identifiants ; vide : tous",
    ),
    ("_author", "name NOT NULL", "Identifiant de connexion de qui a créé la ligne"),
)


def create_tables() -> Iterator[str]:
    """Yield the statements that make the tables, parents first, with their indexes.

    PostGIS and the schema of the data are looked for on the search path.
    """
    for travel in travels():
        yield create_table(travel)
        yield from (statement for _, statement in indexes(travel))


def create_table(travel: Travel, schema: str = DATA) -> str:
    """Return the CREATE TABLE statement of a layer."""
    lines = [f"{quote_name(name)} {declaration}" for name, declaration in columns(travel)]
    lines += [constraint(name, text) for name, text in constraints(travel, schema)]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table(travel.key, schema)} (\n  {body}\n)"


def table(key: str, schema: str = DATA) -> str:
    """Return the quoted name of the table of a layer."""
    return f"{quote_name(schema)}.{quote_name(key)}"


def names(travel: Travel) -> tuple[str, ...]:
    """Return the columns that a row has in common with a workspace, but for its uid, in the order they travel."""
    return (*travel.columns, *travel.carried)


def columns(travel: Travel) -> Iterator[tuple[str, str]]:
    """Yield the name and the type of each column.

    The server's own stand first: to read a column PostgreSQL unpacks all those before it, and every policy asks where
    a row is, every digest what its hash is.
    """
    yield "uid", "uuid PRIMARY KEY"
    for name, declaration, _ in _OF_THE_SERVER:
        yield name, declaration
    for name in names(travel):
        yield name, _declaration(travel, name)


def column_comments(travel: Travel) -> Iterator[tuple[str, str]]:
    """Yield the name of each column and what it holds, in French."""
    for name in ("uid", *names(travel)):
        field = travel.field(name)
        if field is None:
            yield name, "Géométrie, en degrés (EPSG:4326)"
        else:
            told = [f"{field.label.fr} ({field.unit})" if field.unit else field.label.fr]
            yield name, ". ".join(told + ([field.help.fr] if field.help else []))
    for name, _, comment in _OF_THE_SERVER:
        yield name, comment


def _declaration(travel: Travel, name: str) -> str:
    field = travel.field(name)
    if field is None:
        required = travel.layer.geometry_required
        kind = f"geometry({_GEOMETRIES[travel.layer.geometry]},4326)"
    else:
        required = field.required
        kind = column_type(field)
    return f"{kind} NOT NULL" if required else kind


def column_type(field: Field) -> str:
    """Return the PostgreSQL type of a column."""
    return _TYPES.get(field.kind, "text")


def constraint(name: str, text: str) -> str:
    """Return a named constraint; raises ``ValueError`` when the name is too long to be kept."""
    if len(name) > LONGEST_NAME:
        raise ValueError(f"{name} is longer than {LONGEST_NAME} characters")
    return f"CONSTRAINT {quote_name(name)} {text}"


def constraints(travel: Travel, schema: str = DATA) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each constraint of a table."""
    for name in names(travel):
        field = travel.field(name)
        for test_name, test in field_tests(field) if field else ():
            yield f"{name}_{test_name}", f"CHECK ({test})"
    known = {"uid", *names(travel)}
    for rule in travel.layer.rules:
        if rule.hard and rule.condition.deterministic and rule.condition.columns() <= known:
            yield rule.name, f"CHECK ({rule.condition.sql(Dialect.POSTGRES)})"
    for together in _uniques(travel):
        if not _long(travel, together):
            yield _unique_name(travel, together), f"UNIQUE ({_listed(together)}) DEFERRABLE"
    for relation in travel.layer.relations:
        yield f"{travel.key}_{relation.column}_fkey", reference(relation, schema)


def field_tests(field: Field) -> Iterator[tuple[str, str]]:
    """Yield (name, SQL) of what the table tests on one column; every test is unknown on an empty value."""
    name = quote_name(field.name)
    codes = field.domain.codes() if field.domain else ()
    if field.kind is Kind.CHOICES:
        yield "kind", f"{name} IS NOT DISTINCT FROM sync.in_order({name}, ARRAY[{', '.join(map(quote_text, codes))}])"
    elif codes:
        listed = codes if field.kind is Kind.INTEGER else tuple(map(quote_text, codes))
        yield "list", f"{name} IN ({', '.join(listed)})"
    elif field.kind in _TEXTS:
        yield "kind", f"{name} IS NFC NORMALIZED"
    elif field.kind in _KIND_TESTS:
        yield "kind", _KIND_TESTS[field.kind].format(name)
    if field.kind is Kind.FILE:
        yield "inside", f"{name} !~ {quote_text(ASTRAY)}"
    yield from bounds(field)


def reference(relation: Relation, schema: str = DATA) -> str:
    """Return the foreign key of a relation, checked when the transaction ends; it never deletes anything by itself."""
    column, parent = quote_name(relation.column), table(relation.parent, schema)
    return f"FOREIGN KEY ({column}) REFERENCES {parent} (uid) DEFERRABLE INITIALLY DEFERRED"


def indexes(travel: Travel, schema: str = DATA) -> Iterator[tuple[str, str]]:
    """Yield the name and the statement of each index that no constraint brings."""
    for together in _uniques(travel):
        if _long(travel, together):
            told = [f"md5({quote_name(name)})" if _is_long(travel, name) else quote_name(name) for name in together]
            yield _index(_unique_name(travel, together), travel, f"({', '.join(told)})", schema, "UNIQUE INDEX")
    for relation in travel.layer.relations:
        yield _index(f"{travel.key}_{relation.column}_idx", travel, f"({quote_name(relation.column)})", schema)
    if GEOMETRY in travel.columns:
        yield _index(f"{travel.key}_geom_idx", travel, "USING gist (geom)", schema)
    if names_contents(travel.layer):
        yield _index(f"{travel.key}_sha256_idx", travel, "(sha256)", schema)
    if points_anywhere(travel.layer):
        yield _index(f"{travel.key}_target_uid_idx", travel, "(target_uid)", schema)


def points_anywhere(layer: Layer) -> bool:
    """Say whether rows of the layer are about rows of any layer, named by ``target_layer`` and ``target_uid``."""
    return {"target_layer", "target_uid"} <= set(layer.names())


def names_contents(layer: Layer) -> bool:
    """Say whether rows of the layer name the contents of files: who reads the row may read the content."""
    return "sha256" in layer.names()


def _index(name: str, travel: Travel, what: str, schema: str, kind: str = "INDEX") -> tuple[str, str]:
    return name, f"CREATE {kind} {quote_name(name)} ON {table(travel.key, schema)} {what}"


def _uniques(travel: Travel) -> Iterator[tuple[str, ...]]:
    kept = set(names(travel))
    yield from ((field.name,) for field in travel.layer.fields if field.unique and field.name in kept)
    yield from travel.layer.unique_together


def _unique_name(travel: Travel, together: tuple[str, ...]) -> str:
    return "_".join((travel.key, *together, "key"))


def _long(travel: Travel, together: tuple[str, ...]) -> bool:
    return any(_is_long(travel, name) for name in together)


def _is_long(travel: Travel, name: str) -> bool:
    """Say whether a text may be longer than an index can hold."""
    return travel.layer.field(name).kind is Kind.LONG_TEXT


def _listed(together: tuple[str, ...]) -> str:
    return ", ".join(map(quote_name, together))
