"""Which contradictions belong together: a record was deleted with its parts, and others went on writing in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..model.fields import Strength
from .operations import Choice, Conflict, ConflictKind
from .travelling import travel, travels

_DELETIONS = (ConflictKind.DELETE_VS_EDIT, ConflictKind.EDIT_VS_DELETE)

_Key = tuple[str, str]
"""The layer and the uid of a record."""


def together(conflicts: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], ...]:
    """Return the contradictions that one deletion of a record with its parts raised, where it raised several.

    They are of one kind and of one device, and their records are, or are a part of, the same record: the contradiction
    on it need not be among them. Each group has parents before their children.
    """
    deletions = [one for one in conflicts if one.kind in _DELETIONS]
    known = {(one.layer, one.row): one for one in deletions}
    found: dict[tuple[ConflictKind, str, _Key], list[Conflict]] = defaultdict(list)
    for one in deletions:
        found[one.kind, one.device, owner(one, known)].append(one)
    return tuple(tuple(sorted(group, key=_depth)) for group in found.values() if len(group) > 1)


def owner(conflict: Conflict, known: Mapping[_Key, Conflict]) -> _Key:
    """Return the record that the one of a contradiction is a part of, as far up as ``known`` tells; else itself."""
    told = {**conflict.theirs, **conflict.base, **conflict.mine}
    parents = [
        (relation.parent, str(told[relation.column]))
        for relation in travel(conflict.layer).layer.relations
        if relation.strength is Strength.COMPOSITION and told.get(relation.column)
    ]
    above = next((parent for parent in parents if parent in known), None)
    if above is not None:
        return owner(known[above], known)
    return parents[0] if parents else (conflict.layer, conflict.row)


def deciding_order(group: Sequence[Conflict], choice: Choice) -> list[Conflict]:
    """Return a group of ``together`` in the order to decide it alike.

    A record comes back before its parts, and goes after them.
    """
    comes_back = (group[0].kind is ConflictKind.DELETE_VS_EDIT) is (choice is Choice.THEIRS)
    return list(group if comes_back else reversed(group))


def undoing_order(group: Sequence[Conflict]) -> list[Conflict]:
    """Return a group of ``together`` in the order to take the decisions on it back, whichever they were."""
    return deciding_order(group, Choice.THEIRS)[::-1]


def _depth(conflict: Conflict) -> tuple[int, str, str]:
    at = next(depth for depth, there in enumerate(travels()) if there.key == conflict.layer)
    return at, conflict.row, conflict.uid
