"""The checks there are: every function of ``rules/`` that carries the decorator."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..errors import ModelError, ParameterError
from ..i18n import mark
from ..records import Record
from .context import Context
from .finding import Remark
from .spec import CheckSpec, Threshold

Judge = Callable[[Record, Context, Mapping[str, Threshold]], Iterable[Remark]]
"""Judges one record of a target layer; yields nothing when there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check and the function that judges."""

    spec: CheckSpec
    judge: Judge


def check(spec: CheckSpec) -> Callable[[Judge], Check]:
    """Declare a judging function as the check ``spec``."""

    def declare(judge: Judge) -> Check:
        return Check(spec, judge)

    return declare


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """Return every check, by code. Raises ``ModelError`` when two have the same."""
    from . import rules  # noqa: PLC0415 - the rules import the decorator from here

    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(rules.__path__):
        for declared in vars(importlib.import_module(f"{rules.__name__}.{module.name}")).values():
            if isinstance(declared, Check) and found.setdefault(declared.spec.id, declared) is not declared:
                raise ModelError("Two checks have the code {code}.", code=declared.spec.id)
    return tuple(found[code] for code in sorted(found))


def chosen(codes: Collection[str]) -> tuple[Check, ...]:
    """Return the checks of these codes, all when there is none. Raises ``ParameterError`` for an unknown code."""
    by_code = {declared.spec.id: declared for declared in checks()}
    unknown = [code for code in codes if code not in by_code]
    if unknown:
        raise ParameterError(
            mark("There is no check {unknown}. The checks are: {known}."),
            unknown=", ".join(unknown),
            known=", ".join(by_code),
        )
    return tuple(declared for code, declared in by_code.items() if code in codes or not codes)


def layers_read(which: Iterable[Check]) -> tuple[str, ...]:
    """Return the layers that some checks need."""
    return tuple(sorted({layer for declared in which for layer in (*declared.spec.targets, *declared.spec.reads)}))
