"""What was read from a workspace, kept until its file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from .store import GeoPackageStore

Value = TypeVar("Value")
Stamp = tuple[tuple[int, int, int] | None, ...]


class Snapshot(Generic[Value]):
    """Reads a value from a workspace, and again only once the file was written since; any thread may ask.

    What is read must never be changed: it is shared. Whoever asks while it is being read waits for it.
    """

    def __init__(self, read: Callable[[GeoPackageStore], Value]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._kept: tuple[Path, Stamp, Value] | None = None

    def of(self, path: Path) -> Value:
        """Return the value of the workspace at ``path`` as it is now; raises ``WorkspaceError``."""
        with self._lock:
            stamp = _stamp(path)  # before reading: what is written meanwhile is then noticed the next time
            if self._kept is not None and self._kept[:2] == (path, stamp):
                return self._kept[2]
            self._kept = None
            with GeoPackageStore.open(path, read_only=True) as store:
                value = self._read(store)
            self._kept = (path, stamp, value)
            return value


def _stamp(path: Path) -> Stamp:
    """Return what changes whenever the file is written: what is saved may still lie in its write-ahead log."""
    return tuple(_seen(file) for file in (path, path.with_name(f"{path.name}-wal")))


def _seen(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
