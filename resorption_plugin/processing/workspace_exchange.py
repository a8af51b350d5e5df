"""What attaching and synchronising have in common: the edits not saved, the four counts, what is said of them."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (  # type: ignore[attr-defined]  # QgsProcessingException is not in qgis-stubs 0.5
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

from ..core.errors import ResorptionError
from ..core.ports import Feedback
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import sentence, tr
from ..qgis_adapters.unsaved_edits import UnsavedEdits
from .base import WORKSPACE, Inputs
from .shared_database import ServerAlgorithm

if TYPE_CHECKING:  # needs the driver of PostgreSQL
    from ..qgis_adapters.synchronising import Done

SENT, RECEIVED, CONFLICTS, QUARANTINED = "SENT", "RECEIVED", "CONFLICTS", "QUARANTINED"


class WorkspaceExchange(ServerAlgorithm):
    """Exchanges a workspace with the shared database; a subclass says how in ``exchange``."""

    def __init__(self) -> None:
        """Follow no layer yet."""
        super().__init__()
        self._unsaved: UnsavedEdits | None = None

    def add_counts(self) -> None:
        """Declare the outputs."""
        self.add_count(SENT, tr("Sent"))
        self.add_count(RECEIVED, tr("Received"))
        self.add_count(CONFLICTS, tr("To decide"))
        self.add_count(QUARANTINED, tr("Set aside"))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Look at the layers that are open, in the main thread, and follow them from there."""
        workspace = Inputs(self, parameters, context).file(WORKSPACE)
        self._unsaved = UnsavedEdits(context.project(), workspace) if workspace else None
        try:
            if self._unsaved is not None:
                self._unsaved.refuse()
        except ResorptionError as error:
            self._stop_following()
            raise QgsProcessingException(sentence(error)) from error
        return True

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Follow no more, and show what was received."""
        self._stop_following()
        return super().postProcessAlgorithm(context, feedback)

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Exchange, say what was done, return the counts."""
        done = self.exchange(inputs.required_file(WORKSPACE), connection, QgisFeedback(feedback))
        report, waiting = done.report, done.report.waiting
        feedback.pushInfo(
            tr(
                "{sent} sent, {received} received, {conflicts} to decide, {quarantined} set aside.",
                sent=report.sent,
                received=report.received,
                conflicts=waiting.conflicts,
                quarantined=waiting.quarantined,
            )
        )
        if report.is_new_beginning:
            feedback.pushInfo(tr("Everything was read anew."))
        if done.photos.sent or done.photos.fetched:
            feedback.pushInfo(
                tr("Photos: {sent} sent, {received} received.", sent=done.photos.sent, received=done.photos.fetched)
            )
        if waiting.to_send:
            feedback.pushInfo(tr("{count} records changed meanwhile: synchronise again.", count=waiting.to_send))
        if report.unrepaired:
            feedback.pushWarning(
                tr("Some records still differ from those of the shared database: synchronise again in a moment.")
            )
        for problem in done.problems:
            feedback.pushWarning(sentence(problem))
        return {
            SENT: report.sent,
            RECEIVED: report.received,
            CONFLICTS: waiting.conflicts,
            QUARANTINED: waiting.quarantined,
        }

    @abstractmethod
    def exchange(self, workspace: Path, connection: str, feedback: Feedback) -> Done:
        """Exchange; ``self.unsaved`` follows the layers that are open."""

    @property
    def unsaved(self) -> UnsavedEdits | None:
        """Return what follows the layers of the workspace."""
        return self._unsaved

    def _stop_following(self) -> None:
        if self._unsaved is not None:
            self._unsaved.stop()
            self._unsaved = None
