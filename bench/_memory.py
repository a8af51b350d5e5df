"""How much memory the records of a workspace take, in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import resource
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from resorption_plugin.core.refresh import Conditions, refresh
from resorption_plugin.geopackage.live import LiveWorkspace


def memory_mb(path: Path, conditions: Conditions) -> tuple[float, float]:
    """Return the megabytes kept after a refresh, and the most that the process had, its libraries included."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        return alone.submit(_measured, path, conditions).result()


def _measured(path: Path, conditions: Conditions) -> tuple[float, float]:
    live, before = LiveWorkspace(), _resident_mb()
    with live.open(path) as store:
        refresh(store, {}, conditions)
    return _resident_mb() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
