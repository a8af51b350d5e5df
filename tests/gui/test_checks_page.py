from __future__ import annotations

import pytest
import shapely
from qgis.PyQt.QtCore import Qt

from resorption_plugin.core.finding_list import ListedFinding, box_of, natural_order, weight_of
from resorption_plugin.core.records import Record
from resorption_plugin.ui.checks_page import ChecksPage
from resorption_plugin.ui.findings_model import Column

MANY = 100_000


def listed(number: int, **values) -> ListedFinding:
    given = {
        "check_id": f"EAU-{number % 9 + 1:03d}",
        "severity": ("error", "warning")[number % 2],
        "verdict": "fails",
        "state": "open",
        "commune": f"Commune {number % 500}",
        "value": 200.0 + number,
        "threshold": 200.0,
        "unit": "m",
        **values,
    }
    record = Record("finding", f"uid-{number}", given, shapely.Point(1.0 + number / MANY, 43.6))
    return ListedFinding(record, f"Le site {number} est loin.", weight_of(record), box_of(record))


@pytest.fixture
def page(qgis_app, qtbot):
    page = ChecksPage(lambda: (1.0, 43.0, 1.5, 44.0))
    qtbot.addWidget(page)
    page.resize(500, 800)
    page.show()
    return page


def test_the_dock_is_never_taller_than_a_thousand_pixels(page):
    assert page.minimumSizeHint().height() < 1000


def test_each_severity_has_a_sign_and_a_word(page):
    page.show_findings([listed(0), listed(1), listed(2, verdict="to_verify")])
    model = page.model
    icons = [model.index(row, Column.WEIGHT).data(Qt.ItemDataRole.DecorationRole) for row in range(3)]
    words = [model.index(row, Column.WEIGHT).data() for row in range(3)]
    assert len({icon.cacheKey() for icon in icons}) == len(set(words)) == 3


def test_a_value_stands_beside_its_limit_with_one_decimal_where_it_matters(page):
    page.show_findings([listed(0, value=200.1)])
    text = page.model.index(0, Column.VALUE).data().replace(",", ".")
    assert text == "200.1 / 200 m"


def test_the_selection_stays_when_the_findings_are_read_again(page):
    findings = [listed(number) for number in range(50)]
    page.show_findings(findings)
    page.select({"uid-7", "uid-8", "uid-30"})
    page.show_findings([listed(99), *findings[5:]])
    assert {finding.uid for finding in page.selected()} == {"uid-7", "uid-8", "uid-30"}


def test_what_is_hidden_by_a_filter_is_not_selected_any_more(page):
    page.show_findings([listed(number) for number in range(10)])
    page.select({"uid-1", "uid-2"})
    page.weight.setCurrentIndex(page.weight.findData("error"))
    assert [finding.uid for finding in page.selected()] == ["uid-2"]


def test_only_the_extent_of_the_map_is_shown_when_asked(page):
    page.show_findings([listed(0), listed(MANY - 1)])
    page.in_extent.setChecked(True)
    assert [page.model.at(row).uid for row in range(page.model.rowCount())] == ["uid-0"]


def test_a_text_filters_once_the_typing_pauses(page, qtbot):
    page.show_findings([listed(number) for number in range(10)])
    qtbot.keyClicks(page.text, "commune 3")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_resolved_and_accepted_findings_are_not_among_those_to_deal_with(page):
    page.show_findings([listed(0), listed(1, state="accepted"), listed(2, state="resolved"), listed(3, state="stale")])
    assert page.model.rowCount() == 2
    page.state.setCurrentIndex(page.state.findData("all"))
    assert page.model.rowCount() == 4


def test_only_what_can_be_done_is_offered(page):
    page.show_findings([listed(0), listed(1, state="accepted")])
    page.state.setCurrentIndex(page.state.findData("all"))
    assert not page.accept.isEnabled()
    page.select({"uid-0"})
    assert page.accept.isEnabled()
    assert not page.reopen.isEnabled()
    page.table.clearSelection()
    page.select({"uid-1"})
    assert page.reopen.isEnabled()
    assert not page.accept.isEnabled()


def test_a_click_asks_to_see_the_place_and_a_double_click_asks_for_the_form(page, qtbot):
    page.show_findings([listed(0)])
    place = page.table.visualRect(page.model.index(0, Column.CHECK)).center()
    with qtbot.waitSignal(page.zoom_asked) as zoom:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert zoom.args[0].uid == "uid-0"
    with qtbot.waitSignal(page.form_asked):
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_columns_sort(page):
    page.show_findings([listed(number) for number in (3, 1, 2)])
    page.table.sortByColumn(Column.VALUE, Qt.SortOrder.DescendingOrder)
    assert [page.model.at(row).uid for row in range(3)] == ["uid-3", "uid-2", "uid-1"]
    page.table.sortByColumn(Column.VALUE, Qt.SortOrder.AscendingOrder)
    assert [page.model.at(row).uid for row in range(3)] == ["uid-1", "uid-2", "uid-3"]


def test_a_hundred_thousand_findings_reset_the_table_once(page, qtbot):
    findings = sorted((listed(number) for number in range(MANY)), key=natural_order)
    resets = []
    page.model.modelReset.connect(lambda: resets.append(1))
    page.show_findings(findings)
    assert page.model.rowCount() == MANY
    assert len(resets) == 1


def test_every_finding_can_be_selected_at_once(page):
    page.show_findings([listed(number, state=("open", "stale")[number % 2]) for number in range(1_000)])
    page.table.selectAll()
    assert len(page.selected()) == 1_000
    assert page.accept.isEnabled()
    assert page.reopen.isEnabled()
