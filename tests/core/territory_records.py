"""Records of a small territory, and the amounts that its indicators take, for the tests of the figures."""

from __future__ import annotations

import datetime as dt

import shapely

from resorption_plugin.core.indicators.overview import overview
from resorption_plugin.core.indicators.places import WHOLE, Place
from resorption_plugin.core.indicators.spec import Amount
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.records import Dataset, Record

ON = dt.date(2026, 1, 15)
EPSG = 2154
LON, LAT = 1.4442, 43.6045
METRE = 1 / 111_320


def site(uid: str, **values) -> Record:
    return Record("site", uid, {"status": "open", **values}, shapely.Point(LON, LAT))


def tap(uid: str, north_m: float, **values) -> Record:
    given = {"lifecycle": "existing", "working_state": "working", "is_potable": True, **values}
    return Record("water_point", uid, given, shapely.Point(LON, LAT + north_m * METRE))


def count_row(uid: str, site_uid: str, day: dt.date, **values) -> Record:
    return Record("population_count", uid, {"site_uid": site_uid, "counted_on": day, **values})


def at(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 9, tzinfo=dt.UTC)


def amounts(*records: Record, on: dt.date = ON, changes=(), place: Place = WHOLE) -> dict[str, Amount]:
    found = overview(Timeline(Dataset(records), changes), on, EPSG, place)
    return {declared.id: amount for declared, amount in found.amounts}


def values(found: dict[str, Amount], *keys: str) -> list[float | None]:
    return [found[key].value for key in keys]
