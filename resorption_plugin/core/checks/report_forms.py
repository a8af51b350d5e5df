"""The report of the checks as a page and as a spreadsheet: each number with its limit, source, method and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from ..exchange.workbook import Cell, Sheet
from ..i18n import mark
from ..model import domains
from ..model.fields import Domain
from .spec import PROFILE_TITLES, Profile

Words = Callable[[str], str]
"""Translates a marked text."""

_TITLE = mark("Report of the checks")
_DAY_FORMAT = mark("%Y-%m-%d")
_NOTHING = mark("No finding.")
_ERRORS, _WARNINGS, _TO_VERIFY = mark("Errors"), mark("Warnings"), mark("To verify")
_COLUMNS: Mapping[str, str] = {
    "id": mark("Check"),
    "severity": mark("Severity"),
    "verdict": mark("Verdict"),
    "state": mark("State"),
    "commune": mark("Commune"),
    "sentence": mark("Finding"),
    "value": mark("Value"),
    "threshold": mark("Limit"),
    "unit": mark("Unit"),
    "source": mark("Source of the limit"),
    "method": mark("Method"),
    "data_date": mark("Date of the data"),
    "accepted": mark("Exception"),
    "link": mark("Link"),
}
_LISTS: Mapping[str, Domain] = {
    "severity": domains.SEVERITY,
    "verdict": domains.VERDICT,
    "state": domains.FINDING_STATE,
}
_STYLE = """body{font:14px/1.45 sans-serif;margin:2em;color:#111}h1{font-size:1.5em}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.35em .5em}
th,td{vertical-align:top;text-align:left}
th{background:#e3e3fd;position:sticky;top:0}td.number{text-align:right;white-space:nowrap}
tr.error td:first-child{border-left:6px solid #b00}tr.warning td:first-child{border-left:6px double #a60}
@media print{th{position:static}}"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the report: the translation, and the language of the value lists."""

    words: Words
    language: str

    def cell(self, entry: Mapping[str, Any], name: str) -> str | float | dt.date | None:
        """Return what is shown of a finding in a column."""
        value = entry[name]
        if value is None:
            return None
        if name in _LISTS:
            return _LISTS[name].choice(value).label.text(self.language)
        if name == "data_date":
            return dt.date.fromisoformat(value)
        if name == "accepted":
            return " – ".join(str(part) for part in (value["reason"], value["by"], value["on"], value["until"]) if part)
        return value  # type: ignore[no-any-return]

    def number(self, value: float) -> str:
        """Return a number as the reader writes it."""
        return f"{value:g}".replace(".", "," if self.language == "fr" else ".")

    def day(self, text: str) -> str:
        """Return an ISO day as the reader writes it."""
        return dt.date.fromisoformat(text).strftime(self.words(_DAY_FORMAT))


def as_page(report: Mapping[str, Any], reader: Reader) -> str:
    """Return the report as one HTML page that needs nothing else."""
    words = reader.words
    header = "".join(f"<th>{escape(words(title))}</th>" for title in _COLUMNS.values())
    rows = "".join(_row(entry, reader) for entry in report["findings"])
    told = (
        f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>" if rows else f"<p>{words(_NOTHING)}</p>"
    )
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in _facts(report, reader))
    return (
        f'<!DOCTYPE html>\n<html lang="{reader.language}"><head><meta charset="utf-8"><title>{escape(words(_TITLE))}'
        f"</title><style>{_STYLE}</style></head><body><h1>{escape(words(_TITLE))}</h1>{facts}{told}</body></html>\n"
    )


def as_sheets(report: Mapping[str, Any], reader: Reader) -> list[Sheet]:
    """Return the report as sheets: the findings, and what they were judged by."""
    words = reader.words
    titles = [words(title) for title in _COLUMNS.values()]
    rows = [
        [Cell(reader.cell(entry, name), entry["link"] or "" if name == "link" else "") for name in _COLUMNS]
        for entry in report["findings"]
    ]
    facts = [[Cell(fact)] for fact in _facts(report, reader)]
    return [Sheet(words(mark("Findings")), [titles], rows), Sheet(words(mark("About")), [[words(_TITLE)]], facts)]


def _facts(report: Mapping[str, Any], reader: Reader) -> Iterable[str]:
    words, counted = reader.words, report["open"]
    standards = words(PROFILE_TITLES[Profile(report["profile"])])
    yield f"{report['workspace']} – {reader.day(report['reference_date'])} – {standards}"
    totals = ((_ERRORS, "errors"), (_WARNINGS, "warnings"), (_TO_VERIFY, "to_verify"))
    yield ", ".join(f"{words(title)} {counted[name]}" for title, name in totals)
    yield ", ".join(report["checks"])


def _row(entry: Mapping[str, Any], reader: Reader) -> str:
    cells = "".join(_html(name, reader.cell(entry, name), reader) for name in _COLUMNS)
    return f'<tr class="{escape(entry["severity"])}">{cells}</tr>'


def _html(name: str, value: str | float | dt.date | None, reader: Reader) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, dt.date):
        return f"<td>{escape(reader.day(value.isoformat()))}</td>"
    if isinstance(value, int | float):
        return f'<td class="number">{reader.number(value)}</td>'
    if name == "link":
        return f'<td><a href="{escape(value)}">{escape(value)}</a></td>'
    return f"<td>{escape(value)}</td>"
