"""What an exchange will leave to a person or not take, as far as it can be told before: what is told may still change.

Both sides are compared as the exchange will: a contradiction is one of a group of columns that both changed, to other
values. The shared database has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from .access import RIGHT_FOR, Role
from .ancestry import same
from .news import PulledRow, Theirs
from .operations import Choice, ConflictKind, Edit, Key, Kind, Operation, Unknown
from .travelling import AUDIT, GEOMETRY, Travel, travel
from .wire import canonical

_GONE = (Theirs.DELETED, Theirs.LEFT)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What contradicts what, and the columns that both changed; none for a whole row."""

    kind: ConflictKind
    columns: tuple[str, ...] = ()


def last_words(rows: Iterable[PulledRow]) -> dict[Key, PulledRow]:
    """Return one row for each record: what several pages tell of it, one over the other, in wire form."""
    found: dict[Key, PulledRow] = {}
    for row in rows:
        key = (row.layer, row.uid)
        values = canonical(travel(row.layer), row.values)
        before = found.get(key)
        if row.kind is Theirs.PATCH and before is not None and before.kind not in _GONE:
            found[key] = replace(row, kind=before.kind, values={**before.values, **values})
        else:
            found[key] = replace(row, values=values)
    return found


def changed(made: Operation) -> tuple[str, ...]:
    """Return the columns to which an operation gives another value, signatures left aside (``in_order``).

    The other columns of a group that is edited go along with the value that they have.
    """
    return in_order(made.layer, (name for name, edit in made.edits.items() if not same(edit.before, edit.after)))


def brought(row: PulledRow) -> tuple[str, ...]:
    """Return the columns that a pulled row brings, signatures left aside (``in_order``)."""
    return in_order(row.layer, row.values)


def in_order(layer: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return columns in the order of the layer, but the place first: others follow from it."""
    found = set(names) - set(AUDIT)
    return tuple(sorted((name for name in travel(layer).columns if name in found), key=lambda name: name != GEOMETRY))


def raised(found: Contradiction, layer: str) -> int:
    """Return how many contradictions a person will have to decide: one for each group of columns, or for the row."""
    groups = travel(layer).groups
    return len({groups[name] for name in found.columns}) or 1


def stops(found: Contradiction, layer: str, columns: Iterable[str]) -> bool:
    """Say whether a contradiction leaves nothing to be taken of the ``columns`` that travel of a record."""
    groups = travel(layer).groups
    contested = {groups[name] for name in found.columns}
    return not contested or all(groups[name] in contested for name in columns)


def contradiction(made: Operation, theirs: PulledRow) -> Contradiction | None:
    """Return what a person will have to decide; ``None`` where both can be kept.

    ``theirs`` is what someone else did to the record meanwhile (``last_words``).
    """
    if made.kind is Kind.RESOLVE and _still_holds(made, theirs):
        return None
    is_gone = theirs.kind in _GONE
    if not made.edits:
        return None if is_gone else Contradiction(ConflictKind.DELETE_VS_EDIT)
    if is_gone:
        return Contradiction(ConflictKind.EDIT_VS_DELETE)
    columns = _both_changed(travel(made.layer), made.edits, theirs)
    is_new = made.kind is Kind.INSERT or (made.kind is Kind.RESOLVE and made.version is None)
    kind = ConflictKind.INSERT_CLASH if is_new else ConflictKind.SAME_FIELD
    return Contradiction(kind, columns) if columns else None


def _still_holds(made: Operation, theirs: PulledRow) -> bool:
    """Say whether a decision was taken on what the record is now; to give way holds whatever it is."""
    is_seen = theirs.kind in _GONE if made.version is None else theirs.version == made.version
    return made.choice is Choice.THEIRS or is_seen


def _both_changed(there: Travel, edits: Mapping[str, Edit], theirs: PulledRow) -> tuple[str, ...]:
    """Return the columns of the groups that both changed, to values that are not the same."""
    ours = {there.groups[name] for name, edit in edits.items() if name in there.groups and name not in AUDIT}
    changes = {name for name in brought(theirs) if _is_news(edits.get(name), theirs, name)}
    both = ours & {there.groups[name] for name in changes}
    return tuple(
        name
        for name in there.columns
        if there.groups.get(name) in both
        and name in changes
        and not (name in edits and same(edits[name].after, theirs.values[name]))
    )


def _is_news(edit: Edit | None, theirs: PulledRow, name: str) -> bool:
    """Say whether they wrote another value than the one that was edited; of a whole row only what is edited tells."""
    if edit is None:
        return theirs.kind is Theirs.PATCH
    return isinstance(edit.before, Unknown) or not same(edit.before, theirs.values[name])


class Login(Protocol):
    """Who writes, as the shared database says it."""

    @property
    def role(self) -> str: ...

    @property
    def areas(self) -> Sequence[str]: ...

    @property
    def rights(self) -> Sequence[str]: ...


def refusal(layer: str, login: Login, places: Iterable[Mapping[str, Any]]) -> str:
    """Return the word with which the shared database will refuse a record (see ``refusals``); empty for none known.

    ``places`` are the values of the record, or of its parent, that tell where it lies: now, and before.
    """
    if login.role == Role.AUDITOR:
        return "read_only"
    if login.role != Role.OFFICER:
        return ""
    right = RIGHT_FOR.get(layer)
    if right is not None and right not in login.rights:
        return "missing_right"
    return "" if all(_is_within(login.areas, place) for place in places) else "outside_area"


def _is_within(areas: Sequence[str], place: Mapping[str, Any]) -> bool:
    department = place.get("department")
    if not department:
        return True  # where it lies is not known here
    return not {department, place.get("fk_city"), f"{place.get('epci')}@{department}"}.isdisjoint(areas)
