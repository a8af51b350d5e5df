"""Shows a record on the map, and opens its form at one field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTools,
)
from qgis.gui import QgsAttributeDialog, QgsAttributeEditorContext, QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import QScrollArea, QTabWidget, QWidget

from ..core.errors import ResorptionError
from ..core.finding_list import Box, ListedFinding
from ..core.i18n import mark
from ..core.model import catalogue
from ..qgis_adapters.layers import feature_of, find_layer

STORED = "EPSG:4326"

SURROUNDINGS = 1.5
"""How much wider than the geometry the map shows."""

LEAST_WIDTH_DEGREES = 0.012
"""About 1 km in France: a site is shown with the water around it."""

FORM_SIZE = QSize(1000, 720)
"""Wide enough for the tabs of a site, and for a list of related records beside the one at hand."""

_SCREEN_MARGIN = QSize(40, 60)
"""What the frame of a window and a bar of the desktop take."""


class RecordViewer:
    """Zooms to records and opens their forms."""

    def __init__(self, canvas: QgsMapCanvas, tools: QgsVectorLayerTools, window: QWidget) -> None:
        """Show records on ``canvas``; forms belong to ``window``."""
        self._canvas = canvas
        self._tools = tools
        self._window = window
        self._open: dict[int, tuple[QgsAttributeDialog, QgsFeature]] = {}
        # a list of related records that outlives its layer crashes QGIS (seen with 3.40) when it loads itself again
        QgsProject.instance().aboutToBeCleared.connect(self.close_forms)

    def stop(self) -> None:
        """Close what is open and follow the project no longer."""
        QgsProject.instance().aboutToBeCleared.disconnect(self.close_forms)
        self.close_forms()

    def close_forms(self) -> None:
        """Close the forms at once, before their layers go."""
        for dialog, _ in list(self._open.values()):
            dialog.close()
            sip.delete(dialog)

    def extent(self) -> Box | None:
        """Return what the map shows, in EPSG:4326."""
        shown = self._canvas.extent()
        if shown.isEmpty():
            return None
        box = self._transform(to_map=False).transformBoundingBox(shown)
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    def zoom(self, finding: ListedFinding) -> None:
        """Show a finding's place and flash it; nothing when it has none."""
        if finding.box is None or finding.record.geometry is None:
            return
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(finding.record.geometry))
        self._show(finding.box, geometry)

    def show(self, key: str, uid: str) -> None:
        """Show a record on the map, flash it and select it; it is only selected when it has no place."""
        layer, feature = self._find(key, uid)
        layer.selectByIds([feature.id()])
        geometry = feature.geometry()
        if not geometry.isEmpty():
            box = geometry.boundingBox()
            self._show((box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()), geometry)

    def show_shapes(self, shapes: Sequence[shapely.Geometry]) -> None:
        """Show places in EPSG:4326 on the map and flash them."""
        whole = shapely.union_all(shapes)
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(whole))
        self._show(whole.bounds, geometry)

    def open_form(self, finding: ListedFinding) -> QgsAttributeDialog:
        """Open the form of the record a finding is about, at the field in question, ready to be mended."""
        record = finding.record
        return self.open_record(record["target_layer"], record["target_uid"], record["target_field"])

    def open_record(self, key: str, uid: str, place: str | None = None) -> QgsAttributeDialog:
        """Open the form of a record, at a field when one is named."""
        layer, feature = self._find(key, uid)
        if not layer.isEditable() and not layer.readOnly():
            layer.startEditing()  # noqa: QGS201 - a layer that refuses opens its form to be read
        context = QgsAttributeEditorContext()
        context.setVectorLayerTools(self._tools)
        context.setMapCanvas(self._canvas)
        dialog = QgsAttributeDialog(layer, feature, False, self._window, True, context)
        self._open[id(dialog)] = (dialog, feature)  # the dialog only points to its feature
        dialog.destroyed.connect(partial(self._open.pop, id(dialog), None))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        give_room(dialog)
        if place:
            # the tabs settle in the next round of the event loop; the timer goes with the dialog
            settled = QTimer(dialog)
            settled.setSingleShot(True)
            settled.timeout.connect(partial(show_place, dialog, key, place))
            settled.start(0)
        return dialog

    def _show(self, box: Box, geometry: QgsGeometry) -> None:
        self._canvas.setExtent(self._transform(to_map=True).transformBoundingBox(_around(box)))
        self._canvas.refresh()
        self._canvas.flashGeometries([geometry], QgsCoordinateReferenceSystem(STORED))

    def _find(self, key: str, uid: str) -> tuple[QgsVectorLayer, QgsFeature]:
        if key not in {declared.key for declared in catalogue.layers()}:
            raise ResorptionError(mark("This finding is about the check itself, not about a record: see the log."))
        layer = find_layer(QgsProject.instance(), key)
        if layer is None:
            raise ResorptionError(
                mark("The layer {layer} is no longer in the project. Open the workspace again."), layer=key
            )
        feature = feature_of(layer, uid)
        if feature is None:
            raise ResorptionError(mark("This record has been deleted since. Run the checks again."))
        return layer, feature

    def _transform(self, *, to_map: bool) -> QgsCoordinateTransform:
        stored = QgsCoordinateReferenceSystem(STORED)
        shown = self._canvas.mapSettings().destinationCrs()
        ends = (stored, shown) if to_map else (shown, stored)
        return QgsCoordinateTransform(*ends, QgsProject.instance().transformContext())


