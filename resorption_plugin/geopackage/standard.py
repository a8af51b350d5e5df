"""What the GeoPackage 1.3 standard asks of every file (OGC 12-128r17), and its R-tree extension."""

from __future__ import annotations

from collections.abc import Iterator

from pyproj import CRS

from ..core.geo import STORED_EPSG
from .sql import Statement, fill, insert

APPLICATION_ID = 0x47504B47
"""“GPKG” in ASCII."""
USER_VERSION = 10300

HEADER = (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {USER_VERSION}")
"""The two numbers of the file's header, which cannot be set inside a transaction."""
_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    """CREATE TABLE gpkg_data_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
        mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name))""",
    """CREATE TABLE gpkg_data_column_constraints (
        constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
        min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
        CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))""",
)
_UNDEFINED = ((-1, "Undefined Cartesian SRS", "Cartesian"), (0, "Undefined geographic SRS", "geographic"))

# GeoPackage 1.3, annex F.3: the triggers that keep the R-tree true, whichever program writes.
_FILLED = 'NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom")'
_EMPTY = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
_SAME, _MOVED = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
_PUT = """INSERT OR REPLACE INTO {tree} VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
    ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));"""
_DROP = 'DELETE FROM {tree} WHERE id = OLD."fid";'
_DROP_BOTH = 'DELETE FROM {tree} WHERE id IN (OLD."fid", NEW."fid");'
_TRIGGERS = (
    ("insert", "INSERT", _FILLED, _PUT),
    ("update1", 'UPDATE OF "geom"', f"{_SAME} AND {_FILLED}", _PUT),
    ("update2", 'UPDATE OF "geom"', f"{_SAME} AND {_EMPTY}", _DROP),
    ("update3", "UPDATE", f"{_MOVED} AND {_FILLED}", f"{_DROP} {_PUT}"),
    ("update4", "UPDATE", f"{_MOVED} AND {_EMPTY}", _DROP_BOTH),
    ("delete", "DELETE", 'OLD."geom" NOTNULL', _DROP),
)


def tables() -> Iterator[Statement]:
    """Yield the statements that make the tables of an empty GeoPackage."""
    for text in _TABLES:
        yield Statement(text)
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        yield _extension(table, None, "gpkg_schema", "spec121/#extension_schema", "read-write")
    for code, name, kind in _UNDEFINED:
        yield _reference_system(name, code, "NONE", "undefined", f"undefined {kind} coordinate reference system")
    definition = CRS.from_epsg(STORED_EPSG).to_wkt("WKT1_GDAL")
    description = "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid"
    yield _reference_system("WGS 84 geodetic", STORED_EPSG, "EPSG", definition, description)


def _reference_system(name: str, code: int, organization: str, definition: str, description: str) -> Statement:
    return insert(
        "gpkg_spatial_ref_sys",
        srs_name=name,
        srs_id=code,
        organization=organization,
        organization_coordsys_id=code,
        definition=definition,
        description=description,
    )


def _extension(table: str, column: str | None, name: str, page: str, scope: str) -> Statement:
    return insert(
        "gpkg_extensions",
        table_name=table,
        column_name=column,
        extension_name=name,
        definition=f"http://www.geopackage.org/{page}",
        scope=scope,
    )


def hidden(table: str) -> Statement:
    """Return the statement that registers a table of the plugin's own, which no program shows as a layer."""
    return insert(
        "gpkg_extensions",
        table_name=table,
        extension_name="resorption_history",
        definition="Tables that triggers fill; written by the QGIS plugin Résorption",
        scope="read-write",
    )


def contents(table: str, data_type: str, identifier: str, description: str) -> Statement:
    """Return the statement that registers a table (``data_type``: ``features`` or ``attributes``)."""
    return insert(
        "gpkg_contents",
        table_name=table,
        data_type=data_type,
        identifier=identifier,
        description=description,
        srs_id=STORED_EPSG if data_type == "features" else None,
    )


def geometry_column(table: str, geometry_type: str) -> Statement:
    """Return the statement that registers the two-dimensional column ``geom`` of a table."""
    return insert(
        "gpkg_geometry_columns",
        table_name=table,
        column_name="geom",
        geometry_type_name=geometry_type,
        srs_id=STORED_EPSG,
        z=0,
        m=0,
    )


def spatial_tree(table: str) -> str:
    """Return the name of the R-tree of a table."""
    return f"rtree_{table}_geom"


def spatial_index(table: str) -> Iterator[Statement]:
    """Yield the statements of the R-tree of a table whose key is ``fid`` and geometry ``geom``."""
    tree = spatial_tree(table)
    yield Statement(fill("CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)", tree=tree))
    yield _extension(table, "geom", "gpkg_rtree_index", "spec120/#extension_rtree", "write-only")
    for suffix, event, when, action in _TRIGGERS:
        text = f"CREATE TRIGGER {{trigger}} AFTER {event} ON {{table}} WHEN {when} BEGIN {action} END"
        yield Statement(fill(text, trigger=f"{tree}_{suffix}", table=table, tree=tree))
