"""Waiting until nothing runs in the background; what never ends is named, with where each thread stands."""

from __future__ import annotations

import faulthandler
import sys

from pytestqt.exceptions import TimeoutError as WaitedTooLongError
from qgis.core import QgsApplication

PATIENCE_MS = 120_000
"""Many times what it takes on a quiet machine: a machine that does other things too is slow, not wrong."""


def tasks_end(qtbot) -> None:
    """Wait until QGIS's task manager has nothing left to do."""
    manager = QgsApplication.taskManager()
    try:
        qtbot.waitUntil(lambda: manager.countActiveTasks() == 0, timeout=PATIENCE_MS)
    except WaitedTooLongError:
        faulthandler.dump_traceback(file=sys.__stderr__, all_threads=True)
        left = [
            f"{task.description()}: {task.status().name}, {task.progress():.0f} %" for task in manager.activeTasks()
        ]
        raise AssertionError(f"work that does not end: {left}") from None
