"""One row of the export against one site of the workspace, field by field, seen from the last import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import shapely

from ...geo import geodesic_metres
from ..rows import Reason
from .canonical import file_contents, journal_base, texts
from .codecs import Day
from .held import Held
from .row import PlatformRow
from .three_way import FieldOutcome, State, next_base, outcome
from .topics import POSITION, SEPARATOR, TOPICS, Rule, Topic

MOVE_METRES = 5.0
"""A site that moved less is where it was: the platform keeps the place of a click, the workspace that of a drawing."""

NUMBER = "Numéro du site"
"""The number in the link of the address, which is no column of the export."""

UPDATED = "Site mis à jour le"

_DAY = Day()


def file_texts(row: PlatformRow) -> dict[str, str]:
    """Return what a row says, in the texts that are compared."""
    return texts(file_contents(row), row.texts)


def outcomes(
    row: PlatformRow, held: Held, file: Mapping[str, str], taken: Collection[str] = ()
) -> tuple[FieldOutcome, ...]:
    """Return what becomes of each field of the file; for the ``taken`` ones the officer chose the file's value.

    ``file`` are the row's ``file_texts``.
    """
    present = frozenset(row.texts)
    ours = texts(held.contents, present)
    found = [] if row.rb_id in (None, held.site["rb_id"]) else [_number(row, held)]
    for topic in TOPICS:
        if topic.rule is not Rule.ADDED and not present.isdisjoint(topic.names):
            base = topic.text(held.base, present) if any(name in held.base for name in topic.names) else None
            found.append(_outcome(topic, base, topic.text(file, present), topic.text(ours, present), taken))
    return tuple(found)


def _outcome(topic: Topic, base: str | None, file: str, ours: str, taken: Collection[str]) -> FieldOutcome:
    if topic.title == POSITION:
        base, file, ours = _settled(base, file, ours)
    if topic.rule is Rule.FOLLOWED:
        state = State.SAME if file in ("", ours) else State.TAKEN
        return FieldOutcome(topic.title, base, file, ours, state)
    return outcome(topic.title, base, file, ours, taken)


def _number(row: PlatformRow, held: Held) -> FieldOutcome:
    before = held.site["rb_id"]
    return FieldOutcome(NUMBER, None, str(row.rb_id), "" if before is None else str(before), State.TAKEN)


def _settled(base: str | None, file: str, ours: str) -> tuple[str | None, str, str]:
    """Return the texts of a position, those that mean the same place made equal."""
    if is_same_place(file, ours):
        return base, ours, ours
    if base is not None and is_same_place(file, base):
        file = base
    if base is not None and is_same_place(ours, base):
        ours = base
    return base, file, ours


def is_same_place(one: str, other: str) -> bool:
    """Say whether two texts (latitude, longitude) lie within ``MOVE_METRES``."""
    first, second = _point(one), _point(other)
    if first is None or second is None:
        return False
    return geodesic_metres(first.x, first.y, second.x, second.y) <= MOVE_METRES


def _point(text: str) -> shapely.Point | None:
    latitude, _, longitude = text.partition(SEPARATOR)
    try:
        return shapely.Point(float(longitude), float(latitude))
    except ValueError:
        return None


def next_bases(
    row: PlatformRow, held: Held, file: Mapping[str, str], found: Collection[FieldOutcome]
) -> dict[str, str]:
    """Return the texts that the next import and the return sheet compare with: what the platform last said."""
    base = {**held.base, **{name: text for name, text in row.texts.items() if text and name not in _COMPARED}}
    by_title = {each.title: each for each in found}
    for topic in TOPICS:
        for name in topic.names:
            if topic.rule is Rule.ADDED and name in row.texts:
                base[name] = journal_base(held.base, name, row.children.get("journal_entry", ()))
            elif topic.title in by_title and name in row.texts:
                kept = next_base(held.base.get(name), file[name], by_title[topic.title].state)
                base |= {} if kept is None else {name: kept}
                if kept is None:
                    base.setdefault(name, "")
    return base


_COMPARED = frozenset(name for topic in TOPICS for name in topic.names)


def is_older(row: PlatformRow, held: Held, exported_on: dt.date | None) -> bool:
    """Say whether the row is older than what was imported last: by its update, else by the day of the export."""
    mine, theirs = row.site.get("platform_updated_at"), _day(held.base)
    if mine is not None and theirs is not None and mine != theirs:
        return bool(mine < theirs)
    return exported_on is not None and held.exported_on is not None and exported_on < held.exported_on


def _day(base: Mapping[str, str]) -> dt.date | None:
    text = base.get(UPDATED, "")
    try:
        return _DAY.read(text) if text else None
    except ValueError:
        return None


def left_out(each: FieldOutcome, reason: Reason) -> FieldOutcome:
    """Return a field whose value in the file cannot be taken."""
    return FieldOutcome(each.title, each.base, each.file, each.ours, State.LEFT_OUT, reason)
