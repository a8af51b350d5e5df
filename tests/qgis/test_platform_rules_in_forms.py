"""The rules of the platform's validators in the forms of QGIS: the same truth, and the same refusals."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from qgis.core import (
    QgsExpression,
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QDate

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.terms import ParentColumn
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.qgis_adapters import expressions
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.project import write_project
from tests.platform_rules.all import STATED
from tests.platform_rules.statements import Stated, Values, own_fields, parents
from tests.qgis.rule_features import in_qgis, stored

HARD = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
SOFT = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft
ALONE = [stated for stated in STATED if not parents(stated.statement.condition)]
BUILT = dt.date(2024, 3, 1)
SITE = str(uuid.uuid4())


@pytest.fixture(scope="module")
def opened(territories_file: Path, tmp_path_factory: pytest.TempPathFactory, qgis_app: object) -> Iterator[QgsProject]:
    """The project of a workspace with one site, opened in QGIS as an officer opens it."""
    folder = tmp_path_factory.mktemp("rules")
    create_workspace(folder / "31.gpkg", ["31"], Territory.load(territories_file))
    with GeoPackageStore.open(folder / "31.gpkg") as store:
        site = Record("site", SITE, {"status": "open", "built_at": BUILT}, shapely.Point(1.44, 43.6))
        store.apply(ChangeSet(insert=[site]))
    expressions.register()
    write_project(folder / "31.gpkg", folder / "31.qgz", "fr")
    project = QgsProject.instance()
    assert project.read(str(folder / "31.qgz"))
    yield project
    project.clear()
    expressions.unregister()


def layer_of(project: QgsProject, key: str) -> QgsVectorLayer:
    layer = find_layer(project, key)
    assert layer is not None
    return layer


def feature_of(layer: QgsVectorLayer, values: Values) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setValid(True)
    for name, value in values.items():
        feature[name] = stored(value)
    return feature


def accepts(layer: QgsVectorLayer, column: str, values: Values) -> bool:
    """Say whether the form's constraint on a column, hard or soft, takes the values."""
    index = layer.fields().indexOf(column)
    kept = layer.fieldConstraintsAndStrength(index)
    strength = kept[QgsFieldConstraints.Constraint.ConstraintExpression]
    checked = feature_of(layer, values)
    expression = QgsExpression(layer.constraintExpression(index))
    context = layer.createExpressionContext()
    context.setFeature(checked)
    result = bool(expression.evaluate(context))
    assert not expression.hasEvalError(), expression.evalErrorString()
    valid, _ = QgsVectorLayerUtils.validateAttribute(layer, checked, index, strength)
    assert valid == result or values.get(column) is None, "another constraint on the column disagrees"
    return result


@pytest.mark.parametrize("stated", ALONE, ids=str)
def test_qgis_says_what_python_says(stated: Stated) -> None:
    condition = stated.statement.condition
    cases = (*stated.breaks, *stated.obeys, *stated.unknown)
    found = [in_qgis(condition, own_fields(stated), dict(values)) for values in cases]
    assert found == [condition.evaluate(values) for values in cases]


@pytest.mark.parametrize("stated", ALONE, ids=str)
def test_the_form_refuses_what_breaks_a_rule(opened: QgsProject, stated: Stated) -> None:
    """A soft rule on a column that also has hard ones is left to the checks: QGIS has one strength a column."""
    rule, layer = stated.statement, layer_of(opened, stated.layer)
    shown = [other for other in catalogue.layer(stated.layer).rules if other.field == rule.field]
    strongest = [other for other in shown if other.hard] or shown
    for values in (*stated.breaks, *stated.obeys, *stated.unknown):
        expected = all(other.condition.evaluate(values) is not False for other in strongest)
        assert accepts(layer, rule.field, values) == expected, values
    if rule in strongest:
        assert not any(accepts(layer, rule.field, values) for values in stated.breaks)


def test_a_soft_rule_warns_and_a_hard_one_forbids(opened: QgsProject) -> None:
    layer = layer_of(opened, "procedure")
    strengths = {
        column: layer.fieldConstraintsAndStrength(layer.fields().indexOf(column)).get(
            QgsFieldConstraints.Constraint.ConstraintExpression
        )
        for column in ("justice_rendered_at", "existing_litigation")
    }
    assert strengths == {"justice_rendered_at": HARD, "existing_litigation": SOFT}


OF_THE_SITE = [stated for stated in STATED if parents(stated.statement.condition)]
BEFORE, AFTER = BUILT - dt.timedelta(days=1), BUILT


@pytest.mark.parametrize("stated", OF_THE_SITE, ids=str)
def test_a_date_is_compared_with_the_settlement_of_its_site(opened: QgsProject, stated: Stated) -> None:
    layer, column = layer_of(opened, stated.layer), stated.statement.field
    assert accepts(layer, column, {"site_uid": SITE, column: AFTER})
    assert not accepts(layer, column, {"site_uid": SITE, column: BEFORE})
    assert accepts(layer, column, {"site_uid": str(uuid.uuid4()), column: BEFORE}), "a site nobody knows"
    assert accepts(layer, column, {"site_uid": None, column: BEFORE}), "no site yet"
    assert accepts(layer, column, {"site_uid": SITE}), "no date"


def test_the_edits_of_the_site_that_are_not_saved_yet_count(opened: QgsProject) -> None:
    sites, procedures = layer_of(opened, "site"), layer_of(opened, "procedure")
    assert sites.startEditing()
    try:
        new = feature_of(sites, {"uid": str(uuid.uuid4()), "status": "open", "built_at": dt.date(2025, 6, 1)})
        new.setGeometry(QgsGeometry.fromWkt("Point (1.45 43.61)"))
        assert sites.addFeature(new)
        drawn = {"site_uid": new["uid"], "police_requested_at": dt.date(2025, 5, 31)}
        assert not accepts(procedures, "police_requested_at", drawn)
        assert accepts(procedures, "police_requested_at", {**drawn, "police_requested_at": dt.date(2025, 6, 1)})
        saved = next(feature for feature in sites.getFeatures() if feature["uid"] == SITE)
        assert sites.changeAttributeValue(saved.id(), sites.fields().indexOf("built_at"), QDate(2025, 1, 1))
        assert not accepts(procedures, "police_requested_at", {"site_uid": SITE, "police_requested_at": AFTER})
    finally:
        sites.rollBack()
    assert accepts(procedures, "police_requested_at", {"site_uid": SITE, "police_requested_at": AFTER})


@pytest.mark.parametrize("registered", [True, False])
def test_without_a_workspace_nothing_is_known_of_the_site(
    opened: QgsProject, monkeypatch: pytest.MonkeyPatch, registered: bool
) -> None:
    """No project with a site, or no plugin: the value is unknown, and the form takes the date."""
    term = ParentColumn("site_uid", "site", "built_at")
    context = layer_of(opened, "procedure").createExpressionContext()
    context.setFeature(feature_of(layer_of(opened, "procedure"), {"site_uid": SITE}))
    expression = QgsExpression(term.qgis())
    assert expression.evaluate(context) == stored(BUILT)
    if registered:
        empty = QgsProject()
        monkeypatch.setattr(QgsProject, "instance", lambda: empty)
    else:
        expressions.unregister()
    try:
        assert QgsExpression(term.qgis()).evaluate(context) in (None, stored(None))
    finally:
        if not registered:
            expressions.register()
