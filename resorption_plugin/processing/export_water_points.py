"""``resorption:exportwaterpoints``: water points in the national schemas, GeoJSON or GeoPackage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFileDestination

from ..core.exchange.leaving import LeftOut
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import SystemClock
from ..core.records import Record
from ..qgis_adapters.explanations import explain
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from ..qgis_adapters.water_point_export import FORMATS, ExportOrder, export_water_points
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

FORMAT, AUDIENCE, OUTPUT, WRITTEN, LEFT_OUT = "FORMAT", "AUDIENCE", "OUTPUT", "WRITTEN", "LEFT_OUT"
NAMED = 3
"""How many of the water points left out for one reason are named."""


class ExportWaterPoints(Algorithm):
    """Writes the file and the line of the log of exports that says so."""

    ID = "exportwaterpoints"
    TITLE = mark("Export water points")
    GROUP = mark("Outputs")
    HELP = mark(
        "Writes the water points for other tools: fontaine-eau (public fountains, CSV), pei (fire hydrants, CSV), "
        "geojson or gpkg (every water point). Except for the audience services, points on a site that are not on the "
        "public road are left out, since their position would tell where people live. What cannot be written is "
        "counted with its reason. Each export is written in the log of exports of the workspace."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_choice(FORMAT, tr("Format"), FORMATS, "geojson")
        self.add_choice(AUDIENCE, tr("Audience"), Audience, Audience.COMMITTEE)
        add_reference_date(self)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                OUTPUT, tr("Water points"), "GeoJSON (*.geojson);;GeoPackage (*.gpkg);;CSV (*.csv)"
            )
        )
        self.add_count(WRITTEN, tr("Written"))
        self.add_count(LEFT_OUT, tr("Left out"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Write, log, and say what was left out."""
        now = SystemClock().now()
        order = ExportOrder(
            workspace=inputs.required_file(WORKSPACE),
            format=inputs.choice(FORMAT),
            audience=Audience(inputs.choice(AUDIENCE)),
            output=inputs.required_file(OUTPUT),
            day=reference_date(inputs) or now.astimezone().date(),
        )
        exported = export_water_points(order, QgisFeedback(feedback), now)
        _tell(exported.left_out, feedback)
        feedback.pushInfo(tr("The water points are in {path}.", path=order.output))
        return {OUTPUT: str(order.output), WRITTEN: exported.written, LEFT_OUT: len(exported.left_out)}


def _tell(left_out: Iterable[LeftOut], feedback: QgsProcessingFeedback) -> None:
    """Say in the log how many water points were left out for each reason, and name the first."""
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        by_reason.setdefault(explain(each.reason), []).append(_name(each.record))
    for reason, names in by_reason.items():
        shown = " · ".join(names[:NAMED]) + (" · …" if len(names) > NAMED else "")
        feedback.pushWarning(tr("{count} left out: {reason} ({names})", count=len(names), reason=reason, names=shown))


def _name(record: Record) -> str:
    return str(record["name"] or record["address"] or record["source_id"] or record.uid)


ALGORITHM = ExportWaterPoints
