"""What changed in the workspace since the platform was last read: what an officer has to enter there by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ...model.record_lists import VISIBILITY
from ...records import Dataset
from ...territory import Territory
from .canonical import message_text, message_words, read_messages, texts
from .columns import BY_NAME
from .comparison import is_same_place
from .composed import Values
from .drafting import JOURNAL, MESSAGES
from .held import Held, held_sites
from .topics import CLOSURE, POSITION, TOPICS, Rule, Topic


class Kind(Enum):
    """What has to be done with a site on the platform."""

    UPDATE = "update"
    CREATE = "create"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of one site: ``before`` is what the platform said, ``after`` what the workspace says."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A site that has something for the platform."""

    held: Held
    kind: Kind
    differences: tuple[Difference, ...]
    texts: Mapping[str, str]
    """All its columns, as the platform writes them."""

    @property
    def rb_id(self) -> int | None:
        """Return its number on the platform."""
        number = self.held.site["rb_id"]
        return number if isinstance(number, int) else None


def returned_sites(data: Dataset, territory: Territory) -> list[Returned]:
    """Return the sites that changed, are new or were closed since the last import; ``data`` holds ``held.LAYERS``."""
    found = (_returned(held, territory) for held in held_sites(data))
    return [each for each in found if each is not None]


def _returned(held: Held, territory: Territory) -> Returned | None:
    ours = texts(held.contents, BY_NAME, territory)
    differences = tuple(difference for topic in TOPICS for difference in _differences(topic, held, ours))
    if not differences:
        return None
    return Returned(held, _kind(held, differences), differences, ours)


def _kind(held: Held, differences: Iterable[Difference]) -> Kind:
    if held.site["rb_id"] is None:
        return Kind.CREATE
    names = {each.name for each in differences}
    is_closed = held.site["status"] not in (None, "open")
    return Kind.CLOSE if is_closed and not names.isdisjoint(_CLOSING) else Kind.UPDATE


_CLOSING = frozenset(name for topic in TOPICS if topic.title == CLOSURE for name in topic.names)


def _differences(topic: Topic, held: Held, ours: Mapping[str, str]) -> Iterable[Difference]:
    if topic.rule is Rule.FOLLOWED:
        return
    if topic.rule is Rule.ADDED:
        if new := _new_messages(held):
            yield Difference(MESSAGES, "", new)
        return
    if topic.title == POSITION and is_same_place(*(topic.text(said, topic.names) for said in (held.base, ours))):
        return
    for name in topic.names:
        before, after = held.base.get(name, ""), ours[name]
        if before != after:
            yield Difference(name, before, after)


def _new_messages(held: Held) -> str:
    """Return the messages written here that no export has shown, the oldest first."""
    shown = read_messages(held.base.get(MESSAGES, ""))
    said = {message_text(message) for message in shown}
    words = {message_words(message) for message in shown}
    rows = sorted(held.children(JOURNAL), key=lambda row: str(row["entered_at"]))
    new = [
        row.values for row in rows if message_text(row.values) not in said and message_words(row.values) not in words
    ]
    return "\n\n".join(_for_its_readers(message) for message in new)


def _for_its_readers(message: Values) -> str:
    """Return a message below the words that say who alone may read it: whoever enters it must not open it to all."""
    if message.get("visibility") != "targeted":
        return message_text(message)
    readers = f"{VISIBILITY.choice('targeted').label.fr}\N{NO-BREAK SPACE}: {message.get('targets') or '?'}"
    return f"[{readers}]\n{message_text(message)}"
