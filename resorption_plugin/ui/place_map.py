"""A small map that compares two places of a record, with a slider between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsMapLayer,
    QgsPoint,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from ..core.geo import STORED_EPSG
from ..qgis_adapters.translation import tr

MINE, THEIRS, BASE = "#0072b2", "#d55e00", "#595959"
"""Blue, vermilion and grey of Okabe and Ito's palette, told apart by colour-blind people; the shapes differ too."""
_SIZE = 9.0
_FAINT = 0.25
_MARGIN = 1.6
_LEAST_SPAN = 0.0005
"""Degrees shown at least: some fifty metres, so that a lone point is seen in its street."""


Sign = Callable[[QPointF], QPainterPath]
"""Draws the sign of a lone point."""


class PlaceMap(QWidget):
    """Shows where a record was, where one person put it, and where another did.

    Left of the line the first person's place stands out, right of it the other's; the slider moves the line.
    """

    def __init__(
        self,
        layers: Sequence[QgsMapLayer],
        crs: QgsCoordinateReferenceSystem,
        parent: QWidget | None = None,
        *,
        persons: tuple[str, str] | None = None,
    ) -> None:
        """Show ``layers`` below the places, in the reference system ``crs``.

        ``persons`` says in the legend whose the two places are, where none of them is the user's.
        """
        super().__init__(parent)
        self._persons = persons
        self.canvas = QgsMapCanvas(self)
        self.canvas.setDestinationCrs(crs)
        self.canvas.setLayers(list(layers))
        self.canvas.setMinimumHeight(200)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self.slider.setAccessibleName(tr("Line between the two places"))
        self.legend = QLabel(self)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.slider)
        column.addWidget(self.legend)
        self._places = _Places(self.canvas)
        self.slider.valueChanged.connect(self._places.move_line)

    def show_places(self, base: QgsGeometry | None, mine: QgsGeometry | None, theirs: QgsGeometry | None) -> None:
        """Show three places in EPSG:4326; one that is not known is left out."""
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem.fromEpsgId(STORED_EPSG),
            self.canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )
        shown = [_projected(place, transform) for place in (base, mine, theirs)]
        self._places.show_places(*shown)
        box = QgsRectangle()
        for place in shown:
            if place is not None:
                box.combineExtentWith(place.boundingBox())
        if not box.isNull():
            grown = box.buffered(_LEAST_SPAN if self.canvas.mapSettings().destinationCrs().isGeographic() else 50)
            grown.scale(_MARGIN)
            self.canvas.setExtent(grown)
        self.legend.setText(_legend(base is not None, mine is not None, theirs is not None, self._persons))
        self.canvas.refresh()


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
    persons: tuple[str, str] | None,
) -> str:
    mine, theirs = tr("Mine, left of the line"), tr("Theirs, right of the line")
    if persons is not None:
        mine = tr("{person}, left of the line", person=escape(persons[0]))
        theirs = tr("{person}, right of the line", person=escape(persons[1]))
    signs = (
        (has_mine, MINE, "■", mine),
        (has_theirs, THEIRS, "▲", theirs),
        (has_base, BASE, "○", tr("Where it was")),
    )
    return " &nbsp; ".join(
        f'<span style="color:{colour}">{sign}</span> {text}' for shown, colour, sign, text in signs if shown
    )


class _Places(QgsMapCanvasItem):
    """Paints the places over the map: mine left of the line, theirs right of it, the old one throughout."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._base: QgsGeometry | None = None
        self._mine: QgsGeometry | None = None
        self._theirs: QgsGeometry | None = None
        self._line = 0.5
        self.setZValue(10)

    def show_places(self, base: QgsGeometry | None, mine: QgsGeometry | None, theirs: QgsGeometry | None) -> None:
        self._base, self._mine, self._theirs = base, mine, theirs
        self.update()

    def move_line(self, percent: int) -> None:
        self._line = percent / 100
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt API
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter: QPainter, _option: object = None, _widget: object = None) -> None:
        box = self.boundingRect()
        at = box.width() * self._line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, self._base, BASE, _circle, Qt.PenStyle.DotLine)
        painter.setOpacity(_FAINT)  # both stay seen, whichever side of the line they lie on
        self._draw(painter, self._mine, MINE, _square, Qt.PenStyle.SolidLine)
        self._draw(painter, self._theirs, THEIRS, _triangle, Qt.PenStyle.DashLine)
        painter.setOpacity(1)
        painter.save()
        painter.setClipRect(QRectF(0, 0, at, box.height()))
        self._draw(painter, self._mine, MINE, _square, Qt.PenStyle.SolidLine)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(at, 0, box.width() - at, box.height()))
        self._draw(painter, self._theirs, THEIRS, _triangle, Qt.PenStyle.DashLine)
        painter.restore()
        painter.setPen(QPen(QColor("black"), 1.5))
        painter.drawLine(QPointF(at, 0), QPointF(at, box.height()))

    def _draw(self, painter: QPainter, place: QgsGeometry | None, colour: str, sign: Sign, style: Qt.PenStyle) -> None:
        if place is None:
            return
        painter.setPen(QPen(QColor(colour), 2.5, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        parts = place.asGeometryCollection() if place.isMultipart() else [place]
        for part in parts:
            points = [self._at(vertex) for vertex in part.vertices()]
            if len(points) == 1:
                painter.setPen(QPen(QColor(colour), 2.5))
                painter.drawPath(sign(points[0]))
            else:
                painter.drawPolyline(QPolygonF(points))

    def _at(self, vertex: QgsPoint) -> QPointF:
        return QPointF(self.toCanvasCoordinates(QgsPointXY(vertex.x(), vertex.y())))


def _circle(at: QPointF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(at, _SIZE, _SIZE)
    return path


def _square(at: QPointF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(at.x() - _SIZE, at.y() - _SIZE, 2 * _SIZE, 2 * _SIZE))
    return path


def _triangle(at: QPointF) -> QPainterPath:
    path = QPainterPath()
    top, right, left = QPointF(0, -_SIZE), QPointF(_SIZE, _SIZE), QPointF(-_SIZE, _SIZE)
    path.addPolygon(QPolygonF([at + top, at + right, at + left, at + top]))
    return path
