"""Synchronisations of one workspace, step by step, in a process of its own: their times, as a line of JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from bench import _sync_peers as peers
from bench._latency import SlowLine
from bench._sync_plugin import clone, scan_all, session
from bench._sync_shared import SCHEMA
from bench._sync_world import uids
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore

EDITS = 1_000
ROUNDS = 5
COPIES = 3
ROUND_TRIP_S = 0.05


def main(admin: str, officer: str, sites: int) -> None:
    """Measure the workspace of an officer against a shared database of so many sites."""
    chosen = uids("site", sites)[: EDITS * (ROUNDS + 3)]
    parts = [chosen[start : start + EDITS] for start in range(0, len(chosen), EDITS)]
    told: dict[str, Any] = {"edits": EDITS, "round_trip_s": ROUND_TRIP_S}
    with tempfile.TemporaryDirectory() as folder, closing(psycopg2.connect(admin)) as connection:
        connection.autocommit = True
        path = Path(folder) / "workspace.gpkg"
        before = _peak_mb()
        told |= _first_copies(path, officer)
        told["clone_mb"], told["workspace_mb"] = _peak_mb() - before, path.stat().st_size / 1e6
        told["nothing_s"], told["nothing_steps"] = _repeated(lambda _: None, path, officer)
        told["diff_s"] = min(_seconds(lambda: scan_all(path)) for _ in range(ROUNDS))
        before = _peak_mb()
        told["send_s"], told["send_steps"] = _repeated(
            lambda turn: edit(path, parts[turn], f"mine {turn}"), path, officer
        )
        told["receive_s"], told["receive_steps"] = _repeated(
            lambda turn: others(connection, parts[turn], f"theirs {turn}"), path, officer
        )
        told["sync_mb"] = _peak_mb() - before
        told |= _through_a_slow_line(path, officer, parts[ROUNDS:])
        told |= _beside_geodiff(path, Path(folder), parts[-1])
    print(json.dumps(told))


def edit(path: Path, some: tuple[str, ...], text: str) -> None:
    """Edit one field of some sites in the workspace."""
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(update=[Record("site", uid, {"comments": f"{text} {uid}"}) for uid in some]))


def others(connection: Any, some: tuple[str, ...], text: str) -> None:
    """Edit one field of some sites on the server."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {SCHEMA}.site SET name = %s || left(uid::text, 8) WHERE uid = ANY(%s::uuid[])",  # noqa: S608 - our own name
            (text, list(some)),
        )


def _first_copies(path: Path, place: str) -> dict[str, Any]:
    """Return the seconds of the fastest of some first copies, its steps, and what our process computed meanwhile."""
    found = []
    for _ in range(COPIES):
        path.unlink(missing_ok=True)
        begin, computed = time.perf_counter(), time.process_time()
        steps = clone(path, place)
        found.append((time.perf_counter() - begin, time.process_time() - computed, steps))
    return dict(zip(("clone_s", "clone_cpu_s", "clone_steps"), min(found, key=lambda one: one[0]), strict=True))


def _repeated(prepare: Callable[[int], None], path: Path, place: str) -> tuple[float, dict[str, float]]:
    """Return the seconds of the fastest of some sessions, and of its steps."""
    found = []
    for turn in range(ROUNDS):
        prepare(turn)
        begin = time.perf_counter()
        steps = session(path, place)
        found.append((time.perf_counter() - begin, steps))
    return min(found, key=lambda one: one[0])


def _through_a_slow_line(path: Path, officer: str, parts: list[tuple[str, ...]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    port = int(parse_dsn(officer)["port"])
    for name, seconds, part in (("fast", 0.0, parts[0]), ("slow", ROUND_TRIP_S, parts[1])):
        edit(path, part, name)
        with SlowLine(port, seconds) as line:
            place = make_dsn(officer, port=str(line.port))
            told[f"{name}_send_s"] = _seconds(lambda place=place: session(path, place))
            told[f"{name}_send_bytes"], told[f"{name}_received_bytes"] = line.sent, line.received
            told[f"{name}_send_turns"] = line.turns
        with SlowLine(port, seconds) as line:
            place = make_dsn(officer, port=str(line.port))
            told[f"{name}_nothing_s"] = _seconds(lambda place=place: session(path, place))
            told[f"{name}_nothing_turns"] = line.turns
    return told


def _beside_geodiff(path: Path, folder: Path, part: tuple[str, ...]) -> dict[str, Any]:
    """Compare 1,000 edits with what was there before: our scan in the workspace, geodiff on two plain files."""
    if not peers.has_geodiff():
        return {"geodiff_s": None}
    before = peers.plain_copy(path, folder / "before.gpkg")
    edit(path, part, "compared")
    ours = min(_seconds(lambda: scan_all(path)) for _ in range(ROUNDS))
    after = peers.plain_copy(path, folder / "after.gpkg")
    seconds, changes = peers.geodiff_s(before, after)
    return {"geodiff_s": seconds, "geodiff_changes": changes, "diff_beside_geodiff_s": ours, "found": scan_all(path)}


def _seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _peak_mb() -> float:
    """Return the most memory that this process had; what getrusage tells begins with the parent's."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) / 1e3


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
