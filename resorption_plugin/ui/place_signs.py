"""Paints the places of a comparison over a map, each with its own shape, letter and colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsGeometry, QgsPoint, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

_SIZE = 15.0
_OLD_SIZE = 10.0
_LINE = 2.5
_HALO = 6.0
_TINT = 90
"""How much a footprint is filled on its side of the line, of 255: the map stays readable below it."""
_CAPTION, _GAP = 40.0, 4.0
"""How wide the words on each side of the line are, and how far from it."""
_PAPER = QColor(255, 255, 255, 200)


Way = Callable[[QPainter, QPainterPath, QPen, QColor], None]
"""Draws the outline of a place, or fills it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a place is drawn: told apart by its shape, its letter and its line, besides its colour."""

    colour: str
    letter: str
    shape: Callable[[QPointF], QPainterPath]
    line: Qt.PenStyle
    corner: Callable[..., QPointF] = min
    """Which corner of a footprint has the letter: the leftmost or the rightmost."""


class PlaceSigns(QgsMapCanvasItem):
    """Shows both places throughout; left of a line the first covers the second, right of it the second the first.

    A footprint is filled on its side of the line only. The sign of a point is whole on both sides: hollow, it would
    seem to be another thing than its key says, or no place at all.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        """Paint nothing yet over ``canvas``."""
        super().__init__(canvas)
        self._canvas = canvas
        self._base: QgsGeometry | None = None
        self._mine: QgsGeometry | None = None
        self._theirs: QgsGeometry | None = None
        self._line = 0.5
        self.setZValue(10)

    def show_places(self, base: QgsGeometry | None, mine: QgsGeometry | None, theirs: QgsGeometry | None) -> None:
        """Paint places given in the reference system of the canvas."""
        self._base, self._mine, self._theirs = base, mine, theirs
        self.update()

    def move_line(self, percent: int) -> None:
        """Put the line at a part of the width."""
        self._line = percent / 100
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt API
        """Return all of the canvas."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter: QPainter, _option: object = None, _widget: object = None) -> None:
        """Paint all the places, then on each side of the line the one that stands out there once more."""
        box = self.boundingRect()
        at = box.width() * self._line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, sign in ((self._base, OLD), (self._mine, MINE), (self._theirs, THEIRS)):
            self._draw(painter, place, sign, _outlined)
        if self._mine is not None and self._theirs is not None:
            painter.setPen(QPen(QColor("black"), 1.5))
            painter.drawLine(QPointF(at, 0), QPointF(at, box.height()))
            _caption(painter, MINE, QRectF(at - _CAPTION - _GAP, _GAP, _CAPTION, _CAPTION / 2), "◂ {}")
            _caption(painter, THEIRS, QRectF(at + _GAP, _GAP, _CAPTION, _CAPTION / 2), "{} ▸")
        sides = (QRectF(0, 0, at, box.height()), QRectF(at, 0, box.width() - at, box.height()))
        for side, place, sign in zip(sides, (self._mine, self._theirs), (MINE, THEIRS), strict=True):
            painter.save()
            painter.setClipRect(side)
            self._draw(painter, place, sign, _filled)
            painter.restore()

    def _draw(self, painter: QPainter, place: QgsGeometry | None, sign: Sign, way: Way) -> None:
        if place is None:
            return
        fill = QColor(sign.colour)
        for part in place.asGeometryCollection() if place.isMultipart() else [place]:
            points = [self._at(vertex) for vertex in part.vertices()]
            if len(points) == 1:
                _stamp(painter, sign, points[0], sign.shape(points[0]))
            else:
                path = QPainterPath()
                path.addPolygon(QPolygonF(points))
                tint = QColor(fill)
                tint.setAlpha(_TINT)
                way(painter, path, QPen(fill, _LINE, sign.line), tint)
                if sign.letter:
                    corner = sign.corner(points, key=QPointF.x)
                    _stamp(painter, sign, corner, _circle(corner))

    def _at(self, vertex: QgsPoint) -> QPointF:
        return QPointF(self.toCanvasCoordinates(QgsPointXY(vertex.x(), vertex.y())))


def _outlined(painter: QPainter, path: QPainterPath, pen: QPen, _fill: QColor) -> None:
    """Draw an outline that stands out on any map."""
    painter.setBrush(QColor(Qt.GlobalColor.transparent))
    painter.setPen(QPen(_PAPER, _HALO))
    painter.drawPath(path)
    painter.setPen(pen)
    painter.drawPath(path)


def _filled(painter: QPainter, path: QPainterPath, pen: QPen, fill: QColor) -> None:
    painter.setBrush(fill)
    painter.setPen(pen)
    painter.drawPath(path)


def _stamp(painter: QPainter, sign: Sign, at: QPointF, path: QPainterPath) -> None:
    """Draw a sign that stands out on any map, its letter on it; without a letter it is as white paper inside."""
    colour = QColor(sign.colour)
    _outlined(painter, path, QPen(colour, _LINE), _PAPER)
    _filled(painter, path, QPen(colour, _LINE), colour if sign.letter else _PAPER)
    _write(painter, sign.letter, at, QColor("white"))


def _caption(painter: QPainter, sign: Sign, box: QRectF, text: str) -> None:
    """Write beside the line which place stands out on that side of it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PAPER)
    painter.drawRect(box)
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(int(_SIZE))
    painter.setFont(font)
    painter.setPen(QColor(sign.colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text.format(sign.letter))


def _write(painter: QPainter, letter: str, at: QPointF, colour: QColor) -> None:
    """Write the letter of a place on it."""
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(int(_SIZE))
    painter.setFont(font)
    painter.setPen(colour)
    box = QRectF(at.x() - _SIZE, at.y() - _SIZE, 2 * _SIZE, 2 * _SIZE)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def _circle(at: QPointF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(at, _OLD_SIZE, _OLD_SIZE)
    return path


def _square(at: QPointF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(at.x() - _SIZE, at.y() - _SIZE, 2 * _SIZE, 2 * _SIZE))
    return path


def _triangle(at: QPointF) -> QPainterPath:
    """Return a triangle around the point: its letter stands in its middle."""
    path = QPainterPath()
    top, right, left = QPointF(0, -1.6 * _SIZE), QPointF(1.4 * _SIZE, _SIZE), QPointF(-1.4 * _SIZE, _SIZE)
    path.addPolygon(QPolygonF([at + top, at + right, at + left, at + top]))
    return path


MINE = Sign("#0072b2", "A", _square, Qt.PenStyle.SolidLine)
THEIRS = Sign("#d55e00", "B", _triangle, Qt.PenStyle.DashLine, max)
OLD = Sign("#595959", "", _circle, Qt.PenStyle.DotLine)
"""Blue, vermilion and grey of Okabe and Ito's palette, told apart by colour-blind people."""
