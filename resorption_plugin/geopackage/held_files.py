"""Reads the first bytes of a file without letting go of anybody's locks.

Where locks belong to the process (POSIX), closing any descriptor of a file drops all that the process holds on it: also
those of QGIS, whose layers stand on the same file. Another program that then reads the workspace takes itself for the
last one, and deletes the write-ahead log under QGIS, whose next saves fail. SQLite knows this and waits with closing;
so what is opened here beside it stays open, one descriptor a file.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock

_MOST = 64
"""More workspaces than anybody has open at once; the one read longest ago is let go."""

_held: OrderedDict[tuple[int, int], int] = OrderedDict()
_taking = Lock()


def first_bytes(path: Path, count: int) -> bytes:
    """Return up to ``count`` bytes from the beginning of a file; raises ``OSError``."""
    if os.name == "nt":  # locks belong to the handle there, and an open file could not be replaced
        with path.open("rb") as file:
            return file.read(count)
    with _taking:
        return os.pread(_descriptor(path), count, 0)


def _descriptor(path: Path) -> int:
    found = path.stat()
    known = (found.st_dev, found.st_ino)
    if known not in _held:
        for gone in [key for key, each in _held.items() if os.fstat(each).st_nlink == 0]:
            os.close(_held.pop(gone))
        if len(_held) >= _MOST:
            os.close(_held.popitem(last=False)[1])
        _held[known] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    _held.move_to_end(known)
    return _held[known]
