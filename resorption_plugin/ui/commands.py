"""What the toolbar and the menu do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QFileDialog

from .. import paths
from ..core.checks.spec import Profile
from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.ports import Feedback, Notifier, stop_if_cancelled
from ..core.territory import Territory
from ..geopackage.workspace import create_workspace
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.project import check_new_project, write_project
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from ..settings import Settings
from .actions import Command, Place
from .dock import ResorptionDock
from .import_dialog import ImportDialog
from .new_workspace_dialog import NewWorkspaceDialog
from .options_page import KEY
from .print_map_command import PrintMapCommand
from .site_commands import SiteCommands
from .what_if_command import WhatIfCommand
from .workspace_upgrade import WorkspaceUpgrade

PROJECT_SUFFIX = ".qgz"


class Commands(QObject):
    """Does what the user asks for; ``results_changed`` says that the workspace has new contents."""

    results_changed = pyqtSignal()

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        iface: QgisInterface,
        workspace: CurrentWorkspace,
        dock: ResorptionDock,
        *,
        settings: Settings,
        jobs: Jobs,
        notifier: Notifier,
    ) -> None:
        """Keep what the commands need; dialogs open above QGIS's window."""
        super().__init__(dock)
        self._workspace = workspace
        self._settings = settings
        self._jobs = jobs
        self._notifier = notifier
        self._window = iface.mainWindow()
        self._open_project = iface.addProject
        self._open_options = partial(iface.showOptionsDialog, self._window, KEY)
        self._show_dock = dock.show_up
        self._upgrade = WorkspaceUpgrade(workspace, jobs=jobs, notifier=notifier, window=self._window, parent=self)
        self._sites = SiteCommands(
            self._path, self._measure_and_check, window=self._window, jobs=jobs, notifier=notifier
        )

        self._what_if = WhatIfCommand(
            self._path,
            lambda: Profile(settings.checks_profile.value()),
            jobs=jobs,
            notifier=notifier,
            window=self._window,
            parent=self,
        )
        self._print_map = PrintMapCommand(
            self._path, settings, jobs=jobs, notifier=notifier, window=self._window, parent=self
        )
        self._print_map.printed.connect(self.results_changed)

    def new_workspace(self) -> None:
        """Ask for a territory and a file, make them, and open the project."""
        territory = Territory.load(paths.territories())

        def create(path: Path, codes: Sequence[str], feedback: Feedback) -> None:
            check_new_project(path.with_suffix(PROJECT_SUFFIX))
            create_workspace(path, codes, territory)
            try:
                stop_if_cancelled(feedback)
            except ResorptionError:
                path.unlink()
                raise

        dialog = NewWorkspaceDialog(territory.departments(), create, self._jobs, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._build_and_open(dialog.path())

    def open_workspace(self) -> None:
        """Open a workspace, or the project of one."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window, tr("Open Workspace"), "", tr("Workspaces and their projects (*.gpkg *.qgz *.qgs)")
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ".gpkg":
            self._open(path)
            return
        self._upgrade.before(path, partial(self._open_file, path))

    def _open_file(self, path: Path) -> None:
        project = path.with_suffix(PROJECT_SUFFIX)
        if project.is_file():
            self._open(project)
        else:
            self._build_and_open(path)

    def import_water_points(self) -> None:
        """Bring in water points, after a preview."""
        path = self._path()
        dialog = ImportDialog(path, self._window)
        imported: list[object] = []
        dialog.imported.connect(imported.append)
        dialog.exec()
        if imported:
            reload_workspace_layers(QgsProject.instance(), path)
            self._measure_and_check()

    def import_streets(self) -> None:
        """Bring in streets."""
        self._ask("resorption:importstreets", {"WORKSPACE": str(self._path())})

    def compute_distances(self) -> None:
        """Compute every distance to water."""
        self._compute_distances(then=lambda: None)

    def run_checks(self) -> None:
        """Run every check on the whole workspace."""
        parameters = {"WORKSPACE": str(self._path()), "PROFILE": self._settings.checks_profile.value()}

        def done(outputs: dict[str, Any]) -> None:
            text = tr("The checks are done. Errors {errors}, warnings {warnings}, to verify {to_verify}.")
            counts = {key.lower(): outputs.get(key, 0) for key in ("ERRORS", "WARNINGS", "TO_VERIFY")}
            self._notifier.inform(text.format(**counts))
            self._show_dock()
            self.results_changed.emit()

        self._jobs.run_algorithm("resorption:runchecks", parameters, done)

    def check_layers(self) -> None:
        """Check layers that are in no workspace."""
        workspace = self._workspace.path
        self._ask("resorption:checklayers", {"WORKSPACE": str(workspace)} if workspace else {})

    def list(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (
            Command(
                "new_workspace",
                mark("&New Workspace…"),
                mark("Make a workspace for one or several departments"),
                self.new_workspace,
                "new_workspace",
                Place.WORKSPACE,
                needs_workspace=False,
            ),
            Command(
                "open_workspace",
                mark("&Open Workspace…"),
                mark("Open a workspace (.gpkg) or its project"),
                self.open_workspace,
                "open_workspace",
                Place.WORKSPACE,
                needs_workspace=False,
            ),
            self._sites.to_import(),
            Command(
                "import_water_points",
                mark("Import &Water Points…"),
                mark("Bring in water points from a file; nothing is written before you have seen a preview"),
                self.import_water_points,
                "import_water_points",
                Place.IMPORT,
            ),
            Command(
                "import_streets",
                mark("Import &Streets…"),
                mark("Bring in streets from OpenStreetMap or from a layer of lines"),
                self.import_streets,
                "import_streets",
                Place.IMPORT,
            ),
            Command(
                "compute_distances",
                mark("Compute &Distances"),
                mark("Compute the distances from every site to the water that serves it"),
                self.compute_distances,
                "distances",
                Place.CHECK,
            ),
            Command(
                "run_checks",
                mark("Run &Checks"),
                mark("Check the whole workspace"),
                self.run_checks,
                "checks",
                Place.CHECK,
            ),
            self._what_if.command(),
            Command(
                "check_layers",
                mark("Check My Own &Layers…"),
                mark("Check layers of your own, where they are: nothing is imported"),
                self.check_layers,
                place=Place.CHECK,
                needs_workspace=False,
            ),
            self._print_map.command(),
            self._sites.to_return(),
            Command(
                "show_dock",
                mark("Show the &Panel"),
                mark("Show the overview and the findings"),
                self._show_dock,
                "dock",
                needs_workspace=False,
            ),
            Command(
                "options",
                mark("Op&tions…"),
                mark("Name that signs, thresholds, distances"),
                self._open_options,
                needs_workspace=False,
            ),
        )

    def _measure_and_check(self) -> None:
        self._compute_distances(then=self.run_checks)

    def _compute_distances(self, then: Callable[[], None]) -> None:
        parameters = {
            "WORKSPACE": str(self._path()),
            "LIMIT": self._settings.distance_limit.value(),
            "NEIGHBOURS": self._settings.neighbours.value(),
        }

        def done(outputs: dict[str, Any]) -> None:
            self._notifier.inform(tr("{count} distances are up to date.", count=outputs.get("PAIRS", 0)))
            self.results_changed.emit()
            then()

        self._jobs.run_algorithm("resorption:computedistances", parameters, done)

    def _ask(self, algorithm_id: str, parameters: dict[str, Any]) -> None:
        """Open the dialog of an algorithm, filled in as far as known."""
        from qgis import processing  # type: ignore[import-untyped] # a plugin of QGIS, absent when this module is loaded

        processing.execAlgorithmDialog(algorithm_id, parameters)
        self.results_changed.emit()

    def _path(self) -> Path:
        if self._workspace.path is None:
            raise ResorptionError(mark("No workspace is open. Create one or open one first."))
        return self._workspace.path

    def _build_and_open(self, workspace: Path) -> None:
        project = workspace.with_suffix(PROJECT_SUFFIX)
        write_project(workspace, project, language())
        self._open(project)

    def _open(self, project: Path) -> None:
        if not self._open_project(str(project)):
            raise ResorptionError(mark("QGIS cannot open the project {path}."), path=project)
        self._workspace.look()
        if self._workspace.path is None and self._workspace.old_path is None:
            raise ResorptionError(
                mark("The project {path} shows no workspace. Open the workspace's .gpkg file instead."), path=project
            )
        self._show_dock()
