"""Which workspace the open project shows, known at once and in any thread."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from .layers import workspace_path


class ProjectWorkspace(QObject):
    """Notes the workspace's path as layers come and go: maps are drawn in threads that must not touch the project."""

    def __init__(self, project: QgsProject) -> None:
        """Follow ``project``, in the main thread, until ``stop``."""
        super().__init__()
        self._project = project
        self._signals = (project.layersAdded, project.layersRemoved, project.readProject, project.cleared)
        for signal in self._signals:
            signal.connect(self._look)
        self.path: Path | None = None
        self._look()

    def stop(self) -> None:
        """Follow no more; there is no workspace from now on."""
        for signal in self._signals:
            with suppress(TypeError):  # qgis_process has cut the connections of its project when it ends
                signal.disconnect(self._look)
        self.path = None

    def _look(self, *_what: object) -> None:
        self.path = workspace_path(self._project)
