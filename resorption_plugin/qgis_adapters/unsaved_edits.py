"""Which layers of a workspace have edits that are not saved, known in any thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.errors import ResorptionError
from ..core.i18n import mark
from .layers import is_of_workspace, workspace_layers


class UnsavedEditsError(ResorptionError):
    """What others did cannot be written under the edits of a person."""


class UnsavedEdits:
    """Follows the layers of a workspace; made in the main thread, asked and stopped in any.

    What is written in the file under an open edit would be overwritten when it is saved, as if who saves had seen it.
    """

    def __init__(self, project: QgsProject | None, workspace: Path) -> None:
        """Follow the layers that show ``workspace``; none without a project."""
        layers = workspace_layers(project) if project is not None else ()
        self._watches = [_Watch(layer) for layer in layers if is_of_workspace(layer, workspace)]

    def titles(self) -> Sequence[str]:
        """Return the names of the layers that have unsaved edits."""
        return sorted(watch.title for watch in self._watches if watch.is_modified)

    def refuse(self) -> None:
        """Raise ``UnsavedEditsError`` when there are some."""
        titles = self.titles()
        if titles:
            raise UnsavedEditsError(
                mark(
                    "Save or cancel the edits of {layers} first: what others did cannot be written under them. Then "
                    "synchronise again."
                ),
                layers=", ".join(titles),
            )

    def stop(self) -> None:
        """Follow no more."""
        for watch in self._watches:
            watch.stopped.emit()


class _Watch(QObject):
    stopped = pyqtSignal()

    def __init__(self, layer: QgsVectorLayer) -> None:
        super().__init__()
        self._layer = layer
        self.title = layer.name()
        self.is_modified = layer.isModified()
        self._signals = [layer.layerModified, layer.afterCommitChanges, layer.afterRollBack, layer.editingStopped]
        for signal in self._signals:
            signal.connect(self._look)
        layer.willBeDeleted.connect(self._forget)
        self.stopped.connect(self._let_go)

    def _let_go(self) -> None:
        for signal in self._signals:
            signal.disconnect(self._look)
        self._signals = []

    def _look(self, *_what: object) -> None:
        self.is_modified = self._layer.isModified()

    def _forget(self) -> None:
        self._signals = []
        self.is_modified = False
