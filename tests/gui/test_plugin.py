from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsSettingsTree
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QMenu, QToolBar

from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.settings import NODE
from resorption_plugin.ui.dock import ResorptionDock
from tests.gui.tasks_end import tasks_end

TOP = [
    "new_workspace",
    "open_workspace",
    "import_menu",
    "records_menu",
    "check_menu",
    "outputs_menu",
    "sharing_menu",
    "show_dock",
    "options",
    "help",
]
WITHIN = {
    "import_menu": ["import_sites", "import_water_points", "import_streets", "add_photos"],
    "records_menu": ["nothing_changed", "history", "deleted_records", "past_sites"],
    "check_menu": ["compute_distances", "run_checks", "what_if", "check_layers"],
    "outputs_menu": ["print_map", "return_sheet"],
    "sharing_menu": ["synchronise", "connect_server", "administration", "territory_history"],
}
IN_MENU_ONLY = {
    *("connect_server", "administration", "territory_history", "options", "deleted_records", "past_sites", "what_if"),
    "check_layers",
}
ALWAYS_ENABLED = {"new_workspace", "open_workspace", "show_dock", "options", "check_layers", "administration", "help"}
FRENCH = Path(__file__).parents[2] / "i18n" / "fr"


def actions(qgis) -> dict[str, QAction]:
    found = qgis.window.findChildren(QAction)
    prefix = "resorption_"
    return {
        action.objectName().removeprefix(prefix): action for action in found if action.objectName().startswith(prefix)
    }


def menus(qgis) -> dict[str, QMenu]:
    """The menu of the plugin and those within it."""
    menu = qgis.window.findChild(QMenu, "resorption_menu")
    return {"": menu} | {within.objectName().removeprefix("resorption_"): within for within in menu.findChildren(QMenu)}


def keys(menu: QMenu | QToolBar) -> list[str]:
    named = [(each.menu() if isinstance(menu, QMenu) and each.menu() else each).objectName() for each in menu.actions()]
    return [name.removeprefix("resorption_") for name in named if name]


def test_the_menu_holds_every_command_in_its_place_and_stands_before_help(plugin, small_qgis):
    bar = small_qgis.window.menuBar().actions()
    shown = menus(small_qgis)
    assert bar.index(shown[""].menuAction()) < bar.index(small_qgis.help_menu.menuAction())
    assert keys(shown.pop("")) == TOP
    assert {name: keys(menu) for name, menu in shown.items()} == WITHIN


def test_no_two_entries_of_a_menu_answer_to_the_same_letter(plugin, small_qgis):
    french: dict[str, str] = {}
    for area in sorted(FRENCH.glob("*.json")):
        french |= json.loads(area.read_text("utf-8"))
    for name, menu in menus(small_qgis).items():
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        for said in (texts, [french[text] for text in texts]):
            letters = [text[text.index("&") + 1].lower() for text in said]
            assert len(letters) == len(set(letters)), (name, said)


def test_every_tool_button_has_an_icon_that_can_be_drawn(plugin, small_qgis):
    toolbar = small_qgis.window.findChild(QToolBar, "resorption_toolbar")
    listed = [key for entry in TOP for key in WITHIN.get(entry, [entry])]
    assert keys(toolbar) == [key for key in listed if key not in IN_MENU_ONLY]
    buttons = [action for action in toolbar.actions() if not action.isSeparator()]
    assert [each.objectName() for each in buttons if each.icon().pixmap(24, 24).isNull()] == []


def test_without_a_workspace_only_the_commands_that_need_none_are_enabled(plugin, small_qgis):
    assert {key for key, action in actions(small_qgis).items() if action.isEnabled()} == ALWAYS_ENABLED


def test_opening_a_workspace_enables_every_command_and_closing_it_disables_them(plugin, small_qgis, workspace, qtbot):
    assert small_qgis.addProject(str(workspace.project))
    qtbot.waitUntil(lambda: all(action.isEnabled() for action in actions(small_qgis).values()))
    QgsProject.instance().clear()
    qtbot.waitUntil(lambda: not actions(small_qgis)["run_checks"].isEnabled())


def test_unloading_leaves_no_action_menu_dock_provider_options_page_nor_setting(small_qgis, workspace, qtbot):
    plugin = ResorptionPlugin(small_qgis)
    for _ in range(2):  # a plugin is reloaded without restarting QGIS
        plugin.initGui()
        assert small_qgis.addProject(str(workspace.project))
        assert QgsApplication.processingRegistry().providerById("resorption") is not None
        tasks_end(qtbot)
        plugin.unload()
        assert actions(small_qgis) == {}
        assert small_qgis.window.findChildren(QToolBar) == []
        assert small_qgis.window.findChild(QMenu, "resorption_menu") is None
        assert small_qgis.window.findChildren(ResorptionDock) == []
        assert [action.menu() for action in small_qgis.window.menuBar().actions()] == [small_qgis.help_menu]
        assert small_qgis.option_factories == []
        assert QgsApplication.processingRegistry().providerById("resorption") is None
        assert NODE not in [
            node.key().rstrip("/").split("/")[-1] for node in QgsSettingsTree.node("plugins").childrenNodes()
        ]
        QgsProject.instance().clear()
