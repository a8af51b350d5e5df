"""A small map that compares two places of a record, with a line between them that is dragged."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from ..core.geo import STORED_EPSG
from ..core.wording import apart
from ..qgis_adapters.layers import layer_key
from ..qgis_adapters.translation import language, tr
from .place_signs import MINE, OLD, THEIRS, PlaceSigns

_LEFT_OUT = ("distance",)
"""Layers that tell of the place before the change: their lines and figures hide the places that are compared."""
_MARGIN = 1.6
_LEAST_METRES = 25
_LEAST_DEGREES = 0.00025
"""What is shown around a lone point at least, so that it is seen in its street."""
_DRAGS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove)


class PlaceMap(QWidget):
    """Shows where a record was, where one person put it, and where another did; both places are always seen.

    Left of the line the first place stands out, right of it the second; the slider moves the line, or the mouse does.
    """

    def __init__(
        self,
        layers: Sequence[QgsMapLayer],
        crs: QgsCoordinateReferenceSystem,
        titles: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Show ``layers`` below the places, in the reference system ``crs``; ``titles`` say what the two places are."""
        super().__init__(parent)
        self._titles = titles
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.canvas = QgsMapCanvas(self)
        self.canvas.setDestinationCrs(crs)
        self.canvas.setLayers([layer for layer in layers if layer_key(layer) not in _LEFT_OUT])
        self.canvas.setMinimumHeight(200)
        self.canvas.viewport().installEventFilter(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self.slider.setAccessibleName(tr("Line between the two places"))
        self.legend = QLabel(self)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.slider)
        column.addWidget(self.legend)
        self._signs = PlaceSigns(self.canvas)
        self.slider.valueChanged.connect(self._signs.move_line)

    def show_places(self, base: QgsGeometry | None, mine: QgsGeometry | None, theirs: QgsGeometry | None) -> None:
        """Show three places in EPSG:4326; one that is not known is left out."""
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem.fromEpsgId(STORED_EPSG),
            self.canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )
        shown = [_projected(place, transform) for place in (base, mine, theirs)]
        self._signs.show_places(*shown)
        self._zoom(shown)
        self._compare(mine, theirs)
        self.legend.setText(_legend(base is not None, mine is not None, theirs is not None, self._titles))
        self.canvas.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the mouse drag the line on the map."""
        if isinstance(event, QMouseEvent) and event.type() in _DRAGS and not self.slider.isHidden():
            if event.buttons() & Qt.MouseButton.LeftButton:
                self.slider.setValue(round(100 * event.pos().x() / max(self.canvas.width(), 1)))
            return True
        return bool(super().eventFilter(watched, event))

    def _zoom(self, shown: Sequence[QgsGeometry | None]) -> None:
        box = QgsRectangle()
        for place in shown:
            if place is not None:
                box.combineExtentWith(place.boundingBox())
        if not box.isNull():
            is_geographic = self.canvas.mapSettings().destinationCrs().isGeographic()
            grown = box.buffered(_LEAST_DEGREES if is_geographic else _LEAST_METRES)
            grown.scale(_MARGIN)
            self.canvas.setExtent(grown)

    def _compare(self, mine: QgsGeometry | None, theirs: QgsGeometry | None) -> None:
        """Say how far the two places are from each other; a lone one is compared with nothing."""
        self.slider.setVisible(mine is not None and theirs is not None)
        self.told.setVisible(mine is not None and theirs is not None)
        if mine is None or theirs is None:
            self.slider.setValue(0 if mine is None else 100)
            self.canvas.viewport().unsetCursor()
            return
        far = apart(_shape(mine), _shape(theirs), language())
        self.told.setText(
            tr("{distance} between the two places. Drag the line, or the slider, to compare them.", distance=far)
        )
        self.canvas.viewport().setCursor(Qt.CursorShape.SplitHCursor)


def _shape(place: QgsGeometry) -> shapely.Geometry:
    return shapely.from_wkb(bytes(place.asWkb()))


def _projected(place: QgsGeometry | None, transform: QgsCoordinateTransform) -> QgsGeometry | None:
    if place is None or place.isEmpty():
        return None
    copy = QgsGeometry(place)
    done = copy.transform(transform)
    return copy if done == Qgis.GeometryOperationResult.Success else None


def _legend(
    has_base: bool,  # noqa: FBT001 - one word for each sign
    has_mine: bool,  # noqa: FBT001
    has_theirs: bool,  # noqa: FBT001
    titles: tuple[str, str],
) -> str:
    mine, theirs = (escape(title) for title in titles)
    signs = ((has_mine, MINE, "■", mine), (has_theirs, THEIRS, "▲", theirs), (has_base, OLD, "○", tr("Where it was")))
    return " &nbsp; ".join(
        f'<span style="color:{sign.colour}">{shape}</span>&nbsp;<b>{sign.letter}</b> {text}'
        for shown, sign, shape, text in signs
        if shown
    )
