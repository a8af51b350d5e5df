"""The one sheet of a text with separators (.csv): an export saved as text from a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ...ports import Feedback
from ..tabular import text_rows
from .grids import Raw
from .ods import EPOCH


@contextmanager
def opened_delimited(path: Path, feedback: Feedback) -> Iterator[list[DelimitedGrid]]:
    """Give the one sheet of a file. Raises ``ImportFileError``."""
    yield [DelimitedGrid(path, feedback)]


class DelimitedGrid:
    """A text with separators, as a sheet without links."""

    epoch: dt.datetime = EPOCH
    lines = 0

    def __init__(self, path: Path, feedback: Feedback) -> None:
        self.name = path.stem
        self._path = path
        self._feedback = feedback

    def rows(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        for line, cells in text_rows(self._path, self._feedback):
            yield line, [cell or None for cell in cells]

    def links(self, column: int) -> Mapping[int, str]:
        return {}

    def formula_links(self, column: int) -> Mapping[int, str]:
        return {}
