"""Tables of many lines: all as high as a text, so that Qt measures none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from qgis.PyQt.QtWidgets import QHeaderView, QTableView

C = TypeVar("C", bound=int)

_AROUND = 8
"""Pixels above and below the text of a line, together."""


def make_dense(table: QTableView, widths: Mapping[C, int]) -> None:
    """Give a table lines of one height and its columns their widths, in pixels; the last takes what is left."""
    table.horizontalHeader().setStretchLastSection(True)
    for column, width in widths.items():
        table.setColumnWidth(column, width)
    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + _AROUND)
