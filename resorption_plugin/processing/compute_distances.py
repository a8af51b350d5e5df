"""``resorption:computedistances``: the rows from each site to the water that serves it."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingParameterNumber,
)

from ..core.checks.spec import Profile
from ..core.i18n import mark
from ..core.ports import SystemClock
from ..core.refresh import compute_distances
from ..core.water.distances import LIMIT_METRES, NEIGHBOURS, Settings
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.checking import conditions
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

MODE, LIMIT, NEIGHBOUR_COUNT = "MODE", "LIMIT", "NEIGHBOURS"
PAIRS, UNROUTABLE = "PAIRS", "UNROUTABLE"
MODES = ("crowfly",)


class ComputeDistances(Algorithm):
    """Computes every distance row of a workspace; only what changed is written."""

    ID = "computedistances"
    TITLE = mark("Compute distances to water")
    GROUP = mark("Water")
    HELP = mark(
        "Links each open site to the water that serves it on the reference date: the nearest usable point of each "
        "dwelling, and the nearest few within the limit. Distances are as the crow flies, in metres, to the farthest "
        "and to the nearest dwelling; without dwellings from the edge of the footprint, else from the point of the "
        "site. Distances measured in the field are never touched. Sites without any usable point are counted."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_choice(MODE, tr("Way"), MODES, MODES[0])
        real, whole = QgsProcessingParameterNumber.Type.Double, QgsProcessingParameterNumber.Type.Integer
        self.addParameter(
            QgsProcessingParameterNumber(
                LIMIT, tr("Farthest water point (m); the nearest is always kept"), real, LIMIT_METRES, minValue=0
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                NEIGHBOUR_COUNT, tr("Water points for each site"), whole, NEIGHBOURS, minValue=1, maxValue=50
            )
        )
        add_reference_date(self)
        self.add_count(PAIRS, tr("Distances"))
        self.add_count(UNROUTABLE, tr("Open sites without usable water"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Compute and write."""
        settings = Settings(inputs.integer(NEIGHBOUR_COUNT), inputs.number(LIMIT))
        chosen = conditions(SystemClock(), reference_date(inputs), Profile.STATE, settings)
        with GeoPackageStore.open(inputs.required_file(WORKSPACE)) as store:
            counts = compute_distances(store, chosen, QgisFeedback(feedback))
        if counts.unroutable:
            feedback.pushWarning(tr("{count} open sites reach no usable water point.", count=counts.unroutable))
        return {PAIRS: counts.pairs, UNROUTABLE: counts.unroutable}


ALGORITHM = ComputeDistances
