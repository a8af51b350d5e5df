"""Puts together the history that a workspace keeps and the one that the shared database keeps."""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgisInterface

from ..core.ports import Clock, Notifier
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.edit_watcher import Touched
from ..qgis_adapters.tasks import Jobs
from ..settings import Settings
from .actions import Command
from .history_tools import HistoryTools
from .record_form import RecordViewer
from .shared_history_tools import SharedHistoryTools


class Histories:
    """Offers both until ``stop``."""

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        iface: QgisInterface,
        workspace: CurrentWorkspace,
        viewer: RecordViewer,
        touch: Callable[[Touched], None],
        *,
        settings: Settings,
        jobs: Jobs,
        notifier: Notifier,
        clock: Clock,
    ) -> None:
        """Follow the open workspace; ``touch`` is told, by layer, which records a restored value concerns."""
        self._own = HistoryTools(
            iface.mainWindow(), workspace, settings, touch, jobs=jobs, notifier=notifier, clock=clock
        )
        self._shared = SharedHistoryTools(
            iface, workspace, self._own, viewer, jobs=jobs, notifier=notifier, clock=clock
        )

    def stop(self) -> None:
        """Take the action away and close the windows."""
        self._shared.stop()
        self._own.stop()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (*self._own.commands(), *self._shared.commands())
