"""What an import would do to a workspace, before anything is written: added, changed, unchanged, rejected and why."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import TerritoryError
from ..geo import department_of, geodesic_metres
from ..i18n import mark
from ..model.catalogue import layer
from ..ports import ChangeSet, Feedback
from ..records import Record
from ..territory import CommuneMatch, Territory
from .arrondissements import commune_code
from .known_points import KnownPoints, identity, position
from .pei import ACCURACIES, precision_class
from .readers import LAYER, Incoming, Reading
from .rows import Reason, Rejected
from .surroundings import Surroundings

DEFAULTS = {"type": "inconnu", "lifecycle": "existing", "working_state": "unknown"}
"""What a new water point is where the file does not say; the form's own defaults."""

STATE_FIELDS = ("working_state", "state_on", "closed_from", "closed_until", "closure_reason")
"""They belong together: the newest observation wins, whole."""

CLOSURE_FIELDS = ("working_state", "closed_from", "closed_until", "closure_reason")

ACCURACY = "position_accuracy_m"

NO_WATER = ("closed", "out_of_order")

SAME_PLACE_DEGREES = 1e-7
"""Positions closer than a centimetre are the same: files write seven decimals or more."""

MOVE_LIMIT_METRES = 500.0
"""A fountain does not walk: the same number farther away is another fountain of another producer, or an error."""

GEOMETRY = "geom"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; ``field`` is a column, or ``geom`` for a position that moved (points)."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A water point of the workspace that the file describes otherwise."""

    line: int
    before: Record
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The outcome of an import, not written yet.

    ``absent`` counts the water points of the same source that the file does not mention: they are left untouched.
    """

    added: tuple[tuple[int, Record], ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[tuple[int, Record], ...]
    rejected: tuple[Rejected, ...]
    absent: int

    def counts(self) -> dict[str, int]:
        """Return the four figures every interface shows."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "rejected": len(self.rejected),
        }

    def does_the_same_as(self, other: Preview) -> bool:
        """Say whether both would write the same, apart from the identifiers drawn for new rows."""
        mine = [(line, record.values, record.geometry) for line, record in self.added]
        theirs = [(line, record.values, record.geometry) for line, record in other.added]
        return mine == theirs and self.changed == other.changed

    def change_set(self, now: dt.datetime, author: str) -> ChangeSet:
        """Return the rows to write; ``author`` is noted as who created and changed them."""
        stamp = {"updated_at": now, "updated_by": author}
        made = {"created_at": now, "created_by": author}
        insert = [
            Record(LAYER, record.uid, {**record.values, **made, **stamp}, record.geometry) for _, record in self.added
        ]
        return ChangeSet(insert=insert, update=[_update(changed, stamp) for changed in self.changed])


def _update(changed: Changed, stamp: Mapping[str, Any]) -> Record:
    values = {change.field: change.new for change in changed.changes if change.field != GEOMETRY}
    moved = next((change.new for change in changed.changes if change.field == GEOMETRY), None)
    return Record(LAYER, changed.before.uid, {**values, **stamp}, moved)


class Previewer:
    """Compares what a file says with the water points of a workspace.

    Only what the file says is compared: an empty cell is unknown and erases nothing. The state is taken whole, and not
    from a file that is older than what was seen since, nor one that says less of the same closure.
    """

    def __init__(self, existing: Iterable[Record], surroundings: Surroundings, territory: Territory) -> None:
        """Index the water points there are."""
        self._known = KnownPoints(existing)
        self._surroundings = surroundings
        self._territory = territory

    def preview(self, reading: Reading, feedback: Feedback) -> Preview:
        """Return what importing would do. Raises ``Cancelled``."""
        rejected = list(reading.rejected)
        kept = self._without_repeats(reading.incoming, rejected)
        matches = self._surroundings.matches([row.point for row, _ in kept], feedback)
        added: list[tuple[int, Record]] = []
        changed: list[Changed] = []
        unchanged: list[tuple[int, Record]] = []
        for (row, before), match in zip(kept, matches, strict=True):
            faults = (match if isinstance(match, Reason) else None, _too_long(row), _broken_rule(row, before))
            reason = next(filter(None, faults), None) or _moved_too_far(row, before)
            if reason is not None:
                rejected.append(Rejected(row.row.line, row.row.cells, reason))
            elif isinstance(match, CommuneMatch) and before is None:
                added.append((row.row.line, self._new(row, match)))
            elif isinstance(match, CommuneMatch) and before is not None:
                changes = self._changes(row, before, match)
                if changes:
                    changed.append(Changed(row.row.line, before, changes))
                else:
                    unchanged.append((row.row.line, before))
        rejected.sort(key=lambda refused: refused.line)
        absent = self._absent(kept)
        return Preview(tuple(added), tuple(changed), tuple(unchanged), tuple(rejected), absent)

    def _without_repeats(
        self, incoming: Iterable[Incoming], rejected: list[Rejected]
    ) -> list[tuple[Incoming, Record | None]]:
        """Match each row with the workspace; a second row for the same water point is rejected."""
        seen: dict[Any, int] = {}
        kept: list[tuple[Incoming, Record | None]] = []
        for row in incoming:
            before = self._known.match(row)
            keys = {identity(row), before.uid if before else identity(row)}
            first = next((seen[key] for key in keys if key in seen), None)
            if first is None:
                seen.update(dict.fromkeys(keys, row.row.line))
                kept.append((row, before))
            else:
                reason = Reason(mark("The same water point is already in line {line}."), {"line": first})
                rejected.append(Rejected(row.row.line, row.row.cells, reason))
        return kept

    def _absent(self, kept: Iterable[tuple[Incoming, Record | None]]) -> int:
        sources = {row.values.get("source") or "" for row, _ in kept}
        matched = {before.uid for _, before in kept if before and (before["source"] or "") in sources}
        return self._known.count_of(sources) - len(matched)

    def _new(self, row: Incoming, match: CommuneMatch) -> Record:
        values = {**dict.fromkeys(_WRITTEN), **DEFAULTS, **row.values, **self._territory_values(row, match)}
        return Record(LAYER, str(uuid.uuid4()), values, row.point)

    def _changes(self, row: Incoming, before: Record, match: CommuneMatch) -> tuple[Change, ...]:
        values = dict(row.values)
        if _state_is_older(row, before):
            values = {name: value for name, value in values.items() if name not in STATE_FIELDS}
        elif _is_the_known_closure(row, before):
            values = {name: value for name, value in values.items() if name not in CLOSURE_FIELDS}
        moved = _moved(row, before)
        if not moved and _is_the_class_of_the_known_accuracy(row, before):
            del values[ACCURACY]
        if moved or values.get("fk_city"):
            values |= self._territory_values(row, match)
        changes = [
            Change(name, before[name], value)
            for name, value in values.items()
            if not _same(before[name], value) and name not in ("source", "source_id")
        ]
        if moved:
            changes.append(Change(GEOMETRY, before.geometry, row.point))
        return tuple(changes)

    def _territory_values(self, row: Incoming, match: CommuneMatch) -> dict[str, Any]:
        """Return the commune columns: of the commune the file declares, where it does, else of the position."""
        declared, commune = commune_code(row.values.get("fk_city") or ""), match.commune
        if declared and declared != commune.code:
            try:
                commune = self._territory.commune(declared)
            except TerritoryError:
                return {"fk_city": declared, "commune": None, "epci": None, "department": department_of(declared)}
        return {
            "fk_city": commune.code,
            "commune": commune.name,
            "epci": commune.epci_code or None,
            "department": commune.department.code,
            "commune_distance_m": match.distance_m,
        }


