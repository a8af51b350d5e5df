"""The form of a site, opened in QGIS: what it shows, asks, refuses and saves."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsAttributeDialog, QgsAttributeEditorContext, QgsAttributeForm, QgsGui, QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QTableWidget, QTabWidget, QWidget

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind
from resorption_plugin.qgis_adapters import expressions
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.widgets import has_header, title

TOULOUSE = "Point (1.44 43.6)"
SITE = catalogue.layer("site")

OpenForm = Callable[[QgsVectorLayer, QgsFeature], QgsAttributeForm]


@pytest.fixture
def project(project_file: Path, qgis_new_project: None) -> Iterator[QgsProject]:
    """The project of an empty workspace, opened in QGIS as an officer opens it."""
    expressions.register()
    opened = QgsProject.instance()
    assert opened.read(str(project_file))
    yield opened
    opened.clear()
    expressions.unregister()


@pytest.fixture
def site(project: QgsProject) -> QgsVectorLayer:
    layer = find_layer(project, "site")
    assert layer is not None
    assert layer.startEditing()
    return layer


def draw(layer: QgsVectorLayer, wkt: str = TOULOUSE) -> QgsFeature:
    """The feature of a new site, as the digitizing tool makes it."""
    geometry = QgsGeometry.fromWkt(wkt)
    return QgsVectorLayerUtils.createFeature(layer, geometry, {}, layer.createExpressionContext())


@pytest.fixture
def open_form(qgis_canvas: QgsMapCanvas, project: QgsProject) -> Iterator[OpenForm]:
    """Opens the form of a feature, with the canvas that QGIS always has (QGIS crashes without one).

    The forms go before the project: a list of related records that outlives its layer crashes QGIS.
    """
    if not QgsGui.editorWidgetRegistry().factories():
        QgsGui.editorWidgetRegistry().initEditors()
    context = QgsAttributeEditorContext()
    context.setMapCanvas(qgis_canvas)

    def open_one(layer: QgsVectorLayer, feature: QgsFeature) -> QgsAttributeForm:
        dialog = QgsAttributeDialog(layer, feature, False, None, True, context)
        dialogs.append(dialog)
        dialog.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
        dialog.show()
        return dialog.attributeForm()

    dialogs: list[QgsAttributeDialog] = []
    yield open_one
    for dialog in dialogs:
        dialog.close()
        if not sip.isdeleted(dialog):
            sip.delete(dialog)


def shown(form: QgsAttributeForm, column: str) -> bool:
    """Say whether the widget of a column would be seen when its tab is."""
    editor = next(widget for widget in form.findChildren(QWidget) if widget.objectName() == column)
    while editor is not None and not isinstance(editor.parentWidget(), QTabWidget) and editor is not form:
        if is_tab_page(editor):
            return editor.parentWidget().parentWidget().indexOf(editor) >= 0
        if editor.isHidden():
            return False
        editor = editor.parentWidget()
    return True


def is_tab_page(widget: QWidget) -> bool:
    return widget.parentWidget() is not None and isinstance(widget.parentWidget().parentWidget(), QTabWidget)


def stored(workspace: Path, column: str) -> Any:
    with closing(sqlite3.connect(workspace)) as connection:
        return connection.execute(f"SELECT {column} FROM site").fetchone()[0]


def test_the_tabs_follow_the_model(open_form: OpenForm, site: QgsVectorLayer) -> None:
    form = open_form(site, draw(site))
    tabs = form.findChild(QTabWidget)
    expected = [group.label.fr for group in SITE.groups if group.parent is None and group.key != "closing"]
    assert [tabs.tabText(index) for index in range(tabs.count())] == expected


def test_every_field_has_its_french_title_and_widget(project: QgsProject) -> None:
    widgets = {
        Kind.TEXT: "TextEdit",
        Kind.LONG_TEXT: "TextEdit",
        Kind.INTEGER: "Range",
        Kind.REAL: "Range",
        Kind.BOOLEAN: "ValueMap",
        Kind.DATE: "DateTime",
        Kind.DATETIME: "DateTime",
        Kind.UID: "TextEdit",
        Kind.CHOICES: "ValueRelation",
        Kind.FILE: "ExternalResource",
    }
    for declared in catalogue.layers():
        layer = find_layer(project, declared.key)
        assert layer is not None
        references = {relation.column for relation in declared.relations}
        for field in declared.fields:
            index = layer.fields().indexOf(field.name)
            expected = widgets[field.kind]
            if field.domain and field.kind is not Kind.CHOICES:
                expected = "ValueMap"
            if field.name in references:
                expected = "RelationReference"
            if field.hidden:
                expected = "Hidden"
            if field.name == "uid" and has_header(declared):
                expected = ""  # a project names no widget of the plugin, which claims the column when it is there
            where = f"{declared.key}.{field.name}"
            assert layer.editorWidgetSetup(index).type() == expected, where
            assert layer.attributeAlias(index) == title(field, "fr"), where
            assert layer.editFormConfig().readOnly(index) == field.read_only, where


def test_required_and_unique_fields_cannot_be_saved_empty_or_twice(site: QgsVectorLayer) -> None:
    hard = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    for name, constraint in (
        ("uid", "ConstraintUnique"),
        ("status", "ConstraintNotNull"),
        ("rb_id", "ConstraintUnique"),
    ):
        kind = getattr(QgsFieldConstraints.Constraint, constraint)
        found = site.fieldConstraintsAndStrength(site.fields().indexOf(name))
        assert found.get(kind) == hard, name


def test_a_new_site_knows_its_commune_without_network(site: QgsVectorLayer) -> None:
    feature = draw(site)
    filled = {name: feature[name] for name in ("fk_city", "commune", "department", "status")}
    assert filled == {"fk_city": "31555", "commune": "Toulouse", "department": "31", "status": "open"}
    assert len(feature["uid"]) == 36


def test_a_commune_corrected_near_its_limit_is_kept_and_a_move_fills_it_again(site: QgsVectorLayer) -> None:
    # 200 m inside Toulouse, next to Blagnac
    feature = draw(site, "Point (1.405 43.63)")
    assert site.addFeature(feature)
    index = site.fields().indexOf("fk_city")
    here = feature["fk_city"]
    neighbour = next(
        code
        for code in ("31069", "31555")
        if code != here and expressions.territory().metres_to_commune(code, 1.405, 43.63) < 500
    )
    assert site.changeAttributeValue(feature.id(), index, neighbour)
    assert site.getFeature(feature.id())["fk_city"] == neighbour
    assert site.changeGeometry(feature.id(), QgsGeometry.fromWkt("Point (0.72 43.11)"))
    assert site.getFeature(feature.id())["commune"] == "Saint-Gaudens"


def test_questions_appear_when_they_apply(open_form: OpenForm, site: QgsVectorLayer) -> None:
    form = open_form(site, draw(site))
    assert not shown(form, "water_access_is_public")
    form.changeAttribute("water_access_type", "robinet_connecte_au_reseau")
    assert shown(form, "water_access_is_public")
    assert not shown(form, "water_access_is_local")
    form.changeAttribute("water_access_is_public", False)
    assert shown(form, "water_access_is_local")
    form.changeAttribute("water_access_is_local", True)
    assert shown(form, "water_access_is_close")
    form.changeAttribute("water_access_type", "fontaine_publique")
    assert not shown(form, "water_access_is_close")


def test_the_old_form_appears_only_for_old_records(open_form: OpenForm, site: QgsVectorLayer) -> None:
    old = draw(site)
    old["living_conditions_version"] = 1
    assert shown(open_form(site, old), "water_potable")
    assert not shown(open_form(site, draw(site)), "water_potable")


def test_yes_no_questions_offer_unknown(open_form: OpenForm, site: QgsVectorLayer) -> None:
    form = open_form(site, draw(site))
    box = next(box for box in form.findChildren(QComboBox) if box.objectName() == "is_reinstallation")
    assert [box.itemText(index) for index in range(box.count())] == ["Inconnu", "Oui", "Non"]
    assert box.currentText() == "Inconnu"


@pytest.mark.parametrize(("answer", "kept"), [(True, 1), (False, 0), (None, None)])
def test_an_answer_is_saved_as_it_was_given(
    open_form: OpenForm, site: QgsVectorLayer, workspace: Path, answer: bool | None, kept: int | None
) -> None:
    form = open_form(site, draw(site))
    form.changeAttribute("is_reinstallation", answer)
    form.changeAttribute("name", "Terrain")
    assert form.save()
    assert site.commitChanges(), site.commitErrors()
    assert stored(workspace, "is_reinstallation") == kept
    (read,) = site.getFeatures()
    box = next(box for box in open_form(site, read).findChildren(QComboBox) if box.objectName() == "is_reinstallation")
    assert box.currentText() == {1: "Oui", 0: "Non", None: "Inconnu"}[kept]


def test_choices_are_saved_as_a_list(open_form: OpenForm, site: QgsVectorLayer, workspace: Path) -> None:
    form = open_form(site, draw(site))
    table = next(
        table
        for table in form.findChildren(QTableWidget)
        if table.rowCount() == 3 and table.item(0, 0).text().startswith("Ressortissants")
    )
    table.item(0, 0).setCheckState(Qt.CheckState.Checked)
    table.item(2, 0).setCheckState(Qt.CheckState.Checked)
    assert form.save()
    assert site.commitChanges(), site.commitErrors()
    assert sorted(stored(workspace, "social_origins")[1:-1].split(",")) == ['"european"', '"french"']


def test_who_and_when_are_written_in_utc(site: QgsVectorLayer, workspace: Path) -> None:
    assert site.addFeature(draw(site))
    assert site.commitChanges(), site.commitErrors()
    created = dt.datetime.fromisoformat(stored(workspace, "created_at"))
    assert abs(created - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_a_closed_site_asks_for_its_date(open_form: OpenForm, site: QgsVectorLayer) -> None:
    form = open_form(site, draw(site))
    assert not shown(form, "closed_at")
    form.changeAttribute("status", "resorbed")
    assert shown(form, "closed_at")
    index = site.fields().indexOf("closed_at")
    assert site.constraintDescription(index) == (
        "Un site existant n'a pas de date de fermeture, un site fermé en a une. "
        "Le site ne peut pas être fermé avant son installation. "
        "Le site ne peut pas être fermé avant son signalement. Cette date est dans le futur."
    )
    valid, reasons = QgsVectorLayerUtils.validateAttribute(site, form.currentFormFeature(), index)
    assert not valid
    assert reasons


def test_deleting_a_site_in_qgis_deletes_its_dwellings(
    project: QgsProject, workspace: Path, site: QgsVectorLayer
) -> None:
    assert site.addFeature(draw(site))
    assert site.commitChanges(False), site.commitErrors()
    (saved,) = site.getFeatures()
    dwelling = find_layer(project, "dwelling")
    assert dwelling is not None
    assert dwelling.startEditing()
    child = QgsVectorLayerUtils.createFeature(
        dwelling, QgsGeometry.fromWkt(TOULOUSE), {dwelling.fields().indexOf("site_uid"): saved["uid"]}
    )
    assert dwelling.addFeature(child)
    assert dwelling.commitChanges(), dwelling.commitErrors()
    assert site.deleteFeature(saved.id())
    assert site.commitChanges(), site.commitErrors()
    with closing(sqlite3.connect(workspace)) as connection:
        assert connection.execute("SELECT count(*) FROM dwelling").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM rtree_dwelling_geom").fetchone() == (0,)


def test_no_form_is_taller_than_a_screen(open_form: OpenForm, project: QgsProject) -> None:
    for declared in catalogue.layers():
        layer = find_layer(project, declared.key)
        assert layer is not None
        assert open_form(layer, QgsFeature(layer.fields())).sizeHint().height() <= 1000, declared.key
