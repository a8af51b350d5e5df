"""Builds the QGIS project of a workspace: layers, forms, relations, styles, themes, base maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSnappingConfig,
    QgsVectorLayer,
)

from ..core.errors import WorkspaceError
from ..core.geo import STORED_EPSG
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Geometry, Kind, Label, Layer
from ..geopackage.schema import list_table
from ..geopackage.store import GeoPackageStore
from .basemaps import BASE_MAPS, GROUP, PLAN, make_base_map
from .forms import apply_form
from .layers import open_layer
from .relations import add_relations
from .styling import apply_style
from .themes import add_themes
from .widgets import FormContext

TITLE = Label("Slums and water – {departments}", "Bidonvilles et eau – {departments}")
LIST_PROPERTY = "resorption/value_list"
SUFFIXES = (".qgz", ".qgs")
_SNAPPED = ("site_footprint", "street")
_SNAP_PIXELS = 10
_MARGIN = 1.05
"""The first view shows the department with a little room around it."""


def write_project(workspace: Path, project_path: Path, language: str) -> None:
    """Write a new project on a workspace to ``project_path`` (.qgz).

    Raises ``WorkspaceError`` when the workspace cannot be opened or the project not be written.
    """
    project = build_project(workspace, language)
    try:
        _save(project, project_path)
    finally:
        project.clear()  # left to Python, its layers may go after GDAL has gone: QGIS would crash at its end


def build_project(workspace: Path, language: str) -> QgsProject:
    """Return a new project on a workspace, which the caller clears when it is no longer needed.

    Paths in it are relative; it holds no password and asks nothing of the network before it is drawn. Raises
    ``WorkspaceError`` when the workspace cannot be opened.
    """
    with GeoPackageStore.open(workspace, read_only=True) as store:
        epsg, departments = store.meta("metric_epsg"), store.meta("departments") or ""
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{epsg}"), True)
    project.setTitle(TITLE.text(language).format(departments=departments))
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setTransactionMode(Qgis.TransactionMode.Disabled)
    layers = fill_project(project, workspace, language)
    _set_snapping(project, layers)
    _set_view(project, layers["department"])
    return project


def check_new_project(path: Path) -> None:
    """Raise ``WorkspaceError`` when no new project can be written to ``path``: one that is there is never replaced."""
    if path.suffix.lower() not in SUFFIXES:
        raise WorkspaceError(
            mark("The name of a project ends in .qgz or .qgs: {path} does not. Choose another name."), path=path
        )
    if path.exists():
        raise WorkspaceError(
            mark("There is already a project at {path}: it was left as it is. Choose another name for the project."),
            path=path,
        )
    if not path.parent.is_dir():
        raise WorkspaceError(mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent)


def fill_project(project: QgsProject, workspace: Path, language: str) -> Mapping[str, QgsVectorLayer]:
    """Add the layers of a workspace to a project, ready to be edited; return them by their keys."""
    lists = _add_lists(project, workspace)
    context = FormContext(language, {name: layer.id() for name, layer in lists.items()})
    layers = {declared.key: _open(workspace, declared, language) for declared in catalogue.layers()}
    # a layer's form names the relations, which need the layers to be in the project
    add_to(project, layers.values())
    add_relations(project, layers, language)
    for declared in catalogue.layers():
        apply_form(layers[declared.key], declared, context)
        apply_style(layers[declared.key], declared.key, language)
        layers[declared.key].setMapTipTemplate(map_tip(declared))
    arrange(project, layers, language)
    base_maps = add_base_maps(project, language)
    add_themes(project, {**layers, **base_maps}, language)
    return layers


def _open(workspace: Path, declared: Layer, language: str) -> QgsVectorLayer:
    layer = open_layer(workspace, declared.key, declared.key, declared.plural.text(language))
    metadata = layer.metadata()
    metadata.setTitle(declared.plural.text(language))
    metadata.setAbstract(declared.help.text(language))
    layer.setMetadata(metadata)
    return layer


def _add_lists(project: QgsProject, workspace: Path) -> dict[str, QgsVectorLayer]:
    """Add the value lists that answers with several choices read, hidden from the legend."""
    wanted = {
        field.domain.name: field.domain
        for declared in catalogue.layers()
        for field in declared.fields
        if field.kind is Kind.CHOICES and field.domain
    }
    added = {}
    for name, domain in wanted.items():
        table = list_table(domain)
        layer = QgsVectorLayer(f"{workspace}|layername={table}", table, "ogr")
        layer.setFlags(QgsMapLayer.LayerFlag.Private)
        layer.setReadOnly(True)
        layer.setCustomProperty(LIST_PROPERTY, name)
        added[name] = layer
    add_to(project, added.values())
    return added


def add_to(project: QgsProject, layers: Iterable[QgsMapLayer]) -> None:
    """Add layers to a project without showing them in its tree."""
    given = list(layers)
    if len(project.addMapLayers(given, False)) != len(given):
        raise WorkspaceError(mark("QGIS cannot add the layers of the workspace to the project."))


def arrange(project: QgsProject, layers: Mapping[str, QgsVectorLayer], language: str) -> None:
    """Put layers, given by their keys, into the groups of the model, points above lines above surfaces within each."""
    root = project.layerTreeRoot()
    there = [declared for declared in catalogue.layers() if declared.key in layers]
    for declared in there:
        node = _group(root, declared, language).addLayer(layers[declared.key])
        node.setExpanded(declared.key in ("site", "water_point", "distance", "finding"))
    root.setHasCustomLayerOrder(True)
    root.setCustomLayerOrder([layers[declared.key] for declared in sorted(there, key=_depth)])


def _group(root: QgsLayerTree, declared: Layer, language: str) -> QgsLayerTreeGroup:
    if declared.tree_group is None:
        return root
    name = declared.tree_group.text(language)
    return root.findGroup(name) or root.addGroup(name)


_DRAWN = (Geometry.POINT, Geometry.LINE, Geometry.POLYGON)
_ON_TOP = "action"


def _depth(declared: Layer) -> int:
    if declared.key == _ON_TOP:
        return -1
    return _DRAWN.index(declared.geometry) if declared.geometry in _DRAWN else len(_DRAWN)


def add_base_maps(project: QgsProject, language: str) -> dict[str, QgsMapLayer]:
    """Add the base maps under everything else, only the map shown; return them by their keys."""
    group = project.layerTreeRoot().addGroup(GROUP.text(language))
    added: dict[str, QgsMapLayer] = {}
    for base_map in BASE_MAPS:
        layer = make_base_map(base_map, language)
        add_to(project, [layer])
        node = group.addLayer(layer)
        node.setExpanded(False)
        node.setItemVisibilityChecked(base_map is PLAN)
        added[base_map.key] = layer
    _draw_last(project.layerTreeRoot(), list(added.values()))
    return added


def _draw_last(root: QgsLayerTree, layers: list[QgsMapLayer]) -> None:
    order = [layer for layer in root.customLayerOrder() if layer not in layers]
    root.setCustomLayerOrder([*order, *layers])


def map_tip(declared: Layer) -> str:
    """Return what the map says of the record under the mouse."""
    return f"<b>[% {declared.display} %]</b>"


def _set_snapping(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    """Snap to footprints and streets only: a site never jumps to the limit of a commune."""
    config = QgsSnappingConfig(project)
    config.setEnabled(True)
    config.setMode(Qgis.SnappingMode.AdvancedConfiguration)
    corners: Any = Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment
    for key, layer in layers.items():
        if layer.isSpatial():
            settings = QgsSnappingConfig.IndividualLayerSettings(
                key in _SNAPPED, corners, _SNAP_PIXELS, Qgis.MapToolUnit.Pixels
            )
            config.setIndividualLayerSettings(layer, settings)
    project.setSnappingConfig(config)
    project.setAvoidIntersectionsMode(Qgis.AvoidIntersectionsMode.AllowIntersections)


def _set_view(project: QgsProject, department: QgsVectorLayer) -> None:
    stored = QgsCoordinateReferenceSystem(f"EPSG:{STORED_EPSG}")
    extent = department.extent()
    if extent.isEmpty():
        return
    project.viewSettings().setPresetFullExtent(QgsReferencedRectangle(extent, stored))
    shown = QgsCoordinateTransform(stored, project.crs(), project).transformBoundingBox(extent)
    shown = QgsRectangle(shown)
    shown.scale(_MARGIN)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(shown, project.crs()))


def _save(project: QgsProject, path: Path) -> None:
    if not path.parent.is_dir():
        raise WorkspaceError(mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent)
    if not project.write(str(path)):
        raise WorkspaceError(
            mark("The project cannot be written to {path} ({reason}). Choose another folder."),
            path=path,
            reason=project.error(),
        )
