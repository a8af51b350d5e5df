"""Writes to the workspace what was decided about findings. Runs in a task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from ..core.checks import decisions
from ..core.ports import ChangeSet, Clock
from ..core.records import Record
from ..geopackage.store import GeoPackageStore


class DecisionWriter:
    """Accepts and reopens findings, each call in one transaction."""

    def __init__(self, clock: Clock) -> None:
        """Date decisions by ``clock``."""
        self._clock = clock

    def accept(self, workspace: Path, uids: Sequence[str], reason: str, by: str, until: dt.date | None) -> None:
        """Keep the findings as exceptions; raises ``ParameterError`` or ``WorkspaceError``, then writes nothing."""
        now = self._clock.now()
        _write(workspace, uids, lambda finding: decisions.accept(finding, reason, by, now, until))

    def reopen(self, workspace: Path, uids: Sequence[str], by: str) -> None:
        """Withdraw the exceptions."""
        now = self._clock.now()
        _write(workspace, uids, lambda finding: decisions.reopen(finding, by, now))


def _write(workspace: Path, uids: Sequence[str], decide: Callable[[Record], Record]) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(update=[decide(finding) for finding in store.read_uids("finding", uids)]))
