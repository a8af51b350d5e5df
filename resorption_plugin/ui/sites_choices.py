"""The two tables of the import of sites in which the officer decides: fields that differ, rows that are uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject

from ..core.exchange.platform.canonical import message_text
from ..core.exchange.platform.drafting import JOURNAL, MESSAGES, POPULATION
from ..core.exchange.platform.held import COUNT
from ..core.exchange.platform.matching import Answer, Candidate, Special
from ..core.exchange.platform.planning import SitePlan
from ..core.exchange.platform.preview import Choice, SitesPreview
from ..core.exchange.platform.three_way import FieldOutcome, State
from ..core.exchange.platform.topics import BY_TITLE, Rule
from ..core.i18n import mark
from ..core.model.catalogue import layer
from ..core.wording import day_text
from ..qgis_adapters.explanations import explain
from ..qgis_adapters.translation import language, tr
from .choice_table import ChoiceModel, ChoiceRow, Option
from .import_tables import LINE
from .sites_tables import SITE, site_name

FIELD_TITLES = (
    LINE,
    SITE,
    mark("Field"),
    mark("In the workspace"),
    mark("In the file"),
    mark("Result"),
    mark("What happens"),
)
RESULT = 5

ROW_TITLES = (LINE, mark("Row"), mark("Commune"), mark("May be"), mark("Decision"))
DECISION = len(ROW_TITLES) - 1

_TOLD = {
    State.CONFLICT: mark("⚠ Conflict: yours stays"),
    State.TAKEN: mark("Taken from the platform"),
    State.KEPT: mark("Yours stays, to be returned"),
    State.LEFT_OUT: mark("✕ Left out"),
}
_ORDER = (State.CONFLICT, State.LEFT_OUT, State.TAKEN, State.KEPT)
_LAST = len(_ORDER) + 1
"""Rank of what the platform alone says: its statuses, its date of update."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field in the table of changes: ``title`` is what a decision names."""

    line: int
    title: str
    row: ChoiceRow
    rank: int


def changed_fields(preview: SitesPreview) -> list[Field]:
    """Return the fields that differ, conflicts first, then in the order of the file."""
    known = [plan for plan in preview.plans if plan.before is not None]
    fields = [_field(plan, each) for plan in known for each in plan.outcomes if each.state is not State.SAME]
    fields += [field for plan in known for field in _additions(plan)]
    return sorted(fields, key=lambda field: (field.rank, field.line))


def _field(plan: SitePlan, each: FieldOutcome) -> Field:
    told = tr(_TOLD[each.state])
    if each.reason:
        told = tr("{what}: {reason}", what=told, reason=explain(each.reason))
    ours, theirs = Option(False, _shown(each.ours)), Option(True, _shown(each.file))
    is_said = each.title in BY_TITLE and BY_TITLE[each.title].rule is Rule.FOLLOWED
    can_choose = each.state in (State.CONFLICT, State.KEPT)
    result = Option(each.state is State.TAKEN, _shown(each.result))
    base = tr("(not there)") if each.base is None else _shown(each.base)
    return Field(
        plan.line,
        each.title,
        ChoiceRow(
            (str(plan.line), site_name(plan.known), each.title, ours.text, theirs.text, "", told),
            (ours, theirs) if can_choose else (result,),
            result.value,
            hint=tr("At the last import: {value}", value=base),
            stands_out=each.state is State.CONFLICT,
        ),
        _LAST if is_said else _ORDER.index(each.state),
    )


def _additions(plan: SitePlan) -> list[Field]:
    """Return the messages and counts that are added to a known site."""
    found = []
    for edit in plan.edits:
        if edit.layer == JOURNAL:
            found.append((MESSAGES, message_text(edit.after)))
        elif edit.layer == COUNT:
            label = layer(COUNT).label.text(language())
            total = edit.after.get(POPULATION[0])
            found.append(
                (label, f"{day_text(edit.after['counted_on'], language())} – {'?' if total is None else total}")
            )
    return [
        Field(
            plan.line,
            title,
            ChoiceRow(
                (str(plan.line), site_name(plan.known), title, tr("(empty)"), text, "", tr("Is added")),
                (Option(True, text),),
                True,
            ),
            len(_ORDER),
        )
        for title, text in found
    ]


def _shown(text: str) -> str:
    return text.replace("\n", " / ") or tr("(empty)")


def fields_table(fields: list[Field], parent: QObject) -> ChoiceModel:
    """Return the table of the fields that differ."""
    return ChoiceModel(FIELD_TITLES, RESULT, [field.row for field in fields], parent)


def taken_fields(fields: list[Field], model: ChoiceModel) -> dict[int, frozenset[str]]:
    """Return, by line, the titles of the fields in which the officer prefers the file."""
    taken: dict[int, set[str]] = {}
    for field, value in zip(fields, model.values(), strict=True):
        if value and len(field.row.options) > 1:
            taken.setdefault(field.line, set()).add(field.title)
    return {line: frozenset(titles) for line, titles in taken.items()}


def prefer_file(fields: list[Field], model: ChoiceModel, taken: Mapping[int, frozenset[str]]) -> None:
    """Choose the file in the fields that ``taken_fields`` gave."""
    for number, field in enumerate(fields):
        if field.title in taken.get(field.line, ()):
            model.setData(model.index(number, RESULT), True)


def rows_table(preview: SitesPreview, answers: Mapping[int, Answer], parent: QObject) -> ChoiceModel:
    """Return the table of the rows that may be about several sites."""
    return ChoiceModel(
        ROW_TITLES, DECISION, [_row(choice, answers.get(choice.row.line)) for choice in preview.choices], parent
    )


def _row(choice: Choice, answer: Answer | None) -> ChoiceRow:
    site = choice.row.site
    options = (
        Option(None, tr("(to decide)")),
        *(Option(each.site.uid, tr("This site: {site}", site=_candidate(each))) for each in choice.candidates),
        Option(Special.NEW, tr("A new site")),
        Option(Special.SKIP, tr("Leave the row out")),
    )
    name = site.get("name") or site.get("address") or tr("(without name)")
    return ChoiceRow(
        (
            str(choice.row.line),
            f"{name} (n° {choice.row.rb_id})" if choice.row.rb_id else str(name),
            str(site.get("commune") or ""),
            "; ".join(_candidate(each) for each in choice.candidates),
        ),
        options,
        answer if any(one.value == answer for one in options) else None,
        hint=explain(choice.reason),
        stands_out=answer is None,
    )


def _candidate(each: Candidate) -> str:
    where = tr("distance unknown") if each.metres is None else tr("{metres} m away", metres=f"{each.metres:.0f}")
    situation = "" if each.site["status"] == "open" else f", {tr('closed')}"
    return f"{site_name(each.site)}, {where}{situation}"
