"""What an import would write of one site: values of the site, and rows beside it to add, change and take away."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from ...records import Record
from ..converters import fold
from .canonical import file_contents, message_text, message_words, read_messages, same_minute
from .column import ClosureValue, OwnerPart, ProcedureValue, Rows, SiteValue
from .composed import Values
from .contents import Contents
from .held import Held
from .row import PlatformRow
from .topics import BY_TITLE, CLOSURE, POSITION, Topic

JOURNAL = "journal_entry"
MESSAGES = "Commentaires"

POPULATION = (
    "population_total",
    "population_total_females",
    "population_couples",
    "population_minors",
    "population_minors_girls",
    "population_minors_0_3",
    "population_minors_3_6",
    "population_minors_6_12",
    "population_minors_12_16",
    "population_minors_16_18",
    "minors_in_school",
)
"""What a count holds (platform: the fields whose change dates the population)."""

_KEYS = {"site_actor": "organisation", "resorption_phase": "preparatory_phase"}
"""What makes two rows of a site the same one."""


@dataclass(slots=True)
class Edit:
    """A row beside the site. ``before`` is ``None`` for a new row; a row that goes has no ``values``."""

    layer: str
    uid: str
    before: Values | None
    values: dict[str, Any] | None

    @property
    def after(self) -> dict[str, Any]:
        """Return the row as it will be."""
        return {**(self.before or {}), **(self.values or {})}


@dataclass(slots=True)
class Draft:
    """What would be written of one site."""

    site: dict[str, Any] = field(default_factory=dict)
    position: shapely.Point | None = None
    edits: dict[tuple[str, str], Edit] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.site or self.edits) or self.position is not None

    def put(self, layer: str, key: str, before: Record | None, values: Mapping[str, Any]) -> None:
        """Write some values of the row known here by ``key``."""
        edit = self.edits.get((layer, key))
        if edit is None:
            known = None if before is None else before.values
            edit = Edit(layer, before.uid if before else str(uuid.uuid4()), known, {})
            self.edits[layer, key] = edit
        if edit.values is not None:
            edit.values.update(values)

    def take_away(self, row: Record) -> None:
        """Delete a row."""
        self.edits[row.layer, row.uid] = Edit(row.layer, row.uid, row.values, None)


def draft(row: PlatformRow, held: Held, titles: Collection[str], skipped: Collection[str] = ()) -> Draft:
    """Return what taking the topics ``titles`` from a row writes; ``skipped`` are texts of messages left out."""
    made, contents = Draft(), file_contents(row)
    for title in titles:
        if title in BY_TITLE:
            _take(made, BY_TITLE[title], contents, held, row)
    if row.rb_id is not None and row.rb_id != held.site["rb_id"]:
        made.site["rb_id"] = row.rb_id
    for message in _new_messages(contents.children.get(JOURNAL, ()), held):
        if (text := message_text(message)) not in skipped:
            made.put(JOURNAL, text, None, {"visibility": "all", **message})
    if not made.site.keys().isdisjoint(POPULATION) and (day := row.site.get("platform_updated_at")) is not None:
        made.site["population_updated_at"] = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return made


def _take(made: Draft, topic: Topic, contents: Contents, held: Held, row: PlatformRow) -> None:
    if topic.title == POSITION:
        made.position = contents.position
    elif topic.title == CLOSURE:
        made.site |= {name: contents.site.get(name) for name in ("status", "closed_at")}
    elif isinstance(topic.columns[0].target, OwnerPart):
        has_names = topic.columns[1].name in row.texts
        _take_owners(made, held.children("owner"), contents.children.get("owner", ()), has_names=has_names)
    else:
        _take_column(made, topic, contents, held)


def _take_column(made: Draft, topic: Topic, contents: Contents, held: Held) -> None:
    match topic.columns[0].target:
        case SiteValue(name):
            made.site[name] = contents.site.get(name)
        case ProcedureValue(name):
            said = next(iter(contents.children.get("procedure", ())), {})
            made.put("procedure", "", next(iter(held.children("procedure")), None), {name: said.get(name)})
        case ClosureValue(solution, name):
            rows = contents.children.get("closure", ())
            said = next((each for each in rows if each["closing_solution"] == solution), {})
            known = next((each for each in held.children("closure") if each["closing_solution"] == solution), None)
            key = {} if known else {"closing_solution": solution}
            made.put("closure", solution, known, {**key, name: said.get(name)})
        case Rows(layer):
            _replace(made, layer, held.children(layer), contents.children.get(layer, ()))


def _replace(made: Draft, layer: str, before: Sequence[Record], after: Iterable[Values]) -> None:
    """Make the rows of a layer those of the file: what it does not say of a row that stays is left."""
    name = _KEYS[layer]
    known = {fold(str(row[name])): row for row in before}
    for values in after:
        key = fold(str(values[name]))
        row = known.pop(key, None)
        if row is None or any(row[column] != value for column, value in values.items() if column != name):
            made.put(layer, key, row, values if row is None else {k: v for k, v in values.items() if k != name})
    for row in known.values():
        made.take_away(row)


def _take_owners(made: Draft, before: Sequence[Record], after: Iterable[Values], *, has_names: bool) -> None:
    """Make the present owners those of the file; one that is not there any more is kept as a former owner."""
    left = [row for row in before if row["active"] is not False]
    for number, owner in enumerate(after):
        columns = ("owner_name", "fk_owner_type") if has_names else ("fk_owner_type",)
        same = next((row for row in left if all(row[name] == owner.get(name) for name in columns)), None)
        if same is not None:
            left.remove(same)
        else:
            made.put("owner", f"new {number}", None, {**owner, "active": True})
    for row in left:
        made.put("owner", row.uid, row, {"active": False})


def _new_messages(said: Iterable[Values], held: Held) -> Iterable[Values]:
    """Yield the messages that are not in the journal yet.

    A message written here and then entered on the platform comes back at another time: the same words, where the
    platform did not have them before, are that message.
    """
    known = list(held.children(JOURNAL))
    shown = {message_text(each) for each in read_messages(held.base.get(MESSAGES, ""))}
    ours = {message_words(row.values): row for row in known if message_text(row.values) not in shown}
    for message in said:
        here = [row for row in known if message_words(row.values) == message_words(message)]
        if any(same_minute(row.values, message) for row in here):
            continue
        if message_text(message) in shown or ours.pop(message_words(message), None) is not None:
            continue  # it was deleted here, or written here first
        yield message
