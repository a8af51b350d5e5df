"""The rules of the model that a record breaks: the model states them once, some checks only look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..model import catalogue
from ..model.fields import Role, Rule, Topic
from ..model.terms import TODAY
from ..records import Record
from .context import Context


@lru_cache(maxsize=8)
def layers_with(topic: Topic) -> tuple[str, ...]:
    """Return the layers people write in that have a rule about a topic."""
    return tuple(
        layer.key
        for layer in catalogue.layers()
        if layer.role is Role.RECORD and any(rule.topic is topic for rule in layer.rules)
    )


@lru_cache(maxsize=8)
def parents_of(topic: Topic) -> tuple[str, ...]:
    """Return the layers that those rules may look into: the parents of their layers."""
    return tuple(sorted({relation.parent for key in layers_with(topic) for relation in catalogue.layer(key).relations}))


def broken(record: Record, topic: Topic, context: Context) -> list[Rule]:
    """Return the rules about a topic that are false of a record, in the order of its layer.

    A value that is not of the kind of its column (a date that cannot be read) makes its rules unknown.
    """
    values = _WithParents(record, context)
    return [rule for rule in _rules(record.layer, topic) if _is_false(rule, values)]


@lru_cache(maxsize=256)
def _rules(layer: str, topic: Topic) -> tuple[Rule, ...]:
    return tuple(rule for rule in catalogue.layer(layer).rules if rule.topic is topic)


def _is_false(rule: Rule, values: Mapping[str, Any]) -> bool:
    try:
        return rule.condition.evaluate(values) is False
    except TypeError:
        return False


class _WithParents(Mapping[str, Any]):
    """The values of a record, those of its parents under ``reference.name``, and the day of the run."""

    def __init__(self, record: Record, context: Context) -> None:
        self._record = record
        self._context = context

    def __getitem__(self, key: str) -> Any:
        if key == TODAY:
            return self._context.today
        reference, _, name = key.partition(".")
        if not name:
            return self._record.values[key]
        for relation in catalogue.layer(self._record.layer).relations:
            if relation.column == reference:
                parent = self._context.data.get(relation.parent, self._record[reference])
                return parent[name] if parent is not None else None
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._record.values)

    def __len__(self) -> int:
        return len(self._record.values)
