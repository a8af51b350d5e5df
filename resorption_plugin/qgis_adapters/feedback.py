"""Progress and cancellation of QGIS seen as the core's ``Feedback``."""

from __future__ import annotations

from qgis.core import QgsFeedback


class QgisFeedback:
    """Adapts a ``QgsFeedback`` (of a task or an algorithm) to ``core.ports.Feedback``."""

    def __init__(self, feedback: QgsFeedback) -> None:
        """Wrap ``feedback``, which stays owned by the caller."""
        self._feedback = feedback

    def progress(self, fraction: float) -> None:
        """Show how much is done, from 0 to 1."""
        self._feedback.setProgress(100 * fraction)

    def is_cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return bool(self._feedback.isCanceled())
