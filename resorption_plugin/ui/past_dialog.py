"""Asks for which time the sites are to be shown."""

from __future__ import annotations

import datetime as dt

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QRadioButton, QWidget

from .. import paths
from .help_dialog import HelpDialog


class PastDialog(QDialog):
    """Gives a day, or ``None`` for every state since the beginning."""

    one_day: QRadioButton
    all_along: QRadioButton
    day: QDateEdit
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget | None = None) -> None:
        """Ask; yesterday is proposed."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("past_sites")), self)
        today = QDate.currentDate()
        self.day.setMaximumDate(today)
        self.day.setDate(today.addDays(-1))
        self.one_day.toggled.connect(self.day.setEnabled)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())

    def chosen_day(self) -> dt.date | None:
        """Return the day asked for, ``None`` for all of them."""
        if self.all_along.isChecked():
            return None
        day = self.day.date()
        return dt.date(day.year(), day.month(), day.day())
