"""What a check says of a record, and who it says it of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import shapely

from .spec import Quantity, Severity, Threshold, Verdict

INTERNAL_ERROR_LAYER = "check"
"""The target of the finding that says a check stopped: the check itself, by its code."""


class Identity(NamedTuple):
    """What makes two findings the same across runs and languages."""

    check_id: str
    layer: str
    uid: str
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says of the record it judges."""

    verdict: Verdict
    message: str
    """An English sentence, marked for translation, with named placeholders filled from ``details``."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """Texts, numbers, and references to words of the model (``words``)."""
    value: float | None = None
    threshold: Threshold | None = None
    quantity: Quantity | None = None
    method: str = ""
    """How the value was obtained (marked for translation)."""
    related: tuple[str, ...] = ()
    """Uids of the other records of the same layer that the remark is about: it is then said once for all of them."""
    field: str | None = None
    """Where the form is to open: the column to correct, else the key of a tab."""
    data_date: dt.date | None = None
    """The oldest date of the data the value rests on."""
    severity: Severity | None = None
    """``None``: that of the check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its identity, as it is stored."""

    identity: Identity
    severity: Severity
    remark: Remark
    commune: str | None = None
    geometry: shapely.Geometry | None = None
