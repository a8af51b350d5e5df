"""The composition root: makes every part, hands each what it needs, and takes all of it away again.

What needs shapely is imported only once shapely is known to be there, so that the plugin always loads and can say.
"""

from __future__ import annotations

import logging
import sys
from contextlib import ExitStack
from functools import partial

from qgis.core import QgsApplication, QgsLocatorFilter, QgsProject
from qgis.gui import QgisInterface, QgsDockWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt

from .core.errors import ResorptionError
from .qgis_adapters.log import start_logging
from .qgis_adapters.requirements import missing_requirement
from .qgis_adapters.translation import install_translator, remove_translator, sentence
from .ui.actions import install
from .ui.help_dialog import help_command
from .ui.notifier import TITLE, MessageBarNotifier

logger = logging.getLogger(__name__)


class ResorptionPlugin:
    """What QGIS loads. Everything made is undone by ``unload``, in the reverse order."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep ``iface``; under ``qgis_process`` there is none, and ``initGui`` is not called."""
        self._iface = iface
        self._undo = ExitStack()
        self._missing: ResorptionError | None = None
        self._has_begun = False

    def initProcessing(self) -> None:
        """Register the algorithms; all that ``qgis_process`` asks for."""
        if self._has_begun:
            return
        self._has_begun = True
        self._undo.callback(start_logging())
        self._undo.callback(remove_translator, install_translator(QgsApplication.locale()))
        self._missing = missing_requirement()
        if self._missing is not None:
            logger.warning("%s", sentence(self._missing))
            if self._iface is None:  # qgis_process shows no log
                sys.stderr.write(f"{sentence(self._missing)}\n")  # noqa: QGS201 - a stream
        else:
            from .processing.provider import ResorptionProvider

            provider = ResorptionProvider()
            QgsApplication.processingRegistry().addProvider(provider)
            self._undo.callback(QgsApplication.processingRegistry().removeProvider, provider)

    def initGui(self) -> None:
        """Build the interface; without shapely, only the help and a sentence that says what to install."""
        self.initProcessing()
        notifier = MessageBarNotifier(self._iface.messageBar(), self._iface.openMessageLog)
        if self._missing is None:
            self._build(notifier)
        else:
            install(self._iface, TITLE, [help_command(self._iface.mainWindow())], notifier.guard, self._undo)
            notifier.report(self._missing)

    def unload(self) -> None:
        """Leave no action, dock, provider, options page nor declared setting behind."""
        self._undo.close()
        self._has_begun = False

    def _build(self, notifier: MessageBarNotifier) -> None:
        from .core.ports import SystemClock
        from .qgis_adapters.current_workspace import CurrentWorkspace
        from .qgis_adapters.decision_writer import DecisionWriter
        from .qgis_adapters.rechecker import Rechecker
        from .qgis_adapters.refreshing import Refresher
        from .qgis_adapters.tasks import Jobs
        from .settings import register_settings, unregister_settings
        from .ui.commands import Commands
        from .ui.desk import DeskController
        from .ui.dock import ResorptionDock
        from .ui.histories import Histories
        from .ui.locator import RecordFilter
        from .ui.options_page import OptionsFactory
        from .ui.progress import ProgressDisplay
        from .ui.record_form import RecordViewer
        from .ui.record_tools import RecordTools
        from .ui.sharing_tools import SharingTools

        iface, project, window, undo = self._iface, QgsProject.instance(), self._iface.mainWindow(), self._undo
        settings, clock = register_settings(), SystemClock()
        undo.callback(unregister_settings)
        viewer = RecordViewer(iface.mapCanvas(), iface.vectorLayerTools(), window)
        self._register(OptionsFactory(settings), RecordFilter(viewer, notifier.guard))
        dock = ResorptionDock(viewer.extent, window)
        self._add_dock(dock)
        # the other parts belong to the dock and go away with it
        jobs = Jobs(notifier, dock)
        ProgressDisplay(iface.messageBar(), jobs, dock)
        workspace = CurrentWorkspace(project, dock)
        results, wanted = Refresher(settings, clock), settings.recheck_after_edit.value
        rechecker = Rechecker(project, results.prepare, wanted, jobs=jobs, notifier=notifier, parent=dock)
        parts = (dock, viewer, DecisionWriter(clock), settings.signature, results.read_desk)
        desk = DeskController(*parts, jobs=jobs, notifier=notifier, window=window)
        commands = Commands(iface, workspace, dock, settings=settings, jobs=jobs, notifier=notifier)
        records = RecordTools(
            iface, workspace, viewer, settings=settings, jobs=jobs, notifier=notifier, clock=clock, parent=dock
        )
        history = Histories(
            iface, workspace, viewer, rechecker.touch, settings=settings, jobs=jobs, notifier=notifier, clock=clock
        )
        sharing = SharingTools(
            iface, workspace, dock.sharing, viewer.open_record, settings=settings, jobs=jobs, notifier=notifier
        )
        undo.callback(results.stop)
        for stop in (jobs.close, sharing.stop, rechecker.stop, records.stop, history.stop, workspace.stop, viewer.stop):
            undo.callback(stop)
        listed = (*commands.list(), *records.commands(), *sharing.commands(), *history.commands(), help_command(window))
        actions = install(iface, TITLE, listed, notifier.guard, undo)

        workspace.changed.connect(lambda path: actions.enable(has_workspace=path is not None))
        for follow in (results.follow, rechecker.follow, desk.show_workspace):
            workspace.changed.connect(follow)
        for news in (rechecker.refreshed, rechecker.decided, commands.results_changed, sharing.received):
            news.connect(desk.reload)
        for news in (desk.decided, commands.results_changed, sharing.received):
            news.connect(rechecker.show_results)
        desk.written.connect(rechecker.touch)
        sharing.waiting_changed.connect(partial(actions.show_count, "synchronise"))
        for news in (rechecker.refreshed, desk.written, commands.results_changed):
            news.connect(sharing.reload)
        dock.checks.rerun_asked.connect(notifier.guard(commands.run_checks))
        iface.mapCanvas().extentsChanged.connect(dock.checks.extent_changed)
        workspace.look()

    def _register(self, options: QgsOptionsWidgetFactory, finder: QgsLocatorFilter) -> None:
        self._iface.registerOptionsWidgetFactory(options)
        self._undo.callback(self._iface.unregisterOptionsWidgetFactory, options)
        self._iface.registerLocatorFilter(finder)
        self._undo.callback(self._iface.deregisterLocatorFilter, finder)

    def _add_dock(self, dock: QgsDockWidget) -> None:
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        for leave in (dock.deleteLater, partial(dock.setParent, None), partial(self._iface.removeDockWidget, dock)):
            self._undo.callback(leave)
