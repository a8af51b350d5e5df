"""What stands above the tabs of a form: QGIS makes it as the widget of the column ``uid``."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial

from qgis.core import QgsEditorWidgetSetup, QgsFeature, QgsFieldConstraints, QgsVectorLayer, QgsVectorLayerUtils
from qgis.gui import (
    QgsAttributeDialog,
    QgsAttributeForm,
    QgsEditorWidgetAutoConfPlugin,
    QgsEditorWidgetFactory,
    QgsEditorWidgetWrapper,
    QgsGui,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from ..core.model import catalogue
from ..core.model.fields import Layer
from ..qgis_adapters.layers import layer_key
from ..qgis_adapters.widgets import has_header
from .record_form import show_field


class Panel(QWidget):
    """The contents of a header."""

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Say what there is to say of the record that ``form`` shows."""


Panels = dict[str, Callable[[QWidget], Panel]]
"""Makes the panel of a layer's form, by layer key, inside a widget."""

_PANELS: Panels = {}
_WIDGET = "ResorptionFormHeader"
_SURE = 1000
"""More than any guess of QGIS's own, which score 10 or 20."""


def offer(panels: Panels) -> None:
    """Let forms show these panels from now on; QGIS learns of the widget once, until it closes."""
    _PANELS.update(panels)
    registry = QgsGui.editorWidgetRegistry()
    if _WIDGET not in registry.factories():
        factory, claim = _Factory(), _Claim()
        registry.registerWidget(_WIDGET, factory)
        registry.registerAutoConfPlugin(claim)
        # QGIS keeps pointers that do not hold the Python objects, which must outlive this module
        QgsGui.resorption_form_header = (factory, claim)  # type: ignore[attr-defined]


def withdraw() -> None:
    """Show no panel any more: QGIS cannot forget the widget, which stays empty."""
    _PANELS.clear()


class _Claim(QgsEditorWidgetAutoConfPlugin):
    """Gives the column ``uid`` its widget while there are panels: projects leave it to QGIS to find one."""

    def editorWidgetSetup(  # noqa: N802 - QGIS API
        self, layer: QgsVectorLayer, column: str
    ) -> tuple[QgsEditorWidgetSetup, int]:
        """Return the widget and how sure that is, 0 for any other column."""
        module = importlib.import_module(__name__)
        is_ours = column == "uid" and bool(module.shown_above(layer))
        return (QgsEditorWidgetSetup(_WIDGET, {}), _SURE) if is_ours else (QgsEditorWidgetSetup(), 0)


def shown_above(layer: QgsVectorLayer) -> bool:
    """Say whether the form of a layer has a header now."""
    key = layer_key(layer)
    return bool(_PANELS) and key is not None and has_header(catalogue.layer(key))


class _Factory(QgsEditorWidgetFactory):
    """Outlives the plugin: it looks its module up each time, so that a plugin loaded again is found."""

    def __init__(self) -> None:
        super().__init__("Résorption")

    def create(
        self, layer: QgsVectorLayer, index: int, editor: QWidget | None, parent: QWidget | None
    ) -> QgsEditorWidgetWrapper:
        wrapper: QgsEditorWidgetWrapper = importlib.import_module(__name__).FormHeader(layer, index, editor, parent)
        return wrapper

    def configWidget(self, layer: QgsVectorLayer, index: int, parent: QWidget | None) -> None:  # noqa: N802 - QGIS API
        """Offer nothing to configure."""


class FormHeader(QgsEditorWidgetWrapper):
    """Shows the panel of the layer; when a record is refused, turns to the field that has to be corrected."""

    def __init__(self, layer: QgsVectorLayer, index: int, editor: QWidget | None, parent: QWidget | None) -> None:
        super().__init__(layer, index, editor, parent)
        self._panel: Panel | None = None
        self._followed: QWidget | None = None

    def createWidget(self, parent: QWidget | None) -> QWidget:
        """Return the place of the panel."""
        return QWidget(parent)

    def initWidget(self, editor: QWidget) -> None:  # noqa: N802 - QGIS API
        """Put the panel in its place."""
        place = QVBoxLayout(editor)
        place.setContentsMargins(0, 0, 0, 0)
        make = _PANELS.get(layer_key(self.layer()) or "")
        if make is not None:
            self._panel = make(editor)
            place.addWidget(self._panel)

    def valid(self) -> bool:
        """Say that the widget is there."""
        return True

    def value(self) -> object:
        """Return the uid as it was given: nobody types it."""
        feature = self.formFeature()
        return feature["uid"] if feature.isValid() and feature.fields().indexOf("uid") >= 0 else QVariant()

    def setEnabled(self, enabled: bool) -> None:  # noqa: FBT001, N802 - QGIS API
        """Stay as it is: the column is read-only, the buttons are not."""

    def setFeature(self, feature: QgsFeature) -> None:  # noqa: N802 - QGIS API
        """Show the record at hand."""
        super().setFeature(feature)
        form = form_around(self.widget())
        if form is None or not feature.isValid():
            return
        self._follow(form)
        if self._panel is not None:
            self._panel.show_record(self.layer(), feature, form)

    def _follow(self, form: QgsAttributeForm) -> None:
        """Turn to the field that is refused whenever OK does not close the dialog."""
        window = form.window()
        if not isinstance(window, QgsAttributeDialog) or window is self._followed:
            return
        buttons = window.findChild(QDialogButtonBox)
        if buttons is None or window.attributeForm() is not form:
            return  # nothing to press, or the form of a related record inside that of another
        self._followed = window
        buttons.accepted.connect(partial(_turn_to_refused, window, form))


def form_around(widget: QWidget | None) -> QgsAttributeForm | None:
    """Return the form a widget is in."""
    while widget is not None:
        if widget.metaObject().className() == "QgsAttributeForm":
            return sip.cast(widget, QgsAttributeForm)
        widget = widget.parentWidget()
    return None


def refused_fields(form: QgsAttributeForm) -> list[str]:
    """Return the columns whose hard constraints refuse what the form holds, in the order of the tabs."""
    layer, feature = form.layer(), form.currentFormFeature()
    hard = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    refused = [
        layer.fields().at(index).name()
        for index in range(layer.fields().count())
        if not QgsVectorLayerUtils.validateAttribute(layer, feature, index, hard)[0]
    ]
    key = layer_key(layer)
    return in_tab_order(catalogue.layer(key), refused) if key else refused


def in_tab_order(declared: Layer, names: list[str]) -> list[str]:
    """Sort columns as the form shows them."""
    tabs = [group.key for group in declared.groups]
    shown = {
        field.name: (tabs.index(field.group), place) for place, field in enumerate(declared.fields) if not field.hidden
    }
    return sorted((name for name in names if name in shown), key=lambda name: shown[name])


def _turn_to_refused(window: QWidget, form: QgsAttributeForm) -> None:
    if sip.isdeleted(window) or not window.isVisible():
        return  # saved, and closed
    refused = refused_fields(form)
    if refused:
        show_field(form, refused[0])
