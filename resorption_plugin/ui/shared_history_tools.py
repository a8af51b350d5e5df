"""Puts the history of the shared database within reach: from the history of a record, and from the menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import QgsProject, QgsTask
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.ports import Clock, Notifier
from ..core.sync.audit import Told
from ..core.sync.audit_table import SharedHistory
from ..qgis_adapters.attachment import NotAttachedError
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.layers import find_layer, workspace_layers
from ..qgis_adapters.requirements import refuse_without_driver
from ..qgis_adapters.shared_history import Standing, read_shared_record, read_standing
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, sentence, tr
from .actions import Command, Place
from .history_dialog import HistoryDialog
from .history_tools import HistoryTools
from .place_marks import PlaceMarks
from .record_form import RecordViewer
from .shared_history_dialog import SharedHistoryDialog, places
from .territory_history_dialog import TerritoryHistoryDialog


class SharedHistoryTools(QObject):
    """Offers what everybody wrote until ``stop``; it goes away with ``workspace``."""

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        iface: QgisInterface,
        workspace: CurrentWorkspace,
        history: HistoryTools,
        viewer: RecordViewer,
        *,
        jobs: Jobs,
        notifier: Notifier,
        clock: Clock,
    ) -> None:
        """Add *Ask the Shared Database* to the windows that ``history`` opens; ``viewer`` shows records."""
        super().__init__(workspace)
        self._window = iface.mainWindow()
        self._canvas = iface.mapCanvas()
        self._workspace = workspace
        self._history = history
        self._viewer = viewer
        self._jobs = jobs
        self._notifier = notifier
        self._clock = clock
        self._marks = PlaceMarks(self._canvas)
        self._dialogs: list[SharedHistoryDialog] = []
        history.opened.connect(self._offer)
        workspace.changed.connect(lambda _path: self._close_all())

    def stop(self) -> None:
        """Close the windows and mark nothing on the map any more."""
        self._history.opened.disconnect(self._offer)
        self._close_all()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (
            Command(
                "territory_history",
                mark("&Territory History…"),
                mark("See what everybody wrote in the shared database between two days, and restore values"),
                self.show_territory,
                place=Place.SHARING,
            ),
        )

    def show_territory(self) -> None:
        """Open the history of the territory."""
        path = self._workspace.path
        if path is None:
            raise ResorptionError(mark("No workspace is open. Create one or open one first."))
        refuse_without_driver()

        def done(standing: Standing) -> None:
            if path != self._workspace.path:
                return
            if not standing.is_attached:
                self._notifier.report(NotAttachedError(path))
                return
            dialog = TerritoryHistoryDialog(
                path, self._canvas, standing, lambda: self._clock.now().date(), self._window
            )
            self._show(dialog)
            if standing.committee is not None:
                dialog.ask()

        self._jobs.run(tr("Reading how the workspace is shared"), lambda _feedback: read_standing(path), done)

    def _offer(self, dialog: HistoryDialog, layer: str, uid: str) -> None:
        """Let the history of a record ask the shared database, where the workspace has one."""
        path = self._workspace.path
        if path is None:
            return

        def done(standing: Standing) -> None:
            if standing.is_attached and not sip.isdeleted(dialog):
                _Asking(dialog, partial(self._ask, dialog, path, layer, uid))

        self._jobs.run(
            tr("Reading how the workspace is shared"), lambda _feedback: read_standing(path), done, lambda _error: None
        )

    def _ask(self, dialog: HistoryDialog, path: Path, layer: str, uid: str) -> QgsTask:
        refuse_without_driver()
        spoken = language()

        def done(history: SharedHistory) -> None:
            if not sip.isdeleted(dialog):
                dialog.show_asking(None)
                shown = SharedHistoryDialog(path, self._canvas, dialog)
                shown.setWindowTitle(tr("{title} – Shared Database", title=dialog.windowTitle()))
                self._show(shown)
                shown.show_history(history)

        def failed(error: ResorptionError) -> None:
            if not sip.isdeleted(dialog):
                dialog.show_asking(None)
                dialog.say(sentence(error))

        title = tr("Asking the shared database")
        return self._jobs.run(
            title, lambda feedback: read_shared_record(path, layer, uid, spoken, feedback), done, failed
        )

    def _show(self, dialog: SharedHistoryDialog) -> None:
        self._dialogs.append(dialog)
        dialog.destroyed.connect(partial(self._forget, dialog))
        dialog.restore_asked.connect(partial(self._restore, dialog))
        dialog.record_asked.connect(partial(self._open_record, dialog))
        dialog.place_asked.connect(partial(self._show_place, dialog))
        dialog.show()

    def _restore(self, dialog: SharedHistoryDialog, told: Told) -> None:
        layer = find_layer(QgsProject.instance(), told.entry.layer)
        if layer is not None and layer.isEditable():
            dialog.report(
                ResorptionError(
                    mark("The layer {layer} is being edited: save or cancel its edits, then restore."),
                    layer=layer.name(),
                )
            )
            return
        follow = partial(self._history.follow_restored, dialog.path, told.line())
        dialog.restore_line(told, self._history.signature(), follow)

    def _open_record(self, dialog: SharedHistoryDialog, told: Told) -> None:
        self._try(dialog, lambda: self._viewer.open_record(*told.entry.key, told.field))

    def _show_place(self, dialog: SharedHistoryDialog, told: Told) -> None:
        """Mark the places that the line tells, else show where the record is."""
        shapes, place = places(told), dialog.history.subject(told).place
        self._marks.show(shapes, next(iter(workspace_layers(QgsProject.instance())), None))
        if shapes:
            self._viewer.show_shapes(shapes)
        elif place is not None:
            self._try(dialog, lambda: self._viewer.show(*place))

    def _try(self, dialog: SharedHistoryDialog, show: Callable[[], object]) -> None:
        try:
            show()
        except ResorptionError:
            dialog.report(
                ResorptionError(
                    mark("This workspace does not hold the record: it was deleted, or comes with the next exchange.")
                )
            )

    def _close_all(self) -> None:
        for dialog in list(self._dialogs):
            dialog.stop()
        self._marks.show((), None)

    def _forget(self, dialog: SharedHistoryDialog, _object: QObject | None = None) -> None:
        if dialog in self._dialogs:
            self._dialogs.remove(dialog)
        self._marks.show((), None)


class _Asking(QObject):
    """The button of a window: it asks, and cancels while it is asking."""

    def __init__(self, dialog: HistoryDialog, ask: Callable[[], QgsTask]) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._ask = ask
        self._running: list[QgsTask] = []
        dialog.show_asking(None)
        dialog.shared_asked.connect(self._clicked)
        dialog.destroyed.connect(partial(_cancel, self._running))

    def _clicked(self) -> None:
        if self._running:
            _cancel(self._running)
            return
        try:
            task = self._ask()
        except ResorptionError as error:
            self._dialog.say(sentence(error))
            return
        self._running.append(task)
        self._dialog.show_asking(0)
        task.progressChanged.connect(self._progressed)
        for ended in (task.taskCompleted, task.taskTerminated):
            ended.connect(self._running.clear)

    def _progressed(self, percent: float) -> None:
        if self._running:  # the last word of a task may come after its end
            self._dialog.show_asking(percent)


def _cancel(running: list[QgsTask], _object: QObject | None = None) -> None:
    for task in running:
        if not sip.isdeleted(task):  # QGIS lets go of a task before a window that its end opened is closed
            task.cancel()
