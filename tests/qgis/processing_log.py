"""What an algorithm of Processing says, kept for a test."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback


class Log(QgsProcessingFeedback):
    """Keeps what the algorithm says."""

    def __init__(self) -> None:
        super().__init__(logFeedback=False)
        self.lines: list[str] = []

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(warning)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS API
        self.lines.append(error)

    def __str__(self) -> str:
        return "\n".join(self.lines)
