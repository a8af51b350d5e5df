"""Sentences to the user, in QGIS's message bar."""

from __future__ import annotations

import logging
from collections.abc import Callable

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

from ..core.errors import Cancelled, ResorptionError, UnexpectedError
from ..qgis_adapters.translation import sentence, tr

TITLE = "Résorption"

logger = logging.getLogger(__name__)


class MessageBarNotifier:
    """Implements ``core.ports.Notifier``: one sentence, and *Details…* which opens the log."""

    def __init__(self, bar: QgsMessageBar, open_log: Callable[[], None]) -> None:
        """Show messages in ``bar``; ``open_log`` shows QGIS's log panel."""
        self._bar = bar
        self._open_log = open_log

    def inform(self, text: str) -> None:
        """Show that something was done; it goes away by itself."""
        self._bar.pushMessage(TITLE, text, Qgis.MessageLevel.Success, -1)

    def warn(self, text: str) -> None:
        """Show that something was done and leaves something to do, until the user closes it."""
        self._bar.pushMessage(TITLE, text, Qgis.MessageLevel.Warning, 0)

    def report(self, error: ResorptionError) -> None:
        """Show what went wrong until the user closes it; a cancellation is no fault."""
        text = sentence(error)
        if isinstance(error, Cancelled):
            self._bar.pushMessage(TITLE, text, Qgis.MessageLevel.Info, -1)
            return
        logger.warning("%s", text, exc_info=error.__cause__)
        item = QgsMessageBar.createMessage(TITLE, text)
        details = QPushButton(tr("Details…"), item)
        details.clicked.connect(self._open_log)
        item.layout().addWidget(details)
        self._bar.pushWidget(item, Qgis.MessageLevel.Warning, 0)

    def guard(self, action: Callable[[], None]) -> Callable[[], None]:
        """Return a slot that does ``action`` and reports whatever it raises."""

        def slot(*_signal_arguments: object) -> None:
            try:
                action()
            except ResorptionError as error:
                self.report(error)
            except Exception as error:  # a slot has no caller: report here or lose it
                logger.exception("%s", action)
                self.report(UnexpectedError(error))

        return slot
