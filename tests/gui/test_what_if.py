"""*What if…* asks, judges in the background, and shows a temporary layer; the workspace is left as it is."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDialogButtonBox

from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.ui.what_if_dialog import WhatIfDialog
from tests.gui.test_desk import PATIENCE_MS, add, add_tap, codes, dock, wait_for_checks  # noqa: F401 - a fixture
from tests.gui.test_fixing import answer

OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def ask(small_qgis):
    """Return what opens the dialog from the menu and answers it."""

    def run(act):
        def answered(dialog):
            act(dialog)
            dialog.buttons.button(OK).click()

        answer(WhatIfDialog, answered)
        action = small_qgis.window.findChild(object, "resorption_what_if")
        action.trigger()

    return run


def supposed_layers():
    return [
        layer for layer in QgsProject.instance().mapLayers().values() if layer.name().startswith(("What if", "Et si"))
    ]


def test_a_selected_tap_that_fails(dock, qtbot, ask, workspace):  # noqa: F811
    add("site", name="Le Pré", population_total=40)
    tap = add_tap(100)
    wait_for_checks(dock, qtbot, set(), {"EAU-001"})
    layer = find_layer(QgsProject.instance(), "water_point")
    layer.selectByExpression(f"\"uid\" = '{tap['uid']}'")
    before = hashlib.sha256(workspace.workspace.read_bytes()).hexdigest()
    seen = []

    def choose(dialog):
        seen.append(dialog.selected.text())
        dialog.fails.setChecked(True)

    ask(choose)
    qtbot.waitUntil(lambda: bool(supposed_layers()), timeout=PATIENCE_MS)
    (shown,) = supposed_layers()
    assert "Robinet" in seen[0]
    assert "Robinet" in shown.name()
    changes = {feature["check_id"]: feature["change"] for feature in shown.getFeatures()}
    assert changes["EAU-001"] == "appears"
    assert hashlib.sha256(workspace.workspace.read_bytes()).hexdigest() == before
    assert shown.renderer().classAttribute() == "change"
    assert all(category.label() != category.value() for category in shown.renderer().categories())


def test_the_slider_and_the_day_agree(qgis_app, qtbot):
    dialog = WhatIfDialog([])
    qtbot.addWidget(dialog)
    dialog.later.setValue(40)
    assert dialog.day.date() == QDate.currentDate().addDays(40)
    dialog.day.setDate(QDate.currentDate().addDays(10))
    assert dialog.later.value() == 10
    dialog.people.setValue(150)
    supposition = dialog.supposition()
    assert supposition.growth == 1.5
    assert supposition.on == dt.date.fromisoformat(QDate.currentDate().addDays(10).toString("yyyy-MM-dd"))
    assert not dialog.fails.isEnabled()
