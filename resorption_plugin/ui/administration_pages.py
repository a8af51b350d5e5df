"""What the pages of the administrator's window show, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ..core.i18n import mark
from ..core.model import catalogue, domains
from ..core.sync.access import RIGHT_NAMES, ROLE_NAMES, Role
from ..core.sync.administration import Forecast, Handed, Person, by_count
from ..core.sync.operations import Conflict, ConflictKind
from ..core.wording import day_text, instant_text, layer_title, quoted_titles
from ..qgis_adapters.administration import Administration, Contested
from ..qgis_adapters.aside import value_lines
from ..qgis_adapters.translation import language, tr

_HELD = Qt.ItemDataRole.UserRole
_MEBIBYTE = 2**20
_WARNING = "⚠"

HEADS = {
    "people": (mark("Login"), mark("Role"), mark("Areas"), mark("Rights"), mark("Organisation"), mark("Last seen")),
    "devices": (
        mark("Login"),
        mark("Plugin"),
        mark("Data model"),
        mark("First seen"),
        mark("Last seen"),
        mark("State"),
    ),
    "contested": (mark("Record"), mark("Department"), mark("Contradiction"), mark("For"), mark("Here")),
    "handed": (mark("State"), mark("Who"), mark("Record"), mark("Why"), mark("Handed over on")),
    "parts": (mark("Part"), mark("From"), mark("To"), mark("Transactions"), mark("Entries"), mark("Size (MiB)")),
    "exports": (mark("When"), mark("Who"), mark("Login"), mark("Document"), mark("Audience"), mark("File")),
}
STRETCHED = {"people": 2, "devices": 5, "contested": 2, "handed": 3, "parts": 0, "exports": 5}
"""The column of each page that takes the width that is left."""

_KINDS = {
    ConflictKind.SAME_FIELD: mark("{mine} and {theirs} changed {what}"),
    ConflictKind.DELETE_VS_EDIT: mark("deleted by {mine}, changed by {theirs}"),
    ConflictKind.EDIT_VS_DELETE: mark("changed by {mine}, deleted by {theirs}"),
    ConflictKind.INSERT_CLASH: mark("entered by {mine} and by {theirs}, with another value in {what}"),
}


def dress(tree: QTreeWidget, page: str) -> None:
    """Give a page its columns."""
    tree.setHeaderLabels([tr(head) for head in HEADS[page]])
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(STRETCHED[page], QHeaderView.ResizeMode.Stretch)


def fill(tree: QTreeWidget, rows: Iterable[tuple[object, Sequence[str]]]) -> None:
    """Show rows, each with what it is about."""
    tree.clear()
    for held, texts in rows:
        item = QTreeWidgetItem(tree, list(texts))
        item.setData(0, _HELD, held)
        for column, text in enumerate(texts):
            item.setToolTip(column, text)


def chosen(tree: QTreeWidget) -> Any:
    """Return what the selected row is about, ``None`` without one."""
    item = tree.currentItem()
    return item.data(0, _HELD) if item is not None and item.isSelected() else None


def rows(found: Administration) -> dict[str, list[tuple[object, Sequence[str]]]]:
    """Return the rows of each page."""
    return {
        "people": [(one, _person(one, found)) for one in found.people],
        "devices": [(one, _device(one)) for one in found.devices],
        "contested": [(one, _contested(one, found.read_at)) for one in found.contested],
        "handed": [(one, _handed(one)) for one in found.handed],
        "parts": [(one, _part(one)) for one in found.parts],
        "exports": [(one, _export(one)) for one in found.exports],
    }


def people_text(found: Administration) -> str:
    """Return how many have access."""
    return tr("{count} people have access.", count=len(found.people))


def devices_text(found: Administration) -> str:
    """Return how many workspaces there are, and how many are old."""
    old = sum(one.schema_version < catalogue.SCHEMA_VERSION for one in found.devices)
    told = tr("{count} workspaces have synchronised.", count=len(found.devices))
    return f"{told} {tr('{count} of them need a newer plugin.', count=old)}" if old else told


def contested_text(found: Administration) -> str:
    """Return the contradictions counted by department and by person, and the age of the oldest."""
    open_ones = found.contested
    if not open_ones:
        return tr("No contradiction is open.")
    days = max(_days(one.conflict, found.read_at) for one in open_ones)
    told = tr(
        "{count} open: by department {departments}; sent by {people}. The oldest for {days} days.",
        count=len(open_ones),
        departments=_counted([one.department or "–" for one in open_ones]),
        people=_counted([one.conflict.raised_by for one in open_ones]),
        days=days,
    )
    here = sum(one.case is not None for one in open_ones)
    return f"{told} {tr('{count} are in the open workspace, where they can be decided.', count=here)}"


def handed_text(found: Administration) -> str:
    """Return how much was handed over and waits."""
    if found.visit.role == Role.AUDITOR:
        return tr("Only administrators read what is handed over to them.")
    waiting = sum(one.is_open for one in found.handed)
    return tr("{count} wait, {settled} are settled.", count=waiting, settled=len(found.handed) - waiting)


def log_text(found: Administration) -> str:
    """Return how far back the log reaches, and its size."""
    since = [one.since for one in found.parts if one.since is not None]
    if not since:
        return tr("The log is empty.")
    return tr(
        "The log reaches back to {day}: {entries} entries in {parts} parts, {size} MiB.",
        day=day_text(min(since), language()),
        entries=sum(one.entries for one in found.parts),
        parts=len(found.parts),
        size=_mebibytes(sum(one.bytes for one in found.parts)),
    )


def exports_text(found: Administration) -> str:
    """Return how many exports there were."""
    return tr("{count} exports are known, of the workspaces that have synchronised since.", count=len(found.exports))


def trim_text(seen: Forecast, months: int) -> str:
    """Return what trimming does, to be agreed to."""
    told = [
        tr(
            "{entries} entries of the log, older than {months} months, are erased: what changed then, and the values "
            "before, cannot be told any more.",
            entries=seen.entries,
            months=months,
        ),
        tr("No record is changed, and nobody in use loses anything: who has not received an entry still gets it."),
    ]
    if seen.held_back:
        text = tr("For {count} workspaces in use that are behind, more is kept than you ask.", count=seen.held_back)
        told.append(text)
    if seen.begin_anew:
        text = tr(
            "{count} workspaces not seen for 90 days will receive everything again when they come back, their edits "
            "kept.",
            count=seen.begin_anew,
        )
        told.append(text)
    return "\n\n".join(told)


def revoke_text(person: Person, found: Administration) -> str:
    """Return what taking an access does, to be agreed to."""
    told = [
        tr(
            "{login} will read and write nothing more in the shared database. What they wrote stays; what they have "
            "received stays in their files; their login stays on the server.",
            login=person.login,
        )
    ]
    if person.login == found.visit.login:
        told.append(tr("This is your own access."))
    if person.role == Role.ADMIN and sum(one.role == Role.ADMIN for one in found.people) == 1:
        told.append(tr("No administrator will be left: only who keeps the server can name another one."))
    return "\n\n".join(told)


def handed_html(one: Handed) -> str:
    """Return all that is known of something handed over."""
    said = [
        (tr("Record"), f"{one.title} ({layer_title(one.layer, language())})"),
        (tr("Told to {who}", who=one.who), one.reason),
        (tr("Comment"), one.comment or "–"),
    ]
    if not one.is_open and one.settled_at is not None:
        when = instant_text(one.settled_at, language())
        said.append((tr("Settled"), f"{one.settled_by}, {when} – {one.answer or '–'}"))
    lines = [f"<b>{escape(title)}</b> {escape(text)}" for title, text in said]
    values = "".join(
        f"<tr><td>{escape(title)}&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>"
        for title, text in value_lines(one.layer, one.values, language())
    )
    return f"{'<br>'.join(lines)}<br><br><table>{values}</table>"


def state_text(one: Handed) -> str:
    """Return whether something handed over waits, with a sign of its own."""
    return f"○ {tr('waiting')}" if one.is_open else f"✔ {tr('settled')}"


def _person(one: Person, found: Administration) -> Sequence[str]:
    login = one.login if one.is_there else f"{_WARNING} {one.login} ({tr('no login any more')})"
    areas = ", ".join(_area(code, found) for code in one.areas) or "–"
    rights = ", ".join(tr(RIGHT_NAMES.get(name, name)) for name in one.rights) or "–"
    return (login, tr(ROLE_NAMES.get(one.role, one.role)), areas, rights, one.organisation or "–", _at(one.last_seen))


def _area(code: str, found: Administration) -> str:
    name = found.places.get(code)
    return f"{name} ({code})" if name else code


def _device(one: Any) -> Sequence[str]:
    is_old = one.schema_version < catalogue.SCHEMA_VERSION
    model = f"{_WARNING} {one.schema_version} ({tr('older')})" if is_old else str(one.schema_version)
    if one.begins_anew:
        state = f"{_WARNING} {tr('will receive everything again')}"
    else:
        state = tr("{count} revisions behind", count=one.behind) if one.behind else f"✔ {tr('up to date')}"
    return (one.login, one.plugin_version or "?", model, _at(one.first_seen), _at(one.last_seen), state)


def _contested(one: Contested, now: dt.datetime) -> Sequence[str]:
    conflict, subject = one.conflict, one.subject
    names = [name for name in conflict.mine if conflict.mine.get(name) != conflict.theirs.get(name)]
    what = quoted_titles(conflict.layer, names, language())
    told = tr(_KINDS[conflict.kind], mine=conflict.raised_by, theirs=conflict.theirs_by or "?", what=what)
    kind = layer_title(conflict.layer, language())
    name = subject.name if subject.name == kind else f"{subject.name} ({kind})"
    site = "" if conflict.layer == "site" else subject.site
    record = " – ".join(filter(None, (name, site, subject.commune)))
    if one.case is None:
        here = ""
    elif one.case.dispute.decision is not None:
        here = f"✔ {tr('decided, to be sent')}"
    else:
        here = tr("can be decided")
    since = tr("{count} days", count=_days(conflict, now))
    return (record, one.department or "–", told, since, here)


def _handed(one: Handed) -> Sequence[str]:
    kind = layer_title(one.layer, language())
    return (state_text(one), one.who, f"{one.title} ({kind})", tr(one.cause), _at(one.at))


def _part(one: Any) -> Sequence[str]:
    size = _mebibytes(one.bytes)
    return (one.name, _at(one.since), _at(one.until), str(one.transactions), str(one.entries), size)


def _export(one: Any) -> Sequence[str]:
    return (_at(one.at), one.by, one.login, one.output, _audience(one.audience), one.file_name)


def _audience(code: str) -> str:
    try:
        return domains.AUDIENCE.choice(code).label.text(language())
    except KeyError:
        return code


def _counted(values: Sequence[str]) -> str:
    return ", ".join(f"{value} ({count})" for value, count in by_count(values))


def _days(conflict: Conflict, now: dt.datetime) -> int:
    return max(0, (now - dt.datetime.fromisoformat(conflict.raised_at)).days) if conflict.raised_at else 0


def _mebibytes(size: int) -> str:
    text = f"{size / _MEBIBYTE:.2f}"
    return text.replace(".", ",") if language() == "fr" else text


def _at(instant: dt.datetime | None) -> str:
    return instant_text(instant, language()) if instant is not None else tr("never")
