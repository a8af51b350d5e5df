"""The REFERENCE_DATE parameter, which several algorithms share."""

from __future__ import annotations

import datetime as dt

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterString

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..qgis_adapters.translation import tr
from .base import Inputs

REFERENCE_DATE = "REFERENCE_DATE"


def add_reference_date(algorithm: QgsProcessingAlgorithm) -> None:
    """Declare the day on which the state of the water points is taken."""
    algorithm.addParameter(
        QgsProcessingParameterString(
            REFERENCE_DATE, tr("Reference date, as 2026-01-31 (today when empty)"), optional=True
        )
    )


def reference_date(inputs: Inputs) -> dt.date | None:
    """Return the day asked for, ``None`` for today. Raises ``ParameterError`` when it is no date."""
    text = inputs.text(REFERENCE_DATE)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError(
            mark("The reference date “{text}” is not a date: write the year, month and day as 2026-01-31."), text=text
        ) from error
