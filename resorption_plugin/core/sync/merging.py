"""Puts together what a workspace holds of a row and what the server says of it: what to write, and what waits.

Where only one side changed a group of columns, its values are taken. Where both did, to other values, the row keeps
what was edited here, and what the edit was made on is held: sent with it, it makes the server see the contradiction,
on which a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .ancestry import UNSEEN, WHOLE, Ancestor, LocalRow, alike, before, same
from .freezing import Decision
from .news import PulledRow, Theirs
from .operations import Choice, Conflict, ConflictKind
from .travelling import AUDIT, Travel, decided_state
from .wire import Image, canonical, row_hash


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write of a row."""

    working: Image | None
    base: Image | None
    version: int | None = None
    held: Mapping[str, Ancestor] = field(default_factory=dict)
    is_edited: bool = False
    """Whether something of ``working`` still has to be sent."""
    is_set_aside: bool = False
    """Whether ``working`` holds edits that can never be sent from here: they belong in the quarantine."""


def patched(travel: Travel, row: LocalRow, pulled: PulledRow) -> Image | None:
    """Return the whole row that a pulled one tells; ``None`` when it is not what the server holds (damaged)."""
    told = canonical(travel, pulled.values)
    if pulled.kind is Theirs.PATCH:
        if row.base is None:
            return None
        told = {**row.base, **told}
    names = (*travel.columns, *travel.carried)
    whole = {name: told.get(name) for name in names}
    return whole if row_hash(travel, whole) == pulled.hash else None


def received(travel: Travel, row: LocalRow, theirs: Image, version: int | None) -> Merged:
    """Return a row after the server's came."""
    if row.working is None:
        return _over_absence(travel, row, theirs, version)
    known = row.known(travel)
    working = dict(row.working)
    held: dict[str, Ancestor] = {}
    for names in _groups(travel).values():
        if _is_mine(names, row.working, known, theirs):
            held |= {name: before(known, name) for name in names if not same(before(known, name), theirs.get(name))}
        else:
            working |= {name: theirs.get(name) for name in names}
    after = LocalRow(working, theirs, version, held)
    is_edited = bool(after.edited(travel))
    if not is_edited:
        working |= {name: theirs.get(name) for name in AUDIT if name in travel.columns}
    if any(not same(working.get(name), row.working.get(name)) for name in travel.deciding):
        working |= decided_state(travel, working)
    return Merged(working, theirs, version, held, is_edited)


def _groups(travel: Travel) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in travel.columns:
        if name not in AUDIT:
            groups.setdefault(travel.groups[name], []).append(name)
    return groups


def _is_mine(names: list[str], working: Image, known: Mapping[str, Ancestor] | None, theirs: Image) -> bool:
    """Say whether a group holds an edit made here that says something else than what the server holds."""
    edited = any(not same(working.get(name), before(known, name)) for name in names)
    return edited and any(not same(working.get(name), theirs.get(name)) for name in names)


def _over_absence(travel: Travel, row: LocalRow, theirs: Image, version: int | None) -> Merged:
    """Return a row that is not in the workspace: new, withheld, or deleted here and not sent yet.

    Whether a deletion has seen what the server holds is told by the values, never by the versions: a server that was
    restored counts them again. They are held by column, for the deletion may still be undone.
    """
    if row.base is None or not travel.is_whole:
        return Merged({**theirs, **decided_state(travel, theirs)}, theirs, version)
    known = row.known(travel)
    held: dict[str, Ancestor] = {
        name: before(known, name)
        for name in travel.columns
        if name not in AUDIT and not same(before(known, name), theirs.get(name))
    }
    if WHOLE in row.held:
        held[WHOLE] = row.held[WHOLE]
    return Merged(None, theirs, version, held, is_edited=True)


