"""The printed map of a workspace for an audience: what it shows, and what it must not show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
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


def export_map(order: MapOrder) -> None:
    """Write the map; raises ``ResorptionError`` and leaves the output as it was when it cannot be made."""
    with GeoPackageStore.open(order.workspace, read_only=True) as store:
        data = store.read((*LAYERS, "commune", "department"))
        epsg = int(store.meta("metric_epsg") or METROPOLE_EPSG)
        is_invented = store.meta(INVENTED) is not None
    accesses = site_accesses(data, order.day, epsg)
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem.fromEpsgId(epsg))
    inset = None if order.audience is Audience.PUBLIC else _busiest(accesses, data.layer("commune"))
    layout = layouts.load(project, order.paper, with_inset=inset is not None)
    page = compose(
        summarise(accesses), order.audience, Setting(_territory(data), order.day, _updated(data), is_invented)
    )
    layouts.fill(layout, page, _variables(order, inset))
    content = _content(order, data, accesses, inset)
    project.addMapLayers(list({layer.id(): layer for layer in [*content.main, *content.inset]}.values()), False)  # noqa: QGS201 - made for this project, which has no other
    whole = _extent([department.geometry for department in data.layer("department")], epsg)
    part = Window(content.inset, _extent(inset.outlines, epsg)) if inset else None
    layouts.show(layout, Window(content.main, whole), part, project.crs())
    layouts.set_legend(layout, content.explained, columns=2 if order.audience is Audience.SERVICES else 1)
    layouts.export(layout, order.output)


@dataclass(frozen=True, slots=True)
class _Content:
    main: list[QgsVectorLayer]
    """Layers of the map, from top to bottom."""
    inset: list[QgsVectorLayer]
    explained: list[QgsVectorLayer]
    """Layers of the legend."""


def _content(order: MapOrder, data: Dataset, accesses: Sequence[SiteAccess], inset: _Inset | None) -> _Content:
    if order.audience is Audience.PUBLIC:
        people = {code: summary.total.people for code, summary in summarise_by(accesses, _department).items()}
        figures = map_layers.department_layer(suppress_small_groups(people), data.layer("department"))
        return _Content([figures], [], [figures])
    limits = [map_layers.department_limits(data.layer("department")), map_layers.commune_limits(order.workspace)]
    if order.audience is Audience.SERVICES:
        exact = [map_layers.exact_layer(order.workspace, key) for key in _EXACT]
        overview = [exact[0], *limits] if inset else [*exact, *limits]
        return _Content(overview, [*exact, *limits], [*exact, *limits])
    pies = map_layers.pie_layer(_groups(accesses, data.layer("commune"), inset))
    return _Content([pies, *limits], [pies, *limits], [pies, *limits])


def _groups(accesses: Sequence[SiteAccess], communes: Sequence[Record], inset: _Inset | None) -> list[Group]:
    """Return the communes that have open sites, and the intercommunality of the inset as a whole."""
    by_commune = summarise_by(accesses, lambda access: access.insee)
    groups = [
        Group(commune["name"], commune["epci"], commune.geometry, by_commune[commune["insee"]])
        for commune in communes
        if commune["insee"] in by_commune and commune.geometry is not None
    ]
    if inset:
        members = {commune["insee"] for commune in communes if commune["epci"] == inset.epci}
        whole = summarise(access for access in accesses if access.insee in members)
        outline = shapely.union_all([shapely.make_valid(outline) for outline in inset.outlines])
        groups.append(Group(inset.name, inset.epci, outline.envelope, whole, is_whole=True))
    return groups


def _variables(order: MapOrder, inset: _Inset | None) -> dict[str, str]:
    return {
        map_layers.INSET_EPCI: inset.epci if inset else "",
        "resorption_inset_title": inset.name if inset else "",
        "resorption_logo": str(order.logo) if order.logo else "",
    }


def _busiest(accesses: Sequence[SiteAccess], communes: Sequence[Record]) -> _Inset | None:
    """Return the intercommunality with the most open sites, when it is worth an inset."""
    inhabited = {access.insee for access in accesses}
    members: dict[str, list[Record]] = {}
    for commune in communes:
        if commune["epci"] and commune["insee"] in inhabited:
            members.setdefault(commune["epci"], []).append(commune)
    sites = Counter(access.insee for access in accesses)
    worth = {epci: inside for epci, inside in members.items() if len(inside) >= _INSET_COMMUNES}
    if not worth:
        return None
    epci = max(sorted(worth), key=lambda code: sum(sites[commune["insee"]] for commune in worth[code]))
    return _Inset(epci, worth[epci][0]["epci_name"] or "", [commune.geometry for commune in worth[epci]])


def _department(access: SiteAccess) -> str | None:
    return access.department


def _territory(data: Dataset) -> str:
    departments = sorted(data.layer("department"), key=lambda department: department["code"])
    return ", ".join(f"{department['name']} ({department['code']})" for department in departments)


def _updated(data: Dataset) -> dt.date | None:
    instants = [record["updated_at"] for key in ("site", "water_point") for record in data.layer(key)]
    return max((instant.date() for instant in instants if isinstance(instant, dt.datetime)), default=None)


def _extent(outlines: Sequence[shapely.Geometry | None], epsg: int) -> QgsRectangle:
    to_metres = projector(epsg)
    bounds = shapely.total_bounds([to_metres(outline) for outline in outlines if outline is not None])
    return QgsRectangle(*(float(bound) for bound in bounds))
