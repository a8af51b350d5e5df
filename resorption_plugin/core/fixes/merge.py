"""Two records of the same thing made one, field by field; what belongs to the one that goes is given to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..errors import ParameterError
from ..history.recorded import decided_columns
from ..i18n import mark
from ..model import catalogue
from ..model.fields import Field, Layer, Origin, Relation, Role
from ..ports import ChangeSet
from ..records import Dataset, Record

MERGED_CHECKS = ("DON-003", "DON-004")
"""Checks whose finding is a pair that may be one thing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A column on which the two records differ, and the value proposed."""

    field: Field
    kept: Any
    dropped: Any

    @property
    def proposed(self) -> Any:
        """Return the value of the record that stays, else the other's: an empty answer never wins."""
        return self.dropped if self.kept is None else self.kept

    @property
    def is_asked(self) -> bool:
        """Say whether both records have an answer: only then there is something to choose."""
        return self.kept is not None and self.dropped is not None


def order(one: Record, other: Record) -> tuple[Record, Record]:
    """Return the record that stays, known to the platform or else updated last, and the one that goes."""

    def weight(record: Record) -> tuple[bool, str, str]:
        return record["rb_id"] is not None, str(record["updated_at"] or ""), record.uid

    first, second = sorted((one, other), key=weight, reverse=True)
    return first, second


def choices(kept: Record, dropped: Record) -> list[Choice]:
    """Return the columns on which two records of a layer differ, in the order of the form."""
    declared = catalogue.layer(kept.layer)
    fields = [field for field in declared.fields if field.origin in (Origin.OFFICER, Origin.POSITION)]
    answers = [(field, *(record[field.name] for record in (kept, dropped))) for field in fields]
    # a list in which nothing is ticked is no answer
    known = [(field, None if one == () else one, None if other == () else other) for field, one, other in answers]
    return [Choice(field, one, other) for field, one, other in known if one != other]


def merge(kept: Record, dropped: Record, answers: Mapping[str, Any], data: Dataset) -> list[ChangeSet]:
    """Return the steps, for one transaction, that make the two one.

    ``answers`` gives the value of columns for which the proposal is not taken, ``data`` holds the layers of
    ``layers_to_read``. What belongs to the record that goes is given away before it goes: a deletion takes along what
    still belongs to it. Raises ``ParameterError`` when both have a record of which there can be one only, and these
    are not the same, or when each has a number of the platform.
    """
    _refuse_two_numbers(kept, dropped)
    wanted = {choice.field.name: answers.get(choice.field.name, choice.proposed) for choice in choices(kept, dropped)}
    values = {name: value for name, value in wanted.items() if kept[name] != value}
    freed = {name: None for name in values if catalogue.layer(kept.layer).field(name).unique}
    # two rows may not hold the same number or pair, not even for a moment: what is in the way goes first
    cleared, given, gone = ChangeSet(), ChangeSet(), ChangeSet()
    if freed:
        cleared.update.append(Record(dropped.layer, dropped.uid, freed))
    if values:
        given.update.append(Record(kept.layer, kept.uid, values))
    for layer, relation in _references(kept.layer):
        _give(layer, relation, (kept, dropped), data, (cleared, given, gone))
    gone.delete.append((dropped.layer, dropped.uid))
    return [step for step in (cleared, given, gone) if step]


def _refuse_two_numbers(kept: Record, dropped: Record) -> None:
    numbers = [record["rb_id"] for record in (kept, dropped)]
    if None not in numbers and numbers[0] != numbers[1]:
        raise ParameterError(
            mark(
                "Both are sites of the platform, under the numbers {first} and {second}: settle there which one "
                "remains, correct the number of the other here, then merge."
            ),
            first=numbers[0],
            second=numbers[1],
        )


def layers_to_read(key: str) -> tuple[str, ...]:
    """Return the layers that a merge of records of a layer reads."""
    return (key, *dict.fromkeys(layer.key for layer, _ in _references(key)))


