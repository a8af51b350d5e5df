"""A SIBEL cohort that is too large, or whose phases are too short or too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...freshness import months_before
from ...i18n import mark
from ...model.fields import Label
from ...records import Record
from .. import words
from ..common import day_of, months_between, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_SOURCE = mark("DIHAL report 2021, SIBEL programme: orientation 2 to 4 months, training 4 to 6, integration 6.")

_METHOD = mark(
    "Calendar months between the beginnings of the phases; a phase that goes on is measured to the reference date. "
    "Within the margin, the finding is to verify."
)
_OUTSIDE = mark("The cohort {name} is outside the limits of the programme: {faults}.")
_NEARLY = mark("The cohort {name} is outside the limits of the programme by some days: {faults}.")
_UNCOUNTED = mark("Nobody said how many people the cohort {name} has; the programme has {limit}.")


@dataclass(frozen=True, slots=True)
class _Phase:
    """A phase: the columns of its beginning and end, and the parameters of its limits."""

    name: Label
    begins: str
    ends: str
    least: str
    most: str


_PHASES = (
    _Phase(
        Label("orientation", "orientation"),
        "orientation_started_at",
        "training_started_at",
        "orientation_least",
        "orientation_most",
    ),
    _Phase(
        Label("training", "formation"),
        "training_started_at",
        "integration_started_at",
        "training_least",
        "training_most",
    ),
    _Phase(
        Label("integration", "intégration"),
        "integration_started_at",
        "ended_at",
        "integration_least",
        "integration_most",
    ),
)


def _months(name: str, label: str, months: int) -> Parameter:
    return Parameter(name, label, Quantity.MONTHS, Threshold(months, _SOURCE))


@check(
    CheckSpec(
        id="RES-004",
        title=mark("SIBEL cohort outside the limits of the programme"),
        why=mark("A phase that drags on leaves people without work or housing at its end."),
        help=mark(
            "A cohort with more people than the programme provides, or with a phase shorter or longer than it "
            "provides, "
            "fails. Some days more or less, or people whom nobody counted, are to verify."
        ),
        mend=mark("Correct the dates or the number of people, or settle with the operator what comes next."),
        targets=("cohort",),
        reads=("action",),
        severity=Severity.WARNING,
        parameters=(
            _months("orientation_least", mark("Shortest orientation"), 2),
            _months("orientation_most", mark("Longest orientation"), 4),
            _months("training_least", mark("Shortest training"), 4),
            _months("training_most", mark("Longest training"), 6),
            _months("integration_least", mark("Shortest integration"), 6),
            _months("integration_most", mark("Longest integration"), 6),
            Parameter(
                "people",
                mark("People of a cohort"),
                Quantity.PEOPLE,
                Threshold(15, mark("DIHAL report 2021, SIBEL programme: cohorts of 15 people.")),
            ),
            Parameter(
                "slack",
                mark("Margin on the dates of the phases"),
                Quantity.DAYS,
                Threshold(15, mark("Choice of this plugin: phases begin on working days, around the day planned.")),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("cohort on time", "cohort that has just begun"),
            failing=(
                "orientation of six months",
                "training of two months",
                "cohort of 18 people",
                "phase that drags on",
            ),
            boundary=(
                "orientation of 4 months to the day",
                "orientation of 4 months and a day",
                "orientation of 4 months and 16 days",
                "cohort of 15 people",
            ),
            unknown=("people of the cohort not counted",),
        ),
    )
)
def beyond_the_programme(cohort: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one cohort."""
    found: list[Label] = []
    is_sure, limit, people = False, thresholds["people"], cohort["people"]
    for phase in _PHASES:
        fault = _fault(cohort, phase, thresholds, context.reference_date)
        if fault is not None:
            label, days = fault
            found.append(label)
            is_sure = is_sure or days > thresholds["slack"].value
    if people is not None and people > limit.value:
        found.append(Label(f"{people} people for {limit.value:g}", f"{people} personnes pour {limit.value:g}"))
        is_sure = True
    details = {"name": cohort["name"] or "?", "limit": limit.value}
    verdict, message = (Verdict.FAILS, _OUTSIDE) if is_sure else (Verdict.TO_VERIFY, _NEARLY)
    if not found and people is None:
        message = _UNCOUNTED
    elif not found:
        return
    details["faults"] = words.several(*map(words.label, found))
    yield Remark(
        verdict,
        message,
        details,
        float(len(found)),
        None,
        Quantity.FAULTS,
        _METHOD,
        field="people" if message == _UNCOUNTED else "orientation_started_at",
        data_date=written_on(cohort),
    )


def _fault(cohort: Record, phase: _Phase, thresholds: Mapping[str, Threshold], on: dt.date) -> tuple[Label, int] | None:
    """Return what is wrong with a phase, and by how many days; ``None`` within the limits or where nobody can tell."""
    begins, ends = day_of(cohort[phase.begins]), day_of(cohort[phase.ends])
    if begins is None or begins > (ends or on):
        return None
    least, most = int(thresholds[phase.least].value), int(thresholds[phase.most].value)
    earliest, latest = months_before(begins, -least), months_before(begins, -most)
    last = ends or on
    length = months_between(begins, last)
    # some days beyond a limit must not look equal to it
    months = f"{length:.2f}" if round(length, 1) in (least, most) else f"{length:.1f}"
    bounds = f"{least}" if least == most else f"{least}–{most}"
    label = Label(
        f"{phase.name.en} of {months} months for {bounds}",
        f"{phase.name.fr} de {months.replace('.', ',')} mois pour {bounds}",
    )
    if last > latest:
        return label, (last - latest).days
    return (label, (earliest - last).days) if ends is not None and last < earliest else None
