"""The corrections there are: every ``FIX`` of ``rules/``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from . import rules
from .proposal import Fix


@lru_cache(maxsize=1)
def fixes() -> tuple[Fix, ...]:
    """Return every correction."""
    found = (
        importlib.import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
    )
    return tuple(module.FIX for module in found)


def fix_of(check_id: str) -> Fix | None:
    """Return the correction offered for a check, ``None`` when there is none."""
    return next((fix for fix in fixes() if check_id in fix.checks), None)
