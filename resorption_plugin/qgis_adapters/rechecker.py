"""Brings distances and findings up to date in the background after edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.errors import ResorptionError
from ..core.ports import Feedback, Notifier, Silent
from .edit_watcher import EditWatcher, Touched
from .exchanging import exchange_of, is_exchanged
from .file_watch import FileWatch
from .layers import LayerReloads, find_layer
from .tasks import Jobs
from .translation import tr

COALESCE_MS = 150
"""Edits saved within this time are handled together: QGIS saves several layers within some milliseconds, and a refresh
for each of them would cost little more than one for all."""

COMPUTED_LAYERS = ("distance", "finding")

Prepare = Callable[[Path, Touched], Callable[[Feedback], None]]
"""Returns the work to do in the background: compute again what the touched records may have changed, and write it."""


class Rechecker(QObject):
    """Runs one refresh at a time; what is touched meanwhile waits for the next.

    Nothing runs while a computed layer has unsaved edits: writing under them would make the edit fail; nor while the
    workspace is being exchanged: a refresh gives way to an exchange, and is done after it.
    ``refreshed`` says that the workspace has new results, or new contents of which none are wanted; ``decided`` that
    findings were edited by hand.
    """

    refreshed = pyqtSignal()
    decided = pyqtSignal()

    def __init__(
        self,
        project: QgsProject,
        prepare: Prepare,
        is_wanted: Callable[[], bool],
        *,
        jobs: Jobs,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        """Prepare; ``follow`` says which workspace, ``is_wanted`` whether edits are to be followed by a refresh."""
        super().__init__(parent)
        self._is_wanted = is_wanted
        self._watcher = EditWatcher(self)
        self._watcher.touched.connect(self.touch)
        self._watcher.decided.connect(self.decided)
        self._watcher.settled.connect(self._again)
        self._others = FileWatch(jobs, self)
        self._others.touched.connect(self._touched_elsewhere)
        self._project = project
        self._reloads = LayerReloads(project, self)
        self._prepare = prepare
        self._jobs = jobs
        self._notifier = notifier
        self._path: Path | None = None
        self._pending: dict[str, frozenset[str]] = {}
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._start)

    @property
    def is_idle(self) -> bool:
        """Say whether everything touched has been dealt with."""
        return not (self._running or self._pending)

    def follow(self, path: Path | None) -> None:
        """Work on this workspace from now on; what was pending on another is forgotten."""
        self._path = path
        self.stop()
        if path is None:
            return
        self._watcher.watch(self._project)
        self._others.follow(path)

    def stop(self) -> None:
        """Follow no edits any more, and forget those that wait."""
        self._watcher.stop()
        self._others.follow(None)
        self._pending = {}
        self._timer.stop()

    def touch(self, touched: Touched) -> None:
        """Deal with what a saved edit touched, soon."""
        self._others.expect(touched)
        self._wait(touched)

    def _touched_elsewhere(self, touched: Touched) -> None:
        """Show and deal with what another program wrote."""
        if self._path is not None:
            self._reloads.ask(self._path, touched)
        if "finding" in touched:
            self.decided.emit()
        if not self._is_wanted():
            self.refreshed.emit()
        self._wait({key: uids for key, uids in touched.items() if key != "finding"})

    def _wait(self, touched: Touched) -> None:
        if not touched or not self._is_wanted():
            return
        self._add(touched)
        self._timer.start()

    def show_results(self) -> None:
        """Show on the map what was written to the computed layers."""
        if self._path is not None:
            self._reloads.ask(self._path, COMPUTED_LAYERS)

    def _again(self) -> None:
        if self._pending:
            self._timer.start()

    def _start(self) -> None:
        if self._running or not self._pending or self._path is None:
            return
        if any(layer.isModified() for layer in self._computed_layers()):
            return  # _again comes when that edit is saved or given up
        if is_exchanged(self._path):
            self._timer.start()  # what comes meanwhile would be checked again
            return
        path, touched = self._path, self._pending
        self._pending = {}
        self._running = True
        work, way = self._prepare(path, touched), _Way(exchange_of(path))
        self._jobs.run(
            tr("Checking what was edited"),
            lambda feedback: work(way.of(feedback)),
            lambda _nothing: self._done(path),
            lambda error: self._gave_way(path, touched) if way.is_given else self._failed(path, touched, error),
        )

    def _done(self, path: Path) -> None:
        self._running = False
        if path == self._path:
            self.show_results()
            self.refreshed.emit()
        self._again()

    def _gave_way(self, path: Path, touched: Touched) -> None:
        self._keep(path, touched)
        self._again()

    def _failed(self, path: Path, touched: Touched, error: ResorptionError) -> None:
        """Keep what was touched for the next edit: trying again at once would fail again."""
        self._keep(path, touched)
        self._notifier.report(error)

    def _keep(self, path: Path, touched: Touched) -> None:
        self._running = False
        if path == self._path:
            self._add(touched)

    def _add(self, touched: Touched) -> None:
        for key, uids in touched.items():
            self._pending[key] = self._pending.get(key, frozenset()) | uids

    def _computed_layers(self) -> list[QgsVectorLayer]:
        found = (find_layer(self._project, key) for key in COMPUTED_LAYERS)
        return [layer for layer in found if layer is not None]


class _Way:
    """Stops a refresh once an exchange begins, as a person would who cancels it."""

    def __init__(self, is_asked: Callable[[], bool]) -> None:
        self._is_asked = is_asked
        self._feedback: Feedback = Silent()
        self.is_given = False

    def of(self, feedback: Feedback) -> Feedback:
        self._feedback = feedback
        return self

    def progress(self, fraction: float) -> None:
        self._feedback.progress(fraction)

    def is_cancelled(self) -> bool:
        self.is_given = self._is_asked()
        return self.is_given or self._feedback.is_cancelled()
