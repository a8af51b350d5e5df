"""The steps of the tour about sharing: two officers of one department, and the server of ``screenshots.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import shapely
import shapely.affinity
from qgis import processing

from in_qgis_hands import WORK, Wait, expect, hide_base_maps, picture
from in_qgis_sharing import attach, decide, page, rest, settle, show_page, synchronise

ME, OTHER = "service=marie", "service=karim"
NAMED, MOVED, OUTSIDE = range(3)
NORTH = 0.0004


def share() -> Iterator[Wait]:
    """Attach the demonstration, disagree with a colleague, decide, and see what cannot be sent."""
    from resorption_plugin.geopackage.store import GeoPackageStore  # noqa: PLC0415 - there once the plugin is

    mine = WORK / "demonstration.gpkg"
    hide_base_maps()
    yield from show_page()
    yield from attach(ME)
    with GeoPackageStore.open(mine, read_only=True) as store:
        sites = sorted(store.read({"site"}).layer("site"), key=lambda site: site.uid)
    theirs = _colleague(mine)
    _edit(theirs, sites, "Les Jardins du Canal", shapely.affinity.translate(sites[MOVED].geometry, 0, NORTH))
    processing.run("resorption:sync", {"WORKSPACE": str(theirs), "CONNECTION": OTHER})
    _edit(mine, sites, "Chemin du Canal", shapely.affinity.translate(sites[MOVED].geometry, NORTH, 0))
    _put_outside(mine, sites[OUTSIDE].uid)
    yield from settle()
    told = yield from synchronise("synchronise")
    expect(told["cases"].endswith("(2)"), f"the page says {told}")
    aside = page().aside
    expect(aside.topLevelItemCount() > 0, "nothing is set aside")
    aside.setCurrentItem(aside.topLevelItem(0))
    yield 0.3
    picture("sharing-set-aside")
    yield from decide(sites[MOVED].uid, "mine", comment="Vu sur place le 12 mars")
    yield from decide(sites[NAMED].uid, "theirs")
    picture("sharing-decided")
    yield from synchronise("synchronise-again")
    yield from rest()


def _colleague(mine: Path) -> Path:
    """Make the workspace of somebody else of the same department, attached."""
    path = mine.with_name("collegue.gpkg")
    processing.run("resorption:createworkspace", {"TERRITORY": "31", "OUTPUT": str(path), "PROJECT": ""})
    processing.run("resorption:attachworkspace", {"WORKSPACE": str(path), "CONNECTION": OTHER})
    return path


def _edit(path: Path, sites: list, name: str, place: shapely.Geometry) -> None:
    from resorption_plugin.core.ports import ChangeSet  # noqa: PLC0415 - there once the plugin is
    from resorption_plugin.core.records import Record  # noqa: PLC0415
    from resorption_plugin.geopackage.store import GeoPackageStore  # noqa: PLC0415

    named, moved = sites[NAMED], sites[MOVED]
    with GeoPackageStore.open(path) as store:
        changed = [Record("site", named.uid, {"name": name}), Record("site", moved.uid, {}, place)]
        store.apply(ChangeSet(update=changed))


def _put_outside(path: Path, uid: str) -> None:
    """Say that a site lies in the department next door, where the officer may not write."""
    from resorption_plugin.core.ports import ChangeSet  # noqa: PLC0415 - there once the plugin is
    from resorption_plugin.core.records import Record  # noqa: PLC0415
    from resorption_plugin.geopackage.store import GeoPackageStore  # noqa: PLC0415

    with GeoPackageStore.open(path) as store:
        values = {"department": "09", "fk_city": "09122", "commune": "Foix", "epci": "200067791"}
        store.apply(ChangeSet(update=[Record("site", uid, values)]))
