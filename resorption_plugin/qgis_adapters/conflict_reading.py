"""Reads from the workspace what a person needs to decide a contradiction. Runs in a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.history.changes import Operation
from ..core.records import Record
from ..core.sync import wire
from ..core.sync.companions import together
from ..core.sync.conflict_rows import pattern
from ..core.sync.operations import Conflict, ConflictKind
from ..core.sync.travelling import GEOMETRY, travel
from ..core.sync.wire import Image, UnsendableError
from ..core.wording import record_name
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.conflicts import Dispute
from ..geopackage.sync.workspace import SyncedWorkspace


@dataclass(frozen=True, slots=True)
class Comparison:
    """A contradiction as it stands now."""

    dispute: Dispute
    """For a row deleted here, ``base`` of its conflict is what it held then, where the history knows it."""
    mine: Image
    """What my side holds: also what was edited since the contradiction was raised, but nothing decided on it."""
    names: dict[str, str]
    """What people call the records that its values refer to, by uid."""
    twins: tuple[str, ...]
    """Other contradictions with the same values, by uid, on which nothing was decided yet."""
    companions: tuple[Conflict, ...]
    """Those that the same deletion raised, itself among them, parents first; empty where it raised no other."""


def read_comparison(path: Path, conflict: str, others: Collection[str], language: str) -> Comparison:
    """Return a contradiction by its uid, its twins being looked for among ``others``.

    Raises ``WorkspaceError``, also when it is no more to be decided.
    """
    with SyncedWorkspace.attach(path) as local:
        dispute = local.dispute(conflict)
        mine = local.mine(dispute)
        wanted = pattern(dispute.conflict, mine)
        twins = tuple(
            other.conflict.uid
            for other in local.conflicts()
            if other.conflict.uid in others
            and other.conflict.uid != conflict
            and other.decision is None
            and other.is_mine == dispute.is_mine
            and pattern(other.conflict, local.mine(other)) == wanted
        )
        shown = [other.conflict for other in local.conflicts() if other.conflict.uid in {*others, conflict}]
        companions = next((group for group in together(shown) if dispute.conflict in group), ())
        told = replace(dispute, conflict=_with_base(local, dispute.conflict))
        return Comparison(told, mine, _names(local, told.conflict, mine, language), twins, companions)


def _with_base(store: GeoPackageStore, conflict: Conflict) -> Conflict:
    """Return a conflict with what the row held when it was deleted here, which its deletion does not tell."""
    if conflict.kind is not ConflictKind.DELETE_VS_EDIT or conflict.base:
        return conflict
    gone = [
        change
        for change in store.history.of_record(conflict.layer, conflict.row)
        if (change.layer, change.uid, change.operation) == (conflict.layer, conflict.row, Operation.DELETE)
    ]
    held = {change.field: change.before for change in gone if change.field and change.at == gone[-1].at}
    if not held:
        return conflict
    shape = held.pop(GEOMETRY, None)
    try:
        record = Record(conflict.layer, conflict.row, {name: value for name, value in held.items() if name}, shape)
        return replace(conflict, base=wire.image(travel(conflict.layer), record))
    except UnsendableError:
        return conflict


def _names(store: GeoPackageStore, conflict: Conflict, mine: Image, language: str) -> dict[str, str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for relation in travel(conflict.layer).layer.relations:
        for image in (conflict.base, mine, conflict.theirs):
            if image.get(relation.column):
                wanted[relation.parent].add(str(image[relation.column]))
    found = [record for layer, uids in wanted.items() for record in store.read_uids(layer, sorted(uids))]
    names = {record.uid: record_name(record.layer, record.values, language) for record in found}
    return {uid: name for uid, name in names.items() if name}
