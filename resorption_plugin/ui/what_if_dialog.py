"""Asks what is to be supposed: a day, more people, water points that fail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QSlider,
    QSpinBox,
    QWidget,
)

from .. import paths
from ..core.what_if import Supposition
from ..qgis_adapters.translation import tr

_NAMES_SHOWN = 3


class WhatIfDialog(QDialog):
    """Gives a ``Supposition``."""

    day: QDateEdit
    later: QSlider
    people: QSpinBox
    fails: QCheckBox
    selected: QLabel
    buttons: QDialogButtonBox

    def __init__(self, points: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Ask; ``points`` are the uids and names of the water points selected on the map."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("what_if")), self)
        self._points = points
        self._today = QDate.currentDate()
        self.day.setMinimumDate(self._today.addYears(-10))
        self.day.setDate(self._today)
        self.later.valueChanged.connect(lambda days: self.day.setDate(self._today.addDays(days)))
        self.day.dateChanged.connect(self._follow_day)
        self.fails.setEnabled(bool(points))
        self.selected.setText(_named([name for _uid, name in points]))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def supposition(self) -> Supposition:
        """Return what was chosen."""
        failing = [uid for uid, _name in self._points] if self.fails.isChecked() else []
        day = dt.date.fromisoformat(self.day.date().toString(Qt.DateFormat.ISODate))
        return Supposition(day, frozenset(failing), self.people.value() / 100)

    def title(self) -> str:
        """Return the name of the layer to be made."""
        parts = [self.day.date().toString("dd/MM/yyyy")]
        if self.people.value() != 100:
            parts.append(tr("{percent} % of the people", percent=self.people.value()))
        if self.fails.isChecked():
            parts.append(tr("without {names}", names=_short([name for _uid, name in self._points])))
        return tr("What if: {supposed}", supposed=", ".join(parts))

    def _follow_day(self, day: QDate) -> None:
        self.later.blockSignals(True)
        self.later.setValue(self._today.daysTo(day))
        self.later.blockSignals(False)


def _short(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    return f"{shown}…" if len(names) > _NAMES_SHOWN else shown


def _named(names: Sequence[str]) -> str:
    if not names:
        return tr("No water point is selected on the map.")
    return tr("Selected: {names}", names=_short(names))
