"""A contradiction in words: what it is about, whose the values are, what can be decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape

import shapely

from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.conflict_rows import Row
from ..core.sync.operations import Conflict, ConflictKind
from ..core.sync.travelling import GEOMETRY
from ..core.sync.wire import Value, read, read_geometry
from ..core.wording import Names, displacement, field_title, instant_text, value_text
from ..geopackage.sync.conflicts import Dispute
from ..qgis_adapters.subjects import Subject
from ..qgis_adapters.translation import language, tr

DIFFERS = "≠"
"""The sign of a value that is another than the starting one."""

_SHORT = 40
_KINDS = {
    (ConflictKind.SAME_FIELD, True): mark("You and {other} gave different values to {what}."),
    (ConflictKind.SAME_FIELD, False): mark("{sender} and {other} gave different values to {what}."),
    (ConflictKind.INSERT_CLASH, True): mark(
        "You and {other} both entered this record, with different values of {what}."
    ),
    (ConflictKind.INSERT_CLASH, False): mark(
        "{sender} and {other} both entered this record, with different values of {what}."
    ),
    (ConflictKind.DELETE_VS_EDIT, True): mark(
        "You deleted this record. Meanwhile {other} changed it, or added something to it."
    ),
    (ConflictKind.DELETE_VS_EDIT, False): mark(
        "{sender} deleted this record. Meanwhile {other} changed it, or added something to it."
    ),
    (ConflictKind.EDIT_VS_DELETE, True): mark(
        "You changed this record, or added something to it. Meanwhile {other} deleted it."
    ),
    (ConflictKind.EDIT_VS_DELETE, False): mark(
        "{sender} changed this record, or added something to it. Meanwhile {other} deleted it."
    ),
}
_CHOICES = {
    (ConflictKind.DELETE_VS_EDIT, True): (mark("&Delete it all the same"), mark("&Keep it with their changes")),
    (ConflictKind.DELETE_VS_EDIT, False): (
        mark("&Delete it, as {sender} asked"),
        mark("&Keep it with the changes ({other})"),
    ),
    (ConflictKind.EDIT_VS_DELETE, True): (mark("&Restore it with my changes"), mark("&Accept the deletion")),
    (ConflictKind.EDIT_VS_DELETE, False): (
        mark("&Restore it with the changes ({sender})"),
        mark("&Accept the deletion"),
    ),
}


@dataclass(frozen=True, slots=True)
class Sides:
    """How the two sides are called in the dialog."""

    mine: str
    theirs: str

    @classmethod
    def of(cls, dispute: Dispute) -> Sides:
        """Return the titles of the two values: by their authors where none of them is the user's."""
        if dispute.is_mine:
            return cls(tr("My value"), tr("Their value"))
        sender, other = persons(dispute.conflict)
        return cls(tr("Value sent by {person}", person=sender), tr("Value in place ({person})", person=other))


def persons(conflict: Conflict) -> tuple[str, str]:
    """Return who sent the value that was not taken, and who wrote the one that the shared database holds."""
    unknown = tr("somebody else")
    return conflict.raised_by or unknown, conflict.theirs_by or unknown


def record_text(layer: str, subject: Subject) -> str:
    """Return which record it is, as rich text."""
    title = catalogue.layer(layer).label.text(language())
    parts = [title if subject.name != title else "", subject.site if subject.site != subject.name else ""]
    rest = " – ".join(escape(part) for part in (*parts, subject.commune) if part)
    return f"<b>{escape(subject.name)}</b>{' – ' if rest else ''}{rest}"


def what_text(dispute: Dispute, rows: tuple[Row, ...]) -> str:
    """Return what contradicts what, in a sentence."""
    conflict = dispute.conflict
    sender, other = persons(conflict)
    titles = ", ".join(field_title(conflict.layer, row.name, language()) for row in rows)
    quoted = f"«\N{NO-BREAK SPACE}{titles}\N{NO-BREAK SPACE}»" if language() == "fr" else f"“{titles}”"
    told = tr(_KINDS[conflict.kind, dispute.is_mine], sender=sender, other=other, what=quoted)
    return told if conflict.raised_by else told[:1].upper() + told[1:]


def who_text(dispute: Dispute) -> str:
    """Return who wrote each side, and when."""
    conflict = dispute.conflict
    sender, other = persons(conflict)
    mine, theirs = _when(conflict.raised_at), _when(conflict.theirs_at)
    return "\n".join(
        (
            tr("Sent by {person} {when}", person=sender, when=mine).strip(),
            tr("In the shared database by {person} {when}", person=other, when=theirs).strip(),
        )
    )


def choice_texts(dispute: Dispute, rows: tuple[Row, ...], names: Names) -> tuple[str, str]:
    """Return the two choices with their keys; a lone short value is told in them."""
    conflict = dispute.conflict
    sender, other = (_plain_key(person) for person in persons(conflict))
    special = _CHOICES.get((conflict.kind, dispute.is_mine))
    if special is not None:
        return tr(special[0], sender=sender, other=other), tr(special[1], sender=sender, other=other)
    if dispute.is_mine:
        titles = tr("&My value"), tr("&Their value")
    else:
        titles = tr("Value &sent by {person}", person=sender), tr("Value in &place ({person})", person=other)
    if len(rows) != 1 or rows[0].name == GEOMETRY:
        return titles
    told = (cell_text(conflict.layer, rows[0].name, value, names) for value in (rows[0].mine, rows[0].theirs))
    mine, theirs = (
        f"{title} – {_plain_key(text)}" if len(text) <= _SHORT and "\n" not in text else title
        for title, text in zip(titles, told, strict=True)
    )
    return mine, theirs


def cell_text(layer: str, name: str, value: Value, names: Names, base: Value = None) -> str:
    """Return a wire value in words; of a place also how far it is from ``base``."""
    if name == GEOMETRY:
        shape, start = _shape(value), _shape(base)
        moved = displacement(start, shape, language()) if shape is not None and start is not None else ""
        place = value_text(layer, name, shape, language())
        return f"{place} ({moved})" if moved else place
    try:
        plain = read(catalogue.layer(layer).field(name), value)
    except ValueError:  # another program wrote what is no value of this column
        return str(value)
    return value_text(layer, name, plain, language(), names)


def _shape(value: Value) -> shapely.Geometry | None:
    try:
        return read_geometry(value)
    except (ValueError, shapely.errors.ShapelyError):
        return None


def _when(instant: str) -> str:
    if not instant:
        return ""
    return tr("on {instant}", instant=instant_text(dt.datetime.fromisoformat(instant), language()))


def _plain_key(text: str) -> str:
    """Return a text whose ampersands are no keys."""
    return text.replace("&", "&&")
