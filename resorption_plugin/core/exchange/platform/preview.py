"""What importing an export of the platform would do, before anything is written."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...i18n import mark
from ...ports import ChangeSet, Feedback, Part, stop_if_cancelled
from ...records import Dataset, Record
from ...territory import CommuneMatch, Territory
from ..rows import Reason, Rejected
from ..surroundings import Surroundings
from .header import LINK_TITLE
from .held import RECORD, SITE, held_sites, write_base
from .matching import Answer, Candidate, Claim, Match, Matcher
from .planning import Conditions, SitePlan, plan, renewed
from .reader import PlatformReading
from .row import PlatformRow

_CHOOSE = mark(
    "It may be the site “{name}” of the workspace, {metres} m away. Say whether it is, or whether it is a new one."
)
_CHOOSE_AMONG = mark("It may be {count} sites of the workspace, such as “{name}”. Say which one, or that it is new.")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the officer answered, by line of the file."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    """Which site an ambiguous row is about."""
    taken: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """The titles of the fields in which the file is preferred to the workspace."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row whose site is not certain."""

    row: PlatformRow
    candidates: tuple[Candidate, ...]

    @property
    def reason(self) -> Reason:
        """Return what has to be decided."""
        first = self.candidates[0] if self.candidates else None
        name = "" if first is None else first.site["name"] or first.site["address"] or first.site.uid
        if len(self.candidates) != 1 or first is None or first.metres is None:
            return Reason(_CHOOSE_AMONG, {"count": len(self.candidates), "name": name})
        return Reason(_CHOOSE, {"name": name, "metres": f"{first.metres:.0f}"})


