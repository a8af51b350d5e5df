"""*Administration…* in the menu *Sharing*."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QWidget

from ..core.i18n import mark
from ..qgis_adapters.attachment import remembered_connection
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.requirements import refuse_without_driver
from .actions import Command, Place


def administration_command(
    window: QWidget, canvas: QgsMapCanvas, workspace: CurrentWorkspace, written: Callable[[], None]
) -> Command:
    """Return the command that opens the window; ``written`` is called when a decision was written in the workspace."""

    def show() -> None:
        refuse_without_driver()
        from .administration_dialog import AdministrationDialog  # needs the driver

        path = workspace.path
        connection = remembered_connection(path) if path is not None else ""
        dialog = AdministrationDialog(path, connection, canvas, window)

        def decided() -> None:
            if path is not None:
                reload_workspace_layers(QgsProject.instance(), path)
            written()

        dialog.decided.connect(decided)
        dialog.exec()
        dialog.deleteLater()

    return Command(
        "administration",
        mark("&Administration…"),
        mark("See who shares, what waits for an administrator, and how far the log of the shared database reaches"),
        show,
        place=Place.SHARING,
        needs_workspace=False,
    )
