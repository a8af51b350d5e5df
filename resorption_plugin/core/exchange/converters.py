"""Texts of a file to the values of a field: French and English numbers, dates, yes and no, codes or labels of lists."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..i18n import mark
from ..model.fields import Domain, Field, Kind
from .rows import RowError

_YES = frozenset({"true", "vrai", "oui", "yes", "1", "o", "y", "t", "v"})
_NO = frozenset({"false", "faux", "non", "no", "0", "n", "f"})
_UNKNOWN = frozenset({"", "null", "none", "nan", "n/a", "na", "-", "nc", "nr", "inconnu", "unknown"})
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: .*)?")
_COMPACT_DAY = re.compile(r"(\d{4})[/ ]?(\d{2})[/ ]?(\d{2})(?: .*)?")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text without case, accents and punctuation, to compare names written by hand."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.casefold().replace("œ", "oe")).split())


def number(text: str) -> float:
    """Return a finite number written with a point or a comma; ``ValueError`` otherwise."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", plain):
        raise ValueError(text)
    value = float(plain)
    if abs(value) == float("inf"):
        raise ValueError(text)
    return value


def day(text: str) -> dt.date:
    """Return the day of ``2025-10-31``, ``31/10/2025``, ``20251031`` or a timestamp; ``ValueError`` otherwise."""
    if found := _ISO_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        year, month, of_month = found.groups()
    elif found := _FRENCH_DAY.fullmatch(text):
        of_month, month, year = found.groups()
    else:
        raise ValueError(text)
    return dt.date(int(year), int(month), int(of_month))


def instant(text: str) -> dt.datetime:
    """Return an instant in UTC; one written without offset is taken as UTC. ``ValueError`` when it is none."""
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def truth(text: str) -> bool:
    """Return yes or no; ``ValueError`` for anything else."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text)


@lru_cache(maxsize=64)
def _codes(domain: Domain) -> dict[str, str]:
    by_word: dict[str, str] = {}
    for choice in domain.choices:
        for word in (choice.code, choice.label.fr, choice.label.en):
            by_word.setdefault(fold(word), choice.code)
    return by_word


def code(domain: Domain, text: str) -> str:
    """Return the code of a list from the code itself or its French or English label; ``ValueError`` otherwise."""
    try:
        return _codes(domain)[fold(text)]
    except KeyError:
        raise ValueError(text) from None


def _whole(text: str) -> int:
    value = number(text)
    if value != int(value):
        raise ValueError(text)
    return int(value)


_BY_KIND: dict[Kind, tuple[Callable[[str], Any], str]] = {
    Kind.INTEGER: (_whole, mark("{field}: “{value}” is not a whole number.")),
    Kind.REAL: (number, mark("{field}: “{value}” is not a number.")),
    Kind.BOOLEAN: (truth, mark("{field}: “{value}” is neither yes nor no (write oui or non).")),
    Kind.DATE: (day, mark("{field}: “{value}” is not a date (write 2025-10-31 or 31/10/2025).")),
    Kind.DATETIME: (instant, mark("{field}: “{value}” is not a date and time.")),
}


def convert(field: Field, text: str) -> Any:
    """Return the value of a field, ``None`` when the text says nothing.

    Raises ``RowError`` with the reason when the text is no value of the field.
    """
    if field.domain is not None:
        return _of_list(field, field.domain, text)
    if fold(text) in _UNKNOWN and (field.kind in _BY_KIND or not text):
        return None
    if field.kind not in _BY_KIND:
        return _short_enough(field, text)
    reader, template = _BY_KIND[field.kind]
    try:
        value = reader(text)
    except (ValueError, OverflowError):
        raise RowError(template, field=field.label, value=_excerpt(text)) from None
    return _within(field, value, text)


def _of_list(field: Field, domain: Domain, text: str) -> str | None:
    try:
        return code(domain, text)
    except ValueError:
        if fold(text) in _UNKNOWN:
            return None
        expected = ", ".join(domain.codes())
        raise RowError(
            mark("{field}: “{value}” is not in the list ({expected})."),
            field=field.label,
            value=_excerpt(text),
            expected=expected,
        ) from None


def _short_enough(field: Field, text: str) -> str:
    if field.max_length is not None and len(text) > field.max_length:
        raise RowError(mark("{field}: longer than {limit} characters."), field=field.label, limit=field.max_length)
    return text


def _within(field: Field, value: Any, text: str) -> Any:
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise RowError(
            mark("{field}: {value} is not between {low} and {high}."),
            field=field.label,
            value=_excerpt(text),
            low="-∞" if low is None else f"{low:g}",
            high="∞" if high is None else f"{high:g}",
        )
    return value


def _excerpt(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
