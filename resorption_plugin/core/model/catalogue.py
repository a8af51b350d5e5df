"""Finds the layers declared in ``layers/`` and proves at import that they agree with each other."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from functools import lru_cache

from ..errors import ModelError
from ..i18n import mark
from . import layers as layers_package
from .fields import Domain, Kind, Layer

SCHEMA_VERSION = 1
"""The version of the data: raised by each release that changes a table, with the step that upgrades a workspace."""

OLDEST_SPOKEN = 1
"""The oldest version that may still exchange with this one: raised to ``SCHEMA_VERSION`` by each release that changes
what travels (a column, a code of a value list), as rows are compared by the hash of all their columns."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@lru_cache(maxsize=1)
def layers() -> tuple[Layer, ...]:
    """Return every declared layer in display order.

    Raises ``ModelError`` when the declarations contradict each other.
    """
    found = []
    for module in pkgutil.iter_modules(layers_package.__path__):
        declared = importlib.import_module(f"{layers_package.__name__}.{module.name}")
        if hasattr(declared, "LAYER"):
            found.append(declared.LAYER)
    found.sort(key=lambda layer: (layer.order, layer.key))
    validate(found)
    return tuple(found)


def layer(key: str) -> Layer:
    """Return one layer; ``KeyError`` when there is none."""
    for candidate in layers():
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def domains(of: Iterable[Layer] | None = None) -> tuple[Domain, ...]:
    """Return the value lists the layers use, each once, by name."""
    used = {
        field.domain.name: field.domain
        for declared in (layers() if of is None else of)
        for field in declared.fields
        if field.domain
    }
    return tuple(used[name] for name in sorted(used))


def validate(declared: Iterable[Layer]) -> None:
    """Raise ``ModelError`` on the first contradiction between the declarations."""
    by_key = {candidate.key: candidate for candidate in declared}
    lists: dict[str, Domain] = {}
    for candidate in by_key.values():
        _check_names(candidate)
        _check_groups(candidate)
        _check_references(candidate, by_key)
        for field in candidate.fields:
            _require(
                field.domain is None or lists.setdefault(field.domain.name, field.domain) == field.domain,
                f"two different value lists are called {field.domain.name if field.domain else ''}",
            )


def _require(condition: object, fault: str) -> None:
    if not condition:
        raise ModelError(mark("The data model is wrong: {fault}."), fault=fault)


def _check_names(candidate: Layer) -> None:
    names = candidate.names()
    _require(len(set(names)) == len(names), f"{candidate.key} declares a field twice")
    _require("uid" in names, f"{candidate.key} has no uid")
    for name in (candidate.key, *names):
        _require(_NAME.fullmatch(name) is not None, f"{candidate.key}: {name} is not a plain name")
    _require(not {"fid", "geom"} & set(names), f"{candidate.key} declares a reserved column")
    for field in candidate.fields:
        where = f"{candidate.key}.{field.name}"
        _require(bool(field.label.en and field.label.fr), f"{where} lacks a label")
        _require(field.kind is not Kind.CHOICES or field.domain is not None, f"{where} lacks its value list")
        if field.domain:
            codes = field.domain.codes()
            _require(len(set(codes)) == len(codes), f"{field.domain.name} repeats a code")


def _check_groups(candidate: Layer) -> None:
    groups = {group.key: group for group in candidate.groups}
    for field in candidate.fields:
        _require(
            field.hidden or field.group in groups,
            f"{candidate.key}.{field.name} is in the unknown group {field.group}",
        )
    for group in candidate.groups:
        _require(group.parent is None or group.parent in groups, f"{candidate.key}: group {group.key} has no parent")


def _check_references(candidate: Layer, by_key: dict[str, Layer]) -> None:
    names = set(candidate.names())
    read = [rule.condition for rule in candidate.rules]
    read += [field.visible_when for field in candidate.fields if field.visible_when]
    read += [group.visible_when for group in candidate.groups if group.visible_when]
    for condition in read:
        missing = condition.columns() - names
        _require(not missing, f"{candidate.key}: a rule reads the unknown columns {sorted(missing)}")
    for rule in candidate.rules:
        _require(rule.field in names, f"{candidate.key}: rule {rule.name} is shown at an unknown field")
    for together in (*candidate.unique_together, *candidate.together):
        _require(set(together) <= names, f"{candidate.key}: unknown columns in {together}")
    for relation in candidate.relations:
        where = f"{candidate.key}.{relation.column}"
        _require(relation.column in names, f"{where} is referenced but not declared")
        _require(relation.parent in by_key, f"{where} points to the unknown layer {relation.parent}")
        if relation.group:
            keys = {group.key for group in by_key[relation.parent].groups}
            _require(relation.group in keys, f"{where} is listed in an unknown tab of {relation.parent}")
