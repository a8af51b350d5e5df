"""The figures of a workspace written as a table, at the level of detail of an audience, and logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import ExportFileError
from ..core.exchange.texts import text, write_csv
from ..core.exchange.workbook import Cell, Sheet, Value, write_xlsx
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.indicators.places import LEVEL_LABELS, Level
from ..core.indicators.spec import UNIT_LABELS
from ..core.indicators.table import Line, lines
from ..core.ports import Feedback
from ..geopackage import shared_file
from .exports import logged_file
from .figure_source import FigureSource
from .translation import language, tr

SUFFIXES = (".csv", ".xlsx")
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class IndicatorOrder:
    """What is asked for."""

    workspace: Path
    level: Level
    audience: Audience
    output: Path
    day: dt.date


def export_indicators(order: IndicatorOrder, feedback: Feedback, now: dt.datetime) -> int:
    """Write the table, logged, and return the number of lines.

    Raises ``ResorptionError`` when it cannot be made; nothing is then written.
    """
    if order.output.suffix.lower() not in SUFFIXES:
        raise ExportFileError(
            mark("The file {path} must end in .csv or .xlsx."),
            path=order.output.name,
        )
    shared_file.refuse_workspace(order.output)
    source = FigureSource.read(order.workspace, now.astimezone().date(), feedback)
    found = lines(source.timeline(order.day), order.day, source.epsg, order.level, order.audience)
    rows = [_row(line, order.day) for line in found]
    title = tr("Figures: {level}", level=LEVEL_LABELS[order.level].text(language()))
    with logged_file(order.workspace, title, order.audience, order.output, now) as draft:
        draft.rows = len(rows)
        if draft.path.suffix.lower() == ".csv":
            write_csv(draft.path, _titles(), [[text(value) for value in row] for row in rows])
        else:
            sheet = Sheet(tr("Figures"), [_titles()], [[Cell(value) for value in row] for row in rows])
            write_xlsx(draft.path, [sheet])
    return len(rows)


def _titles() -> Sequence[str]:
    return (
        tr("Territory"),
        tr("Code"),
        tr("Section"),
        tr("Figure"),
        tr("Value"),
        tr("Unit"),
        tr("Share of those known"),
        tr("Unknown"),
        tr("Asked"),
        tr("Unknown part"),
        tr("Date"),
        tr("Definition"),
        tr("What is unknown"),
        tr("Formula"),
        tr("Identifier"),
    )


def _row(line: Line, day: dt.date) -> tuple[Value, ...]:
    declared, amount = line.indicator, line.amount
    said: tuple[Value, ...] = (tr("n. s."), None, None, None, None)
    if amount is not None:
        said = (amount.value, _rounded(amount.share), amount.unknown, amount.asked, _rounded(amount.unknown_share))
    value, share, unknown, asked, unknown_share = said
    return (
        line.place.name.text(language()),
        line.place.code,
        declared.section.value.text(language()),
        declared.name.text(language()),
        value,
        UNIT_LABELS[declared.unit].text(language()),
        share,
        unknown,
        asked,
        unknown_share,
        day,
        declared.definition.text(language()),
        declared.unknown.text(language()),
        declared.formula,
        declared.id,
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DECIMALS)
