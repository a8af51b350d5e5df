from __future__ import annotations

import threading
import time

import pytest
from qgis.core import QgsApplication, QgsTask
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QRunnable

from resorption_plugin.core.errors import Cancelled, ResorptionError, UnexpectedError
from resorption_plugin.core.ports import stop_if_cancelled
from resorption_plugin.qgis_adapters.tasks import Jobs
from resorption_plugin.ui.progress import PATIENCE_MS as PROGRESS_AFTER_MS
from resorption_plugin.ui.progress import ProgressDisplay
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 10_000


class Told:
    """A notifier that remembers."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[ResorptionError] = []

    def inform(self, text: str) -> None:
        self.said.append(text)

    def report(self, error: ResorptionError) -> None:
        self.errors.append(error)


class Stuck(QRunnable):
    """Holds a thread until it is let go, as a base map without network does."""

    def __init__(self, let_go: threading.Event) -> None:
        super().__init__()
        self._let_go = let_go

    def run(self) -> None:
        self._let_go.wait()


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def jobs(qgis_app, told, qtbot):
    jobs = Jobs(told)
    yield jobs
    tasks_end(qtbot)


def test_the_result_comes_back_in_the_main_thread(jobs, qtbot):
    seen = []
    jobs.run(
        "work", lambda _feedback: threading.get_ident(), lambda worker: seen.append((worker, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    worker, main = seen[0]
    assert main == threading.get_ident() != worker


def test_an_error_people_can_act_on_is_reported_as_it_is(jobs, told, qtbot):
    error = ResorptionError("The file {path} is empty.", path="a.csv")

    def fail(_feedback):
        raise error

    jobs.run("work", fail, lambda _result: None)
    qtbot.waitUntil(lambda: told.errors == [error], timeout=PATIENCE_MS)


def test_an_unforeseen_error_becomes_a_sentence_and_its_trace_goes_to_the_log(jobs, told, qtbot, caplog):
    jobs.run("work", lambda _feedback: 1 / 0, lambda _result: None)
    qtbot.waitUntil(lambda: len(told.errors) == 1, timeout=PATIENCE_MS)
    assert isinstance(told.errors[0], UnexpectedError)
    assert "ZeroDivisionError" in caplog.text


def test_a_cancelled_job_says_so_and_gives_no_result(jobs, told, qtbot):
    begun, results = threading.Event(), []

    def endless(feedback):
        begun.set()
        while True:
            stop_if_cancelled(feedback)

    task = jobs.run("work", endless, results.append)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    task.cancel()
    qtbot.waitUntil(lambda: len(told.errors) == 1, timeout=PATIENCE_MS)
    assert isinstance(told.errors[0], Cancelled)
    assert results == []


@pytest.mark.parametrize(("begin", "asks"), [("run", True), ("run_unasked", False)])
def test_closing_qgis_asks_about_what_a_person_asked_for(jobs, qtbot, begin, asks):
    task = getattr(jobs, begin)("work", lambda _feedback: None, lambda _result: None)
    assert task.canCancel()
    assert bool(task.flags() & QgsTask.Flag.CancelWithoutPrompt) is not asks


def test_progress_reaches_the_task_manager(jobs, qtbot):
    steps: list[float] = []
    hold = threading.Event()

    def work(feedback):
        hold.wait(5)
        for step in range(1000):
            feedback.progress(step / 1000)

    task = jobs.run("work", work, lambda _result: None)
    task.progressChanged.connect(steps.append)
    hold.set()
    qtbot.waitUntil(lambda: 99.0 in steps, timeout=PATIENCE_MS)
    assert len(steps) <= 101  # once for each percent, not for each row


def test_a_job_runs_even_when_other_tasks_hold_every_thread(jobs, qtbot):
    let_go, done = threading.Event(), []
    pool = QgsApplication.taskManager().threadPool()
    stuck = [Stuck(let_go) for _ in range(pool.maxThreadCount())]
    try:
        for runnable in stuck:
            runnable.setAutoDelete(False)
            pool.start(runnable)
        jobs.run("work", lambda _feedback: True, done.append)
        qtbot.waitUntil(lambda: done == [True], timeout=PATIENCE_MS)
    finally:
        let_go.set()
        qtbot.waitUntil(lambda: pool.activeThreadCount() == 0, timeout=PATIENCE_MS)


def test_after_closing_nobody_is_told_how_a_job_ended(jobs, told, qtbot):
    hold, results = threading.Event(), []
    jobs.run("work", lambda _feedback: hold.wait(5), results.append)
    jobs.close()
    hold.set()
    tasks_end(qtbot)
    qtbot.wait(50)
    assert (results, told.errors) == ([], [])


def test_a_message_that_was_closed_hears_no_more_of_its_task(jobs, qtbot):
    """Who closes all messages sees no traceback when the work ends."""
    bar, let_go = QgsMessageBar(), threading.Event()
    qtbot.addWidget(bar)
    ProgressDisplay(bar, jobs, bar)

    def work(feedback) -> bool:
        assert let_go.wait(PATIENCE_MS / 1000)
        feedback.progress(0.5)
        return True

    seen: list[bool] = []
    jobs.run("slow work", work, seen.append)
    qtbot.waitUntil(lambda: len(bar.items()) == 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(bar.items()[0].destroyed, timeout=PATIENCE_MS):
        bar.clearWidgets()
    let_go.set()
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert bar.items() == []


def test_closing_waits_until_what_runs_has_stopped(jobs, qtbot):
    begun, ended = threading.Event(), threading.Event()

    def work(feedback) -> None:
        begun.set()
        try:
            while True:
                stop_if_cancelled(feedback)
                time.sleep(0.01)
        finally:
            time.sleep(0.3)
            ended.set()

    jobs.run("slow work", work, lambda _nothing: None)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    jobs.close()
    assert ended.is_set()


def test_a_window_that_opens_at_the_end_of_a_job_stays_without_trouble(jobs, qtbot):
    """QGIS lets go of the task while the window is open: nothing asks the task any more."""
    bar, seen = QgsMessageBar(), []
    qtbot.addWidget(bar)
    ProgressDisplay(bar, jobs, bar)

    def stay(_result: None) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.wait(PROGRESS_AFTER_MS + 300)  # as a window does, by a loop of its own
        seen.append(len(bar.items()))

    jobs.run("short work", lambda _feedback: None, stay)
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert seen == [0]
