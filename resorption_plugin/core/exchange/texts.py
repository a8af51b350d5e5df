"""Values as the national schemas write them, and what their rows have in common."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..i18n import mark
from ..records import Record
from ..water.state import Availability, availability
from .rows import RowError
from .whole_file import whole_file

YES_NO = ("false", "true")
ZERO_ONE = ("0", "1")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def text(value: Any, words: tuple[str, str] = YES_NO) -> str:
    """Return a value as text; unknown is empty, and ``words`` are no and yes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words[value]
    if isinstance(value, float):
        return f"{value:.12g}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def degrees(value: float) -> str:
    """Return a longitude or latitude that reads back as the very same number."""
    return repr(float(value))


def check_existing(record: Record) -> None:
    """Raise ``RowError`` unless the water point is there: the schemas have no word for another case."""
    if record["lifecycle"] != "existing":
        raise RowError(mark("It is planned or removed."))


def closed_since(record: Record, on: dt.date) -> dt.date | None:
    """Return since when a point that gives no water on the day is closed, ``None`` where nobody wrote it."""
    if availability(record, on) is not Availability.UNAVAILABLE:
        return None
    begins = record["closed_from"]
    if isinstance(begins, dt.date) and begins <= on:
        return begins
    return None if record["working_state"] in ("closed", "out_of_order") else _season_began(record, on)


def _season_began(record: Record, on: dt.date) -> dt.date | None:
    """Return the first day of the yearly closure that covers the day."""
    for year in (on.year, on.year - 1):
        try:
            day = dt.date.fromisoformat(f"{year}-{record['season_closed_from']}")
        except ValueError:
            continue  # nothing or no day is written there, or 29 February is not in this year
        if day <= on:
            return day
    return None


def without_formula(told: str) -> str:
    """Return a text that no spreadsheet computes, whoever wrote it; a number stays one."""
    begins = told[:1] in _FORMULA and not _NUMBER.fullmatch(told)
    return f"'{told}" if begins else told


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as the national schemas publish theirs: commas, UTF-8 without mark. Raises ``ExportFileError``."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
