"""The curve of a figure over time: a picture where matplotlib is there, and always a table."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QPalette, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QTabWidget, QWidget

from ..core.indicators.overview import Curve
from ..qgis_adapters.curve_chart import Look, can_draw
from ..qgis_adapters.translation import language, tr
from .figures_model import number_text, share_text, unknown_text
from .finding_text import day_text

_PAUSE_MS = 200
"""A picture is drawn again once its place has kept its size for so long."""
_SMALLEST = QSize(160, 110)


class CurveView(QTabWidget):
    """Shows a ``Curve``; ``picture_asked`` when its picture has to be drawn (in the background)."""

    picture_asked = pyqtSignal(object, object)
    """The curve and its ``Look``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the view, empty."""
        super().__init__(parent)
        self.setDocumentMode(True)
        self.curve: Curve | None = None
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.picture.setMinimumSize(_SMALLEST)
        self.table = QTableWidget(0, 4)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(tr("Values over time"))
        self.table.setHorizontalHeaderLabels([tr("Date"), tr("Value"), tr("Share"), tr("Unknown")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if can_draw():
            self.addTab(self.picture, tr("Curve"))
        self.addTab(self.table, tr("Values"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._ask)
        self.currentChanged.connect(self._ask)

    def clear_curve(self, reason: str = "") -> None:
        """Show nothing, and why."""
        self.curve = None
        self.picture.setPixmap(QPixmap())
        self.picture.setText(reason)
        self.table.setRowCount(0)

    def show_curve(self, curve: Curve) -> None:
        """Fill the table and ask for the picture."""
        self.curve = curve
        unit = curve.indicator.unit
        self.table.setRowCount(len(curve.points))
        for row, (day, amount) in enumerate(reversed(curve.points)):
            texts = (day_text(day), number_text(unit, amount.value), share_text(amount), unknown_text(amount))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self._ask()

    def show_picture(self, curve: Curve, picture: QImage) -> None:
        """Show the picture of the curve, unless another one is shown by now."""
        if curve is self.curve:
            self.picture.setPixmap(QPixmap.fromImage(picture))
            name = curve.indicator.name.text(language())
            self.picture.setAccessibleName(tr("Curve of {figure}; the tab Values has its numbers", figure=name))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt API
        """Draw again for the new size, a little later."""
        super().resizeEvent(event)
        self._wait.start(_PAUSE_MS)

    def _ask(self) -> None:
        if self.curve is not None and self.currentWidget() is self.picture and self.isVisible():
            self.picture_asked.emit(self.curve, self._look())

    def _look(self) -> Look:
        colors, size = self.palette(), self.picture.size().expandedTo(_SMALLEST)
        named = (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText, QPalette.ColorRole.Highlight)
        ground, ink, line = (colors.color(role) for role in named)
        parts = zip(ground.getRgb(), ink.getRgb(), strict=True)
        faint = QColor(*((behind + before) // 2 for behind, before in parts))
        names = [color.name() for color in (ground, ink, line, faint)]
        return Look(size.width(), size.height(), self.devicePixelRatioF(), *names)
