"""What a correction would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import shapely

from ..records import Record
from ..territory import CommuneMatch


class Communes(Protocol):
    """The territory reference, as ``core.territory.Territory`` gives it."""

    def commune_at(self, lon: float, lat: float) -> CommuneMatch | None:
        """Return the commune of a position in EPSG:4326, ``None`` outside France."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One record, the columns to write and its new geometry (``None``: as it is)."""

    record: Record
    values: Mapping[str, Any] = field(default_factory=dict)
    geometry: shapely.Geometry | None = None

    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Return the columns that change with the value before and after."""
        return {name: (self.record[name], value) for name, value in self.values.items() if self.record[name] != value}

    def __bool__(self) -> bool:
        return bool(self.changed()) or self.geometry is not None


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction of the findings of some checks."""

    title: str
    """Marked for translation."""
    checks: Collection[str]
    propose: Callable[[Record, Communes], Correction | None]
    """Return what would change of a record, ``None`` where the right answer is not certain."""
