"""Cells that hold several records: the actors, messages, phases and owners of a site, to rows of values and back.

The platform names people among the actors. Only their organisation and its themes are kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from ..converters import fold
from . import words
from .codecs import Day, OneOf, clean

Values = Mapping[str, Any]
Row = dict[str, Any]

_MESSAGE = re.compile(r"(\d{2})/(\d{2})/(\d{4}) à (\d{1,2}):(\d{2}) - ([^\n]*)(?:\n(.*))?", re.DOTALL)
_BETWEEN_MESSAGES = re.compile(r"\n-{4}\n(?=\d{2}/\d{2}/\d{4} à \d{1,2}:\d{2} - )")
_PHASE = re.compile(r"(?:- *)?(?P<name>.*?) *: *(?P<state>[^:\n]*)")
_DATE = re.compile(r"\d{2}/\d{2}/\d{4}")
_UNDER_WAY = "en cours"
_OWNER = re.compile(r"(?P<name>.*?) *\((?P<type>[^()]*)\)")

_THEMES = OneOf(words.ACTOR_THEMES)
_PHASES = OneOf(words.PHASES)
_OWNER_TYPES = OneOf(words.OWNER_TYPES)
_UNKNOWN_OWNER = 1
_DAY = Day()


class RowsCodec(Protocol):
    """Reads a filled, cleaned text into the rows of a layer, and writes rows as a text."""

    def read(self, text: str) -> list[Row]:
        """Return the values of the rows; ``ValueError`` when the text is none of this kind."""

    def write(self, rows: Sequence[Values]) -> str:
        """Return the text, empty when there is no row."""


class Actors:
    """Rows of ``site_actor``, a line each: “- name, organisation (themes)”, or “organisation (themes)” without name."""

    def read(self, text: str) -> list[Row]:
        themes: dict[str, set[str]] = {}
        for line in filter(None, (part.strip() for part in text.split("\n"))):
            organisation, found = _actor(line)
            themes.setdefault(organisation, set()).update(found)
        return [
            {"organisation": organisation, "themes": _ordered(found) or None} for organisation, found in themes.items()
        ]

    def write(self, rows: Sequence[Values]) -> str:
        return "\n".join(f"{_one_line(row['organisation'])} ({_written_themes(row)})" for row in rows)


def _ordered(themes: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in words.ACTOR_THEMES if code in themes)


def _actor(line: str) -> tuple[str, set[str]]:
    head, listed = _closing_bracket(line)
    if head.startswith("- "):
        head = head[2:].partition(", ")[2] or head[2:]
    if not head.strip():
        raise ValueError(line)
    return head.strip(), {_theme(word) for word in listed.split(", ") if word.strip()}


def _closing_bracket(line: str) -> tuple[str, str]:
    """Return what stands before the bracket that closes the line, and what stands in it."""
    if not line.endswith(")"):
        return line, ""
    depth = 0
    for index in range(len(line) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(line[index], 0)
        if depth == 0:
            return line[:index], line[index + 1 : -1]
    return line, ""


def _theme(word: str) -> str:
    """Return the code of a theme; one that the actor worded is “autre”."""
    try:
        return str(_THEMES.read(word))
    except ValueError:
        return "autre"


def _written_themes(row: Values) -> str:
    return ", ".join(words.ACTOR_THEMES[code][0] for code in _ordered(row.get("themes") or ()))


def _one_line(text: object) -> str:
    return re.sub(r"\s+", " ", clean(str(text))).lstrip("- ")


class Messages:
    """Rows of ``journal_entry``: “31/10/2025 à 14:05 - author”, the message below, “----” between two.

    The platform gives the last five, in hours of its server, which are taken as UTC.
    """

    def read(self, text: str) -> list[Row]:
        return [_message(part) for part in _BETWEEN_MESSAGES.split(text)]

    def write(self, rows: Sequence[Values]) -> str:
        newest_first = sorted(rows, key=lambda row: row["entered_at"], reverse=True)
        return "\n----\n".join(map(_written_message, newest_first[:5]))


def _message(part: str) -> Row:
    found = _MESSAGE.fullmatch(part.strip("\n"))
    if found is None:
        raise ValueError(part)
    of_month, month, year, hour, minute = map(int, found.groups()[:5])
    values: Row = {
        "entered_at": dt.datetime(year, month, of_month, hour, minute, tzinfo=dt.UTC),
        "entered_by": found[6].strip() or None,
        "description": (found[7] or "").strip(),
    }
    if not values["description"]:
        raise ValueError(part)
    return values


def _written_message(row: Values) -> str:
    at = row["entered_at"].astimezone(dt.UTC)
    author = _one_line(row.get("entered_by") or "")
    return f"{at:%d/%m/}{at.year:04d} à {at:%H:%M} - {author}\n{clean(row['description'])}"


class Phases:
    """Rows of ``resorption_phase``: a line each, “- name : done 31/10/2025” or “- name : en cours”."""

    def read(self, text: str) -> list[Row]:
        rows = {row["preparatory_phase"]: row for row in map(_phase, filter(str.strip, text.split("\n")))}
        return [rows[code] for code in words.PHASES if code in rows]

    def write(self, rows: Sequence[Values]) -> str:
        by_code = {row["preparatory_phase"]: row for row in rows}
        return "\n".join(_written_phase(by_code[code]) for code in words.PHASES if code in by_code)


def _phase(line: str) -> Row:
    found = _PHASE.fullmatch(line.strip())
    if found is None:
        raise ValueError(line)
    date = _DATE.search(found["state"])
    if date is None and fold(found["state"]) != _UNDER_WAY:
        raise ValueError(line)
    return {"preparatory_phase": _PHASES.read(found["name"]), "completed_at": _DAY.read(date[0]) if date else None}


def _written_phase(row: Values) -> str:
    code, completed = row["preparatory_phase"], row.get("completed_at")
    state = f"{words.PHASE_DATES[code]} {_DAY.write(completed)}" if completed else _UNDER_WAY
    return f"- {words.PHASES[code][0]} : {state}"


class Owners:
    """Rows of ``owner`` from two cells, the types and the names, each a list separated by “;” or line ends.

    Where a single cell holds both, the type stands in brackets behind the name.
    """

    def read(self, types: str, names: str) -> list[Row]:
        kinds = [_OWNER_TYPES.read(part) if part else None for part in _listed(types)]
        owners = list(_named(_listed(names)))
        if len(kinds) <= 1:
            kinds *= max(len(owners), 1)
        if not owners:
            owners = [(None, None)] * len(kinds)
        if kinds and len(kinds) != len(owners):
            raise ValueError(types)
        both = zip(owners, kinds or [None] * len(owners), strict=True)
        return [{"owner_name": name, "fk_owner_type": kind or said or _UNKNOWN_OWNER} for (name, said), kind in both]

    def write_types(self, rows: Sequence[Values]) -> str:
        return _joined([_OWNER_TYPES.write(row["fk_owner_type"]) if row.get("fk_owner_type") else "" for row in rows])

    def write_names(self, rows: Sequence[Values]) -> str:
        return _joined([_one_line(row.get("owner_name") or "").replace(";", ",") for row in rows])


def _listed(text: str) -> list[str]:
    return [part.strip().removeprefix("- ") for part in re.split(r"[;\n]", text)] if text else []


def _named(parts: Sequence[str]) -> Iterator[tuple[str | None, int | None]]:
    for part in parts:
        found = _OWNER.fullmatch(part)
        try:
            kind = _OWNER_TYPES.read(found["type"]) if found else None
        except ValueError:
            kind = None
        name = found["name"] if found and kind is not None else part
        yield name or None, kind


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts) if any(parts) else ""
