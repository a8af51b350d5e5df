"""The toolbar and the menu *Résorption*, from one list of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QMenu, QToolBar

from .. import paths
from ..qgis_adapters.translation import tr

Guard = Callable[[Callable[[], None]], Callable[..., None]]
"""Makes a slot of a function, which reports what the function raises."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for; ``text`` and ``tip`` are marked English."""

    key: str
    text: str
    tip: str
    run: Callable[[], None]
    icon: str = ""
    """Name of the icon; a command without one stands in the menu only."""
    needs_workspace: bool = True
    starts_group: bool = False


class Actions(QObject):
    """Makes the actions, and enables those that need a workspace when there is one."""

    def __init__(self, commands: Iterable[Command], menu: QMenu, toolbar: QToolBar, guard: Guard) -> None:
        """Fill ``menu`` with every command and ``toolbar`` with those that have an icon; ``guard`` reports failures."""
        super().__init__(menu)
        self._guard = guard
        self._waiting: list[QAction] = []
        for command in commands:
            action = self._action(command)
            if command.starts_group:
                menu.addSeparator()
            menu.addAction(action)
            if command.icon:
                if command.starts_group:
                    toolbar.addSeparator()
                toolbar.addAction(action)
            if command.needs_workspace:
                self._waiting.append(action)
        self.enable(has_workspace=False)

    def enable(self, *, has_workspace: bool) -> None:
        """Enable or disable the commands that need a workspace."""
        for action in self._waiting:
            action.setEnabled(has_workspace)

    def _action(self, command: Command) -> QAction:
        action = QAction(tr(command.text), self)
        action.setObjectName(f"resorption_{command.key}")
        action.setToolTip(tr(command.tip))
        action.setStatusTip(tr(command.tip))
        if command.icon:
            action.setIcon(QIcon(str(paths.icon(command.icon))))
        action.triggered.connect(self._guard(command.run))
        return action
