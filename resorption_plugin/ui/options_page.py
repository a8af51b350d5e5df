"""The page *Résorption* of QGIS's options."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt import uic
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from .. import paths
from ..core.checks.spec import PROFILE_TITLES
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..qgis_adapters.translation import tr
from ..settings import Settings

KEY = "resorption"
TITLE = "Résorption"

AUDIENCE_TITLES: Mapping[Audience, str] = {
    Audience.SERVICES: mark("Services: exact positions"),
    Audience.COMMITTEE: mark("Committee: communes, no position"),
    Audience.PUBLIC: mark("Public: totals, no small groups"),
}


Code = TypeVar("Code", bound=StrEnum)


class OptionsForm(QWidget):
    """The preferences, read when it is made and written by ``apply``."""

    author: QLineEdit
    service: QLineEdit
    limit: QDoubleSpinBox
    neighbours: QSpinBox
    profile: QComboBox
    audience: QComboBox
    recheck: QCheckBox

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show the present preferences."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("options")), self)
        self._settings = settings
        self.author.setText(settings.author.value())
        self.service.setText(settings.service.value())
        self.limit.setValue(settings.distance_limit.value())
        self.neighbours.setValue(settings.neighbours.value())
        self.recheck.setChecked(settings.recheck_after_edit.value())
        _fill(self.profile, PROFILE_TITLES, settings.checks_profile.value())
        _fill(self.audience, AUDIENCE_TITLES, settings.map_audience.value())

    def apply(self) -> None:
        """Write what was changed, and nothing else: an untouched preference stays a default."""
        for entry, value in (
            (self._settings.author, self.author.text().strip()),
            (self._settings.service, self.service.text().strip()),
            (self._settings.distance_limit, self.limit.value()),
            (self._settings.neighbours, self.neighbours.value()),
            (self._settings.checks_profile, self.profile.currentData()),
            (self._settings.map_audience, self.audience.currentData()),
            (self._settings.recheck_after_edit, self.recheck.isChecked()),
        ):
            if entry.value() != value:
                entry.setValue(value)


def _fill(combo: QComboBox, titles: Mapping[Code, str], present: str) -> None:
    for code, title in titles.items():
        combo.addItem(tr(title), code.value)
    combo.setCurrentIndex(max(combo.findData(present), 0))


class _Page(QgsOptionsPageWidget):
    def __init__(self, form: OptionsForm, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(form)

    def apply(self) -> None:
        self._form.apply()


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options dialog opens."""

    def __init__(self, settings: Settings) -> None:
        """Offer the preferences of ``settings``."""
        super().__init__(TITLE, QIcon(str(paths.icon("resorption"))), KEY)
        self._settings = settings

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:
        """Return the page; QGIS owns it."""
        return _Page(OptionsForm(self._settings), parent)
