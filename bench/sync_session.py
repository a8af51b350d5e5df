"""The first copy of a shared database, and what a synchronisation costs afterwards, of 100,000 sites.

``BENCH_ROWS=10000`` asks for another number of sites.
"""

from __future__ import annotations

from typing import Any

from bench import _sync_peers as peers
from bench._sync_child import LIMIT_S, measured, sites
from bench._sync_shared import SCHEMA, shared_database

USUAL_SITES = 100_000


def run() -> list[dict[str, Any]]:
    """Measure one workspace of one officer."""
    count = sites(USUAL_SITES)
    with shared_database(count) as shared:
        copied = peers.ogr2ogr_s(shared.admin, SCHEMA)
        told = measured("_sync_session", shared.admin, shared.officer, count)
    if told is None:
        raise TimeoutError(f"the plugin did not end within {LIMIT_S} s")
    size = f"{count:,} sites"
    return [_row(size, line) for line in (*_first_copy(told, copied), *_sessions(told), *_line(told))]


Line = tuple[str, float, str | None, float | None, str]
"""What is measured, our seconds, the peer and its seconds, the note."""


def _row(size: str, line: Line) -> dict[str, Any]:
    name, ours_s, peer, peer_s, note = line
    return {
        "name": name,
        "size": size,
        "ours_s": ours_s,
        "peer": peer,
        "peer_s": peer_s,
        "ratio": peer_s / ours_s if peer_s is not None else None,
        "note": note,
    }


def _first_copy(told: dict[str, Any], copied: tuple[float, float]) -> list[Line]:
    note = (
        f"{_steps(told['clone_steps'])}; computed {told['clone_cpu_s']:.1f} s against {copied[1]:.1f} s; "
        f"{told['workspace_mb']:.0f} MB on disk, {told['clone_mb']:.0f} MB of memory"
    )
    return [("first copy", told["clone_s"], "ogr2ogr", copied[0], note)]


def _sessions(told: dict[str, Any]) -> list[Line]:
    edits = told["edits"]
    memory = f"{told['sync_mb']:.0f} MB of memory more"
    return [
        ("synchronisation, nothing to do", told["nothing_s"], None, None, _steps(told["nothing_steps"])),
        (f"synchronisation, {edits:,} edits to send", told["send_s"], None, None, _steps(told["send_steps"])),
        (
            f"synchronisation, {edits:,} rows to receive",
            told["receive_s"],
            None,
            None,
            f"{_steps(told['receive_steps'])}; {memory}",
        ),
        ("every row compared, nothing changed", told["diff_s"], None, None, ""),
        _beside_geodiff(told),
    ]


def _beside_geodiff(told: dict[str, Any]) -> Line:
    name = f"every row compared, {told['edits']:,} changed"
    if told["geodiff_s"] is None:
        return (name, told["diff_s"], None, None, peers.NO_GEODIFF)
    note = f"{told['found']:,} rows found, {told['geodiff_changes']:,} by geodiff"
    return (name, told["diff_beside_geodiff_s"], "geodiff, on two plain copies", told["geodiff_s"], note)


def _line(told: dict[str, Any]) -> list[Line]:
    far = f"{1000 * told['round_trip_s']:.0f} ms away"
    turns = "{} turns, {:.0f} kB sent, {:.0f} kB received"
    sent = turns.format(told["slow_send_turns"], told["slow_send_bytes"] / 1e3, told["slow_received_bytes"] / 1e3)
    return [
        (f"{told['edits']:,} edits to send, {far}", told["slow_send_s"], "the same at 0 ms", told["fast_send_s"], sent),
        (
            f"nothing to do, {far}",
            told["slow_nothing_s"],
            "the same at 0 ms",
            told["fast_nothing_s"],
            f"{told['slow_nothing_turns']} turns",
        ),
    ]


def _steps(steps: dict[str, float]) -> str:
    """Return the steps that count, the longest first."""
    longest = sorted(steps.items(), key=lambda step: -step[1])
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in longest if seconds >= 0.01)
