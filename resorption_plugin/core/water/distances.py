"""The ``distance`` rows of a workspace: which there should be, and what to write so that they are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import shapely

from ..ports import ChangeSet, Feedback, Silent, stop_if_cancelled
from ..records import Record
from .barrier_lines import LEAST_ROAD
from .barriers import Crossing
from .reach import Neighbour, WaterMap
from .way_to_water import crossings_to

NEIGHBOURS = 3
LIMIT_METRES = 2000.0
"""Beyond it only the nearest water is drawn: a line of some kilometres to a third tap tells nothing."""

LAYERS = ("site", "site_footprint", "dwelling", "water_point", "distance")
"""The layers that distances are made from and kept in."""

_NAMESPACE = uuid.UUID("5f0d3c1e-9a52-5d0a-8d53-5f2c0b9c7a10")
_MEASURED = ("measured_m", "measured_by", "measured_on", "measured_comments")


@dataclass(frozen=True, slots=True)
class Settings:
    """How many neighbours a site is linked to, and within how many metres."""

    neighbours: int = NEIGHBOURS
    limit_m: float = LIMIT_METRES
    least_road: str = LEAST_ROAD
    """The smallest class of road that counts as a barrier."""


def row_uid(site_uid: str, water_point_uid: str) -> str:
    """Return the uid of the row of a pair: the same in every workspace, so that measurements of a pair meet."""
    return str(uuid.uuid5(_NAMESPACE, f"{site_uid} {water_point_uid}"))


def is_open(site: Record) -> bool:
    """Say whether people still live on the site."""
    return site["status"] in (None, "open")


def plan_update(
    water: WaterMap,
    settings: Settings,
    now: dt.datetime,
    sites: Collection[str] | None = None,
    feedback: Feedback | None = None,
) -> ChangeSet:
    """Return what to write so that the rows of the sites (all when ``None``) are those computed on ``water.on``.

    Only computed columns are written, and only where one of them changes (``computed_at`` alone is no change). A row
    with a field measurement is never deleted: it loses its rank when its point no longer serves the site.
    """
    feedback = feedback or Silent()
    plan = _Plan(water, settings, now)
    data = water.data
    wanted = data.layer("site") if sites is None else data.some("site", sites)
    for done, site in enumerate(wanted):
        stop_if_cancelled(feedback)
        feedback.progress(done / len(wanted))
        plan.update_site(site)
    return plan.changes


class _Plan:
    """Collects the writes, site by site."""

    def __init__(self, water: WaterMap, settings: Settings, now: dt.datetime) -> None:
        self.changes = ChangeSet()
        self._water = water
        self._settings = settings
        self._now = now
        self._declared = water.data.children("water_point", "site_uid")
        self._stored = water.data.children("distance", "site_uid")

    def update_site(self, site: Record) -> None:
        rows = {row["water_point_uid"]: row for row in self._stored.get(site.uid, [])}
        measured = {uid for uid, row in rows.items() if any(row[column] is not None for column in _MEASURED)}
        links = self._links(site, measured)
        crossings = self._crossings(site, [seen for seen, _ in links.values()])
        for (seen, rank), crossing in zip(links.values(), crossings, strict=True):
            self._write(site, seen, rank, crossing, rows.get(seen.water_point.uid))
        for uid, row in rows.items():
            if uid not in links and uid not in measured:
                self.changes.delete.append(("distance", row.uid))
            elif uid not in links and row["rank"] is not None:
                self.changes.update.append(Record("distance", row.uid, {"rank": None, "computed_at": self._now}))

    def _links(self, site: Record, measured: Iterable[str]) -> dict[str, tuple[Neighbour, int | None]]:
        """Return the points to link the site to, with their rank; only those that serve it on the day have one."""
        settings, others = self._settings, self._water.data.some("water_point", measured)
        serving: list[Neighbour] = []
        if is_open(site):
            serving = self._water.serving(site, settings.neighbours, settings.limit_m)
            others += self._declared.get(site.uid, [])
        links: dict[str, tuple[Neighbour, int | None]] = {
            seen.water_point.uid: (seen, rank) for rank, seen in enumerate(serving, 1)
        }
        for water_point in others:
            seen = None if water_point["lifecycle"] == "removed" else self._water.seen_from(site, water_point)
            if seen is not None:
                links.setdefault(water_point.uid, (seen, None))
        return links

    def _crossings(self, site: Record, seen: list[Neighbour]) -> list[Crossing | None]:
        places = self._water.sites.of(site)
        if places is None:
            return [None] * len(seen)
        barriers = self._water.barriers(self._settings.least_road, places.epsg)
        return crossings_to(self._water, barriers, site, seen)

    def _write(
        self, site: Record, seen: Neighbour, rank: int | None, crossing: Crossing | None, row: Record | None
    ) -> None:
        # What may or may not have to be crossed is not known.
        known = crossing if crossing and (crossing.least or not crossing.most) else None
        largest = known.largest if known else None
        values: dict[str, Any] = {
            "rank": rank,
            "farthest_dwelling_m": seen.farthest_m,
            "crowfly_m": seen.nearest_m,
            "basis": seen.basis.value,
            "barriers_crossed": known.least if known else None,
            "barrier_class": largest.road_class if largest else None,
            "accuracy_m": seen.accuracy_m,
            "reference_date": self._water.on,
        }
        line = shapely.LineString([seen.far_place, shapely.get_coordinates(seen.water_point.geometry)[0]])
        if row is None:
            uid = row_uid(site.uid, seen.water_point.uid)
            values |= {"site_uid": site.uid, "water_point_uid": seen.water_point.uid, "computed_at": self._now}
            self.changes.insert.append(Record("distance", uid, values, line))
            return
        changed = {column: value for column, value in values.items() if row[column] != value}
        moved = row.geometry is None or not shapely.equals_exact(row.geometry, line)
        if changed or moved:
            changed["computed_at"] = self._now
            self.changes.update.append(Record("distance", row.uid, changed, line if moved else None))
