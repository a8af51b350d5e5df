"""Draws the curve of a figure as a picture, with matplotlib where there is one. Runs in tasks: no widget."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QImage

from ..core.indicators.overview import Curve
from ..core.indicators.spec import UNIT_LABELS, Amount, Drawn
from .translation import language, tr

_DOTS_PER_INCH = 100
_FEW_POINTS = 24
"""Up to so many points each one is marked."""


@dataclass(frozen=True, slots=True)
class Look:
    """Size in pixels of the screen, how many of them an ordinary pixel has, and colours as ``#rrggbb``."""

    width: int
    height: int
    ratio: float
    ground: str
    ink: str
    line: str
    faint: str


def can_draw() -> bool:
    """Say whether matplotlib is there, without loading it."""
    return importlib.util.find_spec("matplotlib") is not None


def drawn_value(curve: Curve, amount: Amount) -> float | None:
    """Return what the curve shows of an amount: its share in percent, or its value."""
    if curve.indicator.drawn is Drawn.SHARE:
        return None if amount.share is None else 100 * amount.share
    return amount.value


def draw(curve: Curve, look: Look) -> QImage:
    """Return the picture of a curve: what is known as a line, the unknown part as a dashed one below a percentage."""
    figure_type = importlib.import_module("matplotlib.figure").Figure
    canvas_type = importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg
    scale = _DOTS_PER_INCH * look.ratio
    figure = figure_type(figsize=(look.width / scale, look.height / scale), dpi=scale, facecolor=look.ground)
    figure.set_layout_engine("constrained")
    canvas = canvas_type(figure)
    _plot(figure.add_subplot(), curve, look)
    canvas.draw()
    buffer = bytes(canvas.buffer_rgba())
    width, height = (int(size) for size in canvas.get_width_height())
    picture = QImage(buffer, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    picture.setDevicePixelRatio(look.ratio)
    return picture


def _plot(axes: Any, curve: Curve, look: Look) -> None:
    days = [day for day, _ in curve.points]
    # a line is broken where nothing is known
    values = [drawn_value(curve, amount) for _, amount in curve.points]
    heights = [float("nan") if value is None else value for value in values]
    is_share = curve.indicator.drawn is Drawn.SHARE
    marker = "o" if len(days) <= _FEW_POINTS else ""
    axes.plot(days, heights, color=look.line, linewidth=2, marker=marker, markersize=4, label=tr("Known"))
    if is_share:
        unknown = [100 * amount.unknown_share for _, amount in curve.points]
        axes.plot(days, unknown, color=look.faint, linewidth=1.2, linestyle="--", label=tr("Unknown part"))
        axes.legend(fontsize=7, frameon=False, labelcolor=look.ink, loc="best")
    axes.set_ylim(0, 100 if is_share else _top(values))
    axes.set_ylabel("%" if is_share else UNIT_LABELS[curve.indicator.unit].text(language()), color=look.ink, fontsize=8)
    axes.set_xlim(*_around(days))
    _dress(axes, look)


def _top(values: list[float | None]) -> float:
    return 1.1 * max(filter(None, values), default=1)


def _around(days: list[dt.date]) -> tuple[dt.date, dt.date]:
    margin = dt.timedelta(days=max((days[-1] - days[0]).days // 40, 1))
    return days[0] - margin, days[-1] + margin


def _dress(axes: Any, look: Look) -> None:
    dates = importlib.import_module("matplotlib.dates")
    ticker = importlib.import_module("matplotlib.ticker")
    locator = dates.AutoDateLocator(minticks=2, maxticks=6)
    axes.xaxis.set_major_locator(locator)
    first, last = axes.get_xlim()
    pattern = "%Y" if last - first > 1500 else "%m/%Y"  # days
    axes.xaxis.set_major_formatter(dates.DateFormatter(pattern))
    axes.yaxis.set_major_locator(ticker.MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _position: QLocale().toString(round(value))))
    axes.set_facecolor(look.ground)
    axes.grid(axis="y", color=look.faint, alpha=0.35, linewidth=0.6)
    axes.tick_params(colors=look.ink, labelsize=8)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(look.faint)
