"""Measure the product against its peers: runs bench/*.py, prints the table and writes build/bench.json.

Each module of ``bench/`` has ``run() -> list[dict]``, whose rows have the keys of ``KEYS``: times in seconds;
``peer_s`` and ``ratio`` (peer / ours) are ``None`` where there is no peer. ``tools/bench.py NAME`` runs one module.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "bench"
RESULT = ROOT / "build" / "bench.json"
KEYS = ("name", "size", "ours_s", "peer", "peer_s", "ratio", "note")

BenchRow = Mapping[str, Any]


class BenchError(Exception):
    """The benchmarks cannot be run: the sentence says why."""


def chosen(only: str | None) -> list[Path]:
    """Return the benchmark files, or the one that was asked for."""
    files = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("_"))
    if only is None:
        return files
    named = [path for path in files if path.stem == only]
    if not named:
        raise BenchError(f"there is no bench/{only}.py; there are {', '.join(path.stem for path in files) or 'none'}.")
    return named


def run(path: Path) -> list[BenchRow]:
    """Run one benchmark file and return its rows."""
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise BenchError(f"{path} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows: list[BenchRow] = module.run()
    for row in rows:
        if set(row) != set(KEYS):
            raise BenchError(f"{path.name}: a row has the keys {sorted(row)}, expected {sorted(KEYS)}.")
    return rows


def as_table(rows: Sequence[BenchRow]) -> str:
    """Return the rows as a table of text."""
    head = f"{'benchmark':<34} {'size':<22} {'ours s':>9} {'peer s':>9} {'peer/ours':>9}  peer"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: BenchRow) -> str:
    figures = " ".join(
        f"{_figure(row[key], decimals):>9}" for key, decimals in (("ours_s", 3), ("peer_s", 3), ("ratio", 1))
    )
    note = f" – {row['note']}" if row["note"] else ""
    return f"{row['name']:<34} {row['size']!s:<22} {figures}  {row['peer'] or ''}{note}"


def _figure(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"


def main(only: str | None) -> int:
    """Run, print, write."""
    try:
        rows = [row for path in chosen(only) for row in run(path)]
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(as_table(rows))
    print(f"on {os.cpu_count()} cores of {platform.machine()}, Python {platform.python_version()}")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else None))
