"""What an administrator sees of a shared database: people, workspaces, what was handed over, the log, the exports."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROWS_AT_ONCE = 200
"""Rows that may be handed over at once; the server refuses more."""
IMAGE_BYTES = 250_000
"""Bytes of the values of a row that is handed over; the server refuses a few more."""
_VALUE_LIMITS = (20_000, 2_000, 200)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has access."""

    login: str
    role: str
    organisation: str
    rights: tuple[str, ...]
    areas: tuple[str, ...]
    """Codes as the server names them: 31, 31555, 243100518@31."""
    granted_at: dt.datetime
    granted_by: str
    last_seen: dt.datetime | None
    """When a workspace of theirs asked last."""
    is_there: bool
    """Whether the login still exists on the server."""


@dataclass(frozen=True, slots=True)
class Device:
    """A workspace that has asked."""

    uid: str
    login: str
    plugin_version: str
    schema_version: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    behind: int
    """Revisions it has not received."""
    begins_anew: bool
    """Whether the log reaches no more back to it: it will receive everything again, its edits kept."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A row that its author cannot send and has handed to the administrators."""

    uid: str
    who: str
    at: dt.datetime
    layer: str
    row: str
    title: str
    cause: str
    """A few marked words."""
    reason: str
    """What its author was told, in their language."""
    values: Mapping[str, Any]
    """By column, in the form in which a workspace stores them."""
    comment: str
    is_open: bool
    settled_by: str = ""
    settled_at: dt.datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class LogPart:
    """A part of the log that holds something."""

    name: str
    since: dt.datetime | None
    until: dt.datetime | None
    transactions: int
    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What trimming the log would do."""

    entries: int
    begin_anew: int
    """Workspaces, not seen for long, that would receive everything again."""
    held_back: int
    """Workspaces in use for whose sake more is kept than was asked."""


@dataclass(frozen=True, slots=True)
class Export:
    """Something that left a workspace."""

    at: dt.datetime
    by: str
    """Who exported, as their computer names them."""
    login: str
    """Whose workspace told it."""
    output: str
    file_name: str
    audience: str


def plain(text: str) -> str:
    """Return a text without what neither a database nor a file in UTF-8 holds."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def image_text(values: Mapping[str, Any]) -> str:
    """Return the JSON of the values of a row, its longest texts cut until it is short enough to be handed over."""
    for limit in _VALUE_LIMITS:
        told = {name: _cut(value, limit) for name, value in values.items() if value is not None}
        text = json.dumps(told)
        if len(text) <= IMAGE_BYTES:
            break
    return text


def image_values(text: str) -> dict[str, Any]:
    """Return the values of such a JSON; a text that is none stands alone, whoever sent it."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return {"?": plain(text)}
    return {plain(name): plain(value) if isinstance(value, str) else value for name, value in told.items()}


def by_count(values: Sequence[str]) -> list[tuple[str, int]]:
    """Return each value with how often it occurs, the most frequent first."""
    counted = {value: values.count(value) for value in dict.fromkeys(values)}
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _cut(value: Any, limit: int) -> Any:
    if not isinstance(value, str):
        return value
    text = plain(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
