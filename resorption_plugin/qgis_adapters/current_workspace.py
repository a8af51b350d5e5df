"""Follows which workspace the open project shows."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..geopackage.upgrading import is_outdated
from .layers import workspace_layers, workspace_path

SETTLE_MS = 50


class CurrentWorkspace(QObject):
    """Tells, by ``changed``, the workspace's path when a project opens, and ``None`` when it closes.

    It tells again when layers of the same workspace come or go: whoever follows them has to look anew.
    """

    changed = pyqtSignal(object)
    outdated = pyqtSignal(object)
    """A project opens whose workspace, at this path, has to be upgraded; until then there is none."""

    def __init__(self, project: QgsProject, parent: QObject | None = None) -> None:
        """Follow ``project``; call ``look`` once everything that listens is connected."""
        super().__init__(parent)
        self._project = project
        self._path: Path | None = None
        self._layers: frozenset[str] = frozenset()
        self._old_path: Path | None = None
        # opening a project adds its layers one by one, with rounds of the event loop between them
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.look)
        self._later = (project.readProject, project.layersAdded, project.layersRemoved)
        for signal in self._later:
            signal.connect(self._look_later)
        project.cleared.connect(self._forget)

    @property
    def path(self) -> Path | None:
        """Return the open workspace's file, ``None`` when there is none."""
        return self._path

    @property
    def old_path(self) -> Path | None:
        """Return the file of the project's workspace when it has to be upgraded, ``None`` otherwise."""
        return self._old_path

    def look(self) -> None:
        """Read the project now."""
        path = self._of_today(workspace_path(self._project))
        layers = frozenset(layer.id() for layer in workspace_layers(self._project))
        if (path, layers) != (self._path, self._layers):
            self._path, self._layers = path, layers
            self.changed.emit(path)

    def _of_today(self, path: Path | None) -> Path | None:
        """Return the path of a workspace; of one that has to be upgraded, tell once."""
        if path == self._path or path is None or not is_outdated(path):
            self._old_path = None
            return path
        if path != self._old_path:
            self._old_path = path
            self.outdated.emit(path)
        return None

    def stop(self) -> None:
        """Follow no more."""
        for signal in self._later:
            signal.disconnect(self._look_later)
        self._project.cleared.disconnect(self._forget)
        self._timer.stop()

    def _look_later(self, *_what: object) -> None:
        self._timer.start()

    def _forget(self) -> None:
        self._old_path = None
        # the same workspace may be opened again in the same breath: its layers are then other objects
        if self._path is not None:
            self._path, self._layers = None, frozenset()
            self.changed.emit(None)
