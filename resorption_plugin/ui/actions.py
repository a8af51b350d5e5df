"""The toolbar and the menu *Résorption*, from one list of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar

from .. import paths
from ..core.i18n import mark
from ..qgis_adapters.translation import tr
from .badge import badged

Guard = Callable[[Callable[[], None]], Callable[..., None]]
"""Makes a slot of a function, which reports what the function raises."""


class Place(Enum):
    """Where commands stand, in the order of the menu and of the toolbar."""

    WORKSPACE = auto()
    IMPORT = auto()
    RECORDS = auto()
    CHECK = auto()
    OUTPUTS = auto()
    SHARING = auto()
    WINDOW = auto()


_MENUS = {
    Place.IMPORT: mark("&Import"),
    Place.RECORDS: mark("&Records"),
    Place.CHECK: mark("&Check"),
    Place.OUTPUTS: mark("O&utputs"),
    Place.SHARING: mark("&Sharing"),
}
"""Titles of the places whose commands stand in a menu of their own."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for; ``text`` and ``tip`` are marked English."""

    key: str
    text: str
    tip: str
    run: Callable[[], None]
    icon: str = ""
    """Name of the icon; a command without one stands in the menu only."""
    place: Place = Place.WINDOW
    needs_workspace: bool = True


class Actions(QObject):
    """Makes the actions, and enables those that need a workspace when there is one."""

    def __init__(self, commands: Iterable[Command], menu: QMenu, toolbar: QToolBar, guard: Guard) -> None:
        """Fill ``menu`` with every command and ``toolbar`` with those that have an icon; ``guard`` reports failures."""
        super().__init__(menu)
        self._guard = guard
        self._waiting: list[QAction] = []
        self._icons: dict[str, QIcon] = {}
        self._tips: dict[str, str] = {}
        listed = list(commands)
        for place in Place:
            placed = [command for command in listed if command.place is place]
            if placed:
                toolbar.addSeparator()
                self._fill(_menu_of(place, menu), toolbar, placed)
        self.enable(has_workspace=False)

    def enable(self, *, has_workspace: bool) -> None:
        """Enable or disable the commands that need a workspace."""
        for action in self._waiting:
            action.setEnabled(has_workspace)

    def show_count(self, key: str, count: int, counted: str = "") -> None:
        """Show on the icon of a command how many things wait for it, and in its tip what is ``counted``."""
        action = self.findChild(QAction, f"resorption_{key}")
        if action is not None:
            action.setIcon(badged(self._icons.setdefault(key, action.icon()), count))
            tip = self._tips.setdefault(key, action.toolTip())
            action.setToolTip(f"{tip}\n{counted}" if counted else tip)

    def _fill(self, menu: QMenu, toolbar: QToolBar, commands: Iterable[Command]) -> None:
        for command in commands:
            action = self._action(command)
            menu.addAction(action)
            if command.icon:
                toolbar.addAction(action)
            if command.needs_workspace:
                self._waiting.append(action)

    def _action(self, command: Command) -> QAction:
        action = QAction(tr(command.text), self)
        action.setObjectName(f"resorption_{command.key}")
        action.setToolTip(tr(command.tip))
        action.setStatusTip(tr(command.tip))
        if command.icon:
            action.setIcon(QIcon(str(paths.icon(command.icon))))
        action.triggered.connect(self._guard(command.run))
        return action


def install(  # noqa: QGS105 - handed over, so that a test brings its own
    iface: QgisInterface, title: str, commands: Iterable[Command], guard: Guard, undo: ExitStack
) -> Actions:
    """Put the menu and the toolbar in QGIS's window; ``undo`` takes them away again."""
    window = cast(QMainWindow, iface.mainWindow())
    menu = QMenu(title, window)
    menu.setObjectName("resorption_menu")
    bar = window.menuBar()
    bar.insertMenu(iface.firstRightStandardMenu().menuAction(), menu)
    toolbar = iface.addToolBar(title)
    toolbar.setObjectName("resorption_toolbar")
    for widget in (menu, toolbar):
        undo.callback(widget.deleteLater)
        undo.callback(widget.setParent, None)  # gone at once, before the event loop deletes it
    undo.callback(bar.removeAction, menu.menuAction())
    return Actions(commands, menu, toolbar, guard)


def _menu_of(place: Place, menu: QMenu) -> QMenu:
    """Return the menu where the commands of a place go."""
    if place not in _MENUS:
        menu.addSeparator()
        return menu
    within: QMenu = menu.addMenu(tr(_MENUS[place]))
    within.setObjectName(f"resorption_{place.name.lower()}_menu")
    return within
