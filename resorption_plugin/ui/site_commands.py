"""What the menu does with the platform's list of sites: bring it in, and write what has to go back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ..core.i18n import mark
from ..core.ports import Notifier
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from .actions import Command, Place
from .sites_dialog import ImportSitesDialog


class SiteCommands:
    """Imports sites and writes the return sheet."""

    def __init__(
        self,
        path: Callable[[], Path],
        imported: Callable[[], None],
        *,
        window: QWidget,
        jobs: Jobs,
        notifier: Notifier,
    ) -> None:
        """Work on the workspace that ``path`` gives; ``imported`` is called when sites were imported."""
        self._path = path
        self._imported = imported
        self._window = window
        self._jobs = jobs
        self._notifier = notifier

    def import_sites(self) -> None:
        """Bring in sites, after a preview."""
        path = self._path()
        dialog = ImportSitesDialog(path, self._window)
        written: list[object] = []
        dialog.imported.connect(written.append)
        dialog.exec()
        if written:
            reload_workspace_layers(QgsProject.instance(), path)
            self._imported()

    def return_sheet(self) -> None:
        """Ask for a file, and write what has to be entered on the platform."""
        path = self._path()
        proposed = path.with_name(tr("{name}_return_sheet.xlsx", name=path.stem))
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, tr("Return Sheet"), str(proposed), "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if not chosen:
            return

        def done(outputs: dict[str, Any]) -> None:
            self._notifier.inform(
                tr(
                    "The return sheet is in {path}: {sites} sites, {changes} changes to enter. It holds exact "
                    "positions: for the services only.",
                    path=outputs["OUTPUT"],
                    sites=outputs["SITES"],
                    changes=outputs["CHANGES"],
                )
            )

        parameters = {"WORKSPACE": str(path), "OUTPUT": chosen}
        self._jobs.run_algorithm("resorption:exportreturnsheet", parameters, done)

    def to_import(self) -> Command:
        """Return the command that brings sites in."""
        return Command(
            "import_sites",
            mark("&Import Sites…"),
            mark("Bring in the platform's list of sites; nothing is written before you have seen a preview"),
            self.import_sites,
            "import_sites",
            Place.IMPORT,
        )

    def to_return(self) -> Command:
        """Return the command that writes the return sheet."""
        return Command(
            "return_sheet",
            mark("&Return Sheet…"),
            mark("Write what changed here since the last import, to be entered on the platform"),
            self.return_sheet,
            "return_sheet",
            Place.OUTPUTS,
        )
