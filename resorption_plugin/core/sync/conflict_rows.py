"""A contradiction as a person compares it: the columns that differ, and which other contradictions are the same one."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass

from ..model.fields import Field, Kind, Origin
from .operations import Conflict, ConflictKind
from .travelling import AUDIT, GEOMETRY, Travel, travel
from .wire import Image, Value

_NOT_TYPED = (Kind.UID, Kind.FILE, Kind.DATETIME)
"""References, pictures and instants: a person chooses one of the two, and types no third."""


@dataclass(frozen=True, slots=True)
class Row:
    """A column of which the two sides differ; values are in wire form."""

    name: str
    base: Value
    mine: Value
    theirs: Value
    is_changed_by_me: bool
    """Whether my value is another than the starting one; so of every row where no starting value is known."""
    is_changed_by_them: bool


def rows(conflict: Conflict, mine: Image) -> tuple[Row, ...]:
    """Return the columns that differ, in the order of the layer; the geometry is the last.

    ``mine`` is what my side holds now. Where one side deleted the row, what the other changed since is returned.
    """
    there = travel(conflict.layer)
    sides = _sides(conflict, mine)
    return tuple(
        Row(
            name,
            conflict.base.get(name),
            mine.get(name),
            conflict.theirs.get(name),
            not conflict.base or mine.get(name) != conflict.base.get(name),
            not conflict.base or conflict.theirs.get(name) != conflict.base.get(name),
        )
        for name in _columns(there, conflict)
        if sides[0].get(name) != sides[1].get(name)
    )


def _sides(conflict: Conflict, mine: Image) -> tuple[Image, Image]:
    match conflict.kind:
        case ConflictKind.DELETE_VS_EDIT:
            return conflict.base, conflict.theirs
        case ConflictKind.EDIT_VS_DELETE:
            return conflict.base, mine
        case _:
            return mine, conflict.theirs


def _columns(there: Travel, conflict: Conflict) -> list[str]:
    """Return the columns in question, signatures left aside; all of them for a whole row."""
    return [
        name
        for name in there.columns
        if name not in AUDIT and (not conflict.group or there.groups[name] == conflict.group)
    ]


def writable(conflict: Conflict) -> tuple[Field, ...]:
    """Return the columns of which a person may write a third value; none for a place, or for a row deleted."""
    if not conflict.group or conflict.group == GEOMETRY:
        return ()
    there = travel(conflict.layer)
    fields = [there.layer.field(name) for name in _columns(there, conflict)]
    return tuple(field for field in fields if field.origin is not Origin.SYSTEM and field.kind not in _NOT_TYPED)


def pattern(conflict: Conflict, mine: Image) -> Hashable:
    """Return what two contradictions have in common that may be decided alike: the same values in the same columns."""
    images = (
        {name: value for name, value in image.items() if name not in AUDIT}
        for image in (conflict.base, mine, conflict.theirs)
    )
    told = json.dumps(list(images), sort_keys=True, ensure_ascii=False)
    return conflict.layer, conflict.kind, conflict.group, told
