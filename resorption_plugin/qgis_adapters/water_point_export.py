"""Water points written to a file for other tools, at the level of detail of an audience, and logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import ExportFileError
from ..core.exchange import fontaine_eau_file, geojson_file, pei_file
from ..core.exchange.leaving import Chosen, LeftOut, choose, shared_layer
from ..core.exchange.readers import LAYER
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import Feedback
from ..geopackage import shared_file
from ..geopackage.store import GeoPackageStore
from .exports import logged_file
from .translation import tr


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is asked for."""

    workspace: Path
    format: str
    audience: Audience
    output: Path
    day: dt.date
    """The day whose state is written."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what was not and why."""

    written: int
    left_out: tuple[LeftOut, ...]


Writer = Callable[[ExportOrder, Chosen], Exported]


@dataclass(frozen=True, slots=True)
class _Format:
    suffixes: tuple[str, ...]
    title: str
    """What the log of exports calls it (marked English)."""
    write: Writer


def _fontaine_eau(order: ExportOrder, chosen: Chosen) -> Exported:
    return Exported(*fontaine_eau_file.write(order.output, chosen, order.day))


def _pei(order: ExportOrder, chosen: Chosen) -> Exported:
    return Exported(*pei_file.write(order.output, chosen, order.day))


def _geojson(order: ExportOrder, chosen: Chosen) -> Exported:
    geojson_file.write(order.output, shared_layer(order.audience), chosen.records)
    return Exported(len(chosen.records), chosen.left_out)


def _gpkg(order: ExportOrder, chosen: Chosen) -> Exported:
    shared_file.write(order.output, shared_layer(order.audience), chosen.records)
    return Exported(len(chosen.records), chosen.left_out)


FORMATS: Mapping[str, _Format] = {
    "fontaine-eau": _Format((".csv",), mark("Water points (fontaine-eau)"), _fontaine_eau),
    "pei": _Format((".csv",), mark("Fire hydrants (PEI)"), _pei),
    "geojson": _Format((".geojson", ".json"), mark("Water points (GeoJSON)"), _geojson),
    "gpkg": _Format((".gpkg",), mark("Water points (GeoPackage)"), _gpkg),
}
"""By the key people choose."""


def export_water_points(order: ExportOrder, feedback: Feedback, now: dt.datetime) -> Exported:
    """Write the file, logged.

    Raises ``ResorptionError`` when it cannot be made; nothing is then written.
    """
    form = FORMATS[order.format]
    if order.output.suffix.lower() not in form.suffixes:
        raise ExportFileError(
            mark("The file {path} must end in {suffixes} for the format {format}."),
            path=order.output.name,
            suffixes=", ".join(form.suffixes),
            format=order.format,
        )
    shared_file.refuse_workspace(order.output)
    with GeoPackageStore.open(order.workspace, read_only=True) as store:
        data = store.read({LAYER, "site_footprint"}, feedback)
    chosen = choose(data.layer(LAYER), data.layer("site_footprint"), order.audience)
    with logged_file(order.workspace, tr(form.title), order.audience, order.output, now) as draft:
        exported = form.write(replace(order, output=draft.path), chosen)
        draft.rows = exported.written
    return exported
