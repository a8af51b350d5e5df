"""Write the print templates of ``styles/`` from the measures of ``layout_sheets.py``.

Run ``python -m tools.build_layouts``: it writes ``committee_*.qpt`` and ``plain_*.qpt``.

An officer may change the templates in QGIS's layout manager instead; running this again writes them anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemMapOverview,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutObject,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsProperty,
    QgsReadWriteContext,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from tools.layout_sheets import SHEETS, Box, Sheet

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ["Marianne", "Arial", "Liberation Sans", "DejaVu Sans"]
INK, QUIET, LINE, PAPER, TINT = "#1e1e1e", "#555555", "#b5b5b5", "#ffffff", "#f4f5f7"
ACCENT = "#1f3a5f"

PLACEHOLDERS = {
    "resorption_title": "Titre",
    "resorption_subtitle": "Territoire et date des données",
    "resorption_sources": "Sources",
    "resorption_audience": "Destinataires",
    "resorption_definitions_title": "Définitions",
    "resorption_definitions": "",
    "resorption_logo": "",
    "resorption_inset_title": "",
    **{f"resorption_figure_{n}": "–" for n in (1, 2, 3, 4)},
    **{f"resorption_caption_{n}": "" for n in (1, 2, 3, 4)},
}


def text_format(size: float, color: str = INK, *, bold: bool = False) -> QgsTextFormat:
    """Return a text format in the State's typeface, or the nearest one the machine has."""
    form = QgsTextFormat()
    font = form.font()
    font.setFamily(FAMILIES[0])
    font.setBold(bold)
    form.setFont(font)
    form.setFamilies(FAMILIES)
    form.setForcedBold(bold)
    form.setSize(size)
    form.setSizeUnit(Qgis.RenderUnit.Points)
    form.setColor(QColor(color))
    return form


def put(layout: QgsPrintLayout, item: QgsLayoutItem, name: str, box: Box) -> None:
    """Add an item at its place under its id."""
    layout.addLayoutItem(item)
    item.setId(name)
    item.attemptMove(QgsLayoutPoint(box[0], box[1]))
    item.attemptResize(QgsLayoutSize(box[2], box[3]))


def label(
    layout: QgsPrintLayout, name: str, box: Box, form: QgsTextFormat, text: str | None = None
) -> QgsLayoutItemLabel:
    """Add a label that shows the layout variable of its name."""
    item = QgsLayoutItemLabel(layout)
    item.setText(text or f"[% @resorption_{name} %]")
    item.setTextFormat(form)
    item.setMarginX(0)
    item.setMarginY(0)
    put(layout, item, name, box)
    return item


def rectangle(layout: QgsPrintLayout, name: str, box: Box, fill: str, stroke: str | None) -> None:
    """Add a filled rectangle behind what follows."""
    shape = QgsLayoutItemShape(layout)
    shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    symbol = QgsFillSymbol.createSimple(
        {
            "color": fill,
            "outline_color": stroke or fill,
            "outline_width": "0.15",
            "outline_style": "solid" if stroke else "no",
        }
    )
    shape.setSymbol(symbol)
    put(layout, shape, name, box)


def figures(layout: QgsPrintLayout, sheet: Sheet) -> None:
    """Add the four key figures."""
    left, top, width, height = sheet.boxes["figures"]
    columns = sheet.figure_columns
    gap = 3.0
    cell_w = (width - gap * (columns - 1)) / columns
    rows = 4 // columns
    cell_h = (height - gap * (rows - 1)) / rows
    for number in range(4):
        row, column = divmod(number, columns)
        x, y = left + column * (cell_w + gap), top + row * (cell_h + gap)
        rectangle(layout, f"figure_box_{number + 1}", (x, y, cell_w, cell_h), TINT, None)
        big = text_format(sheet.sizes["figure"], ACCENT, bold=True)
        small = text_format(sheet.sizes["caption"], INK)
        inner = cell_w - 5
        label(layout, f"figure_{number + 1}", (x + 2.5, y + 1.5, inner, 8.5), big)
        label(layout, f"caption_{number + 1}", (x + 2.5, y + 9.8, inner, cell_h - 10.1), small)


