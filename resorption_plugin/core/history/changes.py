"""One entry of the history: what one field held before and after, on which record, when and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

GEOMETRY = "geom"
"""The name under which a change of place stands among the fields."""


class Operation(Enum):
    """What happened to a record; the value is the code that the workspace stores."""

    INSERT = "I"
    """One entry without a field: what the record held is found by going back from what it holds."""
    UPDATE = "U"
    """One entry for each field that took another value."""
    DELETE = "D"
    """One entry without a field, and one for each value that the record held."""
    REPLACE = "R"
    """A program wrote a whole row over another one: one entry without a field, and no word of what was there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry. ``before`` and ``after`` are Python values as in ``Record``, geometries in EPSG:4326."""

    number: int
    """Grows from one entry to the next, whatever the clock says."""
    at: dt.datetime
    """When, aware, in UTC, to the millisecond, by the clock of the computer that wrote."""
    author: str | None
    """``None`` when nobody is known."""
    presumed: bool
    """Whether the row was not signed: ``author`` is then the last known user of the workspace."""
    layer: str
    uid: str
    operation: Operation
    field: str | None = None
    before: Any = None
    after: Any = None
    received: bool = False
    """Whether a synchronisation wrote it: the change was made elsewhere."""
