"""Offers to upgrade a workspace that an older version of the plugin made, before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ..core.errors import OutdatedWorkspaceError, ResorptionError
from ..core.ports import Notifier
from ..geopackage.store import GeoPackageStore
from ..geopackage.upgrading import Upgraded, upgrade
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from ..qgis_adapters.upgraded_project import refuse_unsaved, show_upgraded


class WorkspaceUpgrade(QObject):
    """Asks, upgrades in the background, and goes on with what was wanted."""

    def __init__(
        self, workspace: CurrentWorkspace, *, jobs: Jobs, notifier: Notifier, window: QWidget, parent: QObject
    ) -> None:
        """Offer it for the workspace of each project that is opened, and for the files given to ``before``."""
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._notifier = notifier
        self._window = window
        workspace.outdated.connect(self._offer_open)

    def before(self, path: Path, go_on: Callable[[], None]) -> None:
        """Do something with a workspace: at once, or once it is upgraded. Raises ``WorkspaceError``."""
        try:
            GeoPackageStore.open(path).close()
        except OutdatedWorkspaceError:
            self._offer(path, go_on)
        else:
            go_on()

    def _offer_open(self, path: Path) -> None:
        self._offer(path, partial(self._show, path))

    def _offer(self, path: Path, go_on: Callable[[], None]) -> None:
        if not self._is_agreed(path):
            return
        try:
            refuse_unsaved(QgsProject.instance(), path)
        except ResorptionError as error:
            self._notifier.report(error)
            return

        def done(upgraded: Upgraded) -> None:
            if upgraded.copy is not None:
                self._notifier.inform(
                    tr("The workspace is upgraded. As it was before, it is kept in {copy}.", copy=upgraded.copy.name)
                )
            try:
                go_on()
            except ResorptionError as error:
                self._notifier.report(error)

        self._jobs.run(tr("Upgrading the workspace"), lambda feedback: upgrade(path, feedback), done)

    def _is_agreed(self, path: Path) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Upgrade the workspace?"))
        box.setText(tr("{name} was made by an older version of the plugin.", name=path.name))
        box.setInformativeText(
            tr(
                "It has to be upgraded before this version can work with it. All that it holds is kept: the records, "
                "their history, what waits to be sent. A copy of the file as it is now is made beside it; stopped on "
                "the way, nothing is changed. Colleagues with the older version cannot open the upgraded file any more."
            )
        )
        agree = box.addButton(tr("Upgrade"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(agree)
        box.exec()
        is_agreed = box.clickedButton() is agree
        box.deleteLater()
        return is_agreed

    def _show(self, path: Path) -> None:
        show_upgraded(QgsProject.instance(), path, language())
        self._workspace.look()
