"""Layers that were written are shown anew one after the other, and the window answers in between."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer

from resorption_plugin.qgis_adapters.layers import layer_key, reload_in_turns, workspace_layers

KEYS = {"site", "water_point", "dwelling"}


def opened(small_qgis, workspace) -> list:
    assert small_qgis.addProject(str(workspace.project))
    return [layer for layer in workspace_layers(QgsProject.instance()) if layer_key(layer) in KEYS]


def test_the_window_answers_between_two_layers(plugin, small_qgis, workspace, qtbot):
    turns: list[str] = []
    for layer in opened(small_qgis, workspace):
        key = layer_key(layer)
        layer.repaintRequested.connect(lambda *_, key=key: turns.append(key))
    clock = QTimer()
    clock.timeout.connect(lambda: turns.append("answered") if turns and turns[-1] != "answered" else None)
    clock.start(0)
    reload_in_turns(QgsProject.instance(), workspace.workspace, KEYS)
    assert turns == []
    qtbot.waitUntil(lambda: set(turns) >= KEYS, timeout=20_000)
    clock.stop()
    shown = [turn for turn in turns if turn != "answered"]
    assert "answered" in turns[turns.index(shown[0]) : len(turns) - turns[::-1].index(shown[-1])]


def test_a_project_that_closes_meanwhile_needs_no_reload(plugin, small_qgis, workspace, qtbot):
    assert len(opened(small_qgis, workspace)) == len(KEYS)
    reload_in_turns(QgsProject.instance(), workspace.workspace, KEYS)
    QgsProject.instance().clear()
    qtbot.wait(100)
    assert not list(workspace_layers(QgsProject.instance()))
