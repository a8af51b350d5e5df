"""Distances and checks at the size of the country: everything, and what one edit touches."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench._national import ON, SIZE, country
from resorption_plugin import paths
from resorption_plugin.core import geo
from resorption_plugin.core.checks import registry, runner, scope
from resorption_plugin.core.checks.context import Context
from resorption_plugin.core.checks.spec import Profile
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.territory import Territory
from resorption_plugin.core.water import distances
from resorption_plugin.core.water.reach import WaterMap
from resorption_plugin.core.water.touched import touched_sites

NOW = dt.datetime(2026, 1, 15, 8, tzinfo=dt.UTC)
ROUNDS = 3


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the best of some rounds, in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begin)
    return best, result


def all_distances(data: Dataset) -> ChangeSet:
    """Compute every row."""
    return distances.plan_update(WaterMap(data, ON, geo.METROPOLE_EPSG), distances.Settings(), NOW)


def all_checks(data: Dataset, france: Territory) -> runner.Run:
    """Run every check on every record."""
    return runner.run(Context(data, ON, geo.METROPOLE_EPSG, communes=france), registry.checks())


def after_an_edit(data: Dataset, france: Territory, uid: str) -> tuple[ChangeSet, runner.Run]:
    """Compute and check again what the edit of one water point touches, from the records as they are in memory."""
    changed = {"water_point": {uid}}
    context = Context(data, ON, geo.METROPOLE_EPSG, communes=france)
    touched = touched_sites(changed, context.water, distances.Settings())
    changes = distances.plan_update(context.water, distances.Settings(), NOW, touched)
    reach = scope.longest_metres((check.spec for check in registry.checks()), Profile.STATE)
    only = scope.to_check_again(changed, touched, context.water, reach)
    return changes, runner.run(context, registry.checks(), only)


def edited(data: Dataset, rows: list[Record]) -> tuple[Dataset, str]:
    """Close the water point that serves the first site."""
    uid = next(row["water_point_uid"] for row in rows if row["rank"] == 1)
    world = [
        replace(record, values={**record.values, "working_state": "closed"}) if record.uid == uid else record
        for record in data
    ]
    return Dataset([*world, *rows]), uid


def run() -> list[dict[str, Any]]:
    """Measure in memory: reading the file comes on top of both sides."""
    france = Territory.load(paths.territories())
    data = country(france)
    distances_s, changes = timed(lambda: all_distances(data))
    checks_s, found = timed(lambda: all_checks(data, france))
    world, uid = edited(data, changes.insert)
    again_s, (_, judged) = timed(lambda: after_an_edit(world, france, uid))
    rows = [
        ("distances, whole country", distances_s, None, None, f"{len(changes.insert)} rows"),
        (
            "checks, whole country",
            checks_s,
            None,
            None,
            f"{len(registry.checks())} checks, {len(found.findings)} findings",
        ),
        (
            "after the edit of one water point",
            again_s,
            "everything again",
            distances_s + checks_s,
            f"{len(judged.only or ())} records judged",
        ),
    ]
    return [
        {
            "name": name,
            "size": SIZE,
            "ours_s": ours,
            "peer": peer,
            "peer_s": peer_s,
            "ratio": peer_s / ours if peer_s else None,
            "note": note,
        }
        for name, ours, peer, peer_s, note in rows
    ]
