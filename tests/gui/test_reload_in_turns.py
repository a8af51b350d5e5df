"""Layers that were written are shown anew one after the other, and the window answers in between."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer

from resorption_plugin.qgis_adapters.layers import LayerReloads, layer_key, workspace_layers

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
    reloads = LayerReloads(QgsProject.instance(), clock)
    reloads.finished.connect(lambda: turns.append("finished"))
    reloads.ask(workspace.workspace, KEYS)
    reloads.ask(workspace.workspace, {"site"})
    assert turns == []
    qtbot.waitUntil(lambda: "finished" in turns, timeout=20_000)
    clock.stop()
    shown = [turn for turn in turns if turn in KEYS]
    assert set(shown) == KEYS
    assert turns.count("finished") == 1
    assert "answered" in turns[turns.index(shown[0]) : len(turns) - turns[::-1].index(shown[-1])]


def test_a_project_that_closes_meanwhile_needs_no_reload(plugin, small_qgis, workspace, qtbot):
    assert len(opened(small_qgis, workspace)) == len(KEYS)
    owner = QObject()
    reloads = LayerReloads(QgsProject.instance(), owner)
    reloads.ask(workspace.workspace, KEYS)
    QgsProject.instance().clear()
    with qtbot.waitSignal(reloads.finished, timeout=5_000):
        assert not list(workspace_layers(QgsProject.instance()))


def test_nothing_is_reloaded_once_who_asked_is_gone(plugin, small_qgis, workspace, qtbot):
    shown: list[str] = []
    for layer in opened(small_qgis, workspace):
        layer.repaintRequested.connect(lambda *_: shown.append("reloaded"))
    owner = QObject()
    LayerReloads(QgsProject.instance(), owner).ask(workspace.workspace, KEYS)
    sip.delete(owner)
    qtbot.wait(100)
    assert shown == []
