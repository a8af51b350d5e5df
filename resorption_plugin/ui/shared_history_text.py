"""What the windows of the shared history say in sentences."""

from __future__ import annotations

import datetime as dt
from html import escape

from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.audit import Told, Verification
from ..core.sync.audit_table import CELLS, SharedHistory
from ..core.wording import field_title, instant_text, value_text
from ..qgis_adapters.shared_history import MOST
from ..qgis_adapters.translation import language, number_text, tr

_CUT_PERIOD = mark(
    "Only the last {count} writings were read, since {instant}: to see older ones, choose “Between two days” and let "
    "the period end on that day."
)
_CUT_RECORD = mark(
    "Only the last {count} writings were read, since {instant}: the older ones are in “Territory History…” (menu "
    "Sharing), between two days."
)


def count_text(shown: int, known: int) -> str:
    """Return how many lines are shown."""
    if shown != known:
        return tr("{shown} of {known} changes", shown=number_text(shown), known=number_text(known))
    return tr("{known} changes", known=number_text(known)) if known != 1 else tr("1 change")


def limits_text(history: SharedHistory, since: dt.datetime | None) -> str:
    """Return what is missing from a history asked ``since`` an instant (``None``: since ever)."""
    told = []
    if history.is_cut and history.told:
        reach = instant_text(history.told[-1].entry.at, language())
        told.append(tr(_CUT_RECORD if since is None else _CUT_PERIOD, count=number_text(MOST), instant=reach))
    if history.begins is not None and (since is None or since < history.begins):
        begins = instant_text(history.begins, language())
        told.append(tr("The shared database does not keep what was written before {instant}.", instant=begins))
    return " ".join(told)


def restored_text(told: Told) -> str:
    """Return what becomes of what was restored."""
    if told.field is not None:
        return tr("It is back in this workspace, and goes to the others at the next synchronisation.")
    return tr(
        "The record is back in this workspace. As it was deleted for all, the next synchronisation asks you whether it "
        "shall live again: decide to keep yours, and synchronise."
    )


def verification_text(found: Verification) -> str:
    """Return in plain words whether the log is intact, else what to do."""
    if found.broken is None:
        told = tr("The log is intact: its {count} revisions are what was written.", count=found.revisions)
        if found.trimmed:
            told += " " + tr(
                "Up to revision {number}, the values were forgotten on purpose: only who wrote and when is verified.",
                number=found.trimmed,
            )
        return told
    if found.at is None:
        broken = tr("The log is broken from revision {number}: it is missing.", number=found.broken)
    else:
        instant = instant_text(found.at, language())
        broken = tr("The log is broken from revision {number}, dated {instant}.", number=found.broken, instant=instant)
    return f"{broken} " + tr(
        "Somebody with rights on the server has altered it, or it was restored badly. Keep the server and its backups "
        "as they are, tell its administrator, and have the log compared with the last backup in which it is intact."
    )


def detail_html(history: SharedHistory, told: Told, texts: tuple[str, ...]) -> str:
    """Return a line with all its values, as rich text; ``texts`` are its cells."""
    when, who, department, commune, record, field, before, after = map(escape, texts)
    titles = [escape(title.text(language())) for title in CELLS]
    where = " – ".join(filter(None, (commune, f"{titles[2]} {department}" if department else "")))
    head = f"<p><b>{field}</b><br>{record}<br>{where}<br>{when}, {who}</p>"
    if told.field is not None:
        return f"{head}<table>{_row(titles[6], before)}{_row(titles[7], after)}</table>"
    values = told.entry.old or told.entry.new
    known = catalogue.layer(told.entry.layer)
    names = [each.name for each in known.fields if values.get(each.name) is not None and not each.read_only]
    changes = {change.field: change for change in told.changes()}
    rows = []
    for name in names:
        change = changes[name]
        value = change.before if change.before is not None else change.after
        text = value_text(known.key, name, value, language(), history.names)
        rows.append(_row(escape(field_title(known.key, name, language())), escape(text)))
    return f"{head}<table>{''.join(rows)}</table>"


def _row(title: str, value: str) -> str:
    return f"<tr><td>{title}&nbsp;&nbsp;</td><td>{value}</td></tr>"
