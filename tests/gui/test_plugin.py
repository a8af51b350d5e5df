from __future__ import annotations

from qgis.core import QgsApplication, QgsProject, QgsSettingsTree
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QMenu, QToolBar

from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.settings import NODE
from resorption_plugin.ui.dock import ResorptionDock

EXPECTED = [
    "new_workspace",
    "open_workspace",
    "import_sites",
    "import_water_points",
    "import_streets",
    "compute_distances",
    "run_checks",
    "print_map",
    "return_sheet",
    "show_dock",
    "options",
    "nothing_changed",
    "add_photos",
    "history",
    "deleted_records",
    "past_sites",
    "help",
]
WITHOUT_ICON = 3  # the options, what was deleted and the past sites
ALWAYS_ENABLED = {"new_workspace", "open_workspace", "show_dock", "options", "help"}


def actions(qgis) -> dict[str, QAction]:
    found = qgis.window.findChildren(QAction)
    prefix = "resorption_"
    return {
        action.objectName().removeprefix(prefix): action for action in found if action.objectName().startswith(prefix)
    }


def test_the_menu_holds_every_command_and_stands_before_help(plugin, small_qgis):
    menus = small_qgis.window.menuBar().actions()
    menu = small_qgis.window.findChild(QMenu, "resorption_menu")
    assert menus.index(menu.menuAction()) < menus.index(small_qgis.help_menu.menuAction())
    named = [action.objectName().removeprefix("resorption_") for action in menu.actions() if not action.isSeparator()]
    assert named == EXPECTED


def test_every_tool_button_has_an_icon_that_can_be_drawn(plugin, small_qgis):
    buttons = [a for a in small_qgis.window.findChild(QToolBar, "resorption_toolbar").actions() if not a.isSeparator()]
    assert len(buttons) == len(EXPECTED) - WITHOUT_ICON
    assert [a.objectName() for a in buttons if a.icon().pixmap(24, 24).isNull()] == []


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
        qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=20_000)
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