@dataclass(frozen=True, slots=True)
class SitesPreview:
    """The outcome of an import of sites, not written yet."""

    added: tuple[SitePlan, ...]
    changed: tuple[SitePlan, ...]
    unchanged: tuple[SitePlan, ...]
    choices: tuple[Choice, ...]
    """Rows that may be about several sites; those without answer, ``waiting``, are not imported."""
    waiting: frozenset[int]
    rejected: tuple[Rejected, ...]
    """Rows that are not imported, as they stood, with the reason; those that wait are not among them."""
    absent: int
    """Sites of the workspace that the file does not mention: they are left untouched."""
    exported_on: dt.date | None
    file_name: str

    def counts(self) -> dict[str, int]:
        """Return the figures every interface shows: a row that waits for an answer counts as rejected."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "rejected": len(self.rejected) + len(self.waiting),
        }

    @property
    def plans(self) -> tuple[SitePlan, ...]:
        """Return every row that is imported."""
        return (*self.added, *self.changed, *self.unchanged)

    @property
    def older(self) -> int:
        """Return how many rows are older than the last import of their site."""
        return sum(each.is_older for each in self.plans)

    def does_the_same_as(self, other: SitesPreview) -> bool:
        """Say whether both would write the same, apart from the identifiers drawn for new rows."""
        return [renewed(each) for each in self.plans] == [renewed(each) for each in other.plans]

    def change_set(self, now: dt.datetime, author: str) -> ChangeSet:
        """Return the rows to write; ``author`` is noted as who created and changed them."""
        stamp = {"updated_at": now, "updated_by": author}
        made = {"created_at": now, "created_by": author, **stamp}
        changes, children = ChangeSet(), []
        for each in self.plans:
            site = each.site
            if each.before is None:
                changes.insert.append(Record(SITE, site.uid, {**site.values, **made}, site.geometry))
            elif site.values or site.geometry is not None:
                changes.update.append(Record(SITE, site.uid, {**site.values, **stamp}, site.geometry))
            for edit in each.edits:
                if edit.values is None:
                    changes.delete.append((edit.layer, edit.uid))
                elif edit.before is None:
                    children.append(Record(edit.layer, edit.uid, {**edit.values, "site_uid": site.uid, **made}))
                else:
                    changes.update.append(Record(edit.layer, edit.uid, {**edit.values, **stamp}))
            children += self._memory(each, now, changes)
        changes.insert.extend(children)  # after the sites they belong to
        return changes

    def _memory(self, each: SitePlan, now: dt.datetime, changes: ChangeSet) -> Iterator[Record]:
        """Remember what the platform said; yields the record where there was none."""
        if each.is_older:
            return
        known = each.before.record if each.before else None
        values = {"rb_id": each.rb_id, "exported_on": self.exported_on, "row": write_base(each.base)}
        if known is not None:
            values = {name: value for name, value in values.items() if value not in (None, known[name])}
        if not values:
            return
        values |= {"imported_at": now, "file_name": self.file_name}
        if known is None:
            yield Record(RECORD, str(uuid.uuid4()), {**values, "site_uid": each.site.uid})
        else:
            changes.update.append(Record(RECORD, known.uid, values))


class SitesPreviewer:
    """Compares the rows of an export with the sites of a workspace."""

    def __init__(self, data: Dataset, surroundings: Surroundings, territory: Territory) -> None:
        """Index the sites; ``data`` holds the layers ``held.LAYERS``."""
        self._held = {held.site.uid: held for held in held_sites(data)}
        self._matcher = Matcher(data.layer(SITE))
        self._surroundings = surroundings
        self._territory = territory
        self._numbers = {record["rb_id"]: record["site_uid"] for record in data.layer(RECORD)}

    def preview(
        self, reading: PlatformReading, decisions: Decisions, today: dt.date, feedback: Feedback
    ) -> SitesPreview:
        """Return what importing an export would do. Raises ``Cancelled``."""
        rows = reading.rows
        matches = self._matcher.match([_claim(row) for row in rows], decisions.answers)
        communes = self._communes(rows, Part(feedback, 0, 0.3))
        conditions = Conditions(reading.exported_on, today, self._territory)
        sorter = _Sorter(reading)
        for number, (row, match, commune) in enumerate(zip(rows, matches, communes, strict=True)):
            if number % 20 == 0:
                stop_if_cancelled(feedback)
                feedback.progress(0.3 + 0.7 * number / len(rows))
            done: SitePlan | Reason | None = None
            if not (match.is_ambiguous or match.is_skipped):
                held = self._held[match.site.uid] if match.site else None
                done = plan(row, held, commune, conditions, decisions.taken.get(row.line, frozenset()))
            sorter.sort(row, match, self._with_free_number(done) if isinstance(done, SitePlan) else done)
        feedback.progress(1)
        seen = {match.site.uid for match in matches if match.site} | {
            each.site.uid for match in matches if match.is_ambiguous for each in match.candidates
        }
        return sorter.preview(absent=len(self._held) - len(seen))

    def _communes(self, rows: Sequence[PlatformRow], feedback: Feedback) -> list[CommuneMatch | Reason | None]:
        """Return the commune of the position of each row, or why it does not concern the workspace."""
        placed = {number: row.position for number, row in enumerate(rows) if row.position is not None}
        found = self._surroundings.matches(list(placed.values()), feedback)
        by_number = dict(zip(placed, found, strict=True))
        return [by_number.get(number) for number in range(len(rows))]

    def _with_free_number(self, each: SitePlan) -> SitePlan:
        """Leave the number out of the memory where that of another site still has it."""
        owner = self._numbers.get(each.rb_id)
        return each if owner in (None, each.site.uid) else replace(each, rb_id=None)


class _Sorter:
    """Puts what becomes of each row where it belongs."""

    def __init__(self, reading: PlatformReading) -> None:
        self._reading = reading
        self._plans: dict[str, list[SitePlan]] = {"added": [], "changed": [], "unchanged": []}
        self._choices: list[Choice] = []
        self._waiting: set[int] = set()
        self._rejected = list(reading.rejected)

    def sort(self, row: PlatformRow, match: Match, done: SitePlan | Reason | None) -> None:
        if match.candidates:
            self._choices.append(Choice(row, match.candidates))
        if match.is_ambiguous:
            self._waiting.add(row.line)
        if isinstance(done, Reason):
            self._rejected.append(as_rejected(row, self._reading.columns, done))
        elif done is not None:
            kind = "added" if done.before is None else "changed" if done.changes_site else "unchanged"
            self._plans[kind].append(done)

    def preview(self, absent: int) -> SitesPreview:
        return SitesPreview(
            added=tuple(self._plans["added"]),
            changed=tuple(self._plans["changed"]),
            unchanged=tuple(self._plans["unchanged"]),
            choices=tuple(self._choices),
            waiting=frozenset(self._waiting),
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)),
            absent=absent,
            exported_on=self._reading.exported_on,
            file_name=self._reading.name,
        )


def as_rejected(row: PlatformRow, columns: Sequence[str], reason: Reason) -> Rejected:
    """Return a row as the file had it, in the order of the columns of a ``PlatformReading``."""
    link = f"/site/{row.rb_id}" if row.rb_id is not None else ""
    told = {**row.texts, **row.others, LINK_TITLE: link}
    return Rejected(row.line, tuple(told.get(name, "") for name in columns), reason)


def _claim(row: PlatformRow) -> Claim:
    return Claim(
        row.line,
        row.rb_id,
        row.site.get("fk_city") or "",
        row.site.get("name") or "",
        row.position,
        row.site.get("status", "open") == "open",
    )
