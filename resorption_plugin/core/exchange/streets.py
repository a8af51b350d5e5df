"""Lines of OpenStreetMap, of the BD TOPO or of any layer, as streets, railways and watercourses of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .converters import fold
from .osm_tags import all_tags

OSM_HIGHWAYS = {
    "motorway": "motorway", "motorway_link": "motorway", "trunk": "trunk", "trunk_link": "trunk",
    "primary": "primary", "primary_link": "primary", "secondary": "secondary", "secondary_link": "secondary",
    "tertiary": "tertiary", "tertiary_link": "tertiary", "residential": "residential", "unclassified": "residential",
    "living_street": "residential", "service": "service", "track": "service", "busway": "service",
    "pedestrian": "path", "footway": "path", "path": "path", "cycleway": "path", "bridleway": "path",
    "corridor": "path", "platform": "path", "steps": "steps", "road": "other",
}  # fmt: skip
OSM_RAILWAYS = frozenset({"rail", "light_rail", "subway", "tram", "narrow_gauge", "monorail", "funicular"})
OSM_WATERWAYS = frozenset({"river", "canal", "stream", "ditch", "drain", "tidal_channel"})

BDTOPO_NATURES = {
    "type autoroutier": "motorway", "autoroute": "motorway", "quasi autoroute": "motorway", "escalier": "steps",
    "sentier": "path", "piste cyclable": "path", "chemin": "service", "route empierree": "service",
}  # fmt: skip
BDTOPO_IMPORTANCES = {
    "1": "trunk", "2": "primary", "3": "secondary", "4": "tertiary", "5": "residential", "6": "service",
}  # fmt: skip

_NAMES = ("name", "nom", "nom_1_g", "nom_1_gauche", "nom_voie_g", "nom_collaboratif_gauche", "cpx_toponyme", "toponyme")
_IDS = ("osm_id", "cleabs", "id", "fid")
_CLOSED = ("no", "private", "customers", "permit", "delivery", "agricultural", "forestry", "military")
"""Values of *access* and *foot* that leave out whoever has no business there, as in the corridors of a station."""
_ABSENT = ("no", "f", "0", "false")
"""Geofabrik's shapefiles write F and T where OpenStreetMap says no and yes."""
_OPEN = ("yes", "designated", "permissive")


def street_values(columns: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the values of a street from the attributes of a line, ``None`` when it is nothing of the kind.

    Attributes are texts by column name; which data set they come from is seen from the names.
    """
    lower = {name.lower(): text for name, text in columns.items()}
    if "osm_id" in lower or "highway" in lower or "fclass" in lower:
        values = _from_osm(all_tags({name: text for name, text in lower.items() if text}))
    elif "nature" in lower:
        values = _from_bdtopo(lower)
    else:
        given = fold(lower.get("road_class", ""))
        values = {"road_class": given if given in _MODEL_CLASSES else "other"}
    if values is None:
        return None
    known = {"name": _first(lower, _NAMES)[:255], "source_id": _first(lower, _IDS)[:64]}
    return {**values, **{field: text for field, text in known.items() if text}}


_MODEL_CLASSES = frozenset({*OSM_HIGHWAYS.values(), "crossing", "railway", "water"})


def _first(columns: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((columns[name] for name in names if columns.get(name)), "")


def _from_osm(tags: Mapping[str, str]) -> dict[str, Any] | None:
    road_class = _osm_class(tags)
    if road_class is None:
        return None
    level = tags.get("layer", "0")
    return {
        "road_class": road_class,
        "foot_access": _osm_foot_access(tags, road_class),
        "is_bridge": tags.get("bridge", "no").lower() not in _ABSENT,
        # a passage through a building is at street level: it leads under no barrier
        "is_tunnel": tags.get("tunnel", "no").lower() not in (*_ABSENT, "building_passage"),
        "level": int(level) if level.lstrip("-").isdecimal() and abs(int(level)) <= 10 else None,
    }


def _osm_class(tags: Mapping[str, str]) -> str | None:
    feature = tags.get("fclass", "")  # Geofabrik's name of the one tag that matters
    highway = tags.get("highway") or ("track" if feature.startswith("track_") else feature)
    if highway in OSM_HIGHWAYS:
        crossing = "crossing" in (tags.get("footway"), tags.get("path"), tags.get("cycleway"))
        return "crossing" if crossing else OSM_HIGHWAYS[highway]
    if tags.get("railway", feature) in OSM_RAILWAYS:
        return "railway"
    if tags.get("waterway", feature) in OSM_WATERWAYS:
        return "water"
    return None


def _osm_foot_access(tags: Mapping[str, str], road_class: str) -> bool | None:
    foot, access = tags.get("foot"), tags.get("access")
    if road_class in ("railway", "water"):
        return False
    if foot in _OPEN:
        return True
    if foot in _CLOSED or access in _CLOSED or road_class == "motorway" or tags.get("motorroad") == "yes":
        return False
    # a corridor inside a building may be open, at some hours
    return None if road_class in ("trunk", "other") or tags.get("indoor") == "yes" else True


def _from_bdtopo(columns: Mapping[str, str]) -> dict[str, Any]:
    nature = fold(columns["nature"])
    position = columns.get("pos_sol") or columns.get("position_par_rapport_au_sol", "")
    level = int(position) if position.lstrip("-").isdecimal() else 0
    road_class = _bdtopo_class(columns, nature)
    return {
        "road_class": road_class,
        "foot_access": _bdtopo_foot_access(columns, road_class),
        "is_bridge": level > 0,
        "is_tunnel": level < 0,
        "level": level,
    }


def _bdtopo_class(columns: Mapping[str, str], nature: str) -> str:
    if "voie ferree" in nature or nature in ("lgv", "tramway", "metro", "funiculaire ou cremaillere"):
        return "railway"
    if any(name in columns for name in ("code_hydro", "regime", "persistance", "persistanc")):
        return "water"
    return BDTOPO_NATURES.get(nature) or BDTOPO_IMPORTANCES.get(columns.get("importance", ""), "other")


def _bdtopo_foot_access(columns: Mapping[str, str], road_class: str) -> bool | None:
    if road_class in ("railway", "water", "motorway"):
        return False
    declared = fold(columns.get("acces_pieton") or columns.get("acces_ped", ""))
    if "interdit" in declared or "impossible" in declared:
        return False
    return None if road_class in ("trunk", "other") else True
