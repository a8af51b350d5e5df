"""The line of titles of an export: where it is, which column is which, and what the file says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ..converters import day, fold
from . import words
from .column import Column, Listing
from .columns import COLUMNS
from .grids import Grid, Raw, plain_text

SEARCHED_LINES = 20
"""How far down a sheet its titles are looked for; the platform writes them in line 7."""

FEWEST_TITLES = 2
LINK_TITLE = "Lien"
"""The column in which the links of the addresses are written where cells cannot hold links."""

_AS_OF = re.compile(r"date du (\d{2}/\d{2}/\d{4})")
_OPEN_WORDS = ("existants", "en cours de resorption")


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a sheet says."""

    line: int
    titles: tuple[str, ...]
    """Every title of the line, known or not; an empty one is a column without title."""
    columns: Mapping[int, Column]
    """The known columns, by their position from 1."""
    exported_on: dt.date | None
    listing: Listing | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the titles that are none of the platform's, or that stand there a second time."""
        return tuple(
            title
            for position, title in enumerate(self.titles, start=1)
            if title and position not in self.columns and fold(title) != fold(LINK_TITLE)
        )

    def position(self, name: str) -> int | None:
        """Return the position of a column by its name."""
        return next((position for position, column in self.columns.items() if column.name == name), None)


def top_of(grid: Grid) -> list[tuple[int, Sequence[Raw]]]:
    """Return the first lines of a sheet."""
    return list(takewhile(lambda row: row[0] <= SEARCHED_LINES, grid.rows()))


def find_header(sheet: str, top: Iterable[tuple[int, Sequence[Raw]]]) -> Header | None:
    """Return the header of a sheet from its first lines, ``None`` when no line has known titles."""
    lines = [(line, [plain_text(cell).strip() for cell in cells]) for line, cells in top]
    best = max(lines, key=lambda line: _known_titles(line[1]), default=None)
    if best is None or _known_titles(best[1]) < FEWEST_TITLES:
        return None
    line, titles = best
    above = [cells for number, cells in lines if number < line]
    columns = _recognise(titles, _sections(above, len(titles)))
    banner = " ".join(cell for cells in above for cell in cells)
    return Header(line, tuple(titles), columns, _exported_on(banner), _listing(columns, fold(f"{sheet} {banner}")))


@lru_cache(maxsize=1)
def _by_title() -> dict[str, tuple[Column, ...]]:
    """Return the columns by folded title: those whose own title it is, else those of which it is an alias."""
    own: dict[str, list[Column]] = {}
    other: dict[str, list[Column]] = {}
    for column in COLUMNS:
        for title in {fold(column.title), fold(column.name)}:
            own.setdefault(title, []).append(column)
        for alias in column.aliases:
            other.setdefault(fold(alias), []).append(column)
    return {title: tuple(found) for title, found in (other | own).items()}


@lru_cache(maxsize=1)
def _section_names() -> dict[str, str]:
    names = {fold(column.section): column.section for column in COLUMNS}
    names |= {fold(alias): section for section, aliases in words.SECTIONS.items() for alias in aliases}
    return names


def _known_titles(cells: Iterable[str]) -> int:
    return len({fold(cell) for cell in cells} & _by_title().keys())


def _sections(above: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the section over each position, from the nearest line that names any (merged cells are blank but one)."""
    for cells in reversed(above):
        named = [_section_names().get(fold(cell), "") for cell in cells]
        if any(named):
            filled, current = [], ""
            for section in named + [""] * (width - len(named)):
                current = section or current
                filled.append(current)
            return filled
    return [""] * width


def _recognise(titles: Sequence[str], sections: Sequence[str]) -> dict[int, Column]:
    """Return the column at each position: first those that title and section make sure, then what is left of each."""
    folded = [fold(title) for title in titles]
    found: dict[int, Column] = {}
    for is_sure in (True, False):
        for position, title in enumerate(folded, start=1):
            if not title or position in found:
                continue
            taken = {column.name for column in found.values()}
            free = [column for column in _by_title().get(title, ()) if column.name not in taken]
            here = [column for column in free if column.section == sections[position - 1]]
            if is_sure and len(here) == 1:
                found[position] = here[0]
            elif not is_sure and free and (here or _is_told_by_order(title, folded, sections)):
                found[position] = (here or free)[0]
    return dict(sorted(found.items()))


def _is_told_by_order(title: str, titles: Sequence[str], sections: Sequence[str]) -> bool:
    """Say whether the next free column of a title must be meant, though no section says so."""
    known = _by_title()[title]
    if len({column.section for column in known}) == 1:
        return True
    if known[0].section == "Habitants" and "message" not in titles and titles.count(title) == 1:
        return True
    return not any(sections) and titles.count(title) == len(known)


def _exported_on(banner: str) -> dt.date | None:
    said = _AS_OF.search(banner)
    try:
        return day(said[1]) if said else None
    except ValueError:
        return None


def _listing(columns: Mapping[int, Column], banner: str) -> Listing | None:
    said = {column.presence.listing for column in columns.values()}
    if Listing.CLOSED in said:
        return Listing.CLOSED
    if Listing.OPEN in said or any(word in banner for word in _OPEN_WORDS):
        return Listing.OPEN
    return None
