"""What Anne's workspace holds in the morning."""

from __future__ import annotations

import uuid

import shapely

from resorption_plugin import paths
from resorption_plugin.core.demonstration.generator import demonstration
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory

LONELY = tuple(str(uuid.UUID(int=number, version=4)) for number in range(1, 11))
"""The sites about which the day is: nothing belongs to them, so that each contradiction is one."""
CROWDED = 6
SEED = 3


def records() -> list[Record]:
    """Return the lonely sites, and some with all that belongs to a site and that both officers read.

    What lies nowhere, as some actions do, is read by its author alone; a targeted note, by those it is meant for.
    """
    made = demonstration(Territory.load(paths.territories()), ["31"], CROWDED, SEED).dataset
    around = [one for one in made if one.layer in ("site", "water_point") or _is_of_a_place(one)]
    place = {"department": "31", "fk_city": "31555", "commune": "Toulouse", "epci": "243100518", "status": "open"}
    return [
        *around,
        *(
            Record("site", uid, {**place, "name": f"Site {number}"}, shapely.Point(1.40 + number / 100, 43.6))
            for number, uid in enumerate(LONELY)
        ),
    ]


def _is_of_a_place(record: Record) -> bool:
    held = record.values
    is_for_some = held.get("visibility") == "targeted" or held.get("action_uid")
    return bool(held.get("site_uid") or held.get("water_point_uid")) and not is_for_some
