"""QGIS's locator bar finds sites, water points and communes: ``res`` and a name, an address or a code."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult, QgsProject
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..core.errors import Cancelled, ResorptionError
from ..core.model import catalogue
from ..core.search import Entry
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.layers import workspace_path
from ..qgis_adapters.searching import Library, library
from ..qgis_adapters.translation import language, sentence, tr
from .record_form import RecordViewer

NAME = "resorption_records"
PREFIX = "res"
OPEN_FORM = 0

logger = logging.getLogger(__name__)

Guard = Callable[[Callable[[], None]], Callable[[], None]]
"""Makes a slot of an action: what it raises is told to the user."""


class RecordFilter(QgsLocatorFilter):
    """Searches the open workspace. QGIS asks a clone in a thread of its own, and triggers the original."""

    def __init__(self, viewer: RecordViewer, guard: Guard, shared: Library | None = None) -> None:
        """Show what is found in ``viewer``; clones search the library ``shared`` with them."""
        super().__init__()
        self._library = shared or library()
        self._viewer = viewer
        self._guard = guard
        self._icon = QIcon(str(paths.icon("resorption")))
        self._path: Path | None = None

    def clone(self) -> RecordFilter:
        """Return the filter of one search; what was read is shared."""
        return RecordFilter(self._viewer, self._guard, self._library)

    def name(self) -> str:
        """Return the stable name, under which QGIS keeps the user's choices."""
        return NAME

    def displayName(self) -> str:
        """Return the name in the user's language."""
        return tr("Slum sites and water points")

    def prefix(self) -> str:
        """Return what to type to search here alone."""
        return PREFIX

    def prepare(self, string: str, context: QgsLocatorContext) -> list[str]:
        """Note the workspace, in the main thread; nothing is read yet."""
        self._path = workspace_path(QgsProject.instance())
        return []

    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:  # noqa: N802 - QGIS
        """Give the results to QGIS, best first; called in a thread."""
        if self._path is None or not string.strip():
            return
        try:
            found = self._library.of(self._path).find(string, feedback=QgisFeedback(feedback))
        except Cancelled:
            return
        except ResorptionError as error:
            logger.warning("%s", sentence(error))
            return
        # QGIS sorts by these scores; 3.40.6 heeds only those of groups (see its pull request 62043)
        best: dict[str, float] = {}
        for place, entry in enumerate(found):
            score = 1 - place / (len(found) + 1)
            self.resultFetched.emit(self._result(entry, score, best.setdefault(entry.layer, score)))

    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802 - QGIS
        """Show the record on the map, and select it."""
        self._guard(partial(self._viewer.show, *_record(result)))()

    def triggerResultFromAction(self, result: QgsLocatorResult, action_id: int) -> None:  # noqa: N802 - QGIS
        """Show the record and open its form."""
        self._guard(partial(self._show_form, *_record(result)))()

    def _show_form(self, layer: str, uid: str) -> None:
        self._viewer.show(layer, uid)
        self._viewer.open_record(layer, uid)

    def _result(self, entry: Entry, score: float, group_score: float) -> QgsLocatorResult:
        result = QgsLocatorResult(self, entry.title, [entry.layer, entry.uid])
        result.description = entry.detail
        result.icon = self._icon
        result.score = score
        result.group = catalogue.layer(entry.layer).plural.text(language())
        result.groupScore = group_score
        result.actions = [QgsLocatorResult.ResultAction(OPEN_FORM, tr("Open the form"))]
        return result


def _record(result: QgsLocatorResult) -> tuple[str, str]:
    """Return the layer and the uid of what was found."""
    layer, uid = result.userData  # type: ignore[attr-defined]  # not in qgis-stubs 0.5
    return layer, uid
