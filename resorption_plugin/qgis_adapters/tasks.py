"""Background work: QGIS's task manager shows its progress and its *Cancel*."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeAlias, TypeVar

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QCursor, QGuiApplication

from ..core.errors import Cancelled, ResorptionError, UnexpectedError
from ..core.i18n import mark
from ..core.ports import Feedback, Notifier
from .turns import turns

T = TypeVar("T")
Work: TypeAlias = Callable[[Feedback], T]
Failed: TypeAlias = Callable[[ResorptionError], None]

logger = logging.getLogger(__name__)

CLOSING_S = 5.0
"""How long closing waits for what was asked to stop: a server that does not answer is given up in less."""
_LOOK_S = 0.02


class _TaskFeedback:
    """Progress and cancellation of a task, told only when the whole percent changes."""

    def __init__(self, task: QgsTask) -> None:
        self._task = task
        self._percent = -1

    def progress(self, fraction: float) -> None:
        percent = int(100 * fraction)
        if percent != self._percent:
            self._percent = percent
            self._task.setProgress(percent)

    def is_cancelled(self) -> bool:
        return bool(self._task.isCanceled())


class Job(QgsTask, Generic[T]):
    """Runs ``work`` in a thread; ``tell`` then calls ``on_done`` with its result, or ``on_error``.

    ``work`` gets a ``Feedback`` and must touch no widget and no layer of the project.
    """

    def __init__(
        self,
        title: str,
        work: Work[T],
        on_done: Callable[[T], None],
        on_error: Failed,
        flags: Any = QgsTask.Flag.CanCancel,
    ) -> None:
        """Prepare the job; ``Jobs.run`` starts it."""
        super().__init__(title, flags)
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._results: list[T] = []
        self._error: ResorptionError = Cancelled()

    def run(self) -> bool:
        """Do the work; QGIS calls this in a thread, where an exception would be lost."""
        try:
            self._results.append(self._work(_TaskFeedback(self)))
        except ResorptionError as error:
            self._error = error
        except Exception as error:
            logger.exception("%s", self.description())
            self._error = UnexpectedError(error)
        finally:
            _door.note(self)
        return bool(self._results)

    def tell(self) -> None:
        """Hand over the outcome, in the main thread."""
        try:
            if self._results:
                self._on_done(self._results[0])
            else:
                self._on_error(self._error)
        except Exception as error:  # the last frame before C++: nobody above could report it
            logger.exception("%s", self.description())
            self._on_error(UnexpectedError(error))


class _Door:
    """Hands tasks to QGIS when it cannot lose them. Of the main thread, but for ``returned``.

    QGIS keeps the address of what ran a task until it has dealt with the end of that task. What runs a task that is
    added meanwhile may get the same address: QGIS then takes it out of its queue, and the task never begins
    (https://github.com/qgis/QGIS/pull/67040). So a task waits here while another one has returned from its work, and
    none returns between looking and adding.
    """

    def __init__(self) -> None:
        self.returned: set[QgsTask] = set()
        """Tasks whose work is done, and of whose end QGIS has not told yet."""
        self._waiting: deque[Callable[[], None]] = deque()
        self._look = RLock()

    def note(self, task: QgsTask) -> None:
        """Note that the work of a task is done; of any thread."""
        with self._look:
            self.returned.add(task)

    def pass_through(self, add: Callable[[], None]) -> None:
        """Add a task as soon as that is safe."""
        self._waiting.append(add)
        self.open()

    def open(self) -> None:
        """Add the tasks that wait, unless one has just returned."""
        with self._look:
            while self._waiting and not self.returned:
                self._waiting.popleft()()


_door = _Door()
"""One for all: QGIS has one queue."""


class _ErrorCollector(QgsProcessingFeedback):
    """Keeps the sentence with which an algorithm failed."""

    def __init__(self) -> None:
        super().__init__(logFeedback=False)
        self.sentences: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: FBT001, FBT002, N802, N803 - QGIS API
        logger.warning("%s", error)
        self.sentences.append(error)

    def pushDebugInfo(self, info: str) -> None:  # noqa: N802 - QGIS API
        logger.info("%s", info)


class Jobs(QObject):
    """Starts background work and keeps it alive until it ends.

    ``started`` tells the interface of each task, so that it can show progress and *Cancel*.
    """

    started = pyqtSignal(QgsTask)

    def __init__(self, notifier: Notifier, parent: QObject | None = None) -> None:
        """Report through ``notifier`` what a job's owner does not handle itself."""
        super().__init__(parent)
        self._notifier = notifier
        self._running: list[tuple[QgsTask, tuple[object, ...]]] = []
        self._added: set[QgsTask] = set()
        """Those that QGIS has taken over."""
        self._closed = False

    def run(self, title: str, work: Work[T], on_done: Callable[[T], None], on_error: Failed | None = None) -> QgsTask:
        """Run ``work``, about which QGIS asks whoever closes it; errors go to ``on_error``, else to the notifier."""
        job = Job(title, work, on_done, on_error or self._notifier.report)
        return self._start(job, job.tell)

    def run_unasked(
        self, title: str, work: Work[T], on_done: Callable[[T], None], on_error: Failed | None = None
    ) -> QgsTask:
        """Run work that nobody asked for and that may be done again: closing QGIS stops it without a question."""
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt
        job = Job(title, work, on_done, on_error or self._notifier.report, flags)
        return self._start(job, job.tell)

    def run_algorithm(
        self, algorithm_id: str, parameters: dict[str, Any], on_done: Callable[[dict[str, Any]], None]
    ) -> None:
        """Run a Processing algorithm and give its outputs to ``on_done``.

        It runs in the background, unless it says that it must stay in the main thread: then it is done on return.
        """
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
        if algorithm is None:
            raise ResorptionError(
                mark("The tool {name} is not installed. Install the plugin again."), name=algorithm_id
            )
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        feedback = _ErrorCollector()

        def ended(successful: bool, outputs: dict[str, Any]) -> None:  # noqa: FBT001 - signature of the signal
            if successful:
                on_done(outputs)
            else:
                reason = feedback.sentences[-1] if feedback.sentences else algorithm.displayName()
                self._notifier.report(ResorptionError("{reason}", reason=reason))

        if algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading:
            ended(*_run_here(algorithm, parameters, context, feedback))
            return
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
        outcome: list[tuple[bool, dict[str, Any]]] = []

        def executed(successful: bool, outputs: dict[str, Any]) -> None:  # noqa: FBT001 - signature of the signal
            _door.note(task)
            outcome.append((successful, outputs))

        def tell() -> None:
            if task.isCanceled() or not outcome:
                self._notifier.report(Cancelled())
            else:
                ended(*outcome[0])

        task.executed.connect(executed)
        self._start(task, tell, algorithm, context, feedback)

    def close(self) -> None:
        """Ask every running job to stop, and tell nobody how they end: whoever asked is going away.

        Python itself may go away with QGIS: a thread that still runs it then would take QGIS down.
        """
        self._closed = True
        tasks = [task for task, _borrowed in self._running]
        for task in tasks:
            task.cancel()
        deadline = time.monotonic() + CLOSING_S
        while any(map(_is_running, tasks)) and time.monotonic() < deadline:
            time.sleep(_LOOK_S)
        for task in list(self._added):
            self._leave(task)

    def _start(self, task: QgsTask, tell: Callable[[], None], *borrowed: object) -> QgsTask:
        """Start a task, and ``tell`` how it ended once QGIS has done with it; what it borrows lives as long as it."""
        self._running.append((task, borrowed))
        self.started.emit(task)  # who follows the task hears of its end before ``tell``, which may open a window
        task.taskCompleted.connect(lambda: self._ended(task, tell))
        task.taskTerminated.connect(lambda: self._ended(task, tell))
        _door.pass_through(lambda: self._add(task))
        return task

    def _add(self, task: QgsTask) -> None:
        if not any(entry[0] is task for entry in self._running):
            return  # cancelled while it waited
        self._added.add(task)
        turns.begin()
        # One more thread while the job lasts: without network, other tasks hold every thread of a small machine until
        # they give up.
        QgsApplication.taskManager().threadPool().releaseThread()
        QgsApplication.taskManager().addTask(task)

    def _ended(self, task: QgsTask, tell: Callable[[], None]) -> None:
        left = [entry for entry in self._running if entry[0] is not task]
        if len(left) == len(self._running):
            return
        self._running = left
        self._leave(task)
        _door.returned.discard(task)
        _door.open()
        if not self._closed:
            tell()

    def _leave(self, task: QgsTask) -> None:
        if task in self._added:
            self._added.remove(task)
            turns.end()
            QgsApplication.taskManager().threadPool().reserveThread()


def _is_running(task: QgsTask) -> bool:
    """Say whether a task runs: that it has ended it is told through the main thread, which waits here."""
    QCoreApplication.sendPostedEvents(task)
    return bool(task.status() == QgsTask.TaskStatus.Running)


def _run_here(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[bool, dict[str, Any]]:
    """Run in the main thread, where the task runner would use a thread whatever the algorithm says."""
    QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
    try:
        outputs, successful = algorithm.run(parameters, context, feedback)
    finally:
        QGuiApplication.restoreOverrideCursor()
    return successful, outputs
