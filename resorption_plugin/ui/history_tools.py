"""Puts the history within reach: from the menu, from a form or an identified record, and on the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsFeature, QgsMapLayer, QgsProject, QgsVariantUtils, QgsVectorLayer
from qgis.gui import QgsGui, QgsMapLayerAction, QgsMapLayerActionContext
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QDockWidget, QWidget

from .. import paths
from ..core.errors import ResorptionError
from ..core.history.lines import Line
from ..core.history.recorded import recorded_layers
from ..core.history.restoring import Signature, touched
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import ChangeSet, Clock, Notifier
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.edit_watcher import Touched
from ..qgis_adapters.layer_edits import write_into
from ..qgis_adapters.layers import find_layer, layer_key, reload_workspace_layers
from ..qgis_adapters.past_sites import PastSites, read_day, read_versions, show
from ..qgis_adapters.record_history import RecordHistory, open_history, plan, read_deleted, read_history, restore
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, sentence, tr
from ..settings import Settings
from .actions import Command, Place
from .history_dialog import HistoryDialog
from .past_dialog import PastDialog

Record = tuple[str, str]
"""The layer and the uid of the record whose history is open."""

_TEMPORAL_PANEL = "Temporal Controller"
"""The name that QGIS gives to its panel, in every language."""


class HistoryTools(QObject):
    """Offers the history of records until ``stop``; it goes away with ``workspace``."""

    opened = pyqtSignal(object, str, str)
    """The history of a record was opened: its window, the layer and the uid."""

    def __init__(
        self,
        window: QWidget,
        workspace: CurrentWorkspace,
        settings: Settings,
        touch: Callable[[Touched], None],
        *,
        jobs: Jobs,
        notifier: Notifier,
        clock: Clock,
    ) -> None:
        """Follow the open workspace, and put *History…* among the actions of its records.

        ``touch`` is told, by layer, which records a restored value concerns.
        """
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self._touch = touch
        self._jobs = jobs
        self._notifier = notifier
        self._clock = clock
        self._dialogs: list[HistoryDialog] = []
        self._opened: Path | None = None
        self._action = _RecordAction(self)
        self._action.triggeredForFeatureV2.connect(self._show_feature)
        QgsGui.mapLayerActionRegistry().addMapLayerAction(self._action)
        workspace.changed.connect(self._follow)

    def stop(self) -> None:
        """Take the action away and close the windows."""
        QgsGui.mapLayerActionRegistry().removeMapLayerAction(self._action)
        self._close_all()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (
            Command(
                "history",
                mark("&History…"),
                mark("See who changed what and when on the selected record, and restore values"),
                self.show_selected,
                "history",
                Place.RECORDS,
            ),
            Command(
                "deleted_records",
                mark("&Deleted Records…"),
                mark("See what was deleted, by whom and when, and restore it"),
                self.show_deleted,
                place=Place.RECORDS,
            ),
            Command(
                "past_sites",
                mark("Show the Sites as They &Were…"),
                mark("Show the sites on a past day, or play how they changed"),
                self.show_past,
                place=Place.RECORDS,
            ),
        )

    def show_selected(self) -> None:
        """Open the history of the one record that is selected; a selected site comes first."""
        for declared in sorted(recorded_layers(), key=lambda layer: layer.key != "site"):
            layer = find_layer(QgsProject.instance(), declared.key)
            if layer is not None and layer.selectedFeatureCount() == 1:
                self._show_feature(layer, layer.selectedFeatures()[0])
                return
        raise ResorptionError(
            mark("Select one site, or one other record of the workspace, on the map or in its table.")
        )

    def show_record(self, layer: str, uid: str) -> HistoryDialog:
        """Open the history of a record."""
        dialog = self._open((layer, uid))
        self.opened.emit(dialog, layer, uid)
        return dialog

    def show_deleted(self) -> None:
        """Open the list of what was deleted."""
        self._open(None)

    def _open(self, record: Record | None) -> HistoryDialog:
        path = self._path()
        dialog = HistoryDialog(self._window)
        self._dialogs.append(dialog)
        dialog.destroyed.connect(partial(self._forget, dialog))
        dialog.restore_asked.connect(partial(self._restore, dialog, path, record))
        self._read(dialog, path, record)
        dialog.show()
        return dialog

    def show_past(self) -> None:
        """Ask for which time, and add a layer of the sites as they were."""
        path = self._path()
        dialog = PastDialog(self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        day, spoken = dialog.chosen_day(), language()
        self._jobs.run(
            tr("Looking up how the sites were"),
            lambda feedback: (
                read_versions(path, spoken, feedback) if day is None else read_day(path, day, spoken, feedback)
            ),
            lambda sites: self._show_sites(path, sites),
        )

    def _show_sites(self, path: Path, sites: PastSites) -> None:
        if path != self._workspace.path:
            return
        if not sites.features:
            self._notifier.inform(tr("The workspace held no site then."))
            return
        try:
            show(QgsProject.instance(), sites)
        except ResorptionError as error:
            self._notifier.report(error)
            return
        panel = self._window.findChild(QDockWidget, _TEMPORAL_PANEL)
        if sites.plays and panel is not None:
            panel.show()
        if sites.plays:
            self._notifier.inform(tr("The layer is ready: choose the animated navigation in the temporal controller."))

    def _show_feature(
        self, layer: QgsMapLayer, feature: QgsFeature, _context: QgsMapLayerActionContext | None = None
    ) -> None:
        key, uid = layer_key(layer), feature["uid"]
        if key is None or QgsVariantUtils.isNull(uid):
            self._notifier.report(ResorptionError(mark("This record is not saved yet: it has no history.")))
            return
        self.show_record(key, str(uid))

    def _read(self, dialog: HistoryDialog, path: Path, record: Record | None) -> None:
        spoken = language()

        def done(history: RecordHistory) -> None:
            if dialog in self._dialogs:
                dialog.show_history(history)

        self._jobs.run(
            tr("Reading the history"),
            lambda _feedback: read_deleted(path, spoken) if record is None else read_history(path, *record, spoken),
            done,
        )

    def _restore(self, dialog: HistoryDialog, path: Path, record: Record | None, line: Line) -> None:
        signature = self.signature()
        layer = find_layer(QgsProject.instance(), line.change.layer)

        def say(text: str) -> None:
            if dialog in self._dialogs:
                dialog.say(text)

        def failed(error: ResorptionError) -> None:
            say(sentence(error))

        def written(_changes: ChangeSet) -> None:
            self.follow_restored(path, line, record)
            self._read(dialog, path, record)

        def planned(changes: ChangeSet) -> None:
            if layer is None or not layer.isEditable():
                failed(ResorptionError(mark("The edit has ended meanwhile: nothing was changed. Try again.")))
                return
            try:
                write_into(layer, changes, tr("Restore from the history"))
            except ResorptionError as error:
                failed(error)
                return
            say(tr("The value is back in the open edit of {layer}. Save it, or undo it.", layer=layer.name()))

        title = tr("Restoring from the history")
        if isinstance(layer, QgsVectorLayer) and layer.isEditable():
            self._jobs.run(title, lambda _feedback: plan(path, line, signature), planned, failed)
        else:
            self._jobs.run(title, lambda _feedback: restore(path, line, signature), written, failed)

    def _follow(self, path: Path | None) -> None:
        """Note who opens a workspace, and say which layers were not recorded meanwhile."""
        if path == self._opened:
            return
        self._opened = path
        self._close_all()
        if path is None:
            return
        user = self._user()

        def done(layers: list[str]) -> None:
            if layers:
                names = dict.fromkeys(catalogue.layer(key).plural.text(language()) for key in layers)
                self._notifier.inform(
                    tr(
                        "Another program had removed what keeps the history of {layers}: it is kept again from now on, "
                        "what was changed in between may be missing.",
                        layers=", ".join(names),
                    )
                )

        self._jobs.run_unasked(tr("Opening the history"), lambda _feedback: open_history(path, user), done)

    def signature(self) -> Signature:
        """Return who restores now."""
        return Signature(self._user() or None, self._clock.now())

    def follow_restored(self, path: Path, line: Line, record: Record | None = None) -> None:
        """Show what was restored in the file: in the layers, and to those who compute from it."""
        reload_workspace_layers(QgsProject.instance(), path)
        self._touch(touched(line, record))

    def _user(self) -> str:
        """Return the name that QGIS signs records with, else the one of the options."""
        return QgsApplication.userFullName().strip() or self._settings.signature()

    def _path(self) -> Path:
        if self._workspace.path is None:
            raise ResorptionError(mark("No workspace is open. Create one or open one first."))
        return self._workspace.path

    def _close_all(self) -> None:
        for dialog in list(self._dialogs):
            dialog.close()

    def _forget(self, dialog: HistoryDialog, _object: QObject | None = None) -> None:
        if dialog in self._dialogs:
            self._dialogs.remove(dialog)


class _RecordAction(QgsMapLayerAction):
    """*History…* in forms, tables and identified records of the layers that have one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(
            tr("History…"),
            parent,
            Qgis.LayerType.Vector,
            Qgis.MapLayerActionTarget.SingleFeature,
            QIcon(str(paths.icon("history"))),
        )
        self._keys = {layer.key for layer in recorded_layers()}

    def canRunUsingLayer(  # noqa: N802 - QGIS API
        self, layer: QgsMapLayer, _context: QgsMapLayerActionContext | None = None
    ) -> bool:
        return layer_key(layer) in self._keys
