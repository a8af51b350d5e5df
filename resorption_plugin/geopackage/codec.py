"""Values of the model as SQLite keeps them: ISO days, UTC instants to the millisecond, 0 and 1, JSON arrays."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection
from typing import Any

from ..core.model.fields import Field, Kind


def read_bool(value: Any) -> Any:
    """Return yes or no for 1 or 0."""
    return bool(value) if value in (0, 1) else value


def read_date(value: Any) -> Any:
    """Return the day of an ISO text."""
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def read_instant(value: Any) -> Any:
    """Return the instant of an ISO text, aware and in UTC; a text without a zone is in UTC."""
    try:
        instant = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return instant.replace(tzinfo=dt.UTC) if instant.tzinfo is None else instant.astimezone(dt.UTC)


def read_choices(value: Any) -> Any:
    """Return the codes of a JSON array, or of the ``{"a","b"}`` that QGIS writes in a column it takes for text."""
    if not isinstance(value, str):
        return value
    text = f"[{value[1:-1]}]" if value.startswith("{") and value.endswith("}") else value
    try:
        codes = json.loads(text)
    except ValueError:
        codes = [part.strip() for part in text[1:-1].split(",") if part.strip()] if text.startswith("[") else None
    return tuple(map(str, codes)) if isinstance(codes, list) else value


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.BOOLEAN: read_bool,
    Kind.DATE: read_date,
    Kind.DATETIME: read_instant,
    Kind.CHOICES: read_choices,
}


def reader(field: Field) -> Callable[[Any], Any] | None:
    """Return what turns a stored value into a Python one, ``None`` when nothing has to be done.

    A value that cannot be read is returned as it is stored, so that a check can report it.
    """
    return _READERS.get(field.kind)


def write(field: Field, value: Any) -> Any:
    """Return the stored form of a value; one of another kind is left to the constraints of the table."""
    if isinstance(value, dt.date):
        return iso(value)
    if field.kind is Kind.CHOICES:
        codes = read_choices(value)
        return write_choices(field, codes) if isinstance(codes, Collection) and not isinstance(codes, str) else codes
    # numbers of numpy
    return value.item() if hasattr(value, "item") else value


def iso(day: dt.date) -> str:
    """Return an ISO day, or an instant in UTC to the millisecond; one without a zone is in UTC."""
    if not isinstance(day, dt.datetime):
        return day.isoformat()
    aware = day.replace(tzinfo=dt.UTC) if day.tzinfo is None else day.astimezone(dt.UTC)
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_choices(field: Field, codes: Collection[str]) -> str | None:
    """Return a JSON array of the codes, each once, in the order of the value list; ``None`` when there is none."""
    order = field.domain.codes() if field.domain else ()
    known = [code for code in order if code in codes]
    strangers = sorted(set(codes) - set(order))
    return json.dumps([*known, *strangers], ensure_ascii=False, separators=(",", ":")) if codes else None
