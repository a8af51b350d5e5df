"""The command *Print Map…*: asks for whom, draws in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ..core.i18n import mark
from ..core.ports import Notifier
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from ..settings import Settings
from .actions import Command, Place
from .print_map_dialog import PrintMapDialog


class PrintMapCommand(QObject):
    """Prints the map of the open workspace; ``printed`` says that it is there."""

    printed = pyqtSignal()

    def __init__(
        self,
        path: Callable[[], Path],
        settings: Settings,
        *,
        jobs: Jobs,
        notifier: Notifier,
        window: QWidget,
        parent: QObject,
    ) -> None:
        """Print the workspace at ``path()``."""
        super().__init__(parent)
        self._path = path
        self._settings = settings
        self._jobs = jobs
        self._notifier = notifier
        self._window = window

    def command(self) -> Command:
        """Return the entry of the menu."""
        return Command(
            "print_map",
            mark("&Print Map…"),
            mark("Print the map of access to water as PDF or image"),
            self.ask,
            "map",
            Place.OUTPUTS,
        )

    def ask(self) -> None:
        """Print the map, after asking for whom."""
        dialog = PrintMapDialog(self._path(), self._settings.map_audience.value(), self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        order = dialog.order()
        parameters = {
            "WORKSPACE": str(order.workspace),
            "AUDIENCE": order.audience.value,
            "PAPER": order.paper.value,
            "REFERENCE_DATE": order.day.isoformat(),
            "LOGO": str(order.logo) if order.logo else None,
            "OUTPUT": str(order.output),
        }

        def done(outputs: dict[str, Any]) -> None:
            self._notifier.inform(tr("The map is in {path}.", path=outputs["OUTPUT"]))
            self.printed.emit()

        self._jobs.run_algorithm("resorption:exportmap", parameters, done)
