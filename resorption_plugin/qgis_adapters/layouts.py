"""Print templates of ``styles/``: loaded, filled with a page and layers, and exported to a file."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutTableColumn,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsTableCell,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from .. import paths
from ..core.errors import ResorptionError
from ..core.i18n import mark
from .map_page import Page, Table, TableRow
from .translation import tr

PDF_DPI = 300.0
PNG_DPI = 200.0
SUFFIXES = (".pdf", ".png", ".svg")

_MARGIN = 1.06
"""How much wider than its territory a map is."""

_STRIP = 0.07
"""Share of the map's height kept free below the territory for the scale bar and the north arrow."""

_SCALE_BAR_SHARE = 0.16
"""Share of the map's width that one of the two segments of the scale bar may take at most."""

_TABLE_COLUMNS = (0.04, 0.0, 0.11, 0.22, 0.14)
"""Widths as shares of the table's; 0 takes what is left."""

_FIRST_NUMBER = 2
"""Index of the first column that holds numbers."""


class Paper(StrEnum):
    """Papers that have a template."""

    A3 = "A3"
    A4 = "A4"


@dataclass(frozen=True, slots=True)
class Window:
    """What a map item shows: layers from top to bottom, and an extent in the page's metric system."""

    layers: Sequence[QgsMapLayer]
    extent: QgsRectangle


def load(project: QgsProject, paper: Paper, *, with_inset: bool) -> QgsPrintLayout:
    """Return the layout of a template; the project owns it."""
    path = paths.style(f"{'committee' if with_inset else 'plain'}_{paper.lower()}.qpt")
    document = QDomDocument()
    try:
        document.setContent(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ResorptionError(
            mark("The print template {path} is missing. Install the plugin again."), path=path
        ) from error
    layout = QgsPrintLayout(project)
    _, read = layout.loadFromTemplate(document, QgsReadWriteContext())
    if not read:
        raise ResorptionError(mark("The print template {path} is damaged. Install the plugin again."), path=path)
    layout.setName(path.stem)
    project.layoutManager().addLayout(layout)
    return layout


def fill(layout: QgsPrintLayout, page: Page, variables: Mapping[str, str]) -> None:
    """Write the words and figures of a page; ``variables`` are further layout variables."""
    for name, value in {**page.variables(), **variables}.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, name, value)
    _fill_table(layout, "status_table", page.declared)
    _fill_table(layout, "reach_table", page.measured)


def show(layout: QgsPrintLayout, main: Window, inset: Window | None, crs: QgsCoordinateReferenceSystem) -> None:
    """Show the territory and, where there is one, the inset."""
    _show(_map(layout, "map"), main, crs, _STRIP)
    _fit_scale_bar(layout)
    if inset is not None:
        _show(_map(layout, "inset"), inset, crs)


def set_legend(layout: QgsPrintLayout, layers: Sequence[QgsMapLayer], *, columns: int) -> None:
    """List these layers; several columns are for many symbols, which are limited to those the maps show."""
    legend = layout.itemById("legend")
    assert isinstance(legend, QgsLayoutItemLegend)  # noqa: S101 - the template is ours
    legend.setAutoUpdateModel(False)
    listed = legend.model().rootGroup()
    listed.removeAllChildren()
    for layer in layers:
        listed.addLayer(layer)
    legend.setTitle(tr("Legend"))
    legend.setColumnCount(columns)
    legend.setSplitLayer(False)
    legend.setEqualColumnWidth(False)
    # diagrams have no symbols to look for on the map
    legend.setLegendFilterByMapEnabled(columns > 1)
    inset = layout.itemById("inset")
    if isinstance(inset, QgsLayoutItemMap):
        legend.setLinkedMap(inset)
    legend.refresh()


def export(layout: QgsPrintLayout, path: Path, log: Callable[[], None]) -> None:
    """Write the page; the suffix of ``path`` chooses PDF (300 dpi), PNG (200 dpi) or SVG.

    The PDF holds no georeference and no attributes. ``log`` is called when all is drawn: when it fails, or the file
    cannot be written, ``path`` stays as it was and ``ResorptionError`` is raised.
    """
    check_destination(path)
    layout.refresh()
    try:
        with tempfile.TemporaryDirectory(prefix=".map-", dir=path.parent) as folder:
            written = Path(folder) / f"map{path.suffix.lower()}"
            if _write(QgsLayoutExporter(layout), written) != QgsLayoutExporter.ExportResult.Success:
                raise _cannot_write(path)
            log()
            written.replace(path)
    except OSError as error:
        raise _cannot_write(path) from error


