"""What importing one row writes: the site, its rows, the count of its people, and why a value is left out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...errors import TerritoryError
from ...geo import department_of
from ...i18n import mark
from ...model.catalogue import layer
from ...records import Record
from ...territory import CommuneMatch, Territory
from ..arrondissements import commune_code
from ..rows import Reason
from .cells import Note
from .comparison import file_texts, is_older, left_out, next_bases, outcomes
from .counting import count_of
from .drafting import MESSAGES, Draft, Edit, draft
from .foreseen import refusal
from .held import SITE, Held
from .row import PlatformRow
from .three_way import FieldOutcome, State
from .topics import CLOSURE, POSITION

DEFAULTS: Mapping[str, Any] = {"status": "open", "living_conditions_version": 2}
"""What a new site is where the file does not say; the form's own defaults."""

_WRITTEN = tuple(
    field.name for field in layer(SITE).fields if field.name != "uid" and field.group != "audit" and not field.required
)
"""Every column of a new site, so that all of them are written by one statement."""


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What importing one row does. ``before`` is ``None`` for a new site."""

    line: int
    before: Held | None
    site: Record
    """The new site, or what changes of the known one (with its new point, where it moved)."""
    edits: tuple[Edit, ...]
    outcomes: tuple[FieldOutcome, ...]
    notes: tuple[Note, ...]
    base: Mapping[str, str]
    """What the platform said, for the next import."""
    rb_id: int | None
    is_older: bool = False
    """Whether the row is older than the last import: then nothing but a dated count is taken."""

    @property
    def known(self) -> Record:
        """Return the site as it is, or as it will be where it is new."""
        return self.site if self.before is None else self.before.site

    @property
    def changes_site(self) -> bool:
        """Say whether anything beside the memory of the import is written."""
        return bool(self.before is None or self.site.values or self.site.geometry is not None or self.edits)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the rows of one file share."""

    exported_on: dt.date | None
    today: dt.date
    territory: Territory


def plan(
    row: PlatformRow,
    held: Held | None,
    match: CommuneMatch | Reason | None,
    conditions: Conditions,
    taken: Collection[str] = (),
) -> SitePlan | Reason:
    """Return what importing a row does to the site ``held``, or to a new one; the reason when it cannot be imported.

    ``match`` is the commune of the row's position, or why the position cannot be taken. ``taken`` are the titles of
    the fields in which the officer prefers the file.
    """
    if held is None and not isinstance(match, CommuneMatch):
        return match or Reason(_NO_POSITION)
    known = held or Held(_new_site(row))
    if held is not None and is_older(row, held, conditions.exported_on):
        count = count_of(row, held, conditions.exported_on, conditions.today)
        edits = () if count is None else (count,)
        return SitePlan(row.line, held, Record(SITE, held.site.uid), edits, (), (), held.base, row.rb_id, is_older=True)
    file = file_texts(row)
    compared = outcomes(row, known, file, taken)
    found, made, notes = _agreed(row, known, match, compared, is_new=held is None)
    if isinstance(notes, Reason):
        return notes
    values = dict(made.site)
    if made.position is not None or "fk_city" in values or held is None:
        values |= _territory(values.get("fk_city") or known.site["fk_city"], match, conditions.territory)
    if known.site["living_conditions_version"] == 1 and not row.is_first_form and _answers(values):
        values["living_conditions_version"] = 2
    site = Record(SITE, known.site.uid, {**known.site.values, **values} if held is None else values, made.position)
    count = count_of(row, known, conditions.exported_on, conditions.today)
    edits = (*made.edits.values(), *(() if count is None else (count,)))
    return SitePlan(row.line, held, site, edits, found, notes, next_bases(row, known, file, found), row.rb_id)


_NO_POSITION = mark("There is no position.")


def _new_site(row: PlatformRow) -> Record:
    version = 1 if row.is_first_form else DEFAULTS["living_conditions_version"]
    return Record(
        SITE, str(uuid.uuid4()), {**dict.fromkeys(_WRITTEN), **DEFAULTS, "living_conditions_version": version}
    )


def _agreed(
    row: PlatformRow,
    held: Held,
    match: CommuneMatch | Reason | None,
    compared: Iterable[FieldOutcome],
    *,
    is_new: bool,
) -> tuple[tuple[FieldOutcome, ...], Draft, tuple[Note, ...] | Reason]:
    """Leave out of the fields compared what a rule refuses, until nothing is refused any more.

    The third part is the reason why the row as a whole is refused, where it is.
    """
    found = {each.title: each for each in compared}
    skipped: set[str] = set()
    notes = list(row.notes)
    if POSITION in found and found[POSITION].state is State.TAKEN and isinstance(match, Reason):
        found[POSITION] = left_out(found[POSITION], match)
        notes.append(Note(POSITION, found[POSITION].file, match))
    while True:
        titles = [title for title, each in found.items() if each.state is State.TAKEN]
        made = draft(row, held, titles, skipped)
        refused = refusal(made, held.site.values, titles)
        if refused is None:
            return tuple(found.values()), made, tuple(notes)
        if refused.message is not None:
            skipped.add(refused.message)
            notes.append(Note(MESSAGES, refused.message, refused.reason))
        elif refused.topic is None or (refused.topic == CLOSURE and is_new):
            return tuple(found.values()), made, refused.reason
        else:
            each = found[refused.topic]
            found[refused.topic] = left_out(each, refused.reason)
            notes.append(Note(refused.topic, each.file, refused.reason))


def _territory(city: str | None, match: CommuneMatch | Reason | None, territory: Territory) -> dict[str, Any]:
    """Return the commune columns: of the commune the platform declares, where it does, else of the position."""
    declared = commune_code(city or "")
    at = match if isinstance(match, CommuneMatch) else None
    distance = {"commune_distance_m": at.distance_m} if at else {}
    if at is not None and declared in ("", at.commune.code):
        commune = at.commune
    else:
        try:
            commune = territory.commune(declared)
        except TerritoryError:
            return {"fk_city": city, "commune": None, "epci": None, "department": department_of(declared), **distance}
    return {
        "fk_city": commune.code,
        "commune": commune.name,
        "epci": commune.epci_code or None,
        "department": commune.department.code,
        **distance,
    }


def _answers(values: Collection[str]) -> bool:
    """Say whether some values are answers on living conditions of the present form."""
    themes = ("water_access", "sanitary_access", "electricity_access", "trash_", "pest_animals", "fire_prevention")
    return any(name.startswith(themes) for name in values)


def renewed(each: SitePlan) -> SitePlan:
    """Return a plan without what an import drew at random, to compare two plans."""
    edits = tuple(replace(edit, uid="") if edit.before is None else edit for edit in each.edits)
    site = Record(SITE, "", each.site.values, each.site.geometry) if each.before is None else each.site
    return replace(each, edits=edits, site=site)
