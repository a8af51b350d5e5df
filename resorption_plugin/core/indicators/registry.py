"""The indicators there are: every one declared in a module of ``figures/``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterable
from functools import lru_cache

from ..errors import ModelError, ParameterError
from ..i18n import mark
from .spec import Indicator, Section


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """Return every indicator, by section, in the order of its declaration. Raises ``ModelError`` for two equal ids."""
    from . import figures  # noqa: PLC0415 - the figures import what they are made of from here

    found: dict[str, Indicator] = {}
    for module in pkgutil.iter_modules(figures.__path__):
        for declared in importlib.import_module(f"{figures.__name__}.{module.name}").INDICATORS:
            if found.setdefault(declared.id, declared) is not declared:
                raise ModelError("Two indicators have the id {id}.", id=declared.id)
    sections = list(Section)
    return tuple(sorted(found.values(), key=lambda declared: sections.index(declared.section)))


def indicator(wanted: str) -> Indicator:
    """Return the indicator of an id. Raises ``ParameterError`` when there is none."""
    for declared in indicators():
        if declared.id == wanted:
            return declared
    raise ParameterError(mark("There is no indicator {wanted}. The page Indicateurs lists them."), wanted=wanted)


def layers_read(which: Iterable[Indicator] | None = None) -> tuple[str, ...]:
    """Return the layers that some indicators need, all of them when ``None``."""
    return tuple(sorted({layer for declared in which or indicators() for layer in declared.reads}))


def sections_of(which: Collection[Indicator]) -> list[Section]:
    """Return the sections that some indicators stand under, in order."""
    return [section for section in Section if any(declared.section is section for declared in which)]
