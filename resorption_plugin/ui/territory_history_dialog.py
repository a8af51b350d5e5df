"""Asks for what was written on the territory between two days, and whether the log is intact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QWidget

from ..core.i18n import mark
from ..core.ports import Feedback
from ..core.sync.audit import Verification
from ..core.sync.audit_table import SharedHistory
from ..qgis_adapters.shared_history import Standing, keep_committee, midnight, read_territory, verify_log
from ..qgis_adapters.translation import language, tr
from . import shared_history_text
from .shared_history_dialog import SharedHistoryDialog

_VERIFIERS = ("admin", "auditor")


class Period(Enum):
    """What is proposed; the value is the title."""

    COMMITTEE = mark("Since the last committee")
    WEEK = mark("Last 7 days")
    MONTH = mark("Last 30 days")
    DAYS = mark("Between two days")


_DAYS = {Period.WEEK: 7, Period.MONTH: 30}


class TerritoryHistoryDialog(SharedHistoryDialog):
    """The lines of a period, over everything that the login may read."""

    def __init__(
        self,
        path: Path,
        canvas: QgsMapCanvas,
        standing: Standing,
        today: Callable[[], dt.date],
        parent: QWidget | None = None,
    ) -> None:
        """Propose the period since the last committee where its date is known, and read it."""
        super().__init__(path, canvas, parent)
        self._committee = standing.committee
        self._today = today
        self.setWindowTitle(tr("Territory History"))
        self.period_bar.show()
        self.verify.setVisible(standing.role in _VERIFIERS)
        for period in Period:
            self.period.addItem(tr(period.value), period)
        self.last.setDate(_date(today()))
        self.period.currentIndexChanged.connect(lambda _index: self._choose())
        self.read.clicked.connect(lambda _on: self.ask())
        self.verify.clicked.connect(lambda _on: self._verify())
        known = Period.COMMITTEE if self._committee else Period.MONTH
        self.period.setCurrentIndex(list(Period).index(known))
        self._choose()

    def ask(self) -> None:
        """Read the period; the date of the committee is kept in the workspace."""
        path, spoken, period = self.path, language(), self.period.currentData()
        first, last = self.first.date().toPyDate(), self.last.date().toPyDate()
        if first > last:
            self.message.setText(tr("The period ends before it begins: correct one of the two days."))
            return
        if period is Period.COMMITTEE:
            self._committee = first

        def work(feedback: Feedback) -> SharedHistory:
            if period is Period.COMMITTEE:
                keep_committee(path, first)
            return read_territory(path, first, last, spoken, feedback)

        def done(history: SharedHistory) -> None:
            self.show_history(history, midnight(first))
            if not history.told:
                self.inform(tr("Nothing was written in this period, of what you may read."))

        self.run(tr("Asking the shared database"), work, done)

    def _choose(self) -> None:
        period, today = self.period.currentData(), self._today()
        is_committee = period is Period.COMMITTEE
        self.message.clear()
        self.first_label.setText(tr("Last committee on") if is_committee else tr("From"))
        self.first.setEnabled(period not in _DAYS)
        self.last.setEnabled(period is Period.DAYS)
        if period is not Period.DAYS:
            self.last.setDate(_date(today))
        if period in _DAYS:
            self.first.setDate(_date(today - dt.timedelta(days=_DAYS[period] - 1)))
        elif is_committee and self._committee is not None:
            self.first.setDate(_date(self._committee))
        elif is_committee:
            self.message.setText(tr("Give the day of the last committee: this workspace will remember it."))

    def _verify(self) -> None:
        path = self.path

        def done(found: Verification) -> None:
            self.inform(shared_history_text.verification_text(found))

        self.run(tr("Verifying the log"), lambda feedback: verify_log(path, feedback), done)


def _date(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
