"""Notices which records a saved edit touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from qgis.core import QgsFeature, QgsFeatureRequest, QgsProject, QgsVariantUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.model import catalogue
from ..core.model.fields import Role
from .layers import layer_key, workspace_layers

Touched = Mapping[str, frozenset[str]]
"""The uids touched, by layer key."""

WATCHED_RESULTS = frozenset({"distance"})
"""Computed layers in which officers write what later results depend on (field measurements)."""


class EditWatcher(QObject):
    """Emits ``touched`` after each saved edit: the rows themselves, and the rows they belong or belonged to.

    A dwelling moved to another site touches the dwelling and both sites. ``decided`` is emitted instead when
    findings were edited by hand: nothing is to be computed then. ``settled`` says that the edits of a computed layer
    were saved or given up.
    """

    touched = pyqtSignal(object)
    decided = pyqtSignal()
    settled = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self._watches: list[QObject] = []

    def watch(self, project: QgsProject) -> None:
        """Watch the workspace's layers of ``project``, and no others."""
        self.stop()
        for layer in workspace_layers(project):
            declared = catalogue.layer(str(layer_key(layer)))
            if declared.role is Role.RECORD or declared.key in WATCHED_RESULTS:
                self._watches.append(_LayerWatch(self, layer, declared.key))
            if declared.role is Role.COMPUTED:
                self._watches.append(_ResultWatch(self, layer, declared.key))

    def stop(self) -> None:
        """Watch nothing any more."""
        for watch in self._watches:
            watch.setParent(None)  # Python owns it again, and deletes it with its connections
        self._watches = []


class _LayerWatch(QObject):
    """Collects what one commit of one layer touches."""

    def __init__(self, watcher: EditWatcher, layer: QgsVectorLayer, key: str) -> None:
        super().__init__(watcher)
        self._watcher = watcher
        self._layer = layer
        self._key = key
        self._columns = {"uid": key} | {relation.column: relation.parent for relation in catalogue.layer(key).relations}
        self._uids: dict[str, set[str]] = defaultdict(set)
        layer.beforeCommitChanges.connect(self._before)
        layer.committedFeaturesAdded.connect(self._added)
        layer.committedAttributeValuesChanges.connect(self._changed)
        layer.afterCommitChanges.connect(self._after)

    def _before(self, _stop_editing: bool = False) -> None:  # noqa: FBT001, FBT002 - signature of the signal
        """Read from the file what is about to change or go: afterwards deleted rows have no uid any more."""
        self._uids.clear()
        buffer = self._layer.editBuffer()
        if buffer is None:
            return
        ids = {*buffer.deletedFeatureIds(), *buffer.changedAttributeValues(), *buffer.changedGeometries()}
        stored = [fid for fid in ids if fid >= 0]
        if stored:
            request = QgsFeatureRequest(stored).setFlags(QgsFeatureRequest.Flag.NoGeometry)
            request.setSubsetOfAttributes(list(self._columns), self._layer.fields())
            self._collect(self._layer.dataProvider().getFeatures(request))

    def _added(self, _layer_id: str, features: list[QgsFeature]) -> None:
        self._collect(features)

    def _changed(self, _layer_id: str, changes: dict[int, dict[int, object]]) -> None:
        """Note the rows to which changed rows belong from now on."""
        fields = self._layer.fields()
        for column, owner in self._columns.items():
            index = fields.indexOf(column)
            for values in changes.values():
                if index in values:
                    self._note(owner, values[index])

    def _collect(self, features: Iterable[QgsFeature]) -> None:
        for feature in features:
            for column, owner in self._columns.items():
                self._note(owner, feature[column])

    def _note(self, owner: str, uid: object) -> None:
        if uid and not QgsVariantUtils.isNull(uid):
            self._uids[owner].add(str(uid))

    def _after(self) -> None:
        touched = {owner: frozenset(uids) for owner, uids in self._uids.items()}
        self._uids.clear()
        if touched:
            self._watcher.touched.emit(touched)


class _ResultWatch(QObject):
    """Notices when edits of a computed layer end."""

    def __init__(self, watcher: EditWatcher, layer: QgsVectorLayer, key: str) -> None:
        super().__init__(watcher)
        self._watcher = watcher
        self._key = key
        layer.afterCommitChanges.connect(self._saved)
        layer.afterRollBack.connect(self._given_up)

    def _saved(self) -> None:
        if self._key == "finding":
            self._watcher.decided.emit()
        self._watcher.settled.emit()

    def _given_up(self) -> None:
        self._watcher.settled.emit()
