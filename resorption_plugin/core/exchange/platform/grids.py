"""What every reader of spreadsheets gives: sheets of raw cells, row by row, with the links of their cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ..converters import day
from .codecs import Day

Raw = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

SERIALS = range(1, 110_000)
"""Numbers of days a spreadsheet may mean: up to the year 2201."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?")
_MIDNIGHT_IN_PARIS = (22, 23)
_DAY = Day()


class Grid(Protocol):
    """A sheet. Rows and columns are counted from 1; rows that hold nothing may be missing."""

    name: str
    epoch: dt.datetime
    """The day that the number 0 stands for."""
    lines: int
    """About how many lines there are, to tell how far the reading is; 0 where it tells itself or nobody knows."""

    def rows(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        """Yield the number and the cells of each row; can be asked again."""

    def links(self, column: int) -> Mapping[int, str]:
        """Return the address that each cell of a column links to, by row."""

    def formula_links(self, column: int) -> Mapping[int, str]:
        """Return the addresses in formulas HYPERLINK of a column, by row; this may read the sheet again."""


def plain_text(raw: Raw) -> str:
    """Return a cell as text: days as 31/10/2025, whole numbers without decimals, yes and no in French."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, dt.date):
        return _DAY.write(_calendar_day(raw))
    if isinstance(raw, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw) if "_x" in raw else raw
    return str(raw)


def day_text(raw: Raw, epoch: dt.datetime) -> str:
    """Return the cell of a column of days as text, where a bare number of days counts from ``epoch``."""
    if isinstance(raw, str):
        return _day_of_text(raw.strip(), epoch)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and int(raw) in SERIALS:
        return plain_text(epoch + dt.timedelta(days=raw))
    return plain_text(raw)


def _day_of_text(text: str, epoch: dt.datetime) -> str:
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return day_text(float(text), epoch)
    if _ISO_INSTANT.fullmatch(text):
        return plain_text(dt.datetime.fromisoformat(text))
    try:
        return _DAY.write(day(text))
    except ValueError:
        return text


def _calendar_day(moment: dt.date) -> dt.date:
    """Return the day that is meant: the platform writes instants, and midnight in Paris is 22 or 23 h of the eve."""
    if not isinstance(moment, dt.datetime):
        return moment
    to_the_second = moment.replace(tzinfo=None) + dt.timedelta(milliseconds=500)
    is_midnight = to_the_second.hour in _MIDNIGHT_IN_PARIS and not (to_the_second.minute or to_the_second.second)
    return (to_the_second + dt.timedelta(hours=2 if is_midnight else 0)).date()
