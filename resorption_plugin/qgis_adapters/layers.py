"""The workspace's layers inside a QGIS project, known by their key and never by their name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from qgis.core import QgsExpression, QgsFeature, QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.errors import WorkspaceError
from ..core.i18n import mark

KEY_PROPERTY = "resorption/layer_key"


def layer_key(layer: object) -> str | None:
    """Return the model's key of a layer, ``None`` when it is not one of a workspace."""
    key = layer.customProperty(KEY_PROPERTY) if isinstance(layer, QgsVectorLayer) else None
    return str(key) if key else None


def find_layer(project: QgsProject, key: str) -> QgsVectorLayer | None:
    """Return the layer of a project that has the model's key ``key``."""
    return next((layer for layer in workspace_layers(project) if layer_key(layer) == key), None)


def workspace_layers(project: QgsProject) -> Iterator[QgsVectorLayer]:
    """Yield the workspace's layers of a project."""
    for layer in project.mapLayers().values():
        if layer_key(layer):
            yield layer


def layer_path(layer: QgsVectorLayer) -> Path | None:
    """Return the file a layer is read from."""
    path, _, _ = layer.source().partition("|")
    return Path(path) if layer.providerType() == "ogr" and path else None


def workspace_path(project: QgsProject) -> Path | None:
    """Return the workspace file of a project, ``None`` when it has none."""
    return next((path for layer in workspace_layers(project) if (path := layer_path(layer))), None)


def is_of_workspace(layer: QgsVectorLayer, path: Path) -> bool:
    """Say whether a layer is read from the workspace at ``path``."""
    source = layer_path(layer)
    return source is not None and _same_file(source, path)


def open_layer(workspace: Path, table: str, key: str, name: str) -> QgsVectorLayer:
    """Return a layer on a table of the workspace; raises ``WorkspaceError`` when QGIS cannot read it."""
    layer = QgsVectorLayer(f"{workspace}|layername={table}", name, "ogr")
    if not layer.isValid():
        raise WorkspaceError(mark("QGIS cannot read {table} in the workspace {path}."), table=table, path=workspace)
    layer.setCustomProperty(KEY_PROPERTY, key)
    return layer


def feature_of(layer: QgsVectorLayer, uid: str) -> QgsFeature | None:
    """Return the feature of a record, unsaved edits included; ``None`` when there is none."""
    wanted = QgsExpression.createFieldEqualityExpression("uid", uid)
    return next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted).setLimit(1)), None)


def reload_workspace_layers(project: QgsProject, path: Path, keys: Collection[str] | None = None) -> None:
    """Show what was written to the workspace at ``path`` in the open layers (main thread only).

    ``keys`` names the layers written, all when ``None``. A layer's unsaved edits are kept.
    """
    for layer in _written(project, path, keys):
        _reload(layer)


def _written(project: QgsProject, path: Path, keys: Collection[str] | None) -> list[QgsVectorLayer]:
    return [
        layer
        for layer in workspace_layers(project)
        if (keys is None or layer_key(layer) in keys) and is_of_workspace(layer, path)
    ]


def _reload(layer: QgsVectorLayer) -> None:
    layer.reload()
    layer.updateExtents()
    layer.triggerRepaint()


def _same_file(one: Path, other: Path) -> bool:
    # each look at the disk lets go of Python, and waits to have it back
    return one == other or os.path.realpath(one) == os.path.realpath(other)


class LayerReloads(QObject):
    """Does what ``reload_workspace_layers`` does, one layer a turn of the event loop: each takes up to some 50 ms.

    ``finished`` when the layers asked for show what was written. What waits is forgotten with the parent.
    """

    finished = pyqtSignal()

    def __init__(self, project: QgsProject, parent: QObject) -> None:
        """Reload layers of ``project`` when asked."""
        super().__init__(parent)
        self._project = project
        self._waiting: list[str] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)

    def ask(self, path: Path, keys: Collection[str]) -> None:
        """Reload soon the layers ``keys`` of the workspace at ``path``; those that wait already are reloaded once."""
        ids = (layer.id() for layer in _written(self._project, path, keys))
        self._waiting += [one for one in ids if one not in self._waiting]
        self._turn.start()

    def _next(self) -> None:
        if not self._waiting:
            self._turn.stop()
            self.finished.emit()
            return
        layer = self._project.mapLayer(self._waiting.pop(0))
        if isinstance(layer, QgsVectorLayer):  # None once the project was closed
            _reload(layer)
