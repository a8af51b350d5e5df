"""The steps of the tour, run inside QGIS by ``qgis --code`` (see ``tools/screenshots.py``).

Each step does what a hand would do – actions, keys, clicks on the map – then waits for what it is to bring, and stops
the tour when that does not come. A generator is driven by a timer, so that modal dialogs go on living between steps.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator

import pyplugin_installer
from qgis.core import (
    QgsApplication,
    QgsProject,
    QgsSettingsTree,
)
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton, QTabWidget
from qgis.utils import iface, unloadPlugin

from in_qgis_hands import (
    PATIENCE_S,
    PLUGIN,
    ROUND_MS,
    SITE,
    TAP,
    WORK,
    Wait,
    action,
    choose,
    dock,
    draw,
    expect,
    form,
    hide_base_maps,
    idle,
    later,
    layer,
    modal,
    picture,
    press_ok,
    show_place,
    type_into,
)
from in_qgis_scenes import come_back_to_an_exception, demonstrate, look_around, look_back
from in_qgis_tour_sharing import share


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
    yield from know_the_neighbours()
    yield from mend_and_accept()
    yield from come_back_to_an_exception()
    yield from look_around()
    yield from demonstrate()
    yield from look_back()
    yield from share()
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


def know_the_neighbours() -> Iterator[Wait]:
    """Draw a site beside the one that is there, give it up, and confirm that one as unchanged."""
    yield from draw("site", (SITE[0], SITE[1] + 0.0003))
    picture("site-beside-another")
    form().reject()
    yield lambda: form() is None
    target = layer("site")
    feature = next(target.getFeatures())
    later(lambda: iface.openFeatureForm(target, feature, False, False))
    yield lambda: form() is not None
    yield 1
    form().findChild(QPushButton, "resorption_nothing_changed").click()
    yield 0.5
    picture("nothing-changed")
    form().reject()
    yield lambda: form() is None
    target.rollBack()
    iface.messageBar().clearWidgets()
    yield 0.5


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
    pool = QgsApplication.taskManager().threadPool()
    tasks = [f"  {task.description()}: {task.status()}" for task in QgsApplication.taskManager().tasks()]
    return "\n".join([f"threads: {pool.activeThreadCount()} of {pool.maxThreadCount()}", *tasks, ""])


# QGIS forgets what a --code script makes unless something holds it
sys.modules["resorption_tour"] = Driver()  # type: ignore[assignment]
