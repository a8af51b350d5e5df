"""Runs one exchange in a process of its own, for its memory and so that it can be stopped, and reads what it tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FULL = "BENCH_ROWS"
"""Name of the environment variable that asks for another number of sites: ``make bench ONLY=… BENCH_ROWS=100000``."""
LIMIT_S = 900
ROOT = Path(__file__).resolve().parent.parent


class BrokenError(Exception):
    """The exchange broke down."""


def sites(usual: int) -> int:
    """Return the number of sites to measure with."""
    return int(os.environ.get(FULL, usual))


def measured(module: str, *arguments: object, limit_s: float = LIMIT_S) -> dict[str, Any] | None:
    """Return what a module of this folder told on its last line; ``None`` when it was stopped at the limit."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
    with tempfile.TemporaryDirectory() as profile:
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": profile}
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=limit_s, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    if done.returncode:
        raise BrokenError(f"{module} {arguments}: {done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
