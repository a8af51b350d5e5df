"""Sentences about findings: the counts line, and what is told of one finding."""

from __future__ import annotations

import datetime as dt
from html import escape

from qgis.PyQt.QtCore import QDate, QLocale

from ..core.finding_list import ListedFinding, Tally
from ..core.i18n import mark
from ..qgis_adapters.translation import tr
from .findings_model import state_name, value_text

# (one, several): French writes 0 and 1 in the singular, English 0 in the plural; 0 is not shown
_ERRORS = (mark("{n} error"), mark("{n} errors"))
_WARNINGS = (mark("{n} warning"), mark("{n} warnings"))
_TO_VERIFY = (mark("{n} to verify"), mark("{n} findings to verify"))
_ACCEPTED = (mark("{n} accepted exception"), mark("{n} accepted exceptions"))
_TO_REVIEW = (mark("{n} exception to review"), mark("{n} exceptions to review"))


def counts(counted: Tally) -> str:
    """Return “12 errors, 3 to verify, 2 accepted”."""
    parts = (
        (counted.errors, _ERRORS),
        (counted.warnings, _WARNINGS),
        (counted.to_verify, _TO_VERIFY),
        (counted.accepted, _ACCEPTED),
        (counted.to_review, _TO_REVIEW),
    )
    told = [tr(forms[number > 1], n=QLocale().toString(number)) for number, forms in parts if number]
    return ", ".join(told) or tr("Nothing found.")


def day_text(day: dt.date) -> str:
    """Return a day as the user's locale writes it."""
    return str(QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat))


def about(finding: ListedFinding) -> str:
    """Return, as HTML, the sentence of a finding and where its numbers come from."""
    record = finding.record
    lines = [
        (tr("Value / limit"), value_text(finding)),
        (tr("Source of the limit"), record["threshold_source"]),
        (tr("Method"), record["method"]),
        (tr("State"), state_name(finding.state)),
        (tr("Reason"), record["accepted_reason"]),
        (tr("Accepted by"), _signature(finding)),
    ]
    told = "".join(f"<br><i>{escape(name)}</i> – {escape(str(text))}" for name, text in lines if text)
    return f"<b>{escape(str(record['check_id']))}</b> {escape(finding.sentence)}{told}"


def _signature(finding: ListedFinding) -> str:
    by, on, until = (finding.record[name] for name in ("accepted_by", "accepted_on", "accepted_until"))
    if not by:
        return ""
    parts = [by]
    if on:
        parts.append(tr("on {date}", date=day_text(on)))
    if until:
        parts.append(tr("until {date}", date=day_text(until)))
    return ", ".join(parts)
