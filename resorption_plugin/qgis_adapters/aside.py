"""What stands aside in a shared workspace, with its reason: what cannot be sent, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from ..core.errors import ResorptionError
from ..core.exchange.tabular import write_delimited
from ..core.exchange.texts import without_formula
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.records import Record
from ..core.sync.refusals import in_short, incompatible
from ..core.sync.travelling import GEOMETRY, travel
from ..core.sync.wire import record as wire_record
from ..core.wording import field_title, value_text
from ..geopackage import codec, geometry
from ..geopackage.sync.deciding import HeldBack
from ..geopackage.sync.quarantine import Cause, Quarantined
from ..geopackage.sync.workspace import SyncedWorkspace
from .subjects import Subject, Subjects
from .translation import sentence, tr

_CAUSES = {
    Cause.UNSENDABLE: mark("A value cannot be sent"),
    Cause.TOO_LARGE: mark("Too long"),
    Cause.REFUSED: mark("Refused by the shared database"),
    Cause.PASSING: mark("Waits for another record"),
    Cause.CLASH: mark("Entered twice"),
    Cause.LEFT_AREA: mark("Left your area"),
    Cause.DECISION: mark("Decided in vain"),
}
_NOT_TAKEN = mark("Cannot be received")


class Deed(Enum):
    """What a person can do about it."""

    OPEN = "open"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Aside:
    """A record of which something cannot be sent, or cannot be received, as it is."""

    layer: str
    uid: str
    subject: Subject
    reason: ResorptionError
    """Why, and what to do next."""
    values: Mapping[str, Any]
    """What cannot be sent or received, by column, in the form in which it is stored."""
    deeds: frozenset[Deed]
    cause: Cause | None = None
    """Why it cannot be sent; ``None`` for what cannot be received."""
    since: str = ""
    """The instant in UTC; empty where nobody noted it."""
    code: str = ""
    """The word or SQLSTATE of the server, where it refused."""

    @property
    def is_only_here(self) -> bool:
        """Say whether nothing else keeps the values: the record never held them, nor its history."""
        return self.cause is Cause.DECISION

    @property
    def title(self) -> str:
        """Return why, in a few words, to be translated."""
        if self.cause is None:
            return _NOT_TAKEN
        told = in_short(self.code) if self.cause is Cause.REFUSED else ""
        return told or _CAUSES[self.cause]


def set_aside(local: SyncedWorkspace, subjects: Subjects) -> Iterator[Aside]:
    """Yield what cannot be sent, the oldest first, then what cannot be received. Raises ``WorkspaceError``."""
    for row in local.quarantined():
        yield _unsent(row, subjects)
    for held in local.held_back():
        record = subjects.record(held.layer, held.uid)
        if record is not None:
            yield _not_taken(held, subjects.of(held.layer, held.uid, {}), record)


def write_aside(path: Path, rows: Sequence[Aside], language: str) -> None:
    """Write what stands aside, a line for each value, for any spreadsheet. Raises ``ExportFileError``."""
    about = (tr("Layer"), tr("Record"), tr("Commune"), tr("Identifier"), tr("Why"), tr("Since"))
    heads = (*about, tr("Field"), tr("Value"))
    write_delimited(path, heads, (line for one in rows for line in _lines(one, language)))


def value_lines(layer: str, values: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """Yield the title and the words of each value of what is set aside."""
    for name, value in values.items():
        try:
            yield field_title(layer, name, language), _words(layer, name, value, language)
        except (KeyError, ValueError):  # a column or a value that this version does not know
            yield name, str(value)


def reason_text(one: Aside, language: str) -> str:
    """Return why a record stands aside and what to do; with the values, where no form shows them."""
    lines = value_lines(one.layer, one.values, language) if one.is_only_here else ()
    return "\n".join([sentence(one.reason), *(f"{title} – {words}" for title, words in lines)])


def _words(layer: str, name: str, value: Any, language: str) -> str:
    if name == GEOMETRY:
        return value_text(layer, name, geometry.decode(bytes.fromhex(str(value))), language)
    read = codec.reader(catalogue.layer(layer).field(name))
    return value_text(layer, name, value if read is None else read(value), language)


def _lines(one: Aside, language: str) -> Iterator[list[str]]:
    layer = catalogue.layer(one.layer)
    order = {name: place for place, name in enumerate(layer.names())}
    filled = sorted((name for name, value in one.values.items() if value is not None), key=lambda n: order.get(n, 999))
    subject, kind = one.subject, layer.label.text(language)
    about = (kind, subject.name, subject.commune, one.uid, sentence(one.reason), one.since)
    for name in filled or [""]:
        title = field_title(one.layer, name, language)
        yield [without_formula(text) for text in (*about, title, str(one.values.get(name, "")))]


def _unsent(row: Quarantined, subjects: Subjects) -> Aside:
    # what was taken out of its layer, or deleted, has no form to open
    is_there = subjects.record(row.layer, row.uid) is not None
    subject, deeds = subjects.of(row.layer, row.uid, row.image), frozenset(Deed if is_there else {Deed.GIVE_UP})
    told = Aside(row.layer, row.uid, subject, row.sentence(), row.image, deeds)
    return replace(told, cause=row.cause, since=row.at, code=row.code)


def _not_taken(held: HeldBack, subject: Subject, record: Record) -> Aside:
    theirs = {name: value for name, (_here, value) in held.values.items()}
    read = wire_record(travel(held.layer), held.uid, theirs)
    told = {name: read.geometry if name == GEOMETRY else read[name] for name in theirs}
    reason = incompatible(held.layer, record.values, told)
    return Aside(held.layer, held.uid, subject, reason, theirs, frozenset({Deed.OPEN}))