def check_destination(path: Path) -> None:
    """Raise ``ResorptionError`` when no map can have this name, or there is no such folder."""
    if path.suffix.lower() not in SUFFIXES:
        raise ResorptionError(mark("The map {path} must end in .pdf, .png or .svg."), path=path)
    if not path.parent.is_dir():
        raise ResorptionError(
            mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent
        )


def _cannot_write(path: Path) -> ResorptionError:
    return ResorptionError(
        mark("The map cannot be written to {path}. Choose another folder, or close the program that shows the file."),
        path=path,
    )


def _write(exporter: QgsLayoutExporter, path: Path) -> QgsLayoutExporter.ExportResult:
    if path.suffix == ".pdf":
        pdf = QgsLayoutExporter.PdfExportSettings()
        pdf.dpi = PDF_DPI
        pdf.appendGeoreference = False
        pdf.writeGeoPdf = False
        pdf.includeGeoPdfFeatures = False
        pdf.exportMetadata = False
        pdf.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        return exporter.exportToPdf(str(path), pdf)
    if path.suffix == ".svg":
        svg = QgsLayoutExporter.SvgExportSettings()
        svg.exportMetadata = False
        svg.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        return exporter.exportToSvg(str(path), svg)
    image = QgsLayoutExporter.ImageExportSettings()
    image.dpi = PNG_DPI
    image.generateWorldFile = False
    image.exportMetadata = False
    return exporter.exportToImage(str(path), image)


def _map(layout: QgsPrintLayout, name: str) -> QgsLayoutItemMap:
    item = layout.itemById(name)
    assert isinstance(item, QgsLayoutItemMap)  # noqa: S101 - the template is ours
    return item


def _show(item: QgsLayoutItemMap, window: Window, crs: QgsCoordinateReferenceSystem, strip: float = 0.0) -> None:
    item.setCrs(crs)
    item.setFollowVisibilityPreset(False)
    item.setLayers(list(window.layers))
    item.setKeepLayerSet(True)
    item.setKeepLayerStyles(True)
    extent = QgsRectangle(window.extent)
    extent.scale(_MARGIN)
    extent.setYMinimum(extent.yMinimum() - extent.height() * strip)
    item.zoomToExtent(extent)


def _fit_scale_bar(layout: QgsPrintLayout) -> None:
    """Give the scale bar two segments of a round number of kilometres."""
    bar = layout.itemById("scalebar")
    assert isinstance(bar, QgsLayoutItemScaleBar)  # noqa: S101 - the template is ours
    longest = _map(layout, "map").extent().width() / 1000 * _SCALE_BAR_SHARE
    power = 10 ** math.floor(math.log10(longest))
    bar.setUnitsPerSegment(max(step * power for step in (1, 2, 5) if step * power <= longest))


def _fill_table(layout: QgsPrintLayout, name: str, content: Table) -> None:
    frame = layout.itemById(name)
    assert isinstance(frame, QgsLayoutFrame)  # noqa: S101 - the template is ours
    table = frame.multiFrame()
    assert isinstance(table, QgsLayoutItemManualTable)  # noqa: S101 - the template is ours
    strong = QgsTextFormat(table.contentTextFormat())
    strong.setForcedBold(True)
    margins = (2 * table.cellMargin() + table.gridStrokeWidth()) * len(_TABLE_COLUMNS)
    whole = frame.rect().width() - margins - 1
    widths = [whole * (share or 1 - sum(_TABLE_COLUMNS)) for share in _TABLE_COLUMNS]
    table.setHeaders([_column(text, index, widths[index]) for index, text in enumerate(content.header)])
    table.setIncludeTableHeader(True)
    table.setTableContents(
        [[_cell(text, column, row, strong) for column, text in enumerate(("", *row.texts))] for row in content.rows]
    )
    table.setColumnWidths(widths)
    table.refresh()


def _alignment(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column >= _FIRST_NUMBER else Qt.AlignmentFlag.AlignLeft


def _column(text: str, index: int, width: float) -> QgsLayoutTableColumn:
    column = QgsLayoutTableColumn(text)
    column.setHAlignment(_alignment(index))
    column.setWidth(width)
    return column


def _cell(text: str, column: int, row: TableRow, strong: QgsTextFormat) -> QgsTableCell:
    cell = QgsTableCell(text)
    cell.setHorizontalAlignment(_alignment(column))
    if row.is_total:
        cell.setTextFormat(strong)
    elif column == 0 and row.color:
        cell.setBackgroundColor(QColor(row.color))
    return cell
