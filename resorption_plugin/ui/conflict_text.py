"""A contradiction in words: what it is about, whose the values are, what can be decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import shapely

from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.conflict_rows import Row
from ..core.sync.operations import Conflict, ConflictKind
from ..core.sync.travelling import GEOMETRY
from ..core.sync.wire import Value, read, read_geometry
from ..core.wording import Names, displacement, instant_text, of_person, quoted_titles, value_text
from ..geopackage.sync.conflicts import Dispute
from ..qgis_adapters.subjects import Subject
from ..qgis_adapters.translation import language, tr
from .place_signs import MINE, THEIRS

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
    (ConflictKind.DELETE_VS_EDIT, True): (
        mark("&Delete it all the same"),
        mark("&Keep it with the changes {of_other}"),
    ),
    (ConflictKind.DELETE_VS_EDIT, False): (
        mark("&Delete it, as {sender} asked"),
        mark("&Keep it with the changes {of_other}"),
    ),
    (ConflictKind.EDIT_VS_DELETE, True): (mark("&Restore it with my changes"), mark("&Accept the deletion by {other}")),
    (ConflictKind.EDIT_VS_DELETE, False): (
        mark("&Restore it with the changes ({sender})"),
        mark("&Accept the deletion by {other}"),
    ),
}
KINDS = {
    ConflictKind.SAME_FIELD: mark("both changed {what}"),
    ConflictKind.DELETE_VS_EDIT: mark("deleted here, changed by someone else"),
    ConflictKind.EDIT_VS_DELETE: mark("changed here, deleted by someone else"),
    ConflictKind.INSERT_CLASH: mark("both entered it, with another value in {what}"),
}
"""What contradicts what, before it is known who wrote it."""

_SUMMARIES = {
    ConflictKind.SAME_FIELD: mark("{what}: {sender} and {other}"),
    ConflictKind.INSERT_CLASH: mark("{what}, entered twice: {sender} and {other}"),
    ConflictKind.DELETE_VS_EDIT: mark("Deleted by {sender}, changed by {other}"),
    ConflictKind.EDIT_VS_DELETE: mark("Changed by {sender}, deleted by {other}"),
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
            return cls(tr("My value"), tr("Value {of_other}", of_other=of_other(dispute.conflict)))
        sender, other = persons(dispute.conflict)
        return cls(tr("Value sent by {person}", person=sender), tr("Value in place ({person})", person=other))


def persons(conflict: Conflict) -> tuple[str, str]:
    """Return who sent the value that was not taken, and who wrote the one that the shared database holds."""
    unknown = tr("somebody else")
    return conflict.raised_by or unknown, conflict.theirs_by or unknown


def of_other(conflict: Conflict) -> str:
    """Return “of” with who wrote the value that the shared database holds, or with the database itself."""
    return of_person(conflict.theirs_by, language()) if conflict.theirs_by else tr("of the shared database")


def place_titles(dispute: Dispute) -> tuple[str, str]:
    """Return whose the two places of a contradiction are."""
    if not dispute.is_mine:
        return persons(dispute.conflict)
    return tr("My place"), tr("Place {of_other}", of_other=of_other(dispute.conflict))


def record_text(layer: str, subject: Subject) -> str:
    """Return which record it is, as rich text."""
    title = catalogue.layer(layer).label.text(language())
    parts = [title if subject.name != title else "", subject.site if subject.site != subject.name else ""]
    rest = " – ".join(escape(part) for part in (*parts, subject.commune) if part)
    return f"<b>{escape(subject.name)}</b>{' – ' if rest else ''}{rest}"


def what_text(dispute: Dispute, names: Sequence[str]) -> str:
    """Return what contradicts what, in a sentence; ``names`` are the columns that differ."""
    conflict = dispute.conflict
    sender, other = persons(conflict)
    what = quoted_titles(conflict.layer, names, language())
    told = tr(_KINDS[conflict.kind, dispute.is_mine], sender=sender, other=other, what=what)
    return told if conflict.raised_by else told[:1].upper() + told[1:]


def summary_text(dispute: Dispute) -> str:
    """Return what contradicts what, in a few words."""
    conflict = dispute.conflict
    sender, other = persons(conflict)
    you = tr("you") if dispute.is_mine else sender
    what = quoted_titles(conflict.layer, differing(conflict), language())
    return tr(_SUMMARIES[conflict.kind], sender=you, other=other, what=what)


def differing(conflict: Conflict) -> list[str]:
    """Return the columns of which the two values that the shared database knows differ."""
    return [name for name in conflict.mine if conflict.mine.get(name) != conflict.theirs.get(name)]


def who_text(dispute: Dispute) -> str:
    """Return who wrote each side, and when."""
    conflict = dispute.conflict
    sender, other = persons(conflict)
    mine = _written(
        mark("{person}, proposed on {instant}"), tr("you") if dispute.is_mine else sender, conflict.raised_at
    )
    theirs = _written(mark("{person}, written in the shared database on {instant}"), other, conflict.theirs_at)
    is_named = bool(conflict.raised_by) and not dispute.is_mine
    return "\n".join((mine if is_named else _capital(mine), theirs if conflict.theirs_by else _capital(theirs)))


def choice_texts(dispute: Dispute, rows: tuple[Row, ...], names: Names) -> tuple[str, str]:
    """Return the two choices with their keys; a lone short value is told in them, and the letter of a place."""
    texts = _choices(dispute, rows, names)
    place = next((row for row in rows if row.name == GEOMETRY), None)
    if place is None:
        return texts
    mine, theirs = (
        text if value is None else f"{sign.letter} – {text}"
        for text, value, sign in zip(texts, (place.mine, place.theirs), (MINE, THEIRS), strict=True)
    )
    return mine, theirs


def _choices(dispute: Dispute, rows: tuple[Row, ...], names: Names) -> tuple[str, str]:
    conflict = dispute.conflict
    sender, other = (_plain_key(person) for person in persons(conflict))
    special = _CHOICES.get((conflict.kind, dispute.is_mine))
    if special is not None and not rows and conflict.kind is ConflictKind.DELETE_VS_EDIT:
        return tr(special[0], sender=sender), tr("&Keep it")
    if special is not None:
        return tr(special[0], sender=sender), tr(special[1], other=other, of_other=_plain_key(of_other(conflict)))
    if dispute.is_mine:
        titles = tr("&My value"), tr("Va&lue {of_other}", of_other=_plain_key(of_other(conflict)))
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


def companions_text(count: int, subject: Subject) -> str:
    """Return the offer to decide alike all that one deletion raised."""
    name = _plain_key(subject.site or subject.name)
    return tr("Apply to all {count} &records of “{name}”, deleted together", count=count, name=name)


def twins_text(count: int) -> str:
    """Return the offer to decide alike the other contradictions with the same values."""
    if count == 1:
        return tr("Apply to the &other contradiction with the same two values")
    return tr("Apply to the {count} &other contradictions with the same two values", count=count)


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


def _written(form: str, person: str, instant: str) -> str:
    """Return who wrote a side and when, as the shared database noted it; who alone where it does not know when."""
    if not instant:
        return person
    return tr(form, person=person, instant=instant_text(dt.datetime.fromisoformat(instant), language()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain_key(text: str) -> str:
    """Return a text whose ampersands are no keys."""
    return text.replace("&", "&&")
