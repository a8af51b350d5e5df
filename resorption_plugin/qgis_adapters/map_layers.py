"""Layers of the maps that may leave the services: built in memory from figures, without any position of a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsDiagramLayerSettings,
    QgsDiagramSettings,
    QgsFeature,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGeometry,
    QgsLinearlyInterpolatedDiagramRenderer,
    QgsMarkerSymbol,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsPieDiagram,
    QgsProperty,
    QgsRenderContext,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QColor

from ..core.indicators.water_access import Summary
from ..core.model import catalogue
from ..core.records import Record
from ..core.water.access_rule import WaterStatus
from .layers import open_layer
from .map_page import STATUS_COLORS, number
from .styling import apply_style
from .translation import language, tr

INK, LINE, PALE = "#1e1e1e", "#c9ccd1", "#fafafa"
FAMILIES = ["Marianne", "Arial", "Liberation Sans", "DejaVu Sans"]
LARGEST_PIE_MM = 15.0
SMALLEST_PIE_MM = 4.5
FEWEST_FOR_LARGEST = 6
"""A pie has its largest size from this number of sites on, or where there are the most."""
SLIVER = 1e-4
"""Square degrees, about 1 km²: below it a hole in a department is a fault of the simplified communes."""
INSET_EPCI = "resorption_inset_epci"
"""Layout variable: the intercommunality shown in the inset, whose labels stand there only."""
IN_INSET = f"coalesce(\"epci\", '') = coalesce(@{INSET_EPCI}, '-')"
EXACT_SYMBOLS = 0.6
"""Size of the symbols of sites and water points on paper, relative to the screen."""


def commune_limits(workspace: Path) -> QgsVectorLayer:
    """Return the outlines of the communes of a workspace."""
    communes = open_layer(workspace, "commune", "commune", tr("Commune"))
    communes.setRenderer(_outline(LINE, 0.12, fill=PALE))
    return communes


def exact_layer(workspace: Path, key: str) -> QgsVectorLayer:
    """Return a layer of the workspace in its own style, for the services."""
    declared = catalogue.layer(key)
    layer = open_layer(workspace, key, key, declared.plural.text(language()))
    apply_style(layer, declared.key, language())
    layer.setLabelsEnabled(False)
    _shrink(layer.renderer())
    if key == "site":
        placing = {QgsPalLayerSettings.Property.Show: f"(@map_id = 'inset') = ({IN_INSET})"}
        _label(layer, declared.display, 5.5, data_defined=placing)
    return layer


def _shrink(renderer: QgsFeatureRenderer) -> None:
    symbols = renderer.symbols(QgsRenderContext())
    for index, symbol in enumerate(symbols):
        if isinstance(symbol, QgsMarkerSymbol):
            smaller = symbol.clone()
            smaller.setSize(symbol.size() * EXACT_SYMBOLS)
            if isinstance(renderer, QgsCategorizedSymbolRenderer):
                renderer.updateCategorySymbol(index, smaller)


def department_limits(departments: Sequence[Record]) -> QgsVectorLayer:
    """Return the outlines of the departments."""
    layer = _departments(tr("Department"), departments, {})
    layer.setRenderer(_outline(INK, 0.45))
    return layer


@dataclass(frozen=True, slots=True)
class Group:
    """A commune, or the intercommunality of the inset as a whole: what one pie stands for."""

    name: str
    epci: str | None
    outline: shapely.Geometry
    summary: Summary
    is_whole: bool = False


def pie_layer(groups: Sequence[Group]) -> QgsVectorLayer:
    """Return one point for each group: a pie of the declared statuses, sized by the number of open sites.

    The point is inside the outline and depends on it alone. The map shows the intercommunality of the inset as one
    pie, the inset shows its communes.
    """
    columns = "&".join(f"field={status.value}:integer" for status in WaterStatus)
    uri = f"Point?crs=EPSG:4326&field=label:string&field=epci:string&field=whole:boolean&field=sites:integer&{columns}"
    layer = QgsVectorLayer(uri, tr("Sites by commune: declared access"), "memory")
    layer.dataProvider().addFeatures([_pie(layer, group) for group in groups])
    layer.updateExtents()
    layer.setRenderer(QgsNullSymbolRenderer())
    largest = max([FEWEST_FOR_LARGEST, *(group.summary.total.sites for group in groups)])
    shown = f'if(@map_id = \'inset\', {IN_INSET} and not "whole", "whole" or not {IN_INSET})'
    _draw_pies(layer, largest, shown)
    radius = f'max({SMALLEST_PIE_MM}, {LARGEST_PIE_MM} * sqrt("sites" / {largest}.0)) / 2 + 0.4'
    placing = {QgsPalLayerSettings.Property.Show: shown, QgsPalLayerSettings.Property.LabelDistance: radius}
    _label(layer, '"label"', 6.5, data_defined=placing)
    return layer


def department_layer(people: Mapping[str, int | None], departments: Sequence[Record]) -> QgsVectorLayer:
    """Return the departments with their number of people (by code, ``None`` = not shown), for the public."""
    counted = {
        department["code"]: tr("{count} people", count=number(people.get(department["code"], 0)))
        for department in departments
    }
    layer = _departments(tr("Department: people on its open sites"), departments, counted)
    layer.setRenderer(_outline(INK, 0.45, fill="#d6e3ee"))
    _label(layer, '"label"', 13, bold=True)
    return layer


def _departments(title: str, departments: Sequence[Record], counted: Mapping[str, str]) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326&field=label:string", title, "memory")
    features = []
    for department in departments:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(without_gaps(department.geometry).wkt))
        feature.setAttributes([f"{department['name']}\n{counted.get(department['code'], '')}"])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def without_gaps(outline: shapely.Geometry | None) -> shapely.MultiPolygon:
    """Return the outline without the slivers that the simplified communes leave between them."""
    polygons = [] if outline is None else shapely.get_parts(outline)
    return shapely.MultiPolygon(
        [
            shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > SLIVER])
            for part in polygons
            if part.area > SLIVER
        ]
    )


def _pie(layer: QgsVectorLayer, group: Group) -> QgsFeature:
    total = group.summary.total
    sites = tr("1 site") if total.sites == 1 else tr("{count} sites", count=number(total.sites))
    people = tr("not counted") if total.uncounted == total.sites else tr("{count} people", count=number(total.people))
    counts = [group.summary.of_status(status).sites for status in WaterStatus]
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(shapely.make_valid(group.outline).representative_point().wkt))
    feature.setAttributes([f"{group.name}\n{sites}, {people}", group.epci, group.is_whole, total.sites, *counts])
    return feature


def _draw_pies(layer: QgsVectorLayer, largest: int, shown: str) -> None:
    settings = QgsDiagramSettings()
    settings.categoryAttributes = [f'"{status.value}"' for status in STATUS_COLORS]
    settings.categoryColors = [QColor(color) for color in STATUS_COLORS.values()]
    settings.categoryLabels = [status.label(language()) for status in STATUS_COLORS]
    settings.penColor = QColor(INK)
    settings.penWidth = 0.18
    settings.lineSizeUnit = Qgis.RenderUnit.Millimeters
    settings.sizeType = Qgis.RenderUnit.Millimeters
    settings.scaleByArea = True
    settings.minimumSize = SMALLEST_PIE_MM
    settings.rotationOffset = 90
    renderer = QgsLinearlyInterpolatedDiagramRenderer()
    renderer.setDiagram(QgsPieDiagram())
    renderer.setDiagramSettings(settings)
    renderer.setClassificationField("sites")
    renderer.setLowerValue(0)
    renderer.setLowerSize(QSizeF(0, 0))
    renderer.setUpperValue(largest)
    renderer.setUpperSize(QSizeF(LARGEST_PIE_MM, LARGEST_PIE_MM))
    renderer.setAttributeLegend(True)
    layer.setDiagramRenderer(renderer)
    placing = QgsDiagramLayerSettings()
    placing.setPlacement(QgsDiagramLayerSettings.Placement.OverPoint)
    placing.setShowAllDiagrams(True)
    properties = placing.dataDefinedProperties()
    properties.setProperty(QgsDiagramLayerSettings.Property.Show, QgsProperty.fromExpression(shown))
    placing.setDataDefinedProperties(properties)
    placing.setIsObstacle(True)
    layer.setDiagramLayerSettings(placing)


def _label(
    layer: QgsVectorLayer,
    expression: str,
    size: float,
    *,
    bold: bool = False,
    data_defined: Mapping[QgsPalLayerSettings.Property, str] | None = None,
) -> None:
    form = text_format(size, bold=bold)
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.setFormat(form)
    settings.multilineAlign = Qgis.LabelMultiLineAlignment.Center
    if layer.geometryType() == Qgis.GeometryType.Point:
        settings.placement = Qgis.LabelPlacement.AroundPoint
        settings.dist = 1.4
        settings.distUnits = Qgis.RenderUnit.Millimeters
    properties = settings.dataDefinedProperties()
    for part, formula in (data_defined or {}).items():
        properties.setProperty(part, QgsProperty.fromExpression(formula))
    settings.setDataDefinedProperties(properties)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def text_format(size: float, *, bold: bool = False) -> QgsTextFormat:
    """Return the format of a label on the map: dark, with a thin white halo."""
    form = QgsTextFormat()
    font = form.font()
    font.setFamily(FAMILIES[0])
    font.setBold(bold)
    form.setFont(font)
    form.setFamilies(FAMILIES)
    form.setSize(size)
    form.setSizeUnit(Qgis.RenderUnit.Points)
    form.setColor(QColor(INK))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor("white"))
    form.setBuffer(halo)
    return form


def _outline(color: str, width: float, fill: str | None = None) -> QgsSingleSymbolRenderer:
    properties = {"outline_color": color, "outline_width": str(width), "style": "solid" if fill else "no"}
    return QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({**properties, "color": fill or "white"}))
