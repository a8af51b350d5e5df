"""A project of QGIS for those who only look: the shared database by its views, without the plugin and without a secret.

Each reader connects with a login of their own, and sees what that login may read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsEditorWidgetSetup,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QUrl, QUrlQuery

from ..core.errors import ResorptionError
from ..core.geo import STORED_EPSG, metric_epsg
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Kind, Label, Layer
from ..core.ports import Feedback, stop_if_cancelled
from ..core.sync.ports import RefusedError
from ..core.sync.travelling import travels
from ..postgis.connection import Server
from .form_layout import children
from .forms import apply_form
from .project import add_base_maps, add_to, arrange, check_new_project, map_tip
from .relations import add_relations
from .server_layers import ServerLayers
from .styling import apply_style
from .themes import add_themes
from .widgets import FormContext

MAPS = "maps"
"""The schema of the stored projects; an upgrade of the shared database leaves it as it is."""
TITLE = Label("Slums and water – shared database", "Bidonvilles et eau – base partagée")
_OF_THE_PLUGIN = "Exports"
"""The group of the layers that mean nothing without the plugin."""
_WEB_MERCATOR = 3857
_MARGIN_M = 2_000
_MAY_WRITE = "SELECT coalesce(has_table_privilege(to_regclass('maps.qgis_projects'), 'INSERT, UPDATE'), false)"
_IS_THERE = "SELECT EXISTS (SELECT FROM maps.qgis_projects WHERE name = %s)"
_DEPARTMENTS = "SELECT DISTINCT department FROM app.v_site WHERE department IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, and where."""

    connection: str
    name: str
    file: Path | None = None
    """Where a file is written; ``None`` stores the project in the database."""
    replaces: bool = False
    """Whether a stored project of that name is replaced."""


def publish(wanted: Publication, language: str, feedback: Feedback) -> str:
    """Store a project on the views of the shared database, or write it to a file; return where it is, for people.

    Raises ``RefusedError`` for who may not store projects, or where one is there that is not to be replaced;
    ``WorkspaceError`` for a file that cannot be written; ``SyncError``, ``ParameterError``, ``Cancelled``.
    """
    layers = ServerLayers(wanted.connection)
    if wanted.file is not None:
        check_new_project(wanted.file)
    with Server(layers.target, feedback) as server:
        if wanted.file is None:
            _check_storage(server, wanted)
        systems = {metric_epsg(str(code)) for (code,) in server.ask(_DEPARTMENTS, is_harmless=True)}
    with server_project(layers, language, systems.pop() if len(systems) == 1 else _WEB_MERCATOR, feedback) as project:
        project.setTitle(TITLE.text(language))
        place = str(wanted.file) if wanted.file else storage_address(layers.connection(), wanted.name)
        with layers.written_without_login():
            is_written = project.write(place)
        if not is_written:
            raise ResorptionError(
                mark("The project cannot be written to {where} ({reason})."),
                where=wanted.file or layers.target.where,
                reason=layers.target.scrub(project.error()),
            )
    return str(wanted.file or f"{layers.target.where}, {MAPS}, {wanted.name}")


def _check_storage(server: Server, wanted: Publication) -> None:
    ((may_write,),) = server.ask(_MAY_WRITE, is_harmless=True)
    if not may_write:
        raise RefusedError(
            mark(
                "Only an administrator of the shared database stores projects in it. Give a file (.qgz) instead, or "
                "ask an administrator."
            )
        )
    ((is_there,),) = server.ask(_IS_THERE, [wanted.name], is_harmless=True)
    if is_there and not wanted.replaces:
        raise RefusedError(
            mark(
                "There is already a project “{name}” in the database: it was left as it is. Give another name, or have "
                "it replaced."
            ),
            name=wanted.name,
        )


