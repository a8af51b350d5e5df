"""Puts together what helps an officer with records: the headers of the forms, and the commands on the selection."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from ..core.checks.spec import Profile
from ..core.i18n import mark
from ..core.ports import Clock, Notifier
from ..qgis_adapters.checking import territory
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from ..settings import Settings
from . import form_header
from .actions import Command, Place
from .confirm_command import ConfirmCommand
from .drawing_watch import DrawingWatch
from .photo_commands import PhotoCommands
from .photo_panel import PhotoPanel, WaterPointPanel
from .record_form import RecordViewer
from .site_panel import SitePanel


class RecordTools(QObject):
    """Offers the headers until ``stop``; ``commands`` are those of the menu."""

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        iface: QgisInterface,
        workspace: CurrentWorkspace,
        viewer: RecordViewer,
        *,
        settings: Settings,
        jobs: Jobs,
        notifier: Notifier,
        clock: Clock,
        parent: QObject,
    ) -> None:
        """Follow the open workspace, and show the headers from now on."""
        super().__init__(parent)
        self._confirming = ConfirmCommand(notifier)
        self._photos = PhotoCommands(
            workspace, jobs=jobs, notifier=notifier, clock=clock, window=iface.mainWindow(), parent=self
        )
        self._watch = DrawingWatch(iface.messageBar(), viewer, lambda: Profile(settings.checks_profile.value()), self)
        self._jobs = jobs
        workspace.changed.connect(self._watch.follow)
        workspace.changed.connect(self._prepare)
        form_header.offer(
            {
                "site": partial(SitePanel, self._confirming, self._watch, self._photos),
                "water_point": partial(WaterPointPanel, self._photos),
                "photo": PhotoPanel,
            }
        )

    def stop(self) -> None:
        """Show no header and watch no drawing any more."""
        self._watch.stop()
        form_header.withdraw()

    def _prepare(self, path: Path | None) -> None:
        """Read the communes while nobody waits for them: the first form asks for one."""
        if path is not None:
            self._jobs.run_unasked(
                tr("Reading the communes"), lambda _feedback: territory().prepare(), lambda _done: None
            )

    def commands(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (
            Command(
                "nothing_changed",
                mark("&Nothing Changed on the Selected Sites"),
                mark("Date the records of the selected sites without changing anything in them"),
                self._confirming.selected,
                "nothing_changed",
                Place.RECORDS,
            ),
            Command(
                "add_photos",
                mark("Add &Photos…"),
                mark("Add photos to the sites and water points where they were taken"),
                self._photos.add,
                "add_photos",
                Place.IMPORT,
            ),
        )
