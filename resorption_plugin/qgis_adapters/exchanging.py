"""Which workspaces this QGIS is exchanging: what reads them after each change waits until all has come."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_paths: Counter[str] = Counter()
_counting = Lock()


@contextmanager
def exchanging(workspace: Path) -> Iterator[None]:
    """Note that a workspace is being exchanged; from any thread."""
    path = os.path.realpath(workspace)
    with _counting:
        _paths[path] += 1
    try:
        yield
    finally:
        with _counting:
            _paths[path] -= 1


def is_exchanged(workspace: Path) -> bool:
    """Say whether a workspace is being exchanged now."""
    return exchange_of(workspace)()


def exchange_of(workspace: Path) -> Callable[[], bool]:
    """Return what says, often and of any thread, whether a workspace is being exchanged."""
    path = os.path.realpath(workspace)
    return lambda: _paths[path] > 0
