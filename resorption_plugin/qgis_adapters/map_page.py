"""The words and figures of a printed map, in the user's language, at the level its audience may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from qgis.PyQt.QtCore import QLocale

from ..core.i18n import mark
from ..core.indicators.audience import Audience, suppress_small_groups
from ..core.indicators.water_access import LIMIT_M, Reach, Summary
from ..core.water.access_rule import WaterStatus
from .translation import language, tr

Key = TypeVar("Key")

SHORT_DATE = "%d/%m/%Y"

# Lightness falls from unknown to bad, so that the order survives a black-and-white printer; blue and orange are told
# apart by every kind of colour blindness.
STATUS_COLORS = {
    WaterStatus.GOOD: "#2c7fb8",
    WaterStatus.TO_IMPROVE: "#fdae61",
    WaterStatus.BAD: "#7f1d1d",
    WaterStatus.UNKNOWN: "#ededed",
}

_REACHES = {
    Reach.WITHIN: mark("{limit} m at most"),
    Reach.TO_VERIFY: mark("To verify"),
    Reach.BEYOND: mark("Over {limit} m"),
    Reach.UNMEASURED: mark("Not measured"),
}
_TITLE = mark("Access to water in slum settlements")
_AUDIENCES = {
    Audience.SERVICES: mark("For the services that act on the sites only: exact positions. Do not circulate."),
    Audience.COMMITTEE: mark("For the steering committee: figures by commune, without any position of a site."),
    Audience.PUBLIC: mark("For the public: totals of departments; groups of fewer than 10 people are not shown."),
}
_SOURCES = mark("Sources: records of the services of the State and of the operators up to {updated}; limits: IGN.")
_INVENTED = mark("INVENTED DATA: demonstration. These sites, people and water points do not exist.")
_DEFINITIONS = (
    mark("Open sites: sites not closed on {day}."),
    mark("People: last known count of each site. Sites never counted: {uncounted}; they are in no number of people."),
    mark(
        "Drinking water within {limit} m: people of the sites whose farthest dwelling (else the edge of the footprint, "
        "else the point of the site) is at most {limit} m as the crow flies from a point that works and is drinkable "
        "on {day}."
    ),
    mark(
        "To verify: the answer depends on the accuracy of the positions, or on a point whose state or potability is "
        "unknown."
    ),
    mark(
        "Declared access: rule of the State's platform Résorption-bidonvilles. Yes: private tap on the site, "
        "continuous, shared by all. To improve: the same with a fault. No: any other source."
    ),
)
_UNPLACED = mark("Sites in no commune of the territory: {unplaced}; they are in the figures, not on the map.")
_CIRCLES = mark("Circles: their size follows the number of sites, their parts the declared access.")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what it counts, sites, people, share."""

    texts: tuple[str, ...]
    color: str | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the titles of its columns, the first of which holds the colour, and its rows."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything written on a map, by the name of its layout variable, and the rows of its table."""

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    """Four (value, caption) pairs."""
    declared: Table
    measured: Table
    definitions: str
    sources: str
    audience: str

    def variables(self) -> dict[str, str]:
        """Return the values of the template's layout variables."""
        numbered = enumerate(self.figures, start=1)
        boxes = {
            f"resorption_{part}_{n}": text
            for n, pair in numbered
            for part, text in zip(("figure", "caption"), pair, strict=True)
        }
        texts = ("title", "subtitle", "definitions", "sources", "audience")
        boxes["resorption_definitions_title"] = tr("Definitions")
        return {**boxes, **{f"resorption_{name}": getattr(self, name) for name in texts}}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page says besides the figures."""

    territory: str
    day: dt.date
    updated: dt.date | None
    """Day of the latest record."""
    unplaced: int
    """Open sites whose commune is unknown or outside the territory."""
    is_invented: bool


def number(value: int | None) -> str:
    """Return a number of people as people read it; ``None`` is a group too small to be shown."""
    return tr("n. s.") if value is None else QLocale(language()).toString(value)


def percent(share: float | None) -> str:
    """Return a share; “–” when there is nothing to divide."""
    return "–" if share is None else f"{round(100 * share)}\u00a0%"


def compose(summary: Summary, audience: Audience, setting: Setting) -> Page:
    """Return the page of a territory for an audience."""
    updated = setting.updated.strftime(SHORT_DATE) if setting.updated else "–"
    sources = tr(_SOURCES, updated=updated)
    day = setting.day.strftime(SHORT_DATE)
    values = {"day": day, "limit": f"{LIMIT_M:.0f}", "uncounted": number(summary.total.uncounted)}
    values["unplaced"] = number(setting.unplaced)
    return Page(
        title=tr(_TITLE),
        subtitle=tr("{territory} – situation on {day}", territory=setting.territory, day=day),
        figures=_figures(summary, audience),
        declared=_declared(summary, audience),
        measured=_measured(summary, audience),
        definitions="\n".join(f"•\u00a0{tr(text, **_only(text, **values))}" for text in _defined(audience, setting)),
        sources=f"{sources}\n{tr(_INVENTED)}" if setting.is_invented else sources,
        audience=tr(_AUDIENCES[audience]),
    )


def _defined(audience: Audience, setting: Setting) -> tuple[str, ...]:
    if audience is not Audience.COMMITTEE:
        return _DEFINITIONS
    return (*_DEFINITIONS, _CIRCLES, _UNPLACED) if setting.unplaced else (*_DEFINITIONS, _CIRCLES)


def _figures(summary: Summary, audience: Audience) -> tuple[tuple[str, str], ...]:
    total = summary.total
    people = _published({reach: summary.of_reach(reach).people for reach in Reach}, audience)
    within = people[Reach.WITHIN]
    unsure = [people[Reach.TO_VERIFY], people[Reach.UNMEASURED]]
    return (
        (number(total.sites), tr("open sites (never counted: {uncounted})", uncounted=number(total.uncounted))),
        (number(_published({"all": total.people}, audience)["all"]), tr("people at the last count")),
        (_share(within, total.people), tr("of the people within {limit} m of drinking water", limit=f"{LIMIT_M:.0f}")),
        (
            _share(None if None in unsure else sum(part or 0 for part in unsure), total.people),
            tr("of the people: unknown, to be verified in the field"),
        ),
    )


def _declared(summary: Summary, audience: Audience) -> Table:
    counted = {status: summary.of_status(status) for status in STATUS_COLORS}
    people = _published({status: tally.people for status, tally in counted.items()}, audience)
    # the services' map shows the sites by the symbols of its legend, not by these colours
    colors = STATUS_COLORS if audience is Audience.COMMITTEE else {}
    rows = [
        _row(status.label(language()), tally.sites, people[status], summary, colors.get(status))
        for status, tally in counted.items()
    ]
    return Table(("", tr("Declared access"), *_columns()), (*rows, _total(summary, audience)))


def _measured(summary: Summary, audience: Audience) -> Table:
    counted = {reach: summary.of_reach(reach) for reach in _REACHES}
    people = _published({reach: tally.people for reach, tally in counted.items()}, audience)
    limit = f"{LIMIT_M:.0f}"
    rows = [
        _row(tr(_REACHES[reach], **_only(_REACHES[reach], limit=limit)), tally.sites, people[reach], summary)
        for reach, tally in counted.items()
    ]
    return Table(("", tr("Measured distance"), *_columns()), (*rows, _total(summary, audience)))


def _columns() -> tuple[str, str, str]:
    return tr("Sites"), tr("People"), tr("Share")


def _row(label: str, sites: int, people: int | None, summary: Summary, color: str | None = None) -> TableRow:
    return TableRow((label, number(sites), number(people), _share(people, summary.total.people)), color)


def _total(summary: Summary, audience: Audience) -> TableRow:
    people = _published({"all": summary.total.people}, audience)["all"]
    texts = (tr("Total"), number(summary.total.sites), number(people), _share(people, summary.total.people))
    return TableRow(texts, is_total=True)


def _only(text: str, **values: str) -> dict[str, str]:
    """Return the values that a text has a placeholder for."""
    return {name: value for name, value in values.items() if f"{{{name}}}" in text}


def _published(people: Mapping[Key, int], audience: Audience) -> dict[Key, int | None]:
    return suppress_small_groups(people) if audience is Audience.PUBLIC else dict(people)


def _share(part: int | None, whole: int) -> str:
    return number(None) if part is None else percent(part / whole if whole else None)
