"""More steps of the tour (see ``in_qgis_tour.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from qgis import processing
from qgis.core import QgsGeometry, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabWidget, QWidget
from qgis.utils import iface

from in_qgis_hands import (
    SITE,
    WORK,
    Wait,
    action,
    dock,
    expect,
    hide_base_maps,
    idle,
    later,
    layer,
    modal,
    picture,
    press_ok,
    window,
)


def look_back() -> Iterator[Wait]:
    """Change a site, read its history, and lay the past states of the sites out on the map."""
    sites = layer("site")
    site = next(sites.getFeatures())
    sites.startEditing()
    for name, value in (("name", "Chemin des Écluses"), ("population_total", site["population_total"] + 6)):
        sites.changeAttributeValue(site.id(), sites.fields().indexOf(name), value)
    expect(sites.commitChanges(), "the site is not saved")
    yield 1
    yield idle
    sites.selectByIds([site.id()])
    action("history").trigger()
    yield lambda: window("HistoryDialog") is not None and window("HistoryDialog").model.rowCount() >= 2
    yield 0.5
    picture("history")
    window("HistoryDialog").close()
    later(action("past_sites").trigger)
    yield lambda: modal() is not None
    modal().all_along.setChecked(True)
    yield 0.3
    picture("past-sites")
    press_ok(modal())
    yield lambda: modal() is None
    yield idle
    yield 3
    picture("past-sites-on-the-map")


def come_back_to_an_exception() -> Iterator[Wait]:
    """Open the project again, run every check again, suppose more people, then move the tap away from the site."""
    project = QgsProject.instance()
    project.write()
    iface.addProject(project.fileName())
    yield lambda: layer("site") is not None
    yield idle
    hide_base_maps()
    checks = dock().checks
    checks.rerun.click()
    yield 1
    yield idle
    checks.state.setCurrentIndex(checks.state.findData("accepted"))
    yield lambda: _codes() == ["EAU-001"]
    later(action("what_if").trigger)
    yield lambda: modal() is not None
    modal().people.setValue(200)
    yield 0.3
    picture("what-if")
    press_ok(modal())
    yield lambda: modal() is None
    yield idle
    yield 1
    picture("what-if-on-the-map")
    taps = layer("water_point")
    tap = next(taps.getFeatures())
    taps.startEditing()
    taps.changeGeometry(tap.id(), QgsGeometry.fromPointXY(QgsPointXY(SITE[0], SITE[1] + 0.008)))
    expect(taps.commitChanges(), "the tap is not saved")
    checks.state.setCurrentIndex(checks.state.findData("to_deal_with"))
    yield lambda: "EAU-001" in _codes()
    checks.table.selectRow(_codes().index("EAU-001"))
    yield 1.5
    picture("exception-to-review")
    state = checks.selected()[0].state
    expect(state == "stale", f"the exception is {state}, although the tap is farther")


def _codes() -> list[str]:
    model = dock().checks.model
    return [model.at(row).record["check_id"] for row in range(model.rowCount())]


def _look_at(name: str, shown: str) -> Iterator[Wait]:
    """Open the window of an action and leave it."""
    later(action(name).trigger)
    yield lambda: modal() is not None
    yield 1
    picture(shown)
    modal().reject()
    yield lambda: modal() is None


def look_around() -> Iterator[Wait]:
    """Look at the other pages."""
    dock().findChild(QTabWidget).setCurrentIndex(0)
    yield 1
    picture("overview")
    yield from _look_at("options", "options")
    action("help").trigger()
    yield lambda: window("HelpDialog") is not None
    yield 0.5
    picture("help")
    window("HelpDialog").close()
    yield from _look_at("import_water_points", "import")
    yield from _look_at("print_map", "print-map")


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
