"""An icon with a number in its corner."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

_SIDE = 48
_BADGE = 30.0
_MOST = 99
_FILL = "#b71c1c"


def badged(icon: QIcon, count: int) -> QIcon:
    """Return ``icon`` with a count in its corner, as it is for none; above 99 the badge says 99+."""
    if count <= 0:
        return icon
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icon.paint(painter, 0, 0, _SIDE, _SIDE)
    text = str(count) if count <= _MOST else f"{_MOST}+"
    width = _BADGE if len(text) < 2 else _BADGE * (0.5 + 0.3 * len(text))
    box = QRectF(_SIDE - width, _SIDE - _BADGE, width, _BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_FILL))
    painter.drawRoundedRect(box, _BADGE / 2, _BADGE / 2)
    font = QFont()
    font.setPixelSize(22)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return QIcon(picture)
