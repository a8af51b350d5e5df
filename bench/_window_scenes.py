"""Measures, inside QGIS, how long the main thread leaves its events alone while the workspace is exchanged.

A timer of 5 ms notes when it is late. While it is, another thread notes what the main thread does, and what the others
do. The timer itself asks the system for nothing: reading a file lets go of Python, and waits to have it back. Nor do
the scenes look through the many widgets of QGIS while they wait: that alone would take 50 ms beside a job.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, QTimer

from in_qgis_hands import idle, modal, press_ok
from in_qgis_sharing import Scene, click, page

TICK_MS = 5
LATE_S = 0.05
LONG_S = 0.1
FRAMES = 8
STACKS = 6
FOLLOWING_S = 60


class Probe:
    """Counts the gaps between two rounds of the event loop."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._late: list[tuple[float, str]] = []
        self._doing = ""
        self._main = threading.get_ident()
        self._last = time.perf_counter()
        self._watching = True
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        threading.Thread(target=self._watch, daemon=True).start()

    def end(self) -> dict[str, Any]:
        """Stop, and tell."""
        self._timer.stop()
        self._watching = False
        gaps = sorted(self.gaps)
        return {
            "ticks": len(gaps),
            "longest_s": gaps[-1],
            "p99_s": gaps[int(len(gaps) * 0.99)],
            "over": sum(gap > LONG_S for gap in gaps),
            "late": sorted(self._late, reverse=True)[:STACKS],
        }

    def _tick(self) -> None:
        now = time.perf_counter()
        gap = now - self._last
        self.gaps.append(gap)
        if self._doing:
            self._late.append((gap, self._doing))
            self._doing = ""
        self._last = now

    def _watch(self) -> None:
        seen = 0.0
        while self._watching:
            time.sleep(0.01)
            late = time.perf_counter() - self._last
            if late > LATE_S and self._last != seen:
                seen = self._last
                self._doing = self._frames()

    def _frames(self) -> str:
        told = []
        for thread, frame in sys._current_frames().items():  # noqa: SLF001 - made for this
            if thread == threading.get_ident():
                continue
            name = "main" if thread == self._main else "other"
            lines = traceback.extract_stack(frame)[-FRAMES:]
            told.append(f"{name}: " + " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in lines[::-1]))
        return "\n".join(sorted(told))


def nothing(seconds: float) -> Scene:
    """Measure QGIS at rest."""
    probe = Probe()
    yield seconds
    return probe.end()


def attach(reference: str) -> Scene:
    """Attach by the dialog."""
    click(page().connect_server)
    yield lambda: _kind() == "ConnectDialog"
    dialog = modal()
    dialog.reference.setEditText(reference)
    yield 1
    probe, begin = Probe(), time.perf_counter()
    press_ok(dialog)
    yield lambda: _kind() == "QMessageBox" or _is_refused(dialog)
    if _kind() == "QMessageBox":
        press_ok(modal())
    yield lambda: not _kind() or _is_refused(dialog)
    if _kind():
        raise RuntimeError(dialog.message.text())
    return (yield from _what_follows(probe, begin))


def synchronise() -> Scene:
    """Synchronise by the button and the account of what would travel."""
    exchange = next(child for child in page().children() if type(child).__name__ == "SharingExchange")
    button = page().synchronise
    probe, begin = Probe(), time.perf_counter()
    click(button)
    yield lambda: _kind() == "SyncPreviewDialog"
    press_ok(modal())
    yield lambda: not exchange.is_running
    return (yield from _what_follows(probe, begin))


def _kind() -> str:
    """Return the class of the window that waits for an answer; empty for none."""
    front = modal()
    return "" if front is None else type(front).__name__


def _is_refused(dialog: Any) -> bool:
    return bool(_kind() == "ConnectDialog" and dialog.message.text() and not dialog.is_working)


def _what_follows(probe: Probe, begin: float) -> Scene:
    """Measure apart what the exchange sets off, such as the checks, for a minute at most."""
    exchanged = {**probe.end(), "seconds": time.perf_counter() - begin, "state": page().state.text()}
    probe, begin = Probe(), time.perf_counter()
    for _ in range(4):  # what follows begins some moments later
        yield 0.5
        yield lambda: idle() or time.perf_counter() - begin > FOLLOWING_S
    return {"exchange": exchanged, "after": {**probe.end(), "seconds": time.perf_counter() - begin}}
