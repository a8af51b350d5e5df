"""The steps from one version of the data of a workspace to the next, one file each (``to_2.py``, ``to_3.py`` and on).

A step is frozen once it is released: it says what it does in its own words, by ``..moves``, and never by the model,
which is that of the last version only. Columns are added, never renamed nor dropped, so that what was written before
(the history, a batch that is on its way) keeps its meaning; codes of value lists may be called otherwise. ``STEP`` of
each file is a ``moves.Step``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from ...core.model import catalogue
from ..moves import Codes, Step


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """Return every step, in its order."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    found = [importlib.import_module(f"{__name__}.{name}").STEP for name in names]
    return tuple(sorted(found, key=lambda step: step.to))


def since(version: int) -> tuple[Step, ...]:
    """Return the steps from a version of the data to that of today."""
    return tuple(step for step in steps() if version < step.to <= catalogue.SCHEMA_VERSION)


def leads_from(version: int) -> bool:
    """Say whether the steps lead from a version to that of today, without a gap."""
    return [step.to for step in since(version)] == list(range(version + 1, catalogue.SCHEMA_VERSION + 1))


def recoded_since(version: int) -> tuple[Codes, ...]:
    """Return the codes that are called otherwise since a version, step by step."""
    return tuple(step.recoded for step in since(version) if step.recoded)
