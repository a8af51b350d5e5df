"""The texts of a site that are compared: written from values on both sides, so that only what differs differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...territory import Territory
from ..converters import fold
from .codecs import clean
from .composed import Messages, Values
from .contents import Contents
from .row import PlatformRow, write_row

UNKNOWN_OWNER = 1
"""Type of an owner of whom nothing is said (platform, owner types)."""

BETWEEN_MESSAGES = "\n----\n"

_MESSAGES = Messages()


def file_contents(row: PlatformRow) -> Contents:
    """Return what a row says, as the workspace will hold it."""
    owners = [{**owner, "fk_owner_type": owner.get("fk_owner_type") or UNKNOWN_OWNER} for owner in _of(row, "owner")]
    return Contents(row.site, row.position, {**row.children, "owner": owners} if owners else row.children)


def texts(contents: Contents, names: Iterable[str], territory: Territory | None = None) -> dict[str, str]:
    """Return the texts of some columns; the order of owners, actors and phases says nothing and is settled.

    A value that the platform has no word for, or that is stored in a form that cannot be read, is blank.
    """
    children = {
        **contents.children,
        "owner": sorted(contents.children.get("owner", ()), key=_owner),
        "site_actor": sorted(contents.children.get("site_actor", ()), key=_actor),
    }
    settled = Contents(contents.site, contents.position, children)
    wanted = list(names)
    try:
        return write_row(settled, wanted, territory)
    except (KeyError, ValueError, TypeError, AttributeError):
        return {name: _one(settled, name) for name in wanted}


def _one(contents: Contents, name: str) -> str:
    try:
        return write_row(contents, [name])[name]
    except (KeyError, ValueError, TypeError, AttributeError):
        return ""


def _of(row: PlatformRow, layer: str) -> Sequence[Values]:
    return row.children.get(layer, ())


def _owner(owner: Values) -> tuple[str, str]:
    return fold(str(owner.get("owner_name") or "")), str(owner.get("fk_owner_type"))


def _actor(actor: Values) -> str:
    return fold(str(actor.get("organisation") or ""))


def message_text(message: Values) -> str:
    """Return one message of the journal as the platform writes it."""
    return _MESSAGES.write([message])


def read_messages(text: str) -> list[Values]:
    """Return the messages of a text that this module wrote; none when it is not such a text."""
    try:
        return list(_MESSAGES.read(text)) if text else []
    except ValueError:
        return []


def message_words(message: Values) -> str:
    """Return what a message says, to find the same one again."""
    return fold(clean(str(message.get("description") or "")))


def same_minute(one: Values, other: Values) -> bool:
    """Say whether two messages were entered in the same minute, the precision of the platform."""
    first, second = one.get("entered_at"), other.get("entered_at")
    return hasattr(first, "replace") and hasattr(second, "replace") and _minute(first) == _minute(second)


def _minute(moment: object) -> object:
    return moment.replace(second=0, microsecond=0)  # type: ignore[attr-defined]


def journal_base(known: Mapping[str, str], name: str, messages: Iterable[Values]) -> str:
    """Return every message that the platform has shown so far: an export gives the last five only."""
    held = known.get(name, "")
    shown = [message_text(each) for each in read_messages(held)]
    new = [text for text in map(message_text, messages) if text not in shown]
    return BETWEEN_MESSAGES.join([*shown, *new]) if new else held