def withheld(theirs: Image, version: int | None) -> Merged:
    """Return a new row that cannot be written, as what it refers to was deleted here: ``retried`` brings it back.

    Should that deletion be sent, this row's goes with it, as one by someone who has not seen it.
    """
    return Merged(None, theirs, version, {WHOLE: UNSEEN}, is_edited=True)


def retried(travel: Travel, row: LocalRow) -> Merged:
    """Return a row that holds something back, once more: what hindered it may be gone."""
    if row.base is None:
        return Merged(row.working, None, is_edited=row.working is not None)
    if row.working is None and WHOLE in row.held:
        return Merged(dict(row.base), row.base, row.version)
    return received(travel, row, row.base, row.version)


def postponed(travel: Travel, row: LocalRow, theirs: Image, version: int | None) -> Merged:
    """Return a row that takes nothing of the server's now, as the rules of the workspace refuse them together."""
    known = row.known(travel)
    held = {
        name: before(known, name)
        for name in travel.columns
        if name not in AUDIT and not same(before(known, name), theirs.get(name))
    }
    after = LocalRow(row.working, theirs, version, held)
    return Merged(row.working, theirs, version, held, bool(after.edited(travel)))


def gone(travel: Travel, row: LocalRow, *, is_needed: bool = False) -> Merged:
    """Return a row that was deleted on the server.

    It goes here too, unless it was edited, or ``is_needed``: a row that stays refers to it. What stays is sent as a
    new row, and the server raises the conflict.
    """
    if row.working is None or not (is_needed or row.edited(travel)):
        return Merged(None, None)
    return Merged(row.working, None, is_edited=True)


def left(travel: Travel, row: LocalRow, *, is_needed: bool = False) -> Merged:
    """Return a row that went to where this login may not read: its edits, and its deletion here, are set aside."""
    after = gone(travel, row, is_needed=is_needed)
    return Merged(after.working, None, is_set_aside=after.working is not None or _is_deleted(travel, row))


def missing(travel: Travel, row: LocalRow, *, is_needed: bool = False) -> Merged:
    """Return a row that is not among all that this login may read: deleted, or gone to where it may not read.

    What was edited in it is sent as a new row: the server knows which. That it was deleted here is set aside.
    """
    after = gone(travel, row, is_needed=is_needed)
    return replace(after, is_set_aside=_is_deleted(travel, row))


def _is_deleted(travel: Travel, row: LocalRow) -> bool:
    return travel.is_whole and row.working is None and row.base is not None


def closed(travel: Travel, row: LocalRow, conflict: Conflict) -> Merged:
    """Return a row one of whose conflicts was decided elsewhere, once the rows of the same page are written.

    A person has decided on the value that the conflict shows: where the workspace still holds it, it takes what the
    server holds. What was edited since is an edit like another.
    """
    as_is = LocalRow(row.working, row.base, row.version, row.held)
    match conflict.kind:
        case ConflictKind.DELETE_VS_EDIT:
            if row.working is None and row.base is not None:
                return Merged(dict(row.base), row.base, row.version)
        case ConflictKind.EDIT_VS_DELETE:
            if row.base is None and row.working is not None and alike(travel, row.working, conflict.mine):
                return Merged(None, None)
        case _:
            if row.working is not None and row.base is not None and _holds(row.working, conflict):
                as_is = _without_edit(row, row.working, row.base, _columns(travel, conflict))
    return Merged(as_is.working, as_is.base, as_is.version, as_is.held, _is_edited(travel, as_is))


def _holds(working: Image, conflict: Conflict) -> bool:
    return all(same(working.get(name), value) for name, value in conflict.mine.items() if name not in AUDIT)


def _columns(travel: Travel, conflict: Conflict) -> list[str]:
    return [name for name in travel.columns if travel.groups[name] == conflict.group and name not in AUDIT]


def _without_edit(row: LocalRow, working: Image, theirs: Image, names: list[str]) -> LocalRow:
    held = {name: value for name, value in row.held.items() if name not in names}
    return LocalRow({**working, **{name: theirs.get(name) for name in names}}, row.base, row.version, held)


