"""One saved edit, from the file to the file: with the records kept in memory, and reading the workspace each time."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely

from bench._memory import memory_mb
from bench._national import METROPOLE, SIZE, country
from resorption_plugin import paths
from resorption_plugin.core.demonstration.generator import demonstration
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.refresh import Conditions, compute_distances, refresh, run_checks
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.live import LiveWorkspace
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace

NOW = dt.datetime(2026, 1, 15, 8, tzinfo=dt.UTC)
ROUNDS = 5
DEPARTMENT_SITES = 135

Edit = tuple[ChangeSet, dict[str, set[str]]]


def edits(data: Dataset) -> dict[str, list[Edit]]:
    """Return some edits of each kind that officers make, each on another record."""
    serving = {row["water_point_uid"] for row in data.layer("distance") if row["rank"] is not None}
    taps = [point for point in data.layer("water_point") if point["lifecycle"] == "existing"]
    kinds: dict[str, Iterable[tuple[Record, dict[str, Any]]]] = {
        "a site": ((site, {"comments": "seen"}) for site in data.layer("site")),
        "a tap that serves": ((tap, {"working_state": "out_of_order"}) for tap in taps if tap.uid in serving),
        "a tap that serves no site": ((tap, {"comments": "seen"}) for tap in taps if tap.uid not in serving),
    }
    found: dict[str, list[Edit]] = {
        name: [(ChangeSet(update=[Record(row.layer, row.uid, values)]), {row.layer: {row.uid}}) for row, values in few]
        for name, some in kinds.items()
        for few in [itertools.islice(some, 10, 10 + 2 * ROUNDS)]
    }
    moved = [
        (tap, _moved(tap)) for tap in itertools.islice((tap for tap in taps if tap.uid in serving), 40, 40 + 2 * ROUNDS)
    ]
    found["a tap moved"] = [
        (ChangeSet(update=[Record("water_point", tap.uid, {"name": "moved"}, place)]), {"water_point": {tap.uid}})
        for tap, place in moved
    ]
    return found


def _moved(tap: Record) -> shapely.Point:
    return shapely.Point(tap.geometry.x + 0.001, tap.geometry.y)


def measured(
    path: Path, some: Iterable[Edit], conditions: Conditions, opened: Callable[[Path], Any]
) -> tuple[float, int]:
    """Return the least seconds from the file edited to the file brought up to date, and the records judged."""
    best, judged = float("inf"), 0
    for changes, touched in some:
        with GeoPackageStore.open(path) as store:
            store.apply(changes)
        begin = time.perf_counter()
        with opened(path) as store:
            judged = refresh(store, touched, conditions).records
        best = min(best, time.perf_counter() - begin)
    return best, judged


def rows_of(path: Path, size: str, conditions: Conditions) -> list[dict[str, Any]]:
    """Measure each kind of edit of a workspace."""
    with GeoPackageStore.open(path) as store:
        compute_distances(store, conditions)
        run_checks(store, conditions)
        known = edits(store.read(["site", "water_point", "distance"]))
    live, rows = LiveWorkspace(), []
    kept, peak = memory_mb(path, replace(conditions, communes=None))
    with live.open(path) as store:
        refresh(store, {}, conditions)
    for name, some in known.items():
        ours, judged = measured(path, some[::2], conditions, live.open)
        peer, _ = measured(path, some[1::2], conditions, GeoPackageStore.open)
        rows.append(
            {
                "name": f"after the edit of {name}",
                "size": size,
                "ours_s": ours,
                "peer": "the same, reading the file",
                "peer_s": peer,
                "ratio": peer / ours,
                "note": f"{judged} records judged, {kept:.0f} MB kept, peak {peak:.0f} MB",
            }
        )
    return rows


def run() -> list[dict[str, Any]]:
    """Measure a department and the country."""
    france = Territory.load(paths.territories())
    conditions = Conditions(NOW.date(), NOW, communes=france)
    worlds = (
        (
            f"{DEPARTMENT_SITES} sites, department",
            ["31"],
            lambda: demonstration(france, ["31"], DEPARTMENT_SITES, 1).dataset,
        ),
        (SIZE, METROPOLE, lambda: country(france)),
    )
    rows = []
    with TemporaryDirectory() as folder:
        for number, (size, departments, make) in enumerate(worlds):
            path = Path(folder) / f"{number}.gpkg"
            create_workspace(path, departments, france)
            with GeoPackageStore.open(path) as store:
                store.apply(ChangeSet(insert=list(make())))
            rows += rows_of(path, size, conditions)
    return rows
