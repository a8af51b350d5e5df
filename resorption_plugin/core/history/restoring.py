"""Gives a field the value it had, or a deleted record back, where the rules of the model allow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ParameterError
from ..i18n import mark
from ..model import catalogue
from ..model.fields import Field, Kind, Layer, Origin
from ..ports import ChangeSet
from ..records import Record
from .changes import GEOMETRY, Change, Operation
from .lines import SAME_MOMENT, Line

Exists = Callable[[str, str], bool]
"""Says whether there is a record of this layer and uid."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who restores, and when."""

    by: str | None
    now: dt.datetime

    def values(self, layer: Layer) -> dict[str, Any]:
        """Return the columns that a layer signs changes with."""
        signed = {"updated_at": self.now, "updated_by": self.by}
        return {name: value for name, value in signed.items() if name in layer.names()}


def plan_restore(
    line: Line, current: Record | None, exists: Exists, signature: Signature, history: Iterable[Change] = ()
) -> ChangeSet:
    """Return the change that gives back what a line of the history took away.

    ``current`` is the record as it is now, ``history`` its changes: what was filled from the position at the same
    moment comes back with the position. Raises ``ParameterError`` when the record is gone, the field is not written
    by people, nothing would change, or a rule of the model refuses the value.
    """
    change = line.change
    layer = catalogue.layer(change.layer)
    if change.operation is Operation.DELETE and change.field is None:
        return _whole_record(line, current, exists, signature)
    if change.field is None or change.operation is not Operation.UPDATE:
        raise ParameterError(mark("There is no earlier value to restore. Choose a line where a field changed."))
    if current is None:
        raise ParameterError(mark("This record was deleted since. Restore the record first: the line of its deletion."))
    if change.field == GEOMETRY:
        return _place(change, current, signature, history)
    field = layer.field(change.field)
    if field.read_only:
        raise ParameterError(mark("“{field}” is filled by the program: it cannot be restored."), field=field.label)
    if current[field.name] == change.before:
        raise ParameterError(mark("“{field}” already holds this value."), field=field.label)
    _check(layer, field, change.before, {**current.values, field.name: change.before}, exists)
    return ChangeSet(update=[Record(*_key(change), {field.name: change.before, **signature.values(layer)})])


def touched(line: Line, record: tuple[str, str] | None = None) -> dict[str, frozenset[str]]:
    """Return by layer the record written back, those it refers to now or then, and another one that is concerned."""
    found: dict[str, set[str]] = {}
    own = _key(line.change)
    for key, uid in (own, record or own):
        found.setdefault(key, set()).add(uid)
    columns = {relation.column: relation.parent for relation in catalogue.layer(line.change.layer).relations}
    for entry in (line.change, *line.held):
        parent = columns.get(str(entry.field))
        if parent:
            found.setdefault(parent, set()).update(str(uid) for uid in (entry.before, entry.after) if uid)
    return {key: frozenset(uids) for key, uids in found.items()}


def _key(change: Change) -> tuple[str, str]:
    return change.layer, change.uid


def _place(change: Change, current: Record, signature: Signature, history: Iterable[Change]) -> ChangeSet:
    if change.before is None:
        raise ParameterError(mark("This record had no place then. Delete its place on the map instead."))
    if current.geometry == change.before:
        raise ParameterError(mark("The record is already at this place."))
    layer = catalogue.layer(change.layer)
    followed = {field.name for field in layer.fields if field.origin is Origin.POSITION}
    followed |= {"commune_distance_m"} & set(layer.names())
    values = {
        other.field: other.before
        for other in history
        if _key(other) == _key(change) and other.field in followed and abs(other.at - change.at) <= SAME_MOMENT
    }
    written = {str(name): value for name, value in values.items()} | signature.values(layer)
    return ChangeSet(update=[Record(*_key(change), written, change.before)])


def _whole_record(line: Line, current: Record | None, exists: Exists, signature: Signature) -> ChangeSet:
    change = line.change
    layer = catalogue.layer(change.layer)
    if current is not None:
        raise ParameterError(mark("This record is there again: nothing has to be restored."))
    held = {str(entry.field): entry.before for entry in line.held}
    shape = held.pop(GEOMETRY, None)
    for field in layer.fields:
        if field.name in held:
            _check_reference(layer, field, held[field.name], exists)
    return ChangeSet(insert=[Record(*_key(change), {**held, **signature.values(layer)}, shape)])


def _check(layer: Layer, field: Field, value: Any, values: Mapping[str, Any], exists: Exists) -> None:
    if value is None and field.required:
        raise ParameterError(mark("“{field}” cannot be empty any more: keep its value."), field=field.label)
    if not _is_listed(field, value):
        raise ParameterError(mark("“{field}” does not know this value any more: choose another."), field=field.label)
    for rule in layer.rules:
        if rule.hard and field.name in rule.condition.columns() and rule.condition.evaluate(values) is False:
            raise ParameterError(
                mark("The value cannot come back beside the others as they are now: {reason}"), reason=rule.message
            )
    _check_reference(layer, field, value, exists)


def _is_listed(field: Field, value: Any) -> bool:
    if field.domain is None or value is None:
        return True
    codes = value if field.kind is Kind.CHOICES else [value]
    return {str(code) for code in codes} <= set(field.domain.codes())


def _check_reference(layer: Layer, field: Field, value: Any, exists: Exists) -> None:
    for relation in layer.relations:
        if relation.column == field.name and value is not None and not exists(relation.parent, str(value)):
            raise ParameterError(
                mark("The record that “{field}” named was deleted. Restore that one first."), field=field.label
            )
