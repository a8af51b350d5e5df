"""Texts of the export to values of the model and back. ``read(write(value))`` gives the value again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

from ..arrondissements import commune_code
from ..converters import day, fold, number

BLANKS = frozenset({"", "nc"})
"""Folded texts of a cell that says nothing: the platform writes “NC” where it knows nothing."""

_UNKNOWN = frozenset({"inconnu", "inconnue", "non renseigne", "ne sait pas"})
_LINE_ENDS = re.compile(r"\r\n?|\u2028")
_SPACES = re.compile(r"[\u00a0\u202f\u2009\t]")
_WIDEST_YEAR = 2100


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Return a text as it is compared and kept: plain spaces and line ends, nothing around; empty when blank."""
    plain = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)).strip()
    return "" if plain.casefold() in BLANKS else plain


class Codec(Protocol):
    """Reads a filled, cleaned text into a value and writes a known value as text."""

    def read(self, text: str) -> Any:
        """Return the value, ``None`` when the text says that it is unknown; ``ValueError`` when it is no value."""

    def write(self, value: Any) -> str:
        """Return the text of a value that is not ``None``."""


class FreeText:
    """A text."""

    def read(self, text: str) -> str:
        return text

    def write(self, value: Any) -> str:
        return clean(str(value))


class InseeCode:
    """The INSEE code of a commune; a municipal district is its commune, a zero that a spreadsheet ate comes back."""

    def read(self, text: str) -> str:
        padded = text.replace(" ", "").upper().zfill(5)
        if not re.fullmatch(r"\d{5}|2[AB]\d{3}", padded):
            raise ValueError(text)
        return commune_code(padded)

    def write(self, value: Any) -> str:
        return commune_code(str(value))


class Whole:
    """A whole number."""

    def read(self, text: str) -> int:
        value = number(text)
        if value != int(value):
            raise ValueError(text)
        return int(value)

    def write(self, value: Any) -> str:
        return str(int(value))


class Year(Whole):
    """A year in four figures."""

    def read(self, text: str) -> int:
        value = super().read(text)
        if not 2000 <= value <= _WIDEST_YEAR:
            raise ValueError(text)
        return value


class Degrees:
    """A latitude or longitude, written so that it reads back as the very same number."""

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def read(self, text: str) -> float:
        value = number(text)
        if abs(value) > self._limit:
            raise ValueError(text)
        return value

    def write(self, value: Any) -> str:
        return repr(float(value))


class Day:
    """A day: written 31/10/2025, also read from 2025-10-31 and from a timestamp."""

    def read(self, text: str) -> dt.date:
        return day(text)

    def write(self, value: Any) -> str:
        return f"{value:%d/%m/}{value.year:04d}"


@dataclass(frozen=True)
class YesNo:
    """Oui or non; unknown is blank."""

    yes: str = "oui"
    no: str = "non"

    def read(self, text: str) -> bool | None:
        word = fold(text)
        if word in ("oui", "non"):
            return word == "oui"
        if word in _UNKNOWN:
            return None
        raise ValueError(text)

    def write(self, value: Any) -> str:
        return self.yes if value else self.no


@dataclass(frozen=True)
class OneOf:
    """One code of a list, by the platform's words. ``unknown`` is what it writes where it knows nothing."""

    words: Mapping[Any, tuple[str, ...]]
    unknown: str = ""

    @cached_property
    def _codes(self) -> dict[str, Hashable]:
        codes: dict[str, Hashable] = {}
        for code, words in self.words.items():
            for word in words:
                codes.setdefault(fold(word), code)
        return codes

    def read(self, text: str) -> Any:
        word = fold(text)
        if word in self._codes:
            return self._codes[word]
        if word in _UNKNOWN:
            return None
        raise ValueError(text)

    def write(self, value: Any) -> str:
        return self.words[value][0]


@dataclass(frozen=True)
class SomeOf:
    """Several codes of a list, in its order; read whether a line end or “;” separates them."""

    words: Mapping[str, tuple[str, ...]]
    separator: str

    @cached_property
    def _one(self) -> OneOf:
        return OneOf(self.words)

    def read(self, text: str) -> tuple[str, ...] | None:
        parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
        codes = {self._one.read(part) for part in parts} - {None}
        return tuple(code for code in self.words if code in codes) or None

    def write(self, value: Any) -> str:
        chosen = set(value)
        return self.separator.join(words[0] for code, words in self.words.items() if code in chosen)
