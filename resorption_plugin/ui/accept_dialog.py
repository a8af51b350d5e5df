"""Asks why, by whom and until when findings are accepted as exceptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from .. import paths
from ..core.finding_list import ListedFinding
from ..qgis_adapters.translation import tr

DEFAULT_MONTHS = 6
"""Proposed length of an exception: a record older than that has to be updated anyway (platform)."""

REASON_LENGTH = 4000
"""As the column ``accepted_reason`` takes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about findings."""

    reason: str
    by: str
    until: dt.date | None


class AcceptDialog(QDialog):
    """Gives a ``Decision``; a reason and an author are mandatory."""

    summary: QLabel
    reason: QPlainTextEdit
    has_end: QCheckBox
    until: QDateEdit
    author: QLineEdit
    problem: QLabel
    buttons: QDialogButtonBox

    def __init__(self, findings: Sequence[ListedFinding], author: str, parent: QWidget | None = None) -> None:
        """Ask about ``findings``; ``author`` is proposed as the one who decides."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("accept_finding")), self)
        self.summary.setText(_summary(findings))
        self.author.setText(author)
        today = QDate.currentDate()
        self.until.setMinimumDate(today)
        self.until.setDate(today.addMonths(DEFAULT_MONTHS))
        self.until.setEnabled(False)
        self.has_end.toggled.connect(self.until.setEnabled)
        self.reason.textChanged.connect(self._check)
        self.author.textChanged.connect(lambda _text: self._check())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()
        self.reason.setFocus()

    def decision(self) -> Decision:
        """Return what was entered."""
        until = self.until.date()
        return Decision(
            self.reason.toPlainText().strip(),
            self.author.text().strip(),
            dt.date(until.year(), until.month(), until.day()) if self.has_end.isChecked() else None,
        )

    def _check(self) -> None:
        entered = self.decision()
        problem = ""
        if not entered.reason:
            problem = tr("Give the reason: it is what the committee will ask.")
        elif len(entered.reason) > REASON_LENGTH:
            problem = tr("The reason is longer than {limit} characters.", limit=REASON_LENGTH)
        elif not entered.by:
            problem = tr("Say who accepts it.")
        self.problem.setText(problem)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)


def _summary(findings: Sequence[ListedFinding]) -> str:
    if len(findings) == 1:
        return findings[0].sentence
    return tr("{count} findings will be accepted with the same reason.", count=len(findings))
