"""Asks for whom the map is printed, then how and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtGui import QImageReader
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QDialog, QDialogButtonBox, QLabel, QWidget

from .. import paths
from ..core.errors import ParameterError, ResorptionError
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.model import domains
from ..qgis_adapters.layouts import Paper, check_destination
from ..qgis_adapters.map_export import MapOrder
from ..qgis_adapters.translation import language, sentence, tr
from .help_dialog import HelpDialog

FORMATS = "PDF (*.pdf);;PNG (*.png);;SVG (*.svg)"


@dataclass(frozen=True, slots=True)
class _Told:
    """What an audience is told, and what its map is called."""

    shown: str
    file_name: str


_TOLD: Mapping[Audience, _Told] = {
    Audience.SERVICES: _Told(
        mark("They see the exact position of every site, with the water points. Not to be passed on."),
        mark("map_services"),
    ),
    Audience.COMMITTEE: _Told(
        mark("It sees figures by commune, without the name or the position of any site."), mark("map_committee")
    ),
    Audience.PUBLIC: _Told(
        mark("It sees totals of departments; groups of fewer than 10 people are not published."), mark("map_public")
    ),
}


class PrintMapDialog(QDialog):
    """Gives a ``MapOrder``; accepted only when the map can be written where it is asked for."""

    audience: QComboBox
    shown: QLabel
    paper: QComboBox
    day: QDateEdit
    logo: QgsFileWidget
    file: QgsFileWidget
    problem: QLabel
    buttons: QDialogButtonBox

    def __init__(self, workspace: Path, audience: str, parent: QWidget | None = None) -> None:
        """Print the map of ``workspace``; ``audience`` is proposed (the committee when there is none of that name)."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("print_map")), self)
        self._workspace = workspace
        self._proposed = ""
        self._fill(audience)
        self._set_up_files()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Print"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())
        self.audience.currentIndexChanged.connect(lambda _index: self._audience_changed())
        self.day.dateChanged.connect(lambda _date: self._propose_file())
        self._audience_changed()
        self.audience.setFocus()

    def order(self) -> MapOrder:
        """Return what was entered; a file without folder lies beside the workspace."""
        logo = self.logo.filePath().strip()
        return MapOrder(
            workspace=self._workspace,
            audience=self._audience(),
            paper=Paper(self.paper.currentText()),
            output=self._workspace.parent / self.file.filePath().strip(),
            day=self._day(),
            logo=Path(logo) if logo else None,
        )

    def _fill(self, audience: str) -> None:
        for choice in domains.AUDIENCE.choices:
            self.audience.addItem(choice.label.text(language()), choice.code)
        known = audience if audience in domains.AUDIENCE.codes() else Audience.COMMITTEE.value
        self.audience.setCurrentIndex(self.audience.findData(known))
        self.paper.addItems([paper.value for paper in Paper])
        self.day.setDate(QDate.currentDate())

    def _set_up_files(self) -> None:
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(FORMATS)
        self.file.setDefaultRoot(str(self._workspace.parent))
        self.logo.setFilter(f"{tr('Pictures')} (*.png *.svg *.jpg *.jpeg)")
        for widget in (self.file, self.logo):
            widget.fileChanged.connect(lambda _path: self._check())

    def _audience(self) -> Audience:
        return Audience(self.audience.currentData())

    def _day(self) -> dt.date:
        day = self.day.date()
        return dt.date(day.year(), day.month(), day.day())

    def _audience_changed(self) -> None:
        self.shown.setText(tr(_TOLD[self._audience()].shown))
        self._propose_file()

    def _propose_file(self) -> None:
        """Propose a name that tells maps apart, as long as the user has not chosen one."""
        if self.file.filePath() == self._proposed:
            name = f"{self._workspace.stem}_{tr(_TOLD[self._audience()].file_name)}_{self._day().isoformat()}.pdf"
            self._proposed = str(self._workspace.parent / name)
            self.file.setFilePath(self._proposed)
        self._check()

    def _check(self) -> None:
        problem = self._problem()
        self.problem.setText(problem or self._warning())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)

    def _problem(self) -> str:
        if not self.file.filePath().strip():
            return tr("Choose the file of the map.")
        order = self.order()
        try:
            check_destination(order.output)
            _check_logo(order.logo)
        except ResorptionError as error:
            return sentence(error)
        return ""

    def _warning(self) -> str:
        output = self.order().output
        return tr("There is already a file at {path}: the map will replace it.", path=output) if output.exists() else ""


def _check_logo(path: Path | None) -> None:
    if path is not None and not QImageReader(str(path)).canRead():
        raise ParameterError(
            mark("The logo {path} is not a picture that QGIS can read. Choose a PNG or SVG."), path=path
        )
