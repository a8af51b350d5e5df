"""``resorption:whatif``: the checks of water on another day, without some taps, or with more people."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..core.checks.spec import Profile
from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.ports import SystemClock
from ..core.what_if import Change, Supposition, suppose
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.checking import conditions
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.supposed_findings import supposed_feature, supposed_fields
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

FAILING, GROWTH, ERRORS = "FAILING", "GROWTH", "ERRORS"
COUNTS = {Change.APPEARS: "APPEARS", Change.WORSENS: "WORSENS", Change.STAYS: "STAYS", Change.GOES: "GOES"}
_PERCENT = 100.0


class WhatIf(Algorithm):
    """Judges an imagined state; the workspace is left as it is."""

    ID = "whatif"
    TITLE = mark("What if…")
    GROUP = mark("Checks")
    HELP = mark(
        "Runs the checks of water as if it were another day, as if some water points failed, or as if there were more "
        "people, and compares with today. The findings come out as points: appears, worsens, stays or goes. Nothing is "
        "written in the workspace. The water points are given by their identifiers, separated by commas."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        add_reference_date(self)
        self.addParameter(
            QgsProcessingParameterString(FAILING, tr("Water points that fail (identifiers)"), optional=True)
        )
        kind = Qgis.ProcessingNumberParameterType.Double
        self.addParameter(
            QgsProcessingParameterNumber(
                GROWTH, tr("People, in percent of today"), kind, _PERCENT, minValue=1, maxValue=10_000
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(ERRORS, tr("Findings"), Qgis.ProcessingSourceType.VectorPoint)
        )
        for change, title in (
            (Change.APPEARS, tr("Appear")),
            (Change.WORSENS, tr("Worsen")),
            (Change.STAYS, tr("Stay")),
            (Change.GOES, tr("Go")),
        ):
            self.add_count(COUNTS[change], title)

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Judge, compare, write the points."""
        today = conditions(SystemClock(), None, Profile.STATE)
        failing = frozenset(filter(None, (uid.strip() for uid in inputs.text(FAILING).split(","))))
        on = reference_date(inputs) or today.reference_date
        supposition = Supposition(on, failing, inputs.number(GROWTH) / _PERCENT)
        with GeoPackageStore.open(inputs.required_file(WORKSPACE), read_only=True) as store:
            outlook = suppose(store, today, supposition, QgisFeedback(feedback))
        stored = QgsCoordinateReferenceSystem("EPSG:4326")
        sink, sink_id = self.parameterAsSink(
            inputs.parameters, ERRORS, inputs.context, supposed_fields(), QgsWkbTypes.Type.Point, stored
        )
        if sink is None:
            raise ParameterError(mark("The findings cannot be written. Choose another output."))
        for supposed in outlook.findings:
            sink.addFeature(supposed_feature(supposed), QgsFeatureSink.Flag.FastInsert)
        return {ERRORS: sink_id, **{COUNTS[change]: number for change, number in outlook.counts.items()}}


ALGORITHM = WhatIf