def _is_edited(travel: Travel, row: LocalRow) -> bool:
    return bool(row.edited(travel)) or (row.working is None and row.base is not None)


def decided(travel: Travel, row: LocalRow, conflict: Conflict, choice: Choice, values: Image) -> Merged:
    """Return a row as a decision taken here on a conflict raised from here leaves it, before it is sent.

    ``values`` are those of ``Decision``: for ``MINE`` what the workspace holds, for ``EDIT`` what the person wrote.
    """
    after = row
    match conflict.kind, choice:
        case ConflictKind.DELETE_VS_EDIT, Choice.THEIRS:
            after = LocalRow(dict(row.base or conflict.theirs), row.base, row.version)
        case ConflictKind.DELETE_VS_EDIT, _:
            pass
        case ConflictKind.EDIT_VS_DELETE, Choice.THEIRS:
            return Merged(None, row.base, row.version, row.held, row.base is not None)
        case ((ConflictKind.SAME_FIELD | ConflictKind.INSERT_CLASH), _) if row.working is None:
            pass  # deleted here since: that deletion is another contradiction
        case _, Choice.THEIRS:
            names = _columns(travel, conflict)
            after = _without_edit(row, row.working or {}, row.base or conflict.theirs, names)
        case _:
            kept = {**(row.working or {}), **values}
            after = LocalRow(kept, row.base, row.version, {**row.held, **_over(travel, row, conflict, values)})
    return Merged(after.working, after.base, after.version, after.held, _is_edited(travel, after))


def _over(travel: Travel, row: LocalRow, conflict: Conflict, values: Image) -> dict[str, Ancestor]:
    """Return what a decision is made on where its value is no edit: what others wrote must not come over it."""
    known = row.known(travel)
    return {
        name: conflict.theirs[name]
        for name, value in values.items()
        if name in conflict.theirs
        and name in travel.columns
        and name not in AUDIT
        and same(value, before(known, name))
        and not same(value, conflict.theirs[name])
    }


def undecided(row: LocalRow, conflict: Conflict) -> dict[str, Ancestor]:
    """Return what a row holds once a decision on a conflict is taken back: what is no edit does not stay one."""
    now, base = row.working or {}, row.base or {}
    return {
        name: ancestor
        for name, ancestor in row.held.items()
        if not (
            name in conflict.theirs and same(ancestor, conflict.theirs[name]) and same(now.get(name), base.get(name))
        )
    }


def mine(travel: Travel, row: LocalRow, conflict: Conflict) -> Image:
    """Return the values of ``MINE``: what the workspace holds now, if it was edited since the conflict was raised."""
    if conflict.kind is ConflictKind.DELETE_VS_EDIT:
        return {}
    if conflict.kind is ConflictKind.EDIT_VS_DELETE:
        # what was edited may be a part of the row: the rest is as it was when it was deleted
        return dict(row.working) if row.working is not None else {**conflict.base, **conflict.mine}
    names = _columns(travel, conflict)
    if row.working is None:
        return {name: value for name, value in conflict.mine.items() if name in names}
    return {name: row.working.get(name) for name in names}


def unwritten(travel: Travel, row: LocalRow, decision: Decision) -> Image:
    """Return what a person wrote in a decision that can no more be sent, where the row here does not show it.

    On a row that was deleted here, or somebody else's contradiction, the decision alone holds it. What the
    contradiction shows is not the person's: who wrote it sends it again.
    """
    if decision.choice is not Choice.EDIT:
        return {}
    conflict, now = decision.conflict, row.working or {}
    known = (now, conflict.base, conflict.mine, conflict.theirs)
    return {
        name: value
        for name, value in decision.values.items()
        if name in travel.columns and name not in AUDIT and not any(same(image.get(name), value) for image in known)
    }
