"""What the imports of rows have in common: their parameters, their outputs, what they tell of refused rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
)

from ..core.exchange.rows import Rejected
from ..qgis_adapters.explanations import explain
from ..qgis_adapters.translation import tr
from .base import Algorithm

INPUT, DRY_RUN, REPORT = "INPUT", "DRY_RUN", "REPORT"
ADDED, UPDATED, UNCHANGED, REJECTED = "ADDED", "UPDATED", "UNCHANGED", "REJECTED"
SHOWN_REASONS = 10


class RowImport(Algorithm):
    """Base of the algorithms that add and update records from the rows of a file."""

    def add_dry_run(self) -> None:
        """Declare the parameter that writes nothing."""
        self.addParameter(QgsProcessingParameterBoolean(DRY_RUN, tr("Preview only"), defaultValue=False))

    def add_report(self, title: str, forms: str) -> None:
        """Declare the report, in one of some forms (a filter of file names)."""
        self.addParameter(
            QgsProcessingParameterFileDestination(REPORT, title, forms, optional=True, createByDefault=False)
        )

    def add_counts(self) -> None:
        """Declare the numbers of rows."""
        for name, title in (
            (ADDED, tr("Added")),
            (UPDATED, tr("Updated")),
            (UNCHANGED, tr("Unchanged")),
            (REJECTED, tr("Rejected")),
        ):
            self.add_count(name, title)


def outputs(counts: Mapping[str, int], report: Path | None) -> dict[str, Any]:
    """Return the outputs of an import from the counts of its preview."""
    return {
        ADDED: counts["added"],
        UPDATED: counts["changed"],
        UNCHANGED: counts["unchanged"],
        REJECTED: counts["rejected"],
        **({REPORT: str(report)} if report is not None else {}),
    }


def tell_rejected(rejected: Sequence[Rejected], feedback: QgsProcessingFeedback) -> None:
    """Say in the log why the first rejected rows are, and how many others there are."""
    for row in rejected[:SHOWN_REASONS]:
        feedback.pushWarning(tr("Line {line}: {reason}", line=row.line, reason=explain(row.reason)))
    if len(rejected) > SHOWN_REASONS:
        feedback.pushWarning(tr("… and {count} other rows rejected.", count=len(rejected) - SHOWN_REASONS))
