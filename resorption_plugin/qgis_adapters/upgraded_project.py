"""An open project around the upgrade of its workspace: its edits before, its layers and forms after."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer

from ..core.errors import WorkspaceError
from ..core.i18n import mark
from ..core.model import catalogue
from .forms import apply_form
from .layers import find_layer, is_of_workspace, layer_key, reload_workspace_layers
from .project import LIST_PROPERTY
from .unsaved_edits import unsaved_titles
from .widgets import FormContext


def refuse_unsaved(project: QgsProject | None, workspace: Path) -> None:
    """Raise ``WorkspaceError`` when a layer of the workspace has edits that are not saved (main thread)."""
    titles = unsaved_titles(project, workspace)
    if titles:
        raise WorkspaceError(
            mark("Save or cancel the edits of {layers} first, then upgrade the workspace."),
            layers=", ".join(titles),
        )


def show_upgraded(project: QgsProject, workspace: Path, language: str) -> None:
    """Show the columns and value lists of an upgraded workspace in the layers that are open, with their forms.

    The styles, the order of the layers and all else that people make their own in a project stay (main thread).
    """
    lists: dict[str, str] = {}
    for layer in project.mapLayers().values():
        name = layer.customProperty(LIST_PROPERTY)
        if name and isinstance(layer, QgsVectorLayer):
            layer.reload()
            lists[str(name)] = layer.id()
    reload_workspace_layers(project, workspace)
    context = FormContext(language, lists)
    for declared in catalogue.layers():
        shown = find_layer(project, declared.key)
        if shown is not None and is_of_workspace(shown, workspace) and layer_key(shown) == declared.key:
            apply_form(shown, declared, context)
