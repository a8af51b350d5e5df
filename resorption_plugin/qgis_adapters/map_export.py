"""The printed map of a workspace for an audience: what it shows, and what it must not show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsVectorLayer

from ..core.geo import METROPOLE_EPSG, projector
from ..core.indicators.audience import Audience, suppress_small_groups
from ..core.indicators.water_access import LAYERS, SiteAccess, site_accesses, summarise, summarise_by
from ..core.records import Dataset, Record
from ..geopackage.store import GeoPackageStore
from . import layouts, map_layers
from .layouts import Paper, Window
from .map_layers import Group
from .map_page import Setting, compose

INVENTED = "demonstration"
"""Workspace property: the seed of an invented workspace."""

_EXACT = ("site", "water_point", "distance", "site_footprint", "street")
"""What the services see, from top to bottom."""

_INSET_COMMUNES = 3
"""An intercommunality with sites in fewer communes than this needs no inset."""

_LARGEST_INSET = 0.5
"""Share of the territory's width and height beyond which an inset would show hardly more than the map."""


@dataclass(frozen=True, slots=True)
class MapOrder:
    """What is asked for."""

    workspace: Path
    audience: Audience
    paper: Paper
    output: Path
    day: dt.date
    logo: Path | None = None


@dataclass(frozen=True, slots=True)
class _Inset:
    """The intercommunality with the most open sites, shown larger beside the map."""

    epci: str
    name: str
    outlines: list[shapely.Geometry]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the map is made from."""

    data: Dataset
    epsg: int
    is_invented: bool
    accesses: list[SiteAccess]

    def records(self, layer: str) -> list[Record]:
        """Return the records of a layer."""
        return self.data.layer(layer)

    def extent(self, outlines: Sequence[shapely.Geometry | None]) -> QgsRectangle:
        """Return the bounds of outlines in the metric system."""
        to_metres = projector(self.epsg)
        bounds = shapely.total_bounds([to_metres(outline) for outline in outlines if outline is not None])
        return QgsRectangle(*(float(bound) for bound in bounds))

    def whole(self) -> QgsRectangle:
        """Return the bounds of the territory in the metric system."""
        return self.extent([department.geometry for department in self.records("department")])


def export_map(order: MapOrder, log: Callable[[], None]) -> None:
    """Write the map once ``log`` has noted it.

    Raises ``ResorptionError`` and leaves the output as it was when the map cannot be made or noted.
    """
    facts = _read(order)
    project = QgsProject()
    try:
        _print(order, facts, project, log)
    finally:
        project.clear()  # its layers must not wait for Python's last breath, when GDAL is already gone


def _print(order: MapOrder, facts: _Facts, project: QgsProject, log: Callable[[], None]) -> None:
    project.setCrs(QgsCoordinateReferenceSystem.fromEpsgId(facts.epsg))
    inset = None if order.audience is Audience.PUBLIC else _busiest(facts)
    layout = layouts.load(project, order.paper, with_inset=inset is not None)
    layouts.fill(
        layout, compose(summarise(facts.accesses), order.audience, _setting(order, facts)), _variables(order, inset)
    )
    content = _content(order, facts, inset)
    drawn = {layer.id(): layer for layer in (*content.main, *content.inset)}
    project.addMapLayers(list(drawn.values()), False)  # noqa: QGS201 - made for this project, which has no other
    part = Window(content.inset, facts.extent(inset.outlines)) if inset else None
    layouts.show(layout, Window(content.main, facts.whole()), part, project.crs())
    layouts.set_legend(layout, content.explained, columns=2 if order.audience is Audience.SERVICES else 1)
    layouts.export(layout, order.output, log)


def _read(order: MapOrder) -> _Facts:
    with GeoPackageStore.open(order.workspace, read_only=True) as store:
        data = store.read((*LAYERS, "commune", "department"))
        epsg = int(store.meta("metric_epsg") or METROPOLE_EPSG)
        is_invented = store.meta(INVENTED) is not None
    return _Facts(data, epsg, is_invented, site_accesses(data, order.day, epsg))


def _setting(order: MapOrder, facts: _Facts) -> Setting:
    departments = sorted(facts.records("department"), key=lambda department: department["code"])
    territory = ", ".join(f"{department['name']} ({department['code']})" for department in departments)
    instants = [record["updated_at"] for key in ("site", "water_point") for record in facts.records(key)]
    updated = max((instant.date() for instant in instants if isinstance(instant, dt.datetime)), default=None)
    communes = {commune["insee"] for commune in facts.records("commune")}
    unplaced = sum(access.insee not in communes for access in facts.accesses)
    return Setting(territory, order.day, updated, unplaced, facts.is_invented)


@dataclass(frozen=True, slots=True)
class _Content:
    main: list[QgsVectorLayer]
    """Layers of the map, from top to bottom."""
    inset: list[QgsVectorLayer]
    explained: list[QgsVectorLayer]
    """Layers of the legend."""


def _content(order: MapOrder, facts: _Facts, inset: _Inset | None) -> _Content:
    if order.audience is Audience.PUBLIC:
        people = {code: each.total.people for code, each in summarise_by(facts.accesses, _department).items()}
        figures = map_layers.department_layer(suppress_small_groups(people), facts.records("department"))
        return _Content([figures], [], [figures])
    limits = [map_layers.department_limits(facts.records("department")), map_layers.commune_limits(order.workspace)]
    if order.audience is Audience.SERVICES:
        exact = [map_layers.exact_layer(order.workspace, key) for key in _EXACT]
        overview = [exact[0], *limits] if inset else [*exact, *limits]
        return _Content(overview, [*exact, *limits], [*exact, *limits])
    pies = map_layers.pie_layer(_groups(facts, inset))
    return _Content([pies, *limits], [pies, *limits], [pies, *limits])


def _groups(facts: _Facts, inset: _Inset | None) -> list[Group]:
    """Return the communes that have open sites, and the intercommunality of the inset as a whole."""
    by_commune = summarise_by(facts.accesses, lambda access: access.insee)
    groups = [
        Group(commune["name"], commune["epci"], commune.geometry, by_commune[commune["insee"]])
        for commune in facts.records("commune")
        if commune["insee"] in by_commune and commune.geometry is not None
    ]
    if inset:
        members = {commune["insee"] for commune in facts.records("commune") if commune["epci"] == inset.epci}
        whole = summarise(access for access in facts.accesses if access.insee in members)
        outline = shapely.box(*shapely.total_bounds(inset.outlines))
        groups.append(Group(inset.name, inset.epci, outline, whole, is_whole=True))
    return groups


def _variables(order: MapOrder, inset: _Inset | None) -> dict[str, str]:
    return {
        map_layers.INSET_EPCI: inset.epci if inset else "",
        "resorption_inset_title": inset.name if inset else "",
        "resorption_logo": str(order.logo) if order.logo else "",
    }


def _busiest(facts: _Facts) -> _Inset | None:
    """Return the intercommunality with the most open sites, when an inset shows it much larger than the map."""
    sites = Counter(access.insee for access in facts.accesses)
    members: dict[str, list[Record]] = {}
    for commune in facts.records("commune"):
        if commune["epci"] and sites[commune["insee"]]:
            members.setdefault(commune["epci"], []).append(commune)
    if not members:
        return None
    epci = max(sorted(members), key=lambda code: sum(sites[commune["insee"]] for commune in members[code]))
    inset = _Inset(epci, members[epci][0]["epci_name"] or "", [commune.geometry for commune in members[epci]])
    part, whole = facts.extent(inset.outlines), facts.whole()
    is_small = max(part.width() / whole.width(), part.height() / whole.height()) <= _LARGEST_INSET
    return inset if is_small and len(members[epci]) >= _INSET_COMMUNES else None


def _department(access: SiteAccess) -> str | None:
    return access.department
