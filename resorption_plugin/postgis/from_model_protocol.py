"""What the server has to know of the model to exchange rows: the order of the layers, their columns and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.model.fields import Geometry, Strength
from ..core.model.terms import quote_text
from ..core.sync.travelling import AUDIT, Travel, travels
from . import from_model
from .values import Values

_SHAPES = {Geometry.POINT: "Point", Geometry.LINE: "LineString", Geometry.POLYGON: "MultiPolygon"}
_TABLES = """
CREATE TABLE app.layer (tbl text PRIMARY KEY, place integer NOT NULL, computed boolean NOT NULL);
COMMENT ON TABLE app.layer IS 'Couches échangées, dans l''ordre où elles dépendent les unes des autres';
COMMENT ON COLUMN app.layer.tbl IS 'Table';
COMMENT ON COLUMN app.layer.place IS 'Rang : une table vient après celles dont elle dépend';
COMMENT ON COLUMN app.layer.computed IS 'Calculée dans chaque espace de travail ; seul ce qu''on y a écrit s''échange';
CREATE TABLE app.field (
  tbl text, name text, form text NOT NULL, grp text NOT NULL, carried boolean NOT NULL, signature boolean NOT NULL,
  PRIMARY KEY (tbl, name));
COMMENT ON TABLE app.field IS 'Colonnes échangées';
COMMENT ON COLUMN app.field.tbl IS 'Table';
COMMENT ON COLUMN app.field.name IS 'Colonne';
COMMENT ON COLUMN app.field.form IS 'Type, ou sorte de géométrie';
COMMENT ON COLUMN app.field.grp IS 'Groupe : une contradiction sur une colonne en est une sur tout son groupe';
COMMENT ON COLUMN app.field.carried IS 'Reçue avec une ligne nouvelle seulement, et jamais comparée';
COMMENT ON COLUMN app.field.signature IS 'Dit qui a écrit et quand : suit ce qu''elle signe';
CREATE TABLE app.relation (
  tbl text, field text, parent text NOT NULL, is_part boolean NOT NULL, computed boolean NOT NULL,
  PRIMARY KEY (tbl, field));
COMMENT ON TABLE app.relation IS 'Références d''une table à une autre';
COMMENT ON COLUMN app.relation.tbl IS 'Table';
COMMENT ON COLUMN app.relation.field IS 'Colonne';
COMMENT ON COLUMN app.relation.parent IS 'Table désignée';
COMMENT ON COLUMN app.relation.is_part IS 'La ligne disparaît avec celle qu''elle désigne';
COMMENT ON COLUMN app.relation.computed IS 'De la table : calculée dans chaque espace de travail';
"""


_HASHED = """CREATE FUNCTION app.hashed(r {table}) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN {hash};
COMMENT ON FUNCTION app.hashed({table}) IS 'Empreinte d''une ligne';
"""


def statements(postgis: str) -> Iterator[str]:
    """Yield the SQL that makes what says which layers travel, how; ``postgis`` is the schema of PostGIS."""
    values = Values(postgis)
    yield _TABLES
    for each in travels():
        yield _HASHED.format(table=from_model.table(each.key), hash=values.row_hash(each, "r"))
    yield _filled("layer", ((each.key, place, not each.is_whole) for place, each in enumerate(travels(), start=1)))
    yield _filled("field", (row for each in travels() for row in _fields(each)))
    yield _filled("relation", (row for each in travels() for row in _relations(each)))
    yield "ANALYZE app.layer, app.field, app.relation;\n"


def _fields(travel: Travel) -> Iterator[tuple[str | bool, ...]]:
    for name in from_model.names(travel):
        field = travel.field(name)
        form = _SHAPES[travel.layer.geometry] if field is None else from_model.column_type(field)
        yield travel.key, name, form, travel.groups.get(name, name), name in travel.carried, name in AUDIT


def _relations(travel: Travel) -> Iterator[tuple[str | bool, ...]]:
    for relation in travel.layer.relations:
        is_part = relation.strength is Strength.COMPOSITION
        yield travel.key, relation.column, relation.parent, is_part, not travel.is_whole


def _filled(table: str, rows: Iterable[tuple[str | int | bool, ...]]) -> str:
    listed = ",\n".join(f"({', '.join(_told(value) for value in row)})" for row in rows)
    return f"INSERT INTO app.{table} VALUES\n{listed};\n"  # nosec B608 - from the model


def _told(value: object) -> str:
    return quote_text(value) if isinstance(value, str) else str(value).upper()
