"""A row of the export: texts by column to values of the model, and contents of a workspace to texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import shapely

from ...errors import TerritoryError
from ...i18n import mark
from ...territory import Territory
from ..rows import RowError
from .cells import CellReader, Note
from .codecs import Codec, clean
from .column import (
    ClosureValue,
    Column,
    Coordinate,
    KeptOnly,
    Listing,
    OwnerPart,
    PlaceName,
    ProcedureValue,
    Rows,
    SiteValue,
)
from .columns import BY_NAME, COLUMNS
from .composed import Owners, Values
from .contents import Contents

_OWNERS = Owners()


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A row understood.

    A blank cell says nothing: it is in ``texts`` (empty) and nowhere else. ``children`` has a layer only when the row
    has something for it; its rows are values by column, without ``site_uid``.
    """

    line: int
    rb_id: int | None
    """The number of the site, from the link of its address; also in ``site`` as ``rb_id``."""
    site: Mapping[str, Any]
    position: shapely.Point | None
    """In EPSG:4326."""
    children: Mapping[str, tuple[Values, ...]]
    texts: Mapping[str, str]
    """The cells by column name, for every column of the file, as ``write_row`` writes them: what comparisons and the
    base of the next import are made of. A cell that was not taken is there as it stood."""
    notes: tuple[Note, ...] = ()
    listing: Listing | None = None
    """Whether the file lists open or closed sites, where it says so."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The filled cells of columns that are none of the platform's, by their titles."""

    @property
    def contents(self) -> Contents:
        """Return what the row says of the site."""
        return Contents(self.site, self.position, self.children)

    @property
    def kept(self) -> dict[str, str]:
        """Return the filled cells that fill nothing in the workspace."""
        return {
            name: text
            for name, text in self.texts.items()
            if text and isinstance(BY_NAME[name].target, KeptOnly | PlaceName)
        }

    @property
    def is_first_form(self) -> bool:
        """Whether a status of living conditions is known while no answer is: the form before August 2022."""
        statuses = (self.site.get(name) for name in _conditions() if name.startswith("declared_"))
        has_answer = any(name in self.site for name in _conditions() if not name.startswith("declared_"))
        return not has_answer and any(status not in (None, "unknown") for status in statuses)


@lru_cache(maxsize=1)
def _conditions() -> tuple[str, ...]:
    """Return the columns of the site on living conditions: the statuses (``declared_…``) and the answers."""
    targets = (column.target for column in COLUMNS if column.section == "Conditions de vie")
    names = (target.column for target in targets if isinstance(target, SiteValue))
    return tuple(name for name in names if name != "heatwave_status")


def read_row(
    line: int, texts: Mapping[str, str], rb_id: int | None = None, listing: Listing | None = None
) -> PlatformRow:
    """Return what a row says; ``texts`` are its cells by column name, one for each column of the file.

    A text that is no value of its column is left out with a note. Raises ``RowError`` when a required one is (the
    cause of a closure), or when nothing says which site it is.
    """
    cells = CellReader(listing)
    for name, text in texts.items():
        cells.take(BY_NAME[name], clean(text))
    cells.take_owners()
    if rb_id is not None:
        cells.site["rb_id"] = rb_id
    elif cells.point() is None and not (cells.site.get("fk_city") and cells.site.get("name")):
        raise RowError(
            mark("Nothing says which site it is: no link to its page, no position, no INSEE code with a name.")
        )
    return PlatformRow(
        line,
        rb_id,
        cells.site,
        cells.point(),
        cells.filled_children(),
        cells.texts,
        tuple(cells.notes),
        listing,
    )


def write_row(
    contents: Contents, names: Iterable[str] | None = None, territory: Territory | None = None
) -> dict[str, str]:
    """Return the texts of a site by column name: all columns, or those named. Unknown is empty.

    Names of departments and intercommunal bodies need ``territory``. What only the platform knows is empty.
    """
    wanted: Collection[Column] = COLUMNS if names is None else [BY_NAME[name] for name in names]
    return {column.name: _written(column, contents, territory) for column in wanted}


def _written(column: Column, contents: Contents, territory: Territory | None) -> str:
    match column.target:
        case SiteValue(name, codec):
            value = contents.site.get(name)
            is_open = name == "status" and value == "open"
            written = "" if is_open else _text(codec, value)
        case Coordinate(axis, codec):
            written = _text(codec, getattr(contents.position, axis, None))
        case ProcedureValue(name, codec):
            written = _text(codec, _first(contents.children.get("procedure", ())).get(name))
        case ClosureValue(solution, name, codec):
            rows = (row for row in contents.children.get("closure", ()) if row["closing_solution"] == solution)
            written = _text(codec, _first(rows).get(name))
        case Rows(layer, rows_codec):
            written = rows_codec.write(contents.children.get(layer, ()))
        case OwnerPart(part):
            owners = [row for row in contents.children.get("owner", ()) if row.get("active", True)]
            written = _OWNERS.write_types(owners) if part == "fk_owner_type" else _OWNERS.write_names(owners)
        case PlaceName(part):
            written = _place_name(part, contents.site.get("fk_city"), territory)
        case _:
            written = ""
    return written


def _text(codec: Codec, value: Any) -> str:
    return "" if value is None else codec.write(value)


def _first(rows: Iterable[Values]) -> Values:
    return next(iter(rows), {})


def _place_name(part: str, code: str | None, territory: Territory | None) -> str:
    if territory is None or not code:
        return ""
    try:
        commune = territory.commune(code)
    except TerritoryError:
        return ""
    return commune.epci_name if part == "epci" else f"{commune.department.code} - {commune.department.name}"
