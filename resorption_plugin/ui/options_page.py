"""The page *Résorption* of QGIS's options."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt import uic
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from .. import paths
from ..core.checks.spec import PROFILE_TITLES, Profile
from ..core.indicators.audience import Audience
from ..core.model import domains
from ..qgis_adapters.translation import language, tr
from ..settings import Settings

KEY = "resorption"
TITLE = "Résorption"


class OptionsForm(QWidget):
    """The preferences, read when it is made and written by ``apply``."""

    author: QLineEdit
    service: QLineEdit
    limit: QDoubleSpinBox
    neighbours: QSpinBox
    profile: QComboBox
    audience: QComboBox
    recheck: QCheckBox
    minutes: QSpinBox

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
        self.minutes.setValue(settings.sync_check_minutes.value())
        profiles = {profile.value: tr(title) for profile, title in PROFILE_TITLES.items()}
        audiences = {choice.code: choice.label.text(language()) for choice in domains.AUDIENCE.choices}
        _fill(self.profile, profiles, settings.checks_profile.value(), Profile.STATE)
        _fill(self.audience, audiences, settings.map_audience.value(), Audience.COMMITTEE)

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
            (self._settings.sync_check_minutes, self.minutes.value()),
        ):
            if entry.value() != value:
                entry.setValue(value)


def _fill(combo: QComboBox, titles: Mapping[str, str], present: str, otherwise: str) -> None:
    """Offer the codes under their titles; a preference that is none of them shows ``otherwise``."""
    for code, title in titles.items():
        combo.addItem(title, code)
    combo.setCurrentIndex(combo.findData(present if present in titles else str(otherwise)))


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