def inverse(steps: Sequence[ChangeSet], before: Dataset) -> list[ChangeSet]:
    """Return the steps that undo others; ``before`` holds the records as they were before the first."""
    present = {(record.layer, record.uid): record for record in before}
    undone: list[ChangeSet] = []
    for step in steps:
        back = ChangeSet(delete=[(record.layer, record.uid) for record in step.insert])
        back.insert.extend(present.pop(key) for key in step.delete)
        for change in step.update:
            record = present[change.layer, change.uid]
            back.update.append(Record(change.layer, change.uid, {name: record[name] for name in change.values}))
            present[change.layer, change.uid] = replace(record, values={**record.values, **change.values})
        undone.insert(0, back)
    return undone


def are_as_written(steps: Sequence[ChangeSet], present: Dataset) -> bool:
    """Say whether the records still hold what some steps wrote: only then can these be undone without loss."""
    written: dict[tuple[str, str], dict[str, Any]] = {}
    for step in steps:
        for key in step.delete:
            written.pop(key, None)
        for record in (*step.insert, *step.update):
            written.setdefault((record.layer, record.uid), {}).update(record.values)
    for (layer, uid), values in written.items():
        now = present.get(layer, uid)
        if now is None or any(now[name] != value for name, value in values.items()):
            return False
    return True


def _references(key: str) -> list[tuple[Layer, Relation]]:
    """Return the layers of which rows belong to a row of ``key``."""
    return [(layer, relation) for layer in catalogue.layers() for relation in layer.relations if relation.parent == key]


def _give(
    layer: Layer,
    relation: Relation,
    pair: tuple[Record, Record],
    data: Dataset,
    steps: tuple[ChangeSet, ChangeSet, ChangeSet],
) -> None:
    """Give the rows of the record that goes to the one that stays; a row that is there already goes with it."""
    (kept, dropped), (cleared, given, gone) = pair, steps
    owned = data.children(layer.key, relation.column)
    present = {_unique_part(layer, relation, row): row for row in owned.get(kept.uid, [])}
    for row in filter(partial(_is_of_people, layer), owned.get(dropped.uid, [])):
        part = _unique_part(layer, relation, row)
        twin = present.get(part) if part is not None else None
        if _would_point_to_itself(layer, relation, row, kept):
            gone.delete.append((layer.key, row.uid))
        elif twin is None or not _is_of_people(layer, twin):
            if twin is not None:
                cleared.delete.append((layer.key, twin.uid))
            given.update.append(Record(layer.key, row.uid, {relation.column: kept.uid}))
        elif _same(layer, relation, row, twin) or not _written_by_people(layer):
            gone.delete.append((layer.key, row.uid))
        else:
            raise ParameterError(
                mark(
                    "Both records have their own “{layer}”, of which there can be one only: make these two agree, or "
                    "delete one of them, then merge again."
                ),
                layer=layer.label,
            )


def _is_of_people(layer: Layer, row: Record) -> bool:
    """Say whether people wrote something in a row: those that are only computed are computed again."""
    return layer.role is not Role.COMPUTED or any(row[name] is not None for name in decided_columns(layer))


def _unique_part(layer: Layer, relation: Relation, row: Record) -> tuple[Any, ...] | None:
    """Return what may be there once for each owner, ``None`` when any number may be."""
    if layer.field(relation.column).unique:
        return ()
    for together in layer.unique_together:
        if relation.column in together:
            return tuple(row[name] for name in together if name != relation.column)
    return None


def _would_point_to_itself(layer: Layer, relation: Relation, row: Record, kept: Record) -> bool:
    others = (other for other in layer.relations if other.parent == relation.parent and other is not relation)
    return any(row[other.column] == kept.uid for other in others)


def _written_by_people(layer: Layer) -> bool:
    return any(field.origin is Origin.OFFICER and not field.required for field in layer.fields)


def _same(layer: Layer, relation: Relation, one: Record, other: Record) -> bool:
    names = [field.name for field in layer.fields if field.origin is Origin.OFFICER and field.name != relation.column]
    is_drawn = layer.role is not Role.COMPUTED
    return all(one[name] == other[name] for name in names) and (not is_drawn or one.geometry == other.geometry)
