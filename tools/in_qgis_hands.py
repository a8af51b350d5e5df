"""What a hand and an eye do in a running QGIS: clicks, keys, waits, pictures (used by ``in_qgis_tour.py``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QAction, QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLineEdit, QTabWidget, QWidget
from qgis.utils import iface

FOLDER = Path(os.environ["TOUR_FOLDER"])
WORK = Path(os.environ["TOUR_WORK"])
PLUGIN = "resorption_plugin"
ROUND_MS = 100
PATIENCE_S = 40
SITE = (1.40870, 43.58920)
TAP = (1.40870, 43.59190)  # some 300 m north of the site


class TourError(Exception):
    """The plugin did not do what the step expects."""


Wait = float | Callable[[], bool]
"""Seconds, or a condition that is to become true."""


def picture(name: str) -> None:
    """Keep what the screen shows."""
    numbered = FOLDER / f"{len(list(FOLDER.glob('[0-9]*.png'))) + 1:02d}-{name}.png"
    QGuiApplication.primaryScreen().grabWindow(0).save(str(numbered))


def expect(truth: object, otherwise: str) -> None:
    """Stop the tour where something is not as it should be."""
    if not truth:
        raise TourError(otherwise)


def action(name: str) -> QAction:
    """Return an action of the plugin by its key."""
    found = iface.mainWindow().findChild(QAction, f"resorption_{name}")
    expect(found is not None, f"there is no action {name}")
    return found


def later(act: Callable[[], object]) -> None:
    """Do something that may open a modal dialog, outside the step."""
    QTimer.singleShot(0, act)


def modal() -> QDialog | None:
    """Return the modal dialog in front."""
    return QApplication.activeModalWidget()


def window(kind: str) -> QWidget | None:
    """Return a visible window by the name of its class."""
    return next((w for w in QApplication.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()), None)


def press_ok(dialog: QWidget) -> None:
    """Press the dialog's OK."""
    later(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click)


def dock() -> QWidget:
    """Return the plugin's dock."""
    return iface.mainWindow().findChild(QWidget, "resorption_dock")


def layer(key: str) -> QgsVectorLayer:
    """Return a workspace layer by its key."""
    return next(
        one for one in QgsProject.instance().mapLayers().values() if one.customProperty("resorption/layer_key") == key
    )


def click_map(lonlat: tuple[float, float]) -> None:
    """Click on a place of the map."""
    canvas = iface.mapCanvas()
    stored = QgsCoordinateReferenceSystem("EPSG:4326")
    to_map = QgsCoordinateTransform(stored, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    point = canvas.getCoordinateTransform().transform(to_map.transform(QgsPointXY(*lonlat)))
    place = QPoint(round(point.x()), round(point.y()))
    QTest.mouseMove(canvas.viewport(), place)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def show_place(lonlat: tuple[float, float], scale: float) -> None:
    """Centre the map."""
    canvas = iface.mapCanvas()
    stored = QgsCoordinateReferenceSystem("EPSG:4326")
    to_map = QgsCoordinateTransform(stored, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    canvas.setCenter(to_map.transform(QgsPointXY(*lonlat)))
    canvas.zoomScale(scale)
    canvas.refresh()


def hide_base_maps() -> None:
    """Draw without the network: labels come only when every layer has answered."""
    tree = QgsProject.instance().layerTreeRoot()
    for one in QgsProject.instance().mapLayers().values():
        if one.providerType() == "wms":
            tree.findLayer(one.id()).setItemVisibilityChecked(False)


def idle() -> bool:
    """Say whether no background work is left."""
    return QgsApplication.taskManager().countActiveTasks() == 0


def draw(key: str, lonlat: tuple[float, float]) -> Iterator[Wait]:
    """Start a row of a layer by a click on the map, up to its open form."""
    target = layer(key)
    iface.setActiveLayer(target)
    yield 0.3
    if not target.isEditable():
        iface.actionToggleEditing().trigger()
    yield target.isEditable
    iface.actionAddFeature().trigger()
    yield 0.5
    later(lambda: click_map(lonlat))
    yield lambda: form() is not None
    yield 0.8


def form() -> QWidget | None:
    """Return the form that is open."""
    return next((w for w in QApplication.topLevelWidgets() if w.isVisible() and w.inherits("QgsAttributeDialog")), None)


def type_into(dialog: QWidget, field: str, text: str) -> None:
    """Turn to the field's tab and type."""
    widget = dialog.findChild(QWidget, field)
    expect(widget is not None, f"the form has no {field}")
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QTabWidget):
            for index in range(parent.count()):
                if parent.widget(index).isAncestorOf(widget):
                    parent.setCurrentIndex(index)
        parent = parent.parentWidget()
    line = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def choose(dialog: QWidget, field: str, code: str) -> None:
    """Choose an entry of a value list by its code."""
    combo = dialog.findChild(QComboBox, field)
    position = combo.findData(code)
    expect(position >= 0, f"{field} does not offer {code}")
    combo.setCurrentIndex(position)
