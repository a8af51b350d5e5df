"""The tables of a workspace, derived from the model.

Everything a table can refuse by itself is a constraint: kinds, ranges, lengths, value lists, the model's
deterministic rules and references. Rules that read today's date or a regular expression stay with the form and
the checks, since SQLite cannot hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..core.model import catalogue
from ..core.model.bounds import bounds
from ..core.model.fields import Default, Domain, Field, Geometry, Kind, Layer, Origin, Relation, Strength
from ..core.model.terms import Dialect, quote_name, quote_text
from . import history_tables, standard
from .sql import Statement, fill, insert

META_TABLE = "resorption_meta"

_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.LONG_TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.REAL: "REAL",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.DATETIME: "DATETIME",
    Kind.UID: "TEXT(36)",
    Kind.CHOICES: "TEXT",
    Kind.FILE: "TEXT",
}
_KIND_TESTS = {
    Kind.BOOLEAN: "{0} IN (0, 1)",
    Kind.INTEGER: "typeof({0}) IN ('integer', 'null')",
    Kind.REAL: "typeof({0}) IN ('real', 'integer', 'null')",
    Kind.DATE: "{0} IS date({0})",
    Kind.DATETIME: "datetime({0}) IS NOT NULL OR {0} IS NULL",
    Kind.CHOICES: "{0} LIKE '[%]'",
}
_TEXT_TEST = "typeof({0}) IN ('text', 'null')"
_INSTANT = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_META = """CREATE TABLE {meta} (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL)"""
_LIST = """CREATE TABLE {table} (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, code TEXT NOT NULL UNIQUE,
    label_en TEXT NOT NULL, label_fr TEXT NOT NULL, position INTEGER NOT NULL)"""
_KEEP_UID = """CREATE TRIGGER {trigger} BEFORE UPDATE OF uid ON {table} WHEN NEW.uid IS NOT OLD.uid
    BEGIN SELECT RAISE(ABORT, 'the identifier of a record cannot change'); END"""
_NEW_UID = "uuid('WithoutBraces')"
_DRAWN_UID = """(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
    || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"""
"""A random UUID (RFC 4122, version 4). Without its own brackets GDAL takes the text for the default itself."""
_LITERAL = re.compile(r"-?\d+|'[^']*'")


def statements(layers: Iterable[Layer]) -> Iterator[Statement]:
    """Yield every statement that makes an empty workspace of these layers."""
    declared = tuple(layers)
    yield from standard.tables()
    yield Statement(fill(_META, meta=META_TABLE))
    yield standard.contents(META_TABLE, "attributes", META_TABLE, "Propriétés de l'espace de travail")
    for domain in catalogue.domains(declared):
        yield from value_list(domain)
    for layer in declared:
        yield from layer_statements(layer)
    yield from history_tables.statements(declared)


def list_table(domain: Domain) -> str:
    """Return the name of the table of a value list."""
    return f"list_{domain.name}"


def value_list(domain: Domain) -> Iterator[Statement]:
    """Yield the table of a value list, filled."""
    table = list_table(domain)
    yield Statement(fill(_LIST, table=table))
    yield standard.contents(table, "attributes", table, domain.label.fr)
    for position, choice in enumerate(domain.choices):
        label = choice.label
        yield insert(table, code=choice.code, label_en=label.en, label_fr=label.fr, position=position)


def layer_statements(layer: Layer) -> Iterator[Statement]:
    """Yield the table of a layer, its registration, indexes and triggers."""
    yield Statement(create_table(layer))
    spatial = layer.geometry is not Geometry.NONE
    yield standard.contents(layer.key, "features" if spatial else "attributes", layer.plural.fr, layer.help.fr)
    if spatial:
        yield standard.geometry_column(layer.key, layer.geometry.value)
        yield from standard.spatial_index(layer.key)
    for field in layer.fields:
        yield _described(layer, field)
    for relation in layer.relations:
        index = f"index_{layer.key}_{relation.column}"
        yield Statement(
            fill("CREATE INDEX {index} ON {table} ({column})", index=index, table=layer.key, column=relation.column)
        )
    yield Statement(fill(_KEEP_UID, trigger=f"{layer.key}_uid_is_kept", table=layer.key))


def create_table(layer: Layer) -> str:
    """Return the CREATE TABLE statement of a layer."""
    lines = ['"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL']
    if layer.geometry is not Geometry.NONE:
        lines.append(f'"geom" {layer.geometry.value}' + (" NOT NULL" if layer.geometry_required else ""))
    lines += [column(field) for field in layer.fields]
    lines += [check(f"{field.name}_{name}", test) for field in layer.fields for name, test in field_tests(field)]
    lines += [
        check(rule.name, rule.condition.sql(Dialect.SQLITE))
        for rule in layer.rules
        if rule.hard and rule.condition.deterministic
    ]
    lines += [f"UNIQUE ({', '.join(quote_name(name) for name in columns)})" for columns in layer.unique_together]
    lines += [reference(relation) for relation in layer.relations]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quote_name(layer.key)} (\n  {body}\n)"


def column(field: Field) -> str:
    """Return the declaration of a column."""
    words = [quote_name(field.name), column_type(field)]
    if field.required:
        words.append("NOT NULL ON CONFLICT REPLACE" if _is_drawn(field) else "NOT NULL")
    if field.unique:
        words.append("UNIQUE")
    default = _default(field)
    if default:
        words.append(f"DEFAULT {default}")
    return " ".join(words)


def column_type(field: Field) -> str:
    """Return the GeoPackage type of a column."""
    return f"TEXT({field.max_length})" if field.kind is Kind.TEXT and field.max_length else _TYPES[field.kind]


def _is_drawn(field: Field) -> bool:
    """Say whether the table gives the column a value of its own to the rows of programs that leave it empty."""
    return field.default is not None and field.default.expression == _NEW_UID


def _default(field: Field) -> str | None:
    """Return the SQL of a default that is a constant, of the instant of a system column, or of a new uid."""
    if _is_drawn(field):
        return f"({_DRAWN_UID})"
    expression = (field.default or Default("")).expression
    if _LITERAL.fullmatch(expression):
        return expression
    return f"({_INSTANT})" if expression == "now()" and field.origin is Origin.SYSTEM else None


def check(name: str, test: str) -> str:
    """Return a named CHECK constraint; as everywhere in SQL it refuses what is false, not what is unknown."""
    return f"CONSTRAINT {quote_name(name)} CHECK ({test})"


def field_tests(field: Field) -> Iterator[tuple[str, str]]:
    """Yield (name, SQL) of what the table tests on one column; every test is unknown on an empty value."""
    name = quote_name(field.name)
    yield "kind", _KIND_TESTS.get(field.kind, _TEXT_TEST).format(name)
    if field.domain and field.kind is not Kind.CHOICES:
        codes = field.domain.codes()
        listed = codes if field.kind is Kind.INTEGER else [quote_text(code) for code in codes]
        yield "list", f"{name} IN ({', '.join(listed)})"
    yield from bounds(field)


def reference(relation: Relation) -> str:
    """Return the foreign key of a relation, checked when the transaction ends."""
    action = "CASCADE" if relation.strength is Strength.COMPOSITION else "SET NULL"
    return (
        f"FOREIGN KEY ({quote_name(relation.column)}) REFERENCES {quote_name(relation.parent)} (uid) "
        f"ON DELETE {action} DEFERRABLE INITIALLY DEFERRED"
    )


def _described(layer: Layer, field: Field) -> Statement:
    """Return the statement that tells other programs the title of a column, and that lists are JSON.

    QGIS and GDAL read ``application/json`` as the JSON type: QGIS then writes a list of choices as a JSON array.
    """
    return insert(
        "gpkg_data_columns",
        table_name=layer.key,
        column_name=field.name,
        title=f"{field.label.fr} ({field.unit})" if field.unit else field.label.fr,
        description=field.help.fr if field.help else None,
        mime_type="application/json" if field.kind is Kind.CHOICES else None,
    )
