"""Base maps of the Géoplateforme (IGN), read tile by tile so that a project opens at once without network."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from qgis.core import QgsRasterLayer

from ..core.model.fields import Label

_SERVICE = "https://data.geopf.fr/wmts"
_ATTRIBUTION = "© IGN – Géoplateforme (https://cartes.gouv.fr)"
GROUP = Label("Base maps", "Fonds de carte")


@dataclass(frozen=True, slots=True)
class BaseMap:
    """A tiled map: its WMTS layer, picture format and greatest zoom level."""

    key: str
    label: Label
    layer: str
    picture: str
    zoom: int


PLAN = BaseMap("ign_plan", Label("IGN map", "Plan IGN"), "GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", "image/png", 19)
ORTHOPHOTOS = BaseMap(
    "ign_orthophotos",
    Label("IGN orthophotos", "Orthophotographies IGN"),
    "ORTHOIMAGERY.ORTHOPHOTOS",
    "image/jpeg",
    20,
)
BASE_MAPS = (PLAN, ORTHOPHOTOS)


def tile_address(base_map: BaseMap) -> str:
    """Return the address of a tile, with ``{z}``, ``{y}`` and ``{x}`` to fill.

    It is the WMTS GetTile request itself. A WMTS layer would first ask for the capabilities (several megabytes) and
    be invalid without network; tiles that do not come just stay blank.
    """
    request = {
        "SERVICE": "WMTS",
        "VERSION": "1.0.0",
        "REQUEST": "GetTile",
        "LAYER": base_map.layer,
        "STYLE": "normal",
        "TILEMATRIXSET": "PM",
        "FORMAT": base_map.picture,
    }
    return f"{_SERVICE}?{urlencode(request, safe='/')}&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}"


def make_base_map(base_map: BaseMap, language: str) -> QgsRasterLayer:
    """Return the QGIS layer of a base map; nothing is asked of the network until it is drawn."""
    address = quote(tile_address(base_map), safe="/:?{}")
    layer = QgsRasterLayer(f"type=xyz&url={address}&zmin=0&zmax={base_map.zoom}", base_map.label.text(language), "wms")
    metadata = layer.metadata()
    metadata.setRights([_ATTRIBUTION])
    layer.setMetadata(metadata)
    layer.serverProperties().setAttribution(_ATTRIBUTION)
    layer.setCustomProperty("resorption/base_map", base_map.key)
    return layer
