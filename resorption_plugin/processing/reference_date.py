"""The REFERENCE_DATE parameter, which several algorithms share."""

from __future__ import annotations

import datetime as dt

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterString

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..qgis_adapters.translation import tr
from .base import Inputs

REFERENCE_DATE = "REFERENCE_DATE"


def add_reference_date(algorithm: QgsProcessingAlgorithm, name: str = REFERENCE_DATE) -> None:
    """Declare the day on which the records are looked at."""
    algorithm.addParameter(
        QgsProcessingParameterString(name, tr("Reference date, as 2026-01-31 (today when empty)"), optional=True)
    )


def reference_date(inputs: Inputs, name: str = REFERENCE_DATE) -> dt.date | None:
    """Return the day asked for, ``None`` for today. Raises ``ParameterError`` when it is no date."""
    text = inputs.text(name)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError(
            mark("The reference date “{text}” is not a date: write the year, month and day as 2026-01-31."), text=text
        ) from error