def maps(layout: QgsPrintLayout, sheet: Sheet) -> QgsLayoutItemMap:
    """Add the map and, where the sheet has one, the inset whose frame the map shows."""
    main = add_map(layout, sheet, "map")
    layout.setReferenceMap(main)
    if "inset" in sheet.boxes:
        overview = QgsLayoutItemMapOverview("inset", main)
        overview.setLinkedMap(add_map(layout, sheet, "inset"))
        frame = {"style": "no", "outline_color": ACCENT, "outline_width": "0.4"}
        overview.setFrameSymbol(QgsFillSymbol.createSimple(frame))
        main.overviews().addOverview(overview)
        heading = text_format(sheet.sizes["heading"], ACCENT, bold=True)
        label(layout, "inset_title", sheet.boxes["inset_title"], heading)
    return main


def add_map(layout: QgsPrintLayout, sheet: Sheet, name: str) -> QgsLayoutItemMap:
    """Add a map in its thin frame."""
    item = QgsLayoutItemMap(layout)
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor(LINE))
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2))
    item.setBackgroundColor(QColor(PAPER))
    put(layout, item, name, sheet.boxes[name])
    return item


def scale_bar(layout: QgsPrintLayout, sheet: Sheet, linked: QgsLayoutItemMap) -> None:
    """Add the scale bar; its unit length is set for each territory."""
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(linked)
    bar.setStyle("Single Box")
    bar.setUnits(Qgis.DistanceUnit.Kilometers)
    bar.setUnitLabel("km")
    bar.setUnitsPerSegment(10)
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setHeight(2)
    bar.setTextFormat(text_format(sheet.sizes["text"]))
    put(layout, bar, "scalebar", sheet.boxes["scalebar"])


def north_arrow(layout: QgsPrintLayout, sheet: Sheet, linked: QgsLayoutItemMap) -> None:
    """Add the north arrow, drawn from QGIS's own pictures and turned with the map."""
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath("arrows/NorthArrow_02.svg")
    arrow.setSvgFillColor(QColor(INK))
    arrow.setLinkedMap(linked)
    arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.GridNorth)
    put(layout, arrow, "north", sheet.boxes["north"])


def logo(layout: QgsPrintLayout, sheet: Sheet) -> None:
    """Add the place of a logo, empty and invisible until the variable ``resorption_logo`` names a picture."""
    picture = QgsLayoutItemPicture(layout)
    picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
    picture.setPictureAnchor(QgsLayoutItem.ReferencePoint.UpperRight)
    properties = picture.dataDefinedProperties()
    source = QgsLayoutObject.DataDefinedProperty.PictureSource
    properties.setProperty(source, QgsProperty.fromExpression("nullif(@resorption_logo, '')"))
    hidden = QgsLayoutObject.DataDefinedProperty.ExcludeFromExports
    properties.setProperty(hidden, QgsProperty.fromExpression("coalesce(@resorption_logo, '') = ''"))
    picture.setDataDefinedProperties(properties)
    put(layout, picture, "logo", sheet.boxes["logo"])


