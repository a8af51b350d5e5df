"""Which layers of a workspace have edits that are not saved, known in any thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from ..core.errors import ResorptionError
from ..core.i18n import mark
from .layers import is_of_workspace, workspace_layers


class UnsavedEditsError(ResorptionError):
    """What others did cannot be written under the edits of a person."""


def unsaved_titles(project: QgsProject | None, workspace: Path) -> Sequence[str]:
    """Return the names of the layers of a project that show ``workspace`` and have unsaved edits (main thread)."""
    layers = workspace_layers(project) if project is not None else ()
    return sorted(layer.name() for layer in layers if layer.isModified() and is_of_workspace(layer, workspace))


def refuse_unsaved(project: QgsProject | None, workspace: Path) -> None:
    """Raise ``UnsavedEditsError`` when there are ``unsaved_titles`` (main thread)."""
    _refuse(unsaved_titles(project, workspace))


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
        _refuse(self.titles())

    def stop(self) -> None:
        """Follow no more."""
        for watch in self._watches:
            watch.deleteLater()


def _refuse(titles: Sequence[str]) -> None:
    if titles:
        raise UnsavedEditsError(
            mark(
                "Save or cancel the edits of {layers} first: what others did cannot be written under them. Then "
                "synchronise again."
            ),
            layers=", ".join(titles),
        )


class _Watch(QObject):
    """Follows one layer, closely from when it is edited: each signal followed makes the window wait for Python."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        super().__init__()
        self._layer = layer
        self.title = layer.name()
        self.is_modified = layer.isModified()
        if layer.isEditable():
            self._follow()
        else:
            layer.editingStarted.connect(self._begin)

    def _begin(self) -> None:
        self._layer.editingStarted.disconnect(self._begin)
        self._follow()

    def _follow(self) -> None:
        layer = self._layer
        for signal in (layer.layerModified, layer.afterCommitChanges, layer.afterRollBack, layer.editingStopped):
            signal.connect(self._look)
        layer.willBeDeleted.connect(self._forget)

    def _look(self, *_what: object) -> None:
        self.is_modified = self._layer.isModified()

    def _forget(self) -> None:
        self.is_modified = False