@contextmanager
def server_project(layers: ServerLayers, language: str, epsg: int, feedback: Feedback) -> Iterator[QgsProject]:
    """Give a project on the views, cleared at the end: its layers must not outlive it."""
    project = QgsProject()
    try:
        project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{epsg}"), True)
        _fill(project, layers, language, feedback)
        yield project
    finally:
        project.clear()


def storage_address(connection: QgsDataSourceUri, name: str) -> str:
    """Return the address of a stored project, as QGIS's own storage reads it; it may hold a password."""
    address, query = QUrl(), QUrlQuery()
    address.setScheme("postgresql")
    address.setHost(connection.host())
    if connection.port():
        address.setPort(int(connection.port()))
    if connection.username():
        address.setUserName(connection.username())
        address.setPassword(connection.password())
    asked = {
        "service": connection.service(),
        "authcfg": connection.authConfigId(),
        "sslmode": QgsDataSourceUri.encodeSslMode(connection.sslMode()),
        "dbname": connection.database(),
        "schema": MAPS,
        "project": name,
    }
    for key, value in asked.items():
        if value:
            query.addQueryItem(key, value)
    address.setQuery(query)  # as QGIS encodes it: what it does not encode it does not decode
    return bytes(address.toEncoded()).decode()


def _fill(project: QgsProject, server: ServerLayers, language: str, feedback: Feedback) -> None:
    declared = [there.layer for there in travels() if there.is_whole and not _is_of_the_plugin(there.layer)]
    layers: dict[str, QgsVectorLayer] = {}
    for done, wanted in enumerate(declared, start=1):
        stop_if_cancelled(feedback)
        layers[wanted.key] = server.open(wanted, wanted.plural.text(language))
        feedback.progress(done / len(declared))
    add_to(project, layers.values())
    add_relations(project, layers, language)
    absent = frozenset(layer.key for layer in catalogue.layers()) - layers.keys()
    for key, layer in layers.items():
        _dress(
            layer, _shown(catalogue.layer(key), layer.fields().names(), absent), FormContext(language, absent=absent)
        )
    arrange(project, layers, language)
    base_maps = add_base_maps(project, language)
    add_themes(project, {**layers, **base_maps}, language)
    _show(project, layers["site"].extent())


def _is_of_the_plugin(layer: Layer) -> bool:
    return layer.tree_group is not None and layer.tree_group.en == _OF_THE_PLUGIN


def _shown(declared: Layer, columns: Collection[str], absent: Collection[str]) -> Layer:
    """Return what the form shows of a layer: the columns that the view has, the tabs in which something is left."""
    fields = tuple(field for field in declared.fields if field.name in columns)
    filled = {field.group for field in fields if not field.hidden}
    filled |= {group.key for group in declared.groups if any(children(declared, group.key, absent))}
    filled |= {group.parent for group in declared.groups if group.key in filled and group.parent}
    groups = tuple(group for group in declared.groups if group.key in filled)
    return replace(declared, fields=fields, groups=groups, rules=())


def _dress(layer: QgsVectorLayer, declared: Layer, context: FormContext) -> None:
    """Give a layer its form, labels and symbols."""
    apply_form(layer, declared, context)
    for field in declared.fields:
        index = layer.fields().indexOf(field.name)
        if field.name == "uid":
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("Hidden", {}))
        elif field.kind is Kind.CHOICES:
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("List", {}))
        elif field.kind is Kind.FILE:
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("TextEdit", {}))
    apply_style(layer, declared.key, context.language)
    layer.setMapTipTemplate(map_tip(declared))
    layer.setReadOnly(True)


def _show(project: QgsProject, extent: QgsRectangle) -> None:
    if extent.isNull():
        return
    stored = QgsCoordinateReferenceSystem(f"EPSG:{STORED_EPSG}")
    shown = QgsRectangle(QgsCoordinateTransform(stored, project.crs(), project).transformBoundingBox(extent))
    shown.grow(_MARGIN_M)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(shown, project.crs()))
