"""What the areas of the shared database are called: departments, communes, intercommunalities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from .. import paths
from ..core.errors import TerritoryError
from ..core.territory import Territory

_DEPARTMENT_LENGTH = 3
_KEPT = 16
"""Who looks at the same areas again does not read all communes again."""


def place_names(codes: Collection[str]) -> Mapping[str, str]:
    """Return the name of the place of each area; empty where it is not known. Raises ``TerritoryError``."""
    return _place_names(paths.territories(), frozenset(codes)) if codes else {}


@lru_cache(maxsize=_KEPT)
def _place_names(reference: Path, codes: frozenset[str]) -> Mapping[str, str]:
    territory = Territory.load(reference)
    return MappingProxyType({code: _place(code, territory) for code in codes})


def _place(code: str, territory: Territory) -> str:
    epci, _, department = code.partition("@")
    if department:
        communes = territory.communes([department])
        return next((commune.epci_name for commune in communes if commune.epci_code == epci), "")
    look = territory.department if len(code) <= _DEPARTMENT_LENGTH else territory.commune
    try:
        return look(code).name
    except TerritoryError:
        return ""