def legend(layout: QgsPrintLayout, sheet: Sheet, linked: QgsLayoutItemMap) -> None:
    """Add the legend, limited to what the map shows."""
    item = QgsLayoutItemLegend(layout)
    item.setLinkedMap(linked)
    item.setAutoUpdateModel(False)
    item.setResizeToContents(False)
    item.setLegendFilterByMapEnabled(True)
    item.setTitle("Légende")
    formats = {
        QgsLegendStyle.Style.Title: text_format(sheet.sizes["heading"], ACCENT, bold=True),
        QgsLegendStyle.Style.Group: text_format(sheet.sizes["text"] + 0.5, INK, bold=True),
        QgsLegendStyle.Style.Subgroup: text_format(sheet.sizes["text"] + 0.5, INK, bold=True),
        QgsLegendStyle.Style.SymbolLabel: text_format(sheet.sizes["text"]),
    }
    for part, form in formats.items():
        style = item.style(part)
        style.setTextFormat(form)
        item.setStyle(part, style)
    item.rstyle(QgsLegendStyle.Style.Subgroup).setMargin(QgsLegendStyle.Side.Top, 1.6)
    item.rstyle(QgsLegendStyle.Style.Symbol).setMargin(QgsLegendStyle.Side.Top, 0.9)
    item.rstyle(QgsLegendStyle.Style.Title).setMargin(QgsLegendStyle.Side.Bottom, 1)
    item.setBoxSpace(0)
    item.setSymbolWidth(5)
    item.setSymbolHeight(3)
    put(layout, item, "legend", sheet.boxes["legend"])


def table(layout: QgsPrintLayout, sheet: Sheet, name: str) -> None:
    """Add a table of sites and people."""
    rows = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(rows)
    rows.setContentTextFormat(text_format(sheet.sizes["table"]))
    rows.setHeaderTextFormat(text_format(sheet.sizes["table"], ACCENT, bold=True))
    rows.setShowGrid(True)
    rows.setVerticalGrid(False)
    rows.setGridColor(QColor(LINE))
    rows.setGridStrokeWidth(0.15)
    rows.setCellMargin(0.8)
    rows.setIncludeTableHeader(True)
    rows.setHeaderHAlignment(QgsLayoutTable.HeaderHAlignment.FollowColumn)
    rows.setBackgroundColor(QColor(255, 255, 255, 0))
    rows.setEmptyTableBehavior(QgsLayoutTable.EmptyTableMode.HideTable)
    frame = QgsLayoutFrame(layout, rows)
    left, top, width, height = sheet.boxes[name]
    frame.attemptMove(QgsLayoutPoint(left, top))
    frame.attemptResize(QgsLayoutSize(width, height))
    frame.setId(name)
    frame.setHideBackgroundIfEmpty(True)
    rows.addFrame(frame)


def build(sheet: Sheet) -> Path:
    """Write one template and return its path."""
    project = QgsProject()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(sheet.name)
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*sheet.page))
    layout.setUnits(Qgis.LayoutUnit.Millimeters)
    for name, value in PLACEHOLDERS.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, name, value)
    main = maps(layout, sheet)
    label(layout, "title", sheet.boxes["title"], text_format(sheet.sizes["title"], ACCENT, bold=True))
    label(layout, "subtitle", sheet.boxes["subtitle"], text_format(sheet.sizes["subtitle"], QUIET))
    rectangle(layout, "rule", sheet.boxes["rule"], ACCENT, None)
    logo(layout, sheet)
    figures(layout, sheet)
    table(layout, sheet, "status_table")
    table(layout, sheet, "reach_table")
    scale_bar(layout, sheet, main)
    north_arrow(layout, sheet, main)
    legend(layout, sheet, main)
    heading = text_format(sheet.sizes["heading"], ACCENT, bold=True)
    label(layout, "definitions_title", sheet.boxes["definitions_title"], heading)
    label(layout, "definitions", sheet.boxes["definitions"], text_format(sheet.sizes["text"]))
    small = text_format(sheet.sizes["note"], QUIET)
    label(layout, "sources", sheet.boxes["sources"], small)
    audience = label(layout, "audience", sheet.boxes["audience"], small)
    audience.setHAlign(Qt.AlignmentFlag.AlignRight)
    path = ROOT / "styles" / f"{sheet.name}.qpt"
    if not layout.saveAsTemplate(str(path), QgsReadWriteContext()):
        sys.exit(f"{path} cannot be written")
    return path


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    for each in SHEETS:
        print(build(each))
    application.exitQgis()
