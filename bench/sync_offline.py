"""The same morning of edits sent by the plugin and by QGIS's own offline editing: how long, and what became of each.

``BENCH_ROWS=100000`` asks for another number of sites than 10,000: QGIS then needs minutes, the more the larger.
"""

from __future__ import annotations

from typing import Any

from bench._sync_account import Account
from bench._sync_child import LIMIT_S, measured, sites
from bench._sync_shared import shared_database
from bench._sync_world import MINE, THEIRS
from tools.throw_away_cluster import throw_away_cluster

USUAL_SITES = 10_000
KEYS = ("serial", "uuid", "bigserial")


def with_offline_editing(key: str, count: int) -> dict[str, Any] | None:
    """Return what QGIS's offline editing told; ``None`` when it did not end in time."""
    with throw_away_cluster() as place:
        return measured("_sync_offline", place, key, count)


def with_the_plugin(count: int) -> dict[str, Any]:
    """Return what the plugin told."""
    with shared_database(count) as shared:
        told = measured("_sync_ours", shared.admin, shared.officer, count)
    if told is None:
        raise TimeoutError(f"the plugin did not end within {LIMIT_S} s")
    return told


def run() -> list[dict[str, Any]]:
    """Compare, for each kind of key that QGIS may meet."""
    count = sites(USUAL_SITES)
    ours = with_the_plugin(count)
    return [_row(key, count, ours, with_offline_editing(key, count)) for key in KEYS]


def _row(key: str, count: int, ours: dict[str, Any], theirs: dict[str, Any] | None) -> dict[str, Any]:
    told = f"ours: {Account(**ours['account']).sentence()}"
    peer = f"QgsOfflineEditing, {key} key"
    peer_s = theirs["sync_s"] if theirs else None
    if theirs is None:
        told += f"; peer: stopped after {LIMIT_S} s"
    else:
        told += f"; peer: {Account(**theirs['account']).sentence()}"
    return {
        "name": f"{MINE} edits against {THEIRS}, sent",
        "size": f"{count:,} sites",
        "ours_s": ours["sync_s"],
        "peer": peer,
        "peer_s": peer_s,
        "ratio": peer_s / ours["sync_s"] if peer_s else None,
        "note": told,
    }