_WRITTEN = tuple(
    field.name for field in layer(LAYER).fields if field.name != "uid" and field.group != "audit" and not field.required
)
"""Every column of a new row, so that all of them are written by one statement."""


_LENGTHS = {field.name: (field.label, field.max_length) for field in layer(LAYER).fields if field.max_length}


def _too_long(row: Incoming) -> Reason | None:
    """Return the first text that is longer than its column, whichever reader it came from."""
    for name, value in row.values.items():
        label, limit = _LENGTHS.get(name, (None, None))
        if limit is not None and isinstance(value, str) and len(value) > limit:
            return Reason(mark("{field}: longer than {limit} characters."), {"field": label, "limit": limit})
    return None


def _moved(row: Incoming, before: Record) -> bool:
    known = position(before)
    if known is None:
        return True
    return bool(max(abs(known.x - row.point.x), abs(known.y - row.point.y)) > SAME_PLACE_DEGREES)


def _moved_too_far(row: Incoming, before: Record | None) -> Reason | None:
    known = position(before) if before else None
    if known is None:
        return None
    metres = geodesic_metres(known.x, known.y, row.point.x, row.point.y)
    if metres <= MOVE_LIMIT_METRES:
        return None
    return Reason(
        mark(
            "Number {number} of “{source}” is in the workspace {distance} km from here. If it is another water point, "
            "give this file a source name of its own; if it was moved, correct it on the map."
        ),
        {"number": row.values["source_id"], "source": row.values["source"], "distance": f"{metres / 1000:.1f}"},
    )


def _state_is_older(row: Incoming, before: Record) -> bool:
    """Say whether the workspace holds a state seen after the one of the file."""
    known = [day for day in (before["state_on"], before["visited_on"]) if isinstance(day, dt.date)]
    told: dt.date | None = row.values.get("state_on") or row.values.get("closed_from")
    return bool(known) and (told is None or told < max(known))


def _is_the_known_closure(row: Incoming, before: Record) -> bool:
    """Say whether the file tells less of a closure than the workspace knows.

    The national schemas say that a point gives no water and since when; not whether it is shut or broken, why, nor
    until when, nor that it closes every winter. What is known of a closure that began on the same day stays.
    """
    told = row.values.get("closed_from")
    tells_more = row.values.get("closure_reason") or row.values.get("closed_until")
    if row.values.get("working_state") not in NO_WATER or tells_more:
        return False
    is_yearly = told is not None and f"{told:%m-%d}" == before["season_closed_from"]
    return is_yearly or (before["working_state"] in NO_WATER and told == before["closed_from"])


def _is_the_class_of_the_known_accuracy(row: Incoming, before: Record) -> bool:
    """Say whether the file gives the bound of a class, as PEI does, where the workspace knows the accuracy itself."""
    told, known = row.values.get(ACCURACY), before[ACCURACY]
    return told in ACCURACIES.values() and precision_class(told) == precision_class(known)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, int | float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=1e-9)
    return bool(old == new)


def _broken_rule(row: Incoming, before: Record | None) -> Reason | None:
    """Return the first hard rule of the model that the row would break."""
    values = {**(before.values if before else DEFAULTS), **row.values}
    for rule in layer(LAYER).rules:
        if rule.hard and rule.condition.evaluate(values) is False:
            return Reason("{message}", {"message": rule.message})
    return None
