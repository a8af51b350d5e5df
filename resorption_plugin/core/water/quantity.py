"""How much water a point gives in a day, and how long a can takes to fill."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Record
from .service import TapService, taps


def litres_a_day(point: Record) -> float | None:
    """Return the litres a point can give in a day; ``None`` when what is needed to tell is not known.

    A tank gives its volume shared over the days between two refills; any other point, taps × L/min × 60 × hours open.
    """
    if point["type"] == "reservoir":
        volume, days = point["tank_volume_l"], point["refill_interval_days"]
        return float(volume) / float(days) if volume is not None and days else None
    flow, hours = point["flow_l_min"], point["hours_per_day"]
    return taps(point) * float(flow) * 60 * float(hours) if flow is not None and hours is not None else None


def litres_a_person(points: Iterable[Record], service: TapService) -> float:
    """Return what each person of a site gets in a day from some points, each shared by everybody it serves.

    Points whose quantity is unknown, or whose users nobody counted, add nothing.
    """
    shares = 0.0
    for point in points:
        litres, users = litres_a_day(point), sum(filter(None, service.users(point)))
        if litres is not None and users:
            shares += litres / users
    return round(shares, 2)


def mean_flow(points: Iterable[Record], otherwise: float) -> float:
    """Return the mean flow of the taps of some points in L/min; a flow that nobody measured is ``otherwise``."""
    flows = [(taps(point), float(point["flow_l_min"] or otherwise)) for point in points]
    total = sum(number for number, _ in flows)
    return sum(number * flow for number, flow in flows) / total if total else otherwise