def give_room(dialog: QWidget) -> None:
    """Make a form at least ``FORM_SIZE``, within the screen: QGIS opens it at half of that."""
    screen = dialog.screen().availableGeometry()
    size = dialog.size().expandedTo(FORM_SIZE.boundedTo(screen.size() - _SCREEN_MARGIN))
    dialog.resize(size)
    furthest = screen.bottomRight() - QPoint(size.width(), size.height())
    dialog.move(max(screen.left(), min(dialog.x(), furthest.x())), max(screen.top(), min(dialog.y(), furthest.y())))


def show_place(form: QWidget, layer_key: str, place: str) -> bool:
    """Turn to a field, or to the tab whose key ``place`` is; say whether there is one."""
    # a project keeps the language in which it was made
    titles = {
        title
        for group in catalogue.layer(layer_key).groups
        if group.key == place
        for title in (group.label.en, group.label.fr)
    }
    return show_field(form, place) or _show_tab(form, titles)


def _show_tab(form: QWidget, titles: Collection[str]) -> bool:
    for tabs in form.findChildren(QTabWidget):
        for index in range(tabs.count()):
            if tabs.tabText(index) in titles:
                tabs.setCurrentIndex(index)
                tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
                return True
    return False


def show_field(form: QWidget, field: str) -> bool:
    """Turn to the tab that holds a field's widget and put the keyboard there; say whether there is one."""
    widget = _editor(form, field)
    if widget is None:
        return False
    parent = widget.parentWidget()
    while parent is not None and parent is not form:
        if isinstance(parent, QTabWidget):
            _raise_tab(parent, widget)
        elif isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _editor(form: QWidget, field: str) -> QWidget | None:
    """Return the widget in which a field is typed: QGIS gives its name to it and to what surrounds it."""
    named = form.findChildren(QWidget, field)
    inside = [child for widget in named for child in widget.findChildren(QWidget)]
    return next((one for one in (*named, *inside) if one.focusPolicy() != Qt.FocusPolicy.NoFocus), None)


def _raise_tab(tabs: QTabWidget, widget: QWidget) -> None:
    for index in range(tabs.count()):
        page = tabs.widget(index)
        if page is not None and page.isAncestorOf(widget):
            tabs.setCurrentIndex(index)


def _around(box: Box) -> QgsRectangle:
    rectangle = QgsRectangle(*box)
    rectangle.scale(SURROUNDINGS)
    if rectangle.width() < LEAST_WIDTH_DEGREES and rectangle.height() < LEAST_WIDTH_DEGREES:
        rectangle.grow(LEAST_WIDTH_DEGREES / 2)
    return rectangle
