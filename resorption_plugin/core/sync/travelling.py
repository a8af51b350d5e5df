"""What travels between a workspace and the shared database: the one place that says so, derived from the model.

Records travel whole, but for the columns that each workspace computes. Of a computed layer (distances, findings) only
the rows travel on which a person wrote something, with the columns that people write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..model import catalogue
from ..model.fields import Field, Geometry, Layer, Origin, Role

GEOMETRY = "geom"
"""The name under which the geometry stands among the columns, always the last."""

AUDIT = ("created_at", "created_by", "updated_at", "updated_by")
"""Signatures follow what they sign: alone they are no edit, and two of them never contradict each other."""


@dataclass(frozen=True, slots=True)
class Travel:
    """The part of a layer that travels."""

    layer: Layer
    columns: tuple[str, ...]
    """What is compared, merged and sent; the geometry's last."""
    carried: tuple[str, ...]
    """What goes with a new row and is never compared: without it a computed row cannot be made elsewhere."""
    deciding: tuple[str, ...]
    """A row travels once one of these is filled; empty for the layers whose every row does."""
    groups: Mapping[str, str]
    """The group of each column: a contradiction in one column is one in all of its group."""

    @property
    def key(self) -> str:
        """Return the key of the layer."""
        return self.layer.key

    @property
    def is_whole(self) -> bool:
        """Say whether every row travels; else one that is missing was merely not computed here."""
        return not self.deciding

    def field(self, name: str) -> Field | None:
        """Return the field of a column, ``None`` for the geometry."""
        return None if name == GEOMETRY else self.layer.field(name)


@lru_cache(maxsize=1)
def travels() -> tuple[Travel, ...]:
    """Return what travels, parents before their children."""
    return tuple(_travel(layer) for layer in _parents_first() if layer.role is not Role.REFERENCE)


@lru_cache(maxsize=1)
def _by_key() -> dict[str, Travel]:
    return {travel.key: travel for travel in travels()}


def travel(key: str) -> Travel:
    """Return what travels of a layer; ``KeyError`` when nothing does."""
    return _by_key()[key]


def decided_state(there: Travel, values: Mapping[str, object]) -> dict[str, str]:
    """Return what a decision that arrives makes of a finding: an accepted exception, or an open one again.

    The state itself does not travel: each workspace finds by its own checks what is resolved or stale.
    """
    if "state" not in there.carried:
        return {}
    return {"state": "accepted" if any(values.get(name) is not None for name in there.deciding) else "open"}


def _travel(layer: Layer) -> Travel:
    whole = layer.role is Role.RECORD
    written = [field for field in layer.fields if field.name != "uid" and _is_written(field, whole=whole)]
    identity = [relation.column for relation in layer.relations] + [
        name for names in layer.unique_together for name in names
    ]
    keys = set() if whole else set(identity)
    columns = [field.name for field in written if field.name not in keys and (whole or not field.required)]
    carried = [
        field.name
        for field in layer.fields
        if not whole and field.name not in ("uid", *columns) and (field.required or field.name in keys)
    ]
    deciding = () if whole else tuple(columns)
    if whole and layer.geometry is not Geometry.NONE:
        columns.append(GEOMETRY)
    return Travel(layer, tuple(columns), tuple(carried), deciding, _groups(layer, columns))


def _is_written(field: Field, *, whole: bool) -> bool:
    if field.origin is Origin.COMPUTED:
        return False
    return whole or field.origin is not Origin.SYSTEM


def _groups(layer: Layer, columns: list[str]) -> dict[str, str]:
    """Return the group of each column: what follows from the position, what the layer keeps together, else its own."""
    groups = {name: name for name in columns}
    for together in layer.together:
        groups |= dict.fromkeys(together, together[0])
    if GEOMETRY in groups:
        placed = [field.name for field in layer.fields if field.origin is Origin.POSITION and field.name in groups]
        groups |= dict.fromkeys([*placed, GEOMETRY], GEOMETRY)
    return groups


def _parents_first() -> list[Layer]:
    waiting = list(catalogue.layers())
    sorted_layers: list[Layer] = []
    while waiting:
        placed = {layer.key for layer in sorted_layers}
        ready = [
            layer for layer in waiting if {relation.parent for relation in layer.relations} <= placed | {layer.key}
        ]
        sorted_layers += ready
        waiting = [layer for layer in waiting if layer not in ready]
    return sorted_layers
