"""Makes a workspace: one GeoPackage with the model's tables and the limits of its departments."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import shapely

from ..core.errors import WorkspaceError
from ..core.exchange.whole_file import draft_beside
from ..core.geo import metric_epsg
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import ChangeSet
from ..core.records import Record
from ..core.territory import Territory
from . import geometry, safety, schema, sql, standard
from .faults import sentences
from .store import GeoPackageStore

SUFFIX = ".gpkg"


def create_workspace(path: Path, departments: Sequence[str], territory: Territory) -> None:
    """Make a workspace for some departments (``["31"]``) at ``path`` (.gpkg).

    The file appears complete or not at all. Raises ``WorkspaceError`` when there is already a file (a workspace holds
    work that exists nowhere else: it is never replaced), or the place cannot be written; ``TerritoryError`` for an
    unknown department.
    """
    codes = sorted(set(departments))
    properties = _properties(codes, territory)
    check_target(path)
    reference = list(_reference(codes, territory))
    partial: Path | None = None
    try:
        partial = draft_beside(path)
        _write_tables(partial)
        with GeoPackageStore.open(partial) as store:
            store.apply(ChangeSet(insert=reference))
            for key, value in properties.items():
                store.set_meta(key, value)
        partial.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    except WorkspaceError as error:
        raise WorkspaceError(error.template, **{**error.values, "path": path}) from error  # not the passing name
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)


def _properties(codes: Sequence[str], territory: Territory) -> dict[str, str]:
    if not codes:
        raise WorkspaceError(mark("Choose at least one department for the workspace."))
    for code in codes:
        territory.department(code)
    systems = {metric_epsg(code) for code in codes}
    if len(systems) > 1:
        raise WorkspaceError(
            mark("The departments {departments} do not share a metric reference system. Make one workspace for each."),
            departments=", ".join(codes),
        )
    return {"departments": ",".join(codes), "metric_epsg": str(systems.pop())}


def check_target(path: Path) -> None:
    """Raise ``WorkspaceError`` when no workspace can be made at ``path``: there is a file, or no folder."""
    if path.suffix.lower() != SUFFIX:
        raise WorkspaceError(
            mark("The name of a workspace ends in .gpkg: {path} does not. Choose another name."), path=path
        )
    safety.check_place(path)
    if path.exists():
        raise WorkspaceError(
            mark("There is already a file at {path}: it was left as it is. Choose another name for the workspace."),
            path=path,
        )
    if not path.parent.is_dir():
        raise WorkspaceError(mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent)


def _cannot_write(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        mark("The workspace cannot be written to {path} ({reason}). Choose another folder."),
        path=path,
        reason=error.strerror,
    )


def _write_tables(path: Path) -> None:
    with sentences(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            geometry.add_functions(connection)
            version = sql.insert(schema.META_TABLE, key=safety.VERSION_KEY, value=str(catalogue.SCHEMA_VERSION))
            for text in standard.HEADER:
                connection.execute(text)
            connection.execute("BEGIN")
            for statement in (*schema.statements(catalogue.layers()), version):
                connection.execute(statement.sql, statement.values)
            connection.execute("COMMIT")
        finally:
            connection.close()


def _reference(codes: Sequence[str], territory: Territory) -> Iterator[Record]:
    """Yield the departments and their communes; the same row has the same uid in every workspace."""
    for code in codes:
        department = territory.department(code)
        values = {"code": code, "name": department.name, "region": department.region}
        yield _reference_row("department", code, values, _polygons(territory.department_geometry([code])))
    for commune in territory.communes(codes):
        columns = {
            "insee": commune.code,
            "name": commune.name,
            "epci": commune.epci_code or None,
            "epci_name": commune.epci_name or None,
            "department": commune.department.code,
        }
        yield _reference_row("commune", commune.code, columns, territory.commune_geometry(commune.code))


def _reference_row(layer: str, code: str, values: Mapping[str, str | None], outline: shapely.Geometry) -> Record:
    uid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"insee:{layer}:{code}"))
    return Record(layer, uid, values, outline)


def _polygons(outline: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the polygons of an outline, without the points and lines a union may leave."""
    parts = shapely.get_parts(shapely.get_parts(outline))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
