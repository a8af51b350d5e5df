"""The steps of the tour, run inside QGIS by ``qgis --code`` (see ``tools/screenshots.py``).

Each step does what a hand would do – actions, keys, clicks on the map – then waits for what it is to bring, and stops
the tour when that does not come. A generator is driven by a timer, so that modal dialogs go on living between steps.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pyplugin_installer
from qgis import processing
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsSettingsTree,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt, QThreadPool, QTimer
from qgis.PyQt.QtGui import QAction, QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLineEdit, QTabWidget, QWidget
from qgis.utils import iface, unloadPlugin

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


def tour() -> Iterator[Wait]:
    """Do the steps."""
    iface.mainWindow().showMaximized()
    yield 2
    pyplugin_installer.instance().installFromZipFile(os.environ["TOUR_ZIP"])
    yield lambda: dock() is not None and dock().isVisible()
    yield 1
    picture("installed")
    yield from make_workspace()
    yield from draw_and_save()
    yield from mend_and_accept()
    yield from look_around()
    yield from demonstrate()
    yield from leave()


def make_workspace() -> Iterator[Wait]:
    """Make the workspace of Haute-Garonne with the dialog."""
    later(action("new_workspace").trigger)
    yield lambda: modal() is not None
    dialog = modal()
    yield 0.5
    QTest.keyClicks(dialog.search, "haute gar")
    yield 0.3
    first = dialog.departments.visualRect(dialog.departments.model().index(0, 0))
    QTest.mouseClick(
        dialog.departments.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(first.left() + 10, first.center().y()),
    )
    dialog.file.setFilePath(str(WORK / "haute-garonne.gpkg"))
    yield 0.5
    picture("new-workspace")
    press_ok(dialog)
    yield lambda: bool(QgsProject.instance().mapLayers())
    yield idle
    hide_base_maps()
    yield 2
    picture("workspace")


def draw_and_save() -> Iterator[Wait]:
    """Draw a tap and a site too far from it, and save both."""
    show_place(((SITE[0] + TAP[0]) / 2, (SITE[1] + TAP[1]) / 2), 5000)
    yield 2
    yield from draw("water_point", TAP)
    tap = form()
    type_into(tap, "name", "Fontaine du Parc")
    choose(tap, "type", "robinet_connecte_au_reseau")
    choose(tap, "working_state", "working")
    choose(tap, "is_potable", "true")
    yield 0.3
    picture("water-point-form")
    press_ok(tap)
    yield lambda: form() is None
    iface.actionSaveActiveLayerEdits().trigger()
    iface.actionToggleEditing().trigger()
    yield 1
    yield from draw("site", SITE)
    site = form()
    type_into(site, "name", "Chemin des Berges")
    yield 0.5
    picture("site-form")
    type_into(site, "population_total", "45")
    yield 0.3
    picture("site-form-population")
    press_ok(site)
    yield lambda: form() is None
    iface.actionSaveActiveLayerEdits().trigger()
    iface.actionToggleEditing().trigger()
    dock().findChild(QTabWidget).setCurrentIndex(1)
    yield lambda: dock().checks.model.rowCount() > 0
    yield idle
    yield 2
    picture("finding-appears")


def mend_and_accept() -> Iterator[Wait]:
    """Open the form from a finding, then accept it."""
    checks = dock().checks
    codes = [checks.model.at(row).record["check_id"] for row in range(checks.model.rowCount())]
    expect("EAU-001" in codes, "the site is 300 m from water, and no check says so")
    expect("EAU-002" in codes, "45 people have no tap, and no check says so")
    checks.table.selectRow(codes.index("EAU-002"))
    later(lambda: QTest.keyClick(checks.table, Qt.Key.Key_Return))
    yield lambda: form() is not None
    yield 1.5
    picture("form-at-the-field")
    form().close()
    yield lambda: form() is None
    if layer("site").isEditable():
        layer("site").rollBack()
    checks.table.selectRow(codes.index("EAU-001"))
    yield 0.5
    later(checks.accept.click)
    yield lambda: modal() is not None
    dialog = modal()
    yield 0.3
    QTest.keyClicks(dialog.reason, "Citerne livree chaque jour par la Ville")
    QTest.keyClicks(dialog.author, "C. Martin, DDETS 31")
    dialog.has_end.setChecked(True)
    yield 0.3
    picture("accept")
    press_ok(dialog)
    yield lambda: modal() is None
    yield idle
    checks.state.setCurrentIndex(checks.state.findData("accepted"))
    yield lambda: checks.model.rowCount() == 1
    checks.table.selectRow(0)
    yield 1
    picture("accepted")


def look_around() -> Iterator[Wait]:
    """Look at the other pages."""
    dock().findChild(QTabWidget).setCurrentIndex(0)
    yield 1
    picture("overview")
    later(action("options").trigger)
    yield lambda: modal() is not None
    yield 1
    picture("options")
    modal().reject()
    yield lambda: modal() is None
    action("help").trigger()
    yield lambda: window("HelpDialog") is not None
    yield 0.5
    picture("help")
    window("HelpDialog").close()
    later(action("import_water_points").trigger)
    yield lambda: modal() is not None
    yield 1
    picture("import")
    modal().reject()
    yield lambda: modal() is None
    later(action("print_map").trigger)
    yield lambda: modal() is not None
    yield 1
    picture("print-map")
    modal().reject()
    yield lambda: modal() is None


def demonstrate() -> Iterator[Wait]:
    """Open the demonstration, compute, check, and look at a finding among many."""
    workspace, project = WORK / "demonstration.gpkg", WORK / "demonstration.qgz"
    given = {"TERRITORY": "31", "SITES": 39, "SEED": 1, "OUTPUT": str(workspace), "PROJECT": str(project)}
    processing.run("resorption:demoworkspace", given)
    iface.addProject(str(project))
    yield action("run_checks").isEnabled
    yield 1
    for key in ("compute_distances", "run_checks"):
        action(key).trigger()
        yield 0.5
        yield idle
        yield 1
    hide_base_maps()
    iface.messageBar().clearWidgets()
    iface.mainWindow().findChild(QWidget, "Browser").close()
    iface.mainWindow().resizeDocks([dock()], [620], Qt.Orientation.Horizontal)
    checks = dock().checks
    checks.state.setCurrentIndex(0)
    dock().findChild(QTabWidget).setCurrentIndex(1)
    yield lambda: checks.model.rowCount() > 0
    codes = [checks.model.at(row).record["check_id"] for row in range(checks.model.rowCount())]
    row = codes.index("EAU-001")
    checks.table.selectRow(row)
    checks.zoom_asked.emit(checks.model.at(row))
    yield 4
    picture("demonstration-checks")
    dock().findChild(QTabWidget).setCurrentIndex(0)
    iface.zoomFull()
    yield 3
    picture("demonstration-overview")


def leave() -> Iterator[Wait]:
    """Unload the plugin: nothing of it may stay."""
    QgsProject.instance().clear()
    yield idle
    unloadPlugin(PLUGIN)
    yield 1
    picture("unloaded")
    left = [
        a.objectName() for a in iface.mainWindow().findChildren(QAction) if a.objectName().startswith("resorption_")
    ]
    expect(not left, f"the plugin left {left}")
    expect(dock() is None, "the plugin left its dock")
    expect(QgsApplication.processingRegistry().providerById("resorption") is None, "the plugin left its provider")
    pages = [page for page in QgsSettingsTree.node("plugins").childrenNodes() if "resorption" in page.key()]
    expect(not pages, "the plugin left its settings declared")


class Driver:
    """Advances the tour when what it waits for is there."""

    def __init__(self) -> None:
        self._steps = tour()
        self._wait: Wait = 0.0
        self._waited = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._round)
        self._timer.start(ROUND_MS)

    def _round(self) -> None:
        try:
            self._waited += ROUND_MS / 1000
            if not self._is_ready():
                expect(self._waited < PATIENCE_S, "what the step waits for did not come")
                return
            self._wait, self._waited = next(self._steps), 0.0
        except StopIteration:
            self._end("tour: done")
        except Exception:  # noqa: BLE001 - the tour ends whatever happens, with a picture of where
            picture("stopped-here")
            self._end(_background() + traceback.format_exc() + "".join(traceback.format_stack(self._steps.gi_frame)))

    def _is_ready(self) -> bool:
        return self._wait() if callable(self._wait) else self._waited >= self._wait

    def _end(self, words: str) -> None:
        self._timer.stop()
        print(words, flush=True)
        os._exit(0)


def _background() -> str:
    """Return what runs in the background, for the log."""
    pool = QThreadPool.globalInstance()
    tasks = [f"  {task.description()}: {task.status()}" for task in QgsApplication.taskManager().tasks()]
    return "\n".join([f"threads: {pool.activeThreadCount()} of {pool.maxThreadCount()}", *tasks, ""])


# QGIS forgets what a --code script makes unless something holds it
sys.modules["resorption_tour"] = Driver()  # type: ignore[assignment]
