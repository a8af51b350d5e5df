"""The form of a site in a real QGIS: filled by keyboard, confirmed as unchanged, warned of its neighbours."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayerUtils
from qgis.gui import QgsAttributeDialog, QgsAttributeEditorContext, QgsRelationEditorWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QPushButton, QTabWidget, QWidget
from shapely import Point

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.ui import form_header, record_form
from resorption_plugin.ui.site_panel import SitePanel

TOULOUSE = (1.4442, 43.6045)
METRE = 1 / 111_110  # degrees of latitude in Toulouse
PATIENCE_MS = 20_000
SECTIONS = 6
SITE = catalogue.layer("site")


def site(name: str, north_m: float = 0.0, **values) -> Record:
    given = {"name": name, "status": "open", "department": "31", "commune": "Toulouse", "fk_city": "31555", **values}
    return Record("site", str(uuid.uuid4()), given, Point(TOULOUSE[0], TOULOUSE[1] + north_m * METRE))


@pytest.fixture
def opened(plugin, small_qgis, workspace):
    """The empty workspace, open in the small QGIS; ``fill`` writes records into it first."""

    def fill(*records: Record) -> None:
        with GeoPackageStore.open(workspace.workspace) as store:
            store.apply(ChangeSet(insert=list(records)))
        assert small_qgis.addProject(str(workspace.project))
        QTest.qWait(100)  # the parts look at a project once its layers are there

    return fill


@pytest.fixture
def show(small_qgis):
    """Opens the form of a feature, as QGIS does; the forms go before their layers."""
    dialogs: list[QgsAttributeDialog] = []

    def open_form(key: str, feature: QgsFeature, *, is_new: bool = False) -> QgsAttributeDialog:
        layer = find_layer(QgsProject.instance(), key)
        if not layer.isEditable():
            assert layer.startEditing()
        context = QgsAttributeEditorContext()
        context.setMapCanvas(small_qgis.canvas)
        context.setVectorLayerTools(small_qgis.tools)
        dialog = QgsAttributeDialog(layer, feature, False, small_qgis.window, True, context)
        if is_new:
            dialog.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
        dialogs.append(dialog)
        dialog.resize(700, 760)
        dialog.show()
        return dialog

    yield open_form
    for dialog in dialogs:
        if not sip.isdeleted(dialog):
            sip.delete(dialog)
    for layer in QgsProject.instance().mapLayers().values():
        if hasattr(layer, "isEditable") and layer.isEditable():
            layer.rollBack()


def draw(north_m: float = 0.0) -> QgsFeature:
    """The feature of a new site, as the digitizing tool makes it."""
    layer = find_layer(QgsProject.instance(), "site")
    assert layer.isEditable() or layer.startEditing()
    place = QgsGeometry.fromPointXY(QgsPointXY(TOULOUSE[0], TOULOUSE[1] + north_m * METRE))
    return QgsVectorLayerUtils.createFeature(layer, place, {}, layer.createExpressionContext())


def stored(key: str, uid: str) -> QgsFeature:
    return next(row for row in find_layer(QgsProject.instance(), key).getFeatures() if row["uid"] == uid)


def panel(dialog: QgsAttributeDialog) -> SitePanel:
    (found,) = [widget for widget in dialog.findChildren(QWidget) if isinstance(widget, SitePanel)]
    return found


def ok(dialog: QgsAttributeDialog) -> None:
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()


def test_nothing_changed_dates_the_record_and_a_later_edit_takes_it_back(opened, show):
    record = site("Le Pré", population_total=40)
    opened(record)
    layer = find_layer(QgsProject.instance(), "site")
    dialog = show("site", stored("site", record.uid))
    begin = QDateTime.currentDateTimeUtc().addSecs(-2)
    panel(dialog).unchanged.click()
    confirmed = stored("site", record.uid)
    assert confirmed["updated_without_any_change"] is True
    assert confirmed["updated_at"] >= begin
    assert confirmed["population_updated_at"] == confirmed["updated_at"]
    assert layer.undoStack().count() == 1
    assert "confirm" in panel(dialog).message.text().lower()
    ok(dialog)
    assert stored("site", record.uid)["updated_without_any_change"] is True, "OK without an edit changes nothing"
    assert layer.commitChanges(False), layer.commitErrors()
    # in the attribute table, as in a form
    assert layer.changeAttributeValue(confirmed.id(), layer.fields().indexOf("population_total"), 41)
    assert stored("site", record.uid)["updated_without_any_change"] is False


def test_nothing_changed_is_undone_in_one_step(opened, show):
    record = site("Le Pré", population_total=40)
    opened(record)
    layer = find_layer(QgsProject.instance(), "site")
    panel(show("site", stored("site", record.uid))).unchanged.click()
    layer.undoStack().undo()
    assert stored("site", record.uid)["updated_without_any_change"] != True  # noqa: E712 - NULL of QGIS
    assert not layer.isModified()


def test_nothing_changed_says_so_and_does_nothing_when_a_field_was_edited(opened, show):
    record = site("Le Pré")
    opened(record)
    dialog = show("site", stored("site", record.uid))
    dialog.attributeForm().changeAttribute("name", "Le Grand Pré")
    panel(dialog).unchanged.click()
    assert panel(dialog).message.text()
    assert stored("site", record.uid)["updated_without_any_change"] != True  # noqa: E712 - NULL of QGIS
    assert not find_layer(QgsProject.instance(), "site").isModified()
    # the value put back is no edit
    dialog.attributeForm().changeAttribute("name", "Le Pré")
    panel(dialog).unchanged.click()
    assert stored("site", record.uid)["updated_without_any_change"] is True


def test_a_closed_site_is_not_confirmed(opened, show):
    record = site("Ancien", status="resorbed", closed_at=None)
    values = {**record.values, "closed_at": dt.date(2026, 1, 5)}
    opened(Record("site", record.uid, values, record.geometry))
    assert not panel(show("site", stored("site", record.uid))).unchanged.isEnabled()


def test_the_command_confirms_the_selected_open_sites(opened, small_qgis, plugin):
    first, second, other = site("Un"), site("Deux", 2000), site("Trois", 4000)
    closed = site("Fermé", 6000, status="resorbed", closed_at=dt.date(2026, 1, 5))
    opened(first, second, other, closed)
    layer = find_layer(QgsProject.instance(), "site")
    layer.selectByIds([stored("site", one.uid).id() for one in (first, second, closed)])
    action = small_qgis.window.findChild(QAction, "resorption_nothing_changed")
    action.trigger()
    flags = {row["name"]: row["updated_without_any_change"] is True for row in layer.getFeatures()}
    assert flags == {"Un": True, "Deux": True, "Trois": False, "Fermé": False}
    assert layer.undoStack().count() == 1
    assert "2" in small_qgis.sentences()[-1]
    layer.rollBack()


def test_a_site_drawn_beside_another_one_is_told_in_the_form_and_in_the_bar(opened, show, small_qgis):
    there, near, far = site("Le Pré"), site("La Lande", 400), site("Ailleurs", 2000)
    opened(there, near, far)
    dialog = show("site", draw(32), is_new=True)
    said = panel(dialog).message.text()
    assert "Le Pré" in said
    assert "32 m" in said
    assert "La Lande" in said
    assert "Ailleurs" not in said
    assert [text for text in small_qgis.sentences() if "Le Pré" in text]
    assert not panel(dialog).unchanged.isVisible()


def test_the_existing_site_opens_instead(opened, show, small_qgis):
    there = site("Le Pré")
    opened(there)
    dialog = show("site", draw(32), is_new=True)
    panel(dialog).message.linkActivated.emit(there.uid)
    forms = [form for form in small_qgis.window.findChildren(QgsAttributeDialog) if form.isVisible()]
    assert [form.attributeForm().feature()["name"] for form in forms] == ["Le Pré"]
    assert not dialog.isVisible()


def test_a_site_added_without_a_form_is_told_in_the_bar_once(opened, small_qgis, qtbot):
    opened(site("Le Pré"))
    layer = find_layer(QgsProject.instance(), "site")
    assert layer.addFeature(draw(20))
    qtbot.waitUntil(lambda: any("Le Pré" in text for text in small_qgis.sentences()), timeout=PATIENCE_MS)
    assert layer.commitChanges(), layer.commitErrors()
    qtbot.wait(200)
    assert len([text for text in small_qgis.sentences() if "Le Pré" in text]) == 1


def test_a_form_is_given_room_within_the_screen(opened, show, qtbot):
    opened(site("Les Peupliers"))
    dialog = show("site", next(find_layer(QgsProject.instance(), "site").getFeatures()))
    qtbot.waitUntil(lambda: dialog.width() >= record_form.FORM_SIZE.width())
    assert dialog.height() >= record_form.FORM_SIZE.height()
    assert dialog.screen().availableGeometry().contains(dialog.geometry())


def test_typing_does_not_search_the_whole_form_again(opened, show, qtbot, monkeypatch):
    searched: list[object] = []
    monkeypatch.setattr(form_header, "free_the_keyboard", searched.append)
    opened(site("Les Peupliers"))
    dialog = show("site", next(find_layer(QgsProject.instance(), "site").getFeatures()))
    QTest.qWait(200)
    before = len(searched)
    assert before >= 1
    dialog.attributeForm().changeAttribute("name", "Les Saules")
    QTest.qWait(200)
    assert len(searched) == before


def test_while_a_record_is_refused_a_button_goes_to_the_field(opened, show, qtbot):
    opened()
    dialog = show("site", draw(), is_new=True)
    dialog.activateWindow()
    form = dialog.attributeForm()
    go = dialog.findChild(QPushButton, "resorption_field_to_correct")
    qtbot.wait(50)
    assert not go.isVisible()
    form.changeAttribute("population_total", 5)
    form.changeAttribute("population_minors", 9)
    qtbot.waitUntil(go.isVisible, timeout=PATIENCE_MS)
    assert not dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    go.click()
    minors = next(widget for widget in form.findChildren(QWidget) if widget.objectName() == "population_minors")
    qtbot.waitUntil(minors.isVisible, timeout=PATIENCE_MS)
    form.changeAttribute("population_minors", 3)
    qtbot.waitUntil(lambda: not go.isVisible(), timeout=PATIENCE_MS)


def test_a_whole_record_is_filled_and_saved_by_keyboard(opened, show, workspace, qtbot):
    opened()
    dialog = show("site", draw(), is_new=True)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    tabs = dialog.findChild(QTabWidget)
    typed = {"name": "Chemin des Berges", "address": "3 chemin des Berges", "population_total": "45", "caravans": "7"}
    seen = []
    for number in range(tabs.count()):
        tabs.tabBar().setFocus()
        while tabs.currentIndex() < number:
            QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Right)
        assert tabs.currentIndex() == number, tabs.tabText(number)
        for widget in walk(tabs.widget(number)):
            seen.append(widget)
            name = named(widget, dialog)
            if name in typed:
                QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
                QTest.keyClicks(widget, typed.pop(name))
    assert not typed
    assert seen
    QTest.keyClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)
    assert not dialog.isVisible()
    layer = find_layer(QgsProject.instance(), "site")
    assert layer.commitChanges(), layer.commitErrors()
    with GeoPackageStore.open(workspace.workspace, read_only=True) as store:
        (saved,) = store.read(["site"]).layer("site")
    assert {name: saved[name] for name in ("name", "address", "population_total", "caravans")} == {
        "name": "Chemin des Berges",
        "address": "3 chemin des Berges",
        "population_total": 45,
        "caravans": 7,
    }


def walk(page: QWidget) -> list[QWidget]:
    """Press Tab from the first widget of a page on, and return where the keyboard goes while it stays in the page."""
    first = next(
        (
            widget
            for widget in page.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )
    reached: list[QWidget] = []
    if first is None:
        return reached
    first.setFocus(Qt.FocusReason.TabFocusReason)
    while (widget := QApplication.focusWidget()) is not None and widget not in reached and page.isAncestorOf(widget):
        reached.append(widget)
        for _ in range(SECTIONS):  # Tab goes through the day, the month and the year of a date first
            QTest.keyClick(widget, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not widget:
                break
    return reached


def named(widget: QWidget, top: QWidget) -> str:
    """Return the column a widget edits."""
    columns = set(SITE.names())
    while widget is not None and widget is not top:
        if widget.objectName() in columns:
            return widget.objectName()
        widget = widget.parentWidget()
    return ""


def test_the_keyboard_goes_down_the_page(opened, show, qtbot):
    """Tab order is visual order in the tabs that are typed in."""
    opened()
    dialog = show("site", draw(), is_new=True)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    tabs = dialog.findChild(QTabWidget)
    for number in range(3):
        tabs.setCurrentIndex(number)
        reached = [widget for widget in walk(tabs.widget(number)) if named(widget, dialog)]
        assert reached, tabs.tabText(number)
        columns = list(dict.fromkeys(named(widget, dialog) for widget in reached))
        order = [name for name in shown_order() if name in columns]
        assert columns == order, tabs.tabText(number)


def shown_order() -> list[str]:
    """Return the columns as the form shows them: a group's own fields, then its boxes."""
    ordered: list[str] = []

    def visit(key: str) -> None:
        ordered.extend(field.name for field in SITE.fields if field.group == key)
        for group in SITE.groups:
            if group.parent == key:
                visit(group.key)

    for group in SITE.groups:
        if group.parent is None:
            visit(group.key)
    return ordered


def test_related_records_are_listed_in_their_tabs(opened, show, qtbot):
    record = site("Le Pré", population_total=40)
    opened(
        record,
        Record(
            "journal_entry",
            str(uuid.uuid4()),
            {
                "site_uid": record.uid,
                "description": "Passage",
                "visibility": "all",
                "entered_at": dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
            },
        ),
        Record(
            "population_count",
            str(uuid.uuid4()),
            {"site_uid": record.uid, "counted_on": dt.date(2026, 3, 1), "population_total": 40},
        ),
    )
    dialog = show("site", stored("site", record.uid))
    tabs = dialog.findChild(QTabWidget)
    listed: dict[str, list[str]] = {}
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        qtbot.wait(30)
        editors = [w for w in tabs.widget(number).findChildren(QgsRelationEditorWidget) if w.isVisible()]
        listed[tabs.tabText(number)] = [
            editor.relation().referencingLayer().customProperty("resorption/layer_key") for editor in editors
        ]
    assert "journal_entry" in listed["Journal"]
    assert "population_count" in listed["Habitants"]
    assert "action_site" in listed["Actions"]
    assert "photo" in listed["Photos"]
