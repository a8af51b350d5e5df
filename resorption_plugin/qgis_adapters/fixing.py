"""Looks for what can be corrected, and corrects: in the edit buffer of a layer, or two records made one in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer

from ..core.errors import ResorptionError, WorkspaceError
from ..core.fixes import merge
from ..core.fixes.proposal import Correction
from ..core.fixes.registry import fix_of
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import ChangeSet
from ..core.records import Record
from ..geopackage.store import GeoPackageStore
from .checking import territory
from .layer_edits import write_into
from .layers import find_layer
from .translation import language

_GONE = mark("One of the two records has been deleted since. Run the checks again.")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one: the one that stays, and the one that goes."""

    kept: Record
    dropped: Record


@dataclass(frozen=True, slots=True)
class Merge:
    """What was written to make two records one, and what takes it back."""

    workspace: Path
    steps: Sequence[ChangeSet]
    back: Sequence[ChangeSet]

    def layers(self) -> list[str]:
        """Return the keys of the layers written."""
        return sorted(set().union(*(step.layers() for step in self.steps)))

    def touched(self) -> dict[str, frozenset[str]]:
        """Return the uids of the records written, by layer."""
        pairs = {(record.layer, record.uid) for step in self.steps for record in (*step.insert, *step.update)}
        pairs |= {pair for step in self.steps for pair in step.delete}
        return {key: frozenset(uid for layer, uid in pairs if layer == key) for key in self.layers()}


def find_corrections(workspace: Path, findings: Sequence[Record]) -> list[Correction]:
    """Return what the corrections of some findings of one check would change. Runs in a task."""
    found: list[Correction] = []
    with GeoPackageStore.open(workspace, read_only=True) as store:
        for finding in findings:
            fix = fix_of(finding["check_id"])
            for record in store.read_uids(finding["target_layer"], [finding["target_uid"]]) if fix else ():
                correction = fix.propose(record, territory()) if fix else None
                if correction:
                    found.append(correction)
    return found


def find_pair(workspace: Path, finding: Record) -> Pair:
    """Return the two records that a finding is about. Runs in a task; raises ``WorkspaceError`` when one is gone."""
    layer, uids = finding["target_layer"], [finding["target_uid"], *json.loads(finding["related_uids"] or "[]")]
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return _pair(store.read_uids(layer, uids))


def write_merge(workspace: Path, pair: Pair, answers: Mapping[str, Any]) -> Merge:
    """Make the two records one, in one transaction. Runs in a task.

    What belongs to them is read now, not when the choice was shown: nothing added meanwhile is lost. Raises
    ``WorkspaceError`` when the choice itself has become another, and ``ParameterError``; then nothing is written.
    """
    layer = pair.kept.layer
    with GeoPackageStore.open(workspace) as store:
        data = store.read(merge.layers_to_read(layer))
        kept, dropped = (data.get(layer, record.uid) for record in (pair.kept, pair.dropped))
        if kept is None or dropped is None:
            raise WorkspaceError(_GONE)
        if merge.choices(kept, dropped) != merge.choices(pair.kept, pair.dropped):
            raise WorkspaceError(
                mark("One of the two records was changed meanwhile: nothing was merged. Look at them again.")
            )
        steps = merge.merge(kept, dropped, answers, data)
        store.apply(*steps)
    return Merge(workspace, steps, merge.inverse(steps, data))


def take_apart(done: Merge) -> None:
    """Take a merge back, in one transaction. Runs in a task.

    Raises ``WorkspaceError`` when something it wrote was changed since: that change would be lost.
    """
    with GeoPackageStore.open(done.workspace) as store:
        if not merge.are_as_written(done.steps, store.read(done.layers())):
            raise WorkspaceError(
                mark(
                    "What was merged has been changed since: it was left as it is. The history of the record has every "
                    "value, and the deleted one is among the deleted records."
                )
            )
        store.apply(*done.back)


def _pair(records: Sequence[Record]) -> Pair:
    if len(records) != 2:
        raise WorkspaceError(_GONE)
    return Pair(*merge.order(*records))


def refuse_unsaved(project: QgsProject, keys: Sequence[str]) -> None:
    """Raise ``WorkspaceError`` when a layer has edits that are not saved: they would be judged or written over."""
    for key in keys:
        layer = find_layer(project, key)
        if layer is not None and layer.isModified():
            raise WorkspaceError(
                mark("The layer “{layer}” has edits that are not saved. Save them or give them up, then try again."),
                layer=catalogue.layer(key).plural.text(language()),
            )


def correct(project: QgsProject, corrections: Sequence[Correction], title: str) -> None:
    """Make corrections in the edit buffers, one edit command a layer; the layers are then to be saved.

    Raises ``ResorptionError`` when a layer is not in the project, cannot be edited, or a record is gone: then nothing
    is changed.
    """
    by_layer: dict[str, ChangeSet] = {}
    for correction in corrections:
        record = correction.record
        changes = by_layer.setdefault(record.layer, ChangeSet())
        changes.update.append(Record(record.layer, record.uid, correction.values, correction.geometry))
    layers = {key: _editable(project, key) for key in by_layer}
    written: list[QgsVectorLayer] = []
    try:
        for key, changes in by_layer.items():
            write_into(layers[key], changes, title)
            written.append(layers[key])
    except ResorptionError:
        for layer in written:
            layer.undoStack().undo()
        raise


def _editable(project: QgsProject, key: str) -> QgsVectorLayer:
    layer = find_layer(project, key)
    if layer is None or not (layer.isEditable() or layer.startEditing()):
        raise WorkspaceError(
            mark("The layer “{layer}” cannot be edited in this project. Open the workspace's own project."),
            layer=catalogue.layer(key).plural.text(language()),
        )
    return layer
