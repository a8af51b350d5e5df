"""The page Overview: a territory, a day, the figures with what is unknown, and their curve."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QWidget

from resorption_plugin.core.indicators.places import Level
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import curve_chart
from resorption_plugin.ui import curve_view
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.figures_model import LABEL, SHARE, UNKNOWN, VALUE
from resorption_plugin.ui.overview_page import OverviewPage
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 20_000


def site(uid: str, **values) -> Record:
    given = {"status": "open", "living_conditions_version": 2, "department": "31", "fk_city": "31555"}
    return Record("site", uid, {**given, "commune": "Toulouse", **values})


@pytest.fixture
def page(plugin, small_qgis, workspace, qtbot) -> OverviewPage:
    """The page of a workspace with three sites, two counts and no place."""
    rows = [
        site("a" * 36, declared_at=dt.date(2024, 3, 1), electricity_access=True),
        site("b" * 36, declared_at=dt.date(2025, 3, 1), population_total=25, electricity_access=False),
        site("c" * 36, declared_at=dt.date(2025, 3, 1), population_total=15, fk_city="31069", commune="Blagnac"),
        *(
            Record("population_count", f"{year}" * 9, {"site_uid": "a" * 36, "counted_on": day, "population_total": n})
            for year, day, n in ((2024, dt.date(2024, 3, 1), 10), (2025, dt.date(2025, 3, 1), 60))
        ),
    ]
    placed = [
        Record(row.layer, row.uid, row.values, shapely.Point(1.44, 43.6) if row.layer == "site" else None)
        for row in rows
    ]
    with GeoPackageStore.open(workspace.workspace) as store:
        store.apply(ChangeSet(insert=placed))
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    small_qgis.window.resize(1200, 950)
    dock.show_up()
    qtbot.waitUntil(lambda: value(dock.overview, "people") == "100", timeout=PATIENCE_MS)
    return dock.overview


def value(page: OverviewPage, key: str, column: int = VALUE) -> str:
    index = page.model.index_of(key)
    return index.siblingAtColumn(column).data() if index.isValid() else ""


def choose(page: OverviewPage, key: str) -> None:
    page.figures.setCurrentIndex(page.filter.mapFromSource(page.model.index_of(key)))


def test_a_percentage_has_its_unknown_part_beside_it(page, qtbot):
    assert value(page, "electricity_good_sites", SHARE) == "50\u00a0%"
    assert value(page, "electricity_good_sites", UNKNOWN).startswith("1 ")
    index = page.model.index_of("electricity_good_sites")
    assert index.data(Qt.ItemDataRole.ToolTipRole)
    choose(page, "electricity_good_sites")
    assert page.definition.text().startswith(index.data(Qt.ItemDataRole.ToolTipRole))


def test_a_territory_is_found_by_a_part_of_its_name(page, qtbot):
    texts = [page.place.itemText(row) for row in range(page.place.count())]
    assert {each.level for each in page.source.places} == set(Level)
    page.place.setFocus()
    page.place.lineEdit().selectAll()
    qtbot.keyClicks(page.place.lineEdit(), "blag")
    qtbot.waitUntil(lambda: page.place.completer().completionCount() == 1)
    name = next(text for text in texts if "Blagnac" in text)
    assert page.place.completer().currentCompletion() == name
    page.place.setCurrentIndex(texts.index(name))
    qtbot.waitUntil(lambda: value(page, "people") == "15", timeout=PATIENCE_MS)
    page.place.setEditText("nowhere")
    page.place.lineEdit().editingFinished.emit()
    assert page.place.currentText() == name


def test_a_past_day_has_the_figures_of_that_day(page, qtbot):
    page.day.setDate(QDate(2024, 6, 1))
    qtbot.waitUntil(lambda: value(page, "people") == "10", timeout=PATIENCE_MS)
    assert value(page, "sites_open") == "1"
    assert value(page, "electricity_unknown_sites") == "1"
    page.refresh.click()
    tasks_end(qtbot)
    assert page.day.date() == QDate(2024, 6, 1), "a day chosen stays when the workspace is read again"


def test_the_curve_has_its_numbers_and_its_picture(page, qtbot):
    choose(page, "people")
    qtbot.waitUntil(lambda: page.curve.table.rowCount() > 12, timeout=PATIENCE_MS)
    told = {page.curve.table.item(row, 1).text() for row in range(page.curve.table.rowCount())}
    assert {"10", "100"} <= told
    assert page.curve.count() == 2
    qtbot.waitUntil(lambda: not page.curve.picture.pixmap().isNull(), timeout=PATIENCE_MS)
    assert page.curve.picture.accessibleName()


def test_another_figure_replaces_the_curve(page, qtbot):
    choose(page, "people")
    choose(page, "sites_open")
    qtbot.waitUntil(lambda: page.curve.curve is not None, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    assert page.curve.curve.indicator.id == "sites_open"


def test_a_figure_is_found_by_its_name(page, qtbot):
    qtbot.keyClicks(page.search, page.model.index_of("litres").data()[:12])
    shown = [page.filter.index(row, 0) for row in range(page.filter.rowCount())]
    assert len(shown) == 1
    assert page.filter.rowCount(shown[0]) == 1
    page.search.clear()
    assert page.filter.rowCount() > 5


def test_every_part_is_reached_by_the_keyboard(page, qtbot):
    page.place.setFocus()
    reached: list[QWidget] = []
    for _ in range(12):
        widget = page.window().focusWidget()
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [page.place, page.day, page.search, page.figures, page.export_figures, page.refresh]
    assert [widget for widget in wanted if widget not in reached] == []


def test_without_matplotlib_there_is_a_table(monkeypatch, qtbot):
    monkeypatch.setattr(curve_view, "can_draw", lambda: False)
    view = curve_view.CurveView()
    qtbot.addWidget(view)
    assert view.count() == 1
    assert view.currentWidget() is view.table
    assert view.table.horizontalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch


def test_matplotlib_is_looked_for_without_being_loaded(monkeypatch):
    monkeypatch.setattr(curve_chart.importlib.util, "find_spec", lambda _name: None)
    assert not curve_chart.can_draw()


def test_the_amounts_stay_in_sight_in_a_narrow_panel_whatever_was_shown_before(page, qtbot):
    page.model.show(None)  # as when the workspace is closed
    page.refresh.click()
    qtbot.waitUntil(lambda: value(page, "people") == "100", timeout=PATIENCE_MS)
    header = page.figures.header()
    assert header.sectionResizeMode(LABEL) == QHeaderView.ResizeMode.Stretch
    assert header.sectionResizeMode(UNKNOWN) == QHeaderView.ResizeMode.ResizeToContents
    assert header.length() <= page.figures.viewport().width()
