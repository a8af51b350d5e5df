"""The return sheet: what has to be entered on the platform, in its titles and order, with the link of each site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ...history.changes import GEOMETRY, Change
from ...i18n import mark
from ..tabular import write_delimited
from ..workbook import Cell, Sheet, Value, write_xlsx
from .codecs import Day, Whole
from .column import ClosureValue, Column, Coordinate, ProcedureValue, Rows, SiteValue
from .columns import BY_NAME, COLUMNS
from .held import SITE
from .returning import Difference, Kind, Returned

ADDRESS = "https://resorption-bidonvilles.dihal.gouv.fr/site/{number}"
"""The page of a site on the platform."""

ERASED = mark("(to be erased)")

SUFFIXES = (".xlsx", ".csv")

Translate = Callable[[str], str]

LastChanges = dict[tuple[str, str, str | None], Change]
"""By layer, uid and field; ``None`` is the record as a whole."""

IMPORTED = "import: "
"""How the author of what an import wrote begins."""

_SHEETS = {
    Kind.UPDATE: mark("To update"),
    Kind.CREATE: mark("To create"),
    Kind.CLOSE: mark("To close"),
}
_IDENTITY = ("Département", "Commune", "Code INSEE", "Adresse", "Appellation du site")
_DETAIL = (
    mark("What to do"),
    mark("Commune"),
    mark("Site"),
    mark("Link"),
    mark("Section"),
    mark("Field"),
    mark("On the platform"),
    mark("In the workspace"),
    mark("Last changed on"),
    mark("Last changed by"),
)


def sheets(sites: Sequence[Returned], changes: LastChanges, translate: Translate) -> list[Sheet]:
    """Return a sheet for what has to be updated, created and closed, where there is any, then one with the details.

    On the first sheets, a cell is filled where something has to be entered, besides those that say which site it is.
    """
    ordered = sorted(sites, key=lambda each: (each.texts["Commune"], each.texts["Appellation du site"]))
    made = []
    for kind, name in _SHEETS.items():
        if chosen := [each for each in ordered if each.kind is kind]:
            made.append(_sheet(translate(name), chosen, translate))
    return [
        *made,
        Sheet(
            translate(mark("Details")), [[translate(title) for title in _DETAIL]], _detail(ordered, changes, translate)
        ),
    ]


def write(path: Path, sites: Sequence[Returned], changes: LastChanges, translate: Translate) -> None:
    """Write the sheets (.xlsx), or the details alone (.csv). Raises ``ExportFileError``."""
    made = sheets(sites, changes, translate)
    if path.suffix.lower() == ".xlsx":
        write_xlsx(path, made)
        return
    details = made[-1]
    write_delimited(path, details.titles[-1], ([_plain(cell) for cell in row] for row in details.rows))


def _sheet(name: str, sites: Sequence[Returned], translate: Translate) -> Sheet:
    changed = {difference.name for each in sites for difference in each.differences}
    columns = [column for column in COLUMNS if column.name in changed or column.name in _IDENTITY]
    rows = [[_cell(column, each, translate) for column in columns] for each in sites]
    sections = [f"{column.parent} – {column.section}" if column.parent else column.section for column in columns]
    above = [now if now != before else "" for now, before in zip(sections, ["", *sections], strict=False)]
    return Sheet(name, [above, [column.title for column in columns]], rows)


def _cell(column: Column, site: Returned, translate: Translate) -> Cell:
    link = _link(site) if column.name == "Adresse" else ""
    difference = next((each for each in site.differences if each.name == column.name), None)
    if difference is not None:
        value = _value(column, difference.after) if difference.after else translate(ERASED)
        return Cell(value, link, stands_out=site.kind is not Kind.CREATE)
    if column.name not in _IDENTITY:
        return Cell(None)
    return Cell(site.texts[column.name] or (translate(mark("(page of the site)")) if link else ""), link)


def _detail(sites: Iterable[Returned], changes: LastChanges, translate: Translate) -> list[list[Cell]]:
    return [
        [
            Cell(value, _link(each) if title == _DETAIL[3] else "")
            for title, value in _told(each, difference, changes, translate)
        ]
        for each in sites
        for difference in each.differences
    ]


def _told(
    site: Returned, difference: Difference, changes: LastChanges, translate: Translate
) -> list[tuple[str, Value]]:
    column = BY_NAME[difference.name]
    change = _last_change(site, column, changes)
    link = _link(site)
    return list(
        zip(
            _DETAIL,
            (
                translate(_SHEETS[site.kind]),
                site.texts["Commune"],
                site.texts["Appellation du site"] or site.texts["Adresse"],
                str(site.rb_id) if link else None,
                column.section,
                column.title,
                _value(column, difference.before) if difference.before else None,
                _value(column, difference.after) if difference.after else translate(ERASED),
                change.at.astimezone().date() if change else None,
                change.author if change else None,
            ),
            strict=True,
        )
    )


def _last_change(site: Returned, column: Column, changes: LastChanges) -> Change | None:
    """Return the last change, by a person, of what a column tells."""
    uid = site.held.site.uid
    match column.target:
        case SiteValue(name):
            return changes.get((SITE, uid, name)) or changes.get((SITE, uid, None))
        case Coordinate():
            return changes.get((SITE, uid, GEOMETRY)) or changes.get((SITE, uid, None))
        case Rows(layer):
            rows = site.held.children(layer)
        case ProcedureValue():
            rows = site.held.children("procedure")
        case ClosureValue():
            rows = site.held.children("closure")
        case _:
            rows = site.held.children("owner")
    found = [change for row in rows if (change := changes.get((row.layer, row.uid, None))) is not None]
    return max(found, key=lambda change: change.number, default=None)


def last_changes(changes: Iterable[Change]) -> LastChanges:
    """Return the last change that a person made of each field, and of each record under no field."""
    found: LastChanges = {}
    for change in sorted(changes, key=lambda each: each.number):
        if not (change.author or "").startswith(IMPORTED):
            found[change.layer, change.uid, change.field] = change
            found[change.layer, change.uid, None] = change
    return found


def _link(site: Returned) -> str:
    return "" if site.rb_id is None else ADDRESS.format(number=site.rb_id)


def _value(column: Column, text: str) -> Value:
    """Return a text of a column as the date or the number that it is."""
    codec = getattr(column.target, "codec", None)
    if not isinstance(codec, Day | Whole):
        return text
    try:
        value: Value = codec.read(text)
    except ValueError:
        return text
    return value


def _plain(cell: Cell) -> str:
    """Return a cell as the text of a CSV: links as they are, days as the platform writes them."""
    if cell.link:
        return cell.link
    return Day().write(cell.value) if isinstance(cell.value, dt.date) else "" if cell.value is None else str(cell.value)
