"""Reads the history of a record for a window, and writes back what is restored. Runs in a task, except where told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import WorkspaceError
from ..core.history.changes import Change, Operation
from ..core.history.lines import Line, lines
from ..core.history.restoring import Signature, plan_restore
from ..core.model import catalogue
from ..core.ports import ChangeSet
from ..core.records import Record
from ..core.wording import record_name
from ..geopackage.history import Gap
from ..geopackage.store import GeoPackageStore

DELETIONS_SHOWN = 500
"""More deleted records than anybody looks through."""


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """What a window shows of a record and of those that belong to it, or of what was deleted."""

    layer: str
    """Empty, as ``uid``, where the deleted records of all layers are shown."""
    uid: str
    lines: tuple[Line, ...]
    names: dict[str, str]
    """What people call the records, by uid; those that were deleted are called as they were last."""
    gaps: tuple[Gap, ...]
    """The interruptions of the recording in the layers concerned."""


def read_history(path: Path, layer: str, uid: str, language: str) -> RecordHistory:
    """Return the history of a record; raises ``WorkspaceError``."""
    with GeoPackageStore.open(path, read_only=True) as store:
        changes = store.history.of_record(layer, uid)
        gaps = store.history.gaps()
        names = _names(store, changes, language)
    concerned = {layer, *(change.layer for change in changes)}
    return RecordHistory(layer, uid, tuple(lines(changes)), names, tuple(gap for gap in gaps if gap.layer in concerned))


def read_deleted(path: Path, language: str) -> RecordHistory:
    """Return the last deletions of records that are not there again; raises ``WorkspaceError``."""
    with GeoPackageStore.open(path, read_only=True) as store:
        deletions = store.history.deletions(DELETIONS_SHOWN)
        gone = [line for line in lines(deletions) if not store.read_uids(line.change.layer, [line.change.uid])]
        return RecordHistory("", "", tuple(gone), _names(store, deletions, language), tuple(store.history.gaps()))


def plan(path: Path, line: Line, signature: Signature) -> ChangeSet:
    """Return what would restore a line, from the workspace as it is saved; raises ``ParameterError``."""
    with GeoPackageStore.open(path, read_only=True) as store:
        return _plan(store, line, signature)


def restore(path: Path, line: Line, signature: Signature) -> ChangeSet:
    """Write back what a line took away and return what was written; on any error nothing is written."""
    with GeoPackageStore.open(path) as store:
        changes = _plan(store, line, signature)
        store.apply(changes)
    return changes


def open_history(path: Path, user: str) -> list[str]:
    """Note who opens a workspace, mend its history, and return the layers whose recording was interrupted.

    Each interruption is returned once. A workspace that may not be written is left as it is.
    """
    try:
        with GeoPackageStore.open(path) as store:
            if user:
                store.history.note_user(user)
            return [gap.layer for gap in store.history.untold_gaps()]
    except WorkspaceError:
        return []


def _plan(store: GeoPackageStore, line: Line, signature: Signature) -> ChangeSet:
    change = line.change

    def exists(layer: str, uid: str) -> bool:
        return bool(store.read_uids(layer, [uid]))

    current = next(iter(store.read_uids(change.layer, [change.uid])), None)
    return plan_restore(line, current, exists, signature, store.history.of_record(change.layer, change.uid))


def _names(store: GeoPackageStore, changes: Iterable[Change], language: str) -> dict[str, str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    held: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
    for change in changes:
        wanted[change.layer].add(change.uid)
        for relation in catalogue.layer(change.layer).relations:
            if change.field == relation.column:
                wanted[relation.parent] |= {str(uid) for uid in (change.before, change.after) if uid}
        if change.operation is Operation.DELETE and change.field:
            held[change.layer, change.uid][change.field] = change.before
    gone = [Record(*key, values) for key, values in held.items()]
    found = [record for layer, uids in wanted.items() for record in store.read_uids(layer, sorted(uids))]
    parents = {
        str(record[relation.column])
        for record in (*gone, *found)
        for relation in catalogue.layer(record.layer).relations
        if record[relation.column]
    }
    known = {record.uid for record in found}
    for layer in ("site", "action", "water_point"):
        found += store.read_uids(layer, sorted(parents - known))
    names: dict[str, str] = {}
    for _ in range(2):  # a record may be called by the name of another
        for record in (*gone, *found):
            names[record.uid] = record_name(record.layer, record.values, language, names)
    return {uid: name for uid, name in names.items() if name}
