"""Notices what other programs write to the open workspace, from the history that its own triggers keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.errors import ResorptionError
from ..geopackage.store import GeoPackageStore
from .exchanging import is_exchanged
from .tasks import Jobs
from .translation import tr

LOOK_EVERY_MS = 2_000
"""Looking is asking the system for the size and date of two files: some microseconds."""

Touched = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _News:
    number: int
    touched: Touched


class FileWatch(QObject):
    """Emits ``touched`` with the uids, by layer, of the records that another program changed.

    QGIS's own edits are announced before they are read here: ``expect`` keeps them from being told twice.
    """

    touched = pyqtSignal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        """Watch nothing yet; reading is done in ``jobs``."""
        super().__init__(parent)
        self._jobs = jobs
        self._path: Path | None = None
        self._stamp: tuple[tuple[int, int], ...] = ()
        self._number: int | None = None
        self._expected: dict[str, set[str]] = {}
        self._reading = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, path: Path | None) -> None:
        """Watch this workspace from its present state on, or none."""
        self._path, self._number, self._expected = path, None, {}
        self._stamp = ()
        if path is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def expect(self, touched: Touched) -> None:
        """Tell what this QGIS has just saved itself."""
        for layer, uids in touched.items():
            self._expected.setdefault(layer, set()).update(uids)

    def look(self) -> None:
        """Read what is new when the file has changed since the last look."""
        path = self._path
        if path is None or self._reading or is_exchanged(path):
            return
        stamp = _stamp(path)
        if stamp == self._stamp:
            return
        self._stamp, self._reading = stamp, True
        number = self._number
        self._jobs.run_unasked(
            tr("Looking for edits of other programs"),
            lambda _feedback: _news(path, number),
            lambda news: self._read(path, news),
            self._failed,
        )

    def _read(self, path: Path, news: _News) -> None:
        self._reading = False
        if path != self._path:
            return
        self._number = news.number
        expected, self._expected = self._expected, {}
        strange = {layer: uids - expected.get(layer, set()) for layer, uids in news.touched.items()}
        told = {layer: uids for layer, uids in strange.items() if uids}
        if told:
            self.touched.emit(told)

    def _failed(self, _error: ResorptionError) -> None:
        """Try again at the next look: another program may be writing, or the file be away for a moment."""
        self._reading = False
        self._stamp = ()


def _news(path: Path, number: int | None) -> _News:
    with GeoPackageStore.open(path, read_only=True) as store:
        history = store.history
        last = history.last_number()
        return _News(last, {} if number is None or last == number else history.touched_after(number))


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    found = []
    for name in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = name.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((status.st_mtime_ns, status.st_size))
    return tuple(found)
