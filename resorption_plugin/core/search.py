"""Finds sites, water points and communes by what an officer types: words of a name, an address, a code.

Capitals, accents, hyphens and apostrophes do not count.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .ports import Feedback, Silent, stop_if_cancelled
from .records import Record

LIMIT = 50
"""More results than an officer reads."""

_AT_ONCE = 5_000
"""Records looked at between two looks at the cancel button."""

_INSIDE = 4
"""The least quality of a match: a word of the text lies somewhere inside a word."""

_LIGATURES = {"œ": "oe", "æ": "ae"}
_BETWEEN = "\0"
_NO_WORD = re.compile(rf"[^\w{_BETWEEN}]+|_+")


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched in a layer, by column names."""

    layer: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[str, ...]

    def columns(self) -> tuple[str, ...]:
        """Return every column that is searched."""
        return (*self.names, *self.codes, *self.places)


SEARCHED = (
    Searched("site", ("name",), ("rb_id", "fk_city"), ("address", "commune")),
    Searched("water_point", ("name",), ("source_id", "fk_city"), ("address", "commune")),
    Searched("commune", ("name",), ("insee",), ()),
)
"""The layers searched; of two results that match as well, the earlier layer comes first."""

_ORDER = {searched.layer: order for order, searched in enumerate(SEARCHED)}


class Entry(NamedTuple):
    """A record as it is searched and shown."""

    layer: str
    uid: str
    title: str
    detail: str
    """What tells it from its namesakes: the commune, else the address, else the code; never the title again."""
    order: int
    name: str
    codes: tuple[str, ...]
    words: str
    """Every word, folded, each after a space."""


def fold(text: str) -> str:
    """Return a text as it is compared: small letters without accents, one space between words."""
    return fold_all([text])[0]


def fold_all(texts: Sequence[str]) -> list[str]:
    """Fold many texts at once: a hundred thousand names in the blink of an eye."""
    whole = unicodedata.normalize("NFKD", _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts))
    for sign in filter(unicodedata.combining, set(whole)):
        whole = whole.replace(sign, "")
    whole = whole.casefold()
    for ligature, letters in _LIGATURES.items():
        whole = whole.replace(ligature, letters)
    return [text.strip() for text in _NO_WORD.sub(" ", whole).split(_BETWEEN)]


class SearchIndex:
    """Records ready to be searched; never changed once made, so that any thread may ask it."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index the records of the layers searched; others are left out."""
        rows = [_row(record) for record in records if record.layer in _ORDER]
        folded = iter(fold_all([text for row in rows for text in row.texts()]))
        self._entries = [_entry(row, [next(folded) for _ in row.texts()]) for row in rows]

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str, limit: int = LIMIT, feedback: Feedback | None = None) -> list[Entry]:
        """Return the entries that hold every word of ``text``, best first; a number is looked for from its first digit.

        A name or code that is the text itself comes first, then names that begin with it, then names and then other
        columns in which every word of the text begins a word. Only where there is none of these, records that hold
        the words elsewhere are returned. Raises ``Cancelled``.
        """
        words = fold(text).split()
        if not words:
            return []
        wanted = [f" {word}" if word.isdigit() else word for word in words]
        matching = self._matching(sorted(wanted, key=len, reverse=True), feedback or Silent())
        whole = " ".join(words)
        beginnings = [f" {word}" for word in words]
        ranked = heapq.nsmallest(limit, ((_rank(entry, whole, beginnings), entry) for entry in matching))
        return [entry for rank, entry in ranked if rank[0] < _INSIDE or ranked[0][0][0] == _INSIDE]

    def _matching(self, wanted: Sequence[str], feedback: Feedback) -> list[Entry]:
        """Return the entries that hold every text wanted; the first is the one that few hold."""
        found: list[Entry] = []
        for start in range(0, len(self._entries), _AT_ONCE):
            stop_if_cancelled(feedback)
            left = self._entries[start : start + _AT_ONCE]
            for text in wanted:
                left = [entry for entry in left if text in entry.words]
            found += left
        return found


def _rank(entry: Entry, whole: str, beginnings: Sequence[str]) -> tuple[int, int, str, str]:
    if whole == entry.name or whole in entry.codes:
        quality = 0
    elif entry.name.startswith(whole):
        quality = 1
    elif _has_all(f" {entry.name}", beginnings):
        quality = 2
    elif _has_all(entry.words, beginnings):
        quality = 3
    else:
        quality = _INSIDE
    return quality, entry.order, entry.name, entry.uid


def _has_all(words: str, beginnings: Sequence[str]) -> bool:
    return all(beginning in words for beginning in beginnings)


class _Row(NamedTuple):
    """What is known of a record among the columns searched."""

    layer: str
    uid: str
    names: list[str]
    codes: list[str]
    places: list[str]

    def texts(self) -> list[str]:
        return [*self.names, *self.codes, *self.places]


def _row(record: Record) -> _Row:
    searched = SEARCHED[_ORDER[record.layer]]
    names, codes, places = (
        [str(value) for column in columns if (value := record[column]) not in (None, "")]
        for columns in (searched.names, searched.codes, searched.places)
    )
    return _Row(record.layer, record.uid, names, codes, places)


def _entry(row: _Row, folded: Sequence[str]) -> Entry:
    """Return the entry of a row; ``folded`` are its texts in their order."""
    title = next(iter((*row.names, *row.places, *row.codes)), "?")
    detail = next((text for text in (*reversed(row.places), *row.codes) if text != title), "")
    end_of_names, end_of_codes = len(row.names), len(row.names) + len(row.codes)
    name, codes = " ".join(folded[:end_of_names]), tuple(folded[end_of_names:end_of_codes])
    words = " " + " ".join(folded)
    return Entry(row.layer, row.uid, title, detail, _ORDER[row.layer], name, codes, words)
