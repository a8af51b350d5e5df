"""Records of an invented site: the site, its footprint, its dwellings and its counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import shapely

from ..records import Record
from . import people, scenarios, shapes
from .authorship import audit, instant
from .chance import Chance
from .conditions import living_conditions
from .ground import commune_columns
from .mistakes import STRAY_M, Mistake, spoil
from .names import of_place, place_name
from .plots import Plot

_OLDEST = dt.date(2015, 3, 1)
_SQUARE_METRES_A_PERSON = (30.0, 70.0)
_HECTARES = (0.1, 1.5)
_MOST_DWELLINGS = 30
_CLOSURES = ("resorbed", "resorbed", "closed_by_justice", "closed_by_city_admin")


@dataclass(frozen=True, slots=True)
class Site:
    """An invented site: its records, and its ground in metres for placing water around it."""

    plot: Plot
    record: Record
    parts: list[Record]
    outline: shapely.Polygon | None
    places: list[shapely.Point]
    """Where the distance is measured from: the dwellings, else the corners of the footprint, else the point."""


def build(plot: Plot, today: dt.date, chance: Chance) -> Site:
    """Return the invented site of a plot as it is known on ``today``."""
    total = chance.integer(*plot.scenario.people) if plot.scenario.people else None
    outline, homes = _ground(plot, total or 30, chance)
    dates = _dates(plot, today, chance)
    counts = people.history(total, dates["declared_at"], dates["counted_at"], chance) if total else []
    uid = chance.uid()
    values = {
        **_identity(plot, chance),
        **_features(plot, dates, today, chance),
        **(counts[-1][1] if counts else {}),
        **_housing(homes, chance),
        **living_conditions(plot.scenario.water, chance),
        **_diagnostic(dates, today, chance),
        **audit(dates["declared_at"], dates["counted_at"]),
    }
    if counts:
        values["population_updated_at"] = instant(counts[-1][0])
    mistakes = plot.scenario.mistakes
    centre = plot.centre if outline is None else outline.representative_point()
    marked = _astray(outline) if outline is not None and Mistake.STRAY_POINT in mistakes else centre
    record = Record("site", uid, spoil(values, mistakes, today), plot.to_stored(marked))
    parts = [
        *_footprint(plot, uid, outline, dates, chance),
        *_dwellings(plot, uid, homes, total, dates=dates, chance=chance),
        *(_count(uid, day, columns, chance) for day, columns in counts),
    ]
    corners = [] if outline is None else [shapely.Point(xy) for xy in outline.exterior.coords]
    return Site(plot, record, parts, outline, homes or corners or [centre])


def _astray(outline: shapely.Polygon) -> shapely.Point:
    """Return a point due east of a footprint, outside it."""
    _, south, east, north = outline.bounds
    return shapely.Point(east + STRAY_M, (south + north) / 2)


def _ground(plot: Plot, total: int, chance: Chance) -> tuple[shapely.Polygon | None, list[shapely.Point]]:
    if plot.scenario.ground is scenarios.Ground.NONE:
        return None, []
    hectares = total * chance.real(*_SQUARE_METRES_A_PERSON) / 10_000
    outline = shapes.footprint(plot.centre, min(max(hectares, _HECTARES[0]), _HECTARES[1]), chance)
    if plot.scenario.ground is scenarios.Ground.FOOTPRINT:
        return outline, []
    number = min(max(2, round(total / chance.real(3.2, 5.0))), _MOST_DWELLINGS)
    return outline, shapes.dwellings(outline, number, chance)


def _dates(plot: Plot, today: dt.date, chance: Chance) -> dict[str, dt.date]:
    counted = today - dt.timedelta(days=chance.integer(8, 150))
    if plot.scenario.closed:
        counted -= dt.timedelta(days=chance.integer(120, 1500))
    built = chance.day(_OLDEST, counted - dt.timedelta(days=300))
    declared = built + dt.timedelta(days=chance.integer(3, 90))
    return {"built_at": built, "declared_at": declared, "counted_at": counted}


def _identity(plot: Plot, chance: Chance) -> dict[str, Any]:
    name = place_name(plot.number)
    return {
        "name": name,
        "address": f"Chemin {of_place(name)}, {plot.commune.name}",
        "address_details": chance.pick(("Entrée par la voie de desserte.", "Portail vert, sonner au poste.", None)),
        "position_accuracy_m": 1.0,
        **commune_columns(plot.commune),
    }


def _features(plot: Plot, dates: dict[str, dt.date], today: dt.date, chance: Chance) -> dict[str, Any]:
    again = chance.weighted(((False, 5), (True, 2), (None, 1)))
    columns: dict[str, Any] = {
        "status": "open",
        "fk_field_type": chance.weighted(((3, 7), (2, 2), (1, 1))),
        "built_at": dates["built_at"],
        "declared_at": dates["declared_at"],
        "is_reinstallation": again,
        "heatwave_status": chance.weighted(((True, 3), (False, 5), (None, 1))),
        "resorption_target": today.year + chance.integer(0, 3) if chance.yes(0.4) else None,
        "social_origins": _origins(chance),
    }
    if again:
        columns["reinstallation_comments"] = "Installation après la fermeture d'un site voisin."
    if plot.scenario.closed:
        columns |= {
            "status": chance.pick(_CLOSURES),
            "closed_at": dates["counted_at"] + dt.timedelta(days=chance.integer(5, 60)),
            "closing_context": "Fermeture inventée pour la démonstration.",
        }
    return columns


def _origins(chance: Chance) -> tuple[str, ...] | None:
    return chance.weighted(
        ((("european",), 6), (("french",), 1), (("french", "european"), 1), (("other",), 1), (None, 1))
    )


def _housing(homes: list[shapely.Point], chance: Chance) -> dict[str, Any]:
    if not homes:
        return {}
    caravans, huts, tents = chance.parts(len(homes), (0.45, 0.4, 0.1))
    return {"caravans": caravans, "huts": huts, "tents": tents, "cars": len(homes) - caravans - huts - tents}


def _diagnostic(dates: dict[str, dt.date], today: dt.date, chance: Chance) -> dict[str, Any]:
    status = chance.weighted((("done", 4), ("scheduled", 2), ("none", 2), (None, 1)))
    if status in (None, "none"):
        return {"census_status": status}
    day = chance.day(dates["declared_at"], dates["counted_at"])
    if status == "scheduled":
        day = chance.day(today + dt.timedelta(days=14), today + dt.timedelta(days=90))
    return {
        "census_status": status,
        "census_conducted_at": day,
        "census_conducted_by": "Opérateur social (exemple)",
    }


def _footprint(
    plot: Plot, uid: str, outline: shapely.Polygon | None, dates: dict[str, dt.date], chance: Chance
) -> list[Record]:
    if outline is None:
        return []
    drawn = shapes.bow_tie(outline) if plot.scenario.ground is scenarios.Ground.BOW_TIE else outline
    values = {
        "site_uid": uid,
        "drawn_on": dates["counted_at"],
        "source": chance.pick(("orthophoto", "gps")),
        "position_accuracy_m": 1.0,
        **audit(dates["declared_at"], dates["counted_at"]),
    }
    return [Record("site_footprint", chance.uid(), values, plot.to_stored(shapely.MultiPolygon([drawn])))]


def _dwellings(
    plot: Plot, uid: str, homes: list[shapely.Point], total: int | None, *, dates: dict[str, dt.date], chance: Chance
) -> list[Record]:
    if not homes:
        return []
    inhabitants = chance.parts(total, [1 / len(homes)] * len(homes)) if total else [None] * len(homes)
    shared = {
        "site_uid": uid,
        "surveyed_on": dates["counted_at"],
        "position_accuracy_m": 1.0,
        **audit(dates["declared_at"], dates["counted_at"]),
    }
    return [
        Record(
            "dwelling",
            chance.uid(),
            {"kind": chance.weighted((("caravan", 9), ("hut", 8), ("tent", 2))), "people": number, **shared},
            plot.to_stored(home),
        )
        for home, number in zip(homes, inhabitants, strict=True)
    ]


def _count(uid: str, day: dt.date, columns: dict[str, Any], chance: Chance) -> Record:
    values = {
        "site_uid": uid,
        "counted_on": day,
        **columns,
        "counted_by": chance.pick(("Opérateur social (exemple)", "Service de l'État (exemple)")),
        "source": chance.weighted((("visit", 5), ("operator", 2), ("diagnostic", 1))),
        **audit(day, day),
    }
    return Record("population_count", chance.uid(), values)
