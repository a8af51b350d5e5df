"""The plugin's own synchronisation, as the program runs it, with the seconds of each step."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._sync_world import DEPARTMENT
from resorption_plugin import paths
from resorption_plugin.core.sync.session import Report, synchronise
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.postgis.remote import PostgresRemote
from resorption_plugin.postgis.target import Target


class Stopwatch:
    """Stands before one side and adds up the seconds of each of its methods."""

    def __init__(self, side: Any, seconds: dict[str, float]) -> None:
        self._side = side
        self._seconds = seconds

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._side, name)
        return self._timed(name, work) if callable(work) else work

    def _timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            begin = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                self._seconds[name] += time.perf_counter() - begin

        return timed


def session(path: Path, place: str) -> dict[str, float]:
    """Synchronise a workspace; return the seconds of each step."""
    return synchronised(path, place)[1]


def synchronised(path: Path, place: str) -> tuple[Report, dict[str, float]]:
    """Synchronise a workspace; return what was done, and the seconds of each step."""
    seconds: dict[str, float] = defaultdict(float)
    with SyncedWorkspace.attach(path) as local, PostgresRemote(Target.parse(place)) as remote:
        report = synchronise(Stopwatch(local, seconds), Stopwatch(remote, seconds))
    return report, dict(seconds)


def clone(path: Path, place: str) -> dict[str, float]:
    """Make a workspace and fill it from the shared database; return the seconds of each step."""
    begin = time.perf_counter()
    create_workspace(path, [DEPARTMENT], Territory.load(paths.territories()))
    made = time.perf_counter() - begin
    return {"create_workspace": made, **session(path, place)}


def scan_all(path: Path) -> int:
    """Compare every row of a workspace with what the server holds; return how many differ."""
    with SyncedWorkspace.attach(path) as local:
        return local.waiting().to_send
