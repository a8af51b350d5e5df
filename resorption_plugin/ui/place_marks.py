"""Marks places on the map until others are shown."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from qgis.core import QgsGeometry, QgsMapLayer
from qgis.gui import QgsHighlight, QgsMapCanvas
from qgis.PyQt.QtGui import QColor

COLOUR = "#d55e00"
_MOST = 500
"""More marks than a map can show apart."""
_WIDTH = 4


class PlaceMarks:
    """Marks some places at a time."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        """Mark places on ``canvas``."""
        self._canvas = canvas
        self._marks: list[QgsHighlight] = []

    def show(self, places: Sequence[shapely.Geometry], layer: QgsMapLayer | None) -> None:
        """Mark places given in the reference system of ``layer``, and no others; without a layer, none."""
        for shown in self._marks:
            self._canvas.scene().removeItem(shown)
        self._marks = [] if layer is None else [self._mark(place, layer) for place in places[:_MOST]]

    def _mark(self, place: shapely.Geometry, layer: QgsMapLayer) -> QgsHighlight:
        shape = QgsGeometry()
        shape.fromWkb(shapely.to_wkb(place))
        shown = QgsHighlight(self._canvas, shape, layer)
        shown.setColor(QColor(COLOUR))
        shown.setWidth(_WIDTH)
        shown.show()
        return shown
