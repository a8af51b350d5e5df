"""What stands above the tabs of a form: QGIS makes it as the widget of the column ``uid``."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from qgis.core import NULL, QgsEditorWidgetSetup, QgsFeature, QgsFieldConstraints, QgsVectorLayer, QgsVectorLayerUtils
from qgis.gui import (
    QgsAttributeDialog,
    QgsAttributeForm,
    QgsEditorWidgetAutoConfPlugin,
    QgsEditorWidgetFactory,
    QgsEditorWidgetWrapper,
    QgsGui,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractScrollArea,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..core.model import catalogue
from ..core.model.fields import Layer
from ..qgis_adapters.layers import layer_key
from ..qgis_adapters.translation import tr
from ..qgis_adapters.widgets import has_header
from .record_form import give_room, show_field


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
    """Shows the panel of the layer; while QGIS refuses the record, a button goes to the field to correct."""

    def __init__(self, layer: QgsVectorLayer, index: int, editor: QWidget | None, parent: QWidget | None) -> None:
        super().__init__(layer, index, editor, parent)
        self._panel: Panel | None = None
        self._is_made = False
        self._is_followed = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._settle)

    def createWidget(self, parent: QWidget | None) -> QWidget:
        """Return the place of the panel."""
        return QWidget(parent)

    def initWidget(self, editor: QWidget) -> None:  # noqa: N802 - QGIS API
        """Put the panel in its place."""
        place = QVBoxLayout(editor)
        place.setContentsMargins(0, 0, 0, 0)
        self._mend = QPushButton("⚠ " + tr("Go to the &field to correct"), editor)
        self._mend.setObjectName("resorption_field_to_correct")
        self._mend.setToolTip(tr("OK waits until every field holds a value that its rule accepts"))
        self._mend.setAutoDefault(False)
        self._mend.clicked.connect(self._turn_to_refused)
        self._mend.hide()
        make = _PANELS.get(layer_key(self.layer()) or "")
        if make is not None:
            self._panel = make(editor)
            place.addWidget(self._panel)
        place.addWidget(self._mend)

    def valid(self) -> bool:
        """Say that the widget is there."""
        return True

    def value(self) -> object:
        """Return the uid as it was given: nobody types it."""
        feature = self.formFeature()
        return feature["uid"] if feature.isValid() and feature.fields().indexOf("uid") >= 0 else NULL

    def setEnabled(self, enabled: bool) -> None:  # noqa: FBT001, N802 - QGIS API
        """Stay as it is: the column is read-only, the buttons are not."""

    def setFeature(self, feature: QgsFeature) -> None:  # noqa: N802 - QGIS API
        """Show the record at hand."""
        super().setFeature(feature)
        form = form_around(self.widget())
        if form is None or not feature.isValid():
            return
        self._later.start()
        if self._panel is not None:
            self._panel.show_record(self.layer(), feature, form)

    def _settle(self) -> None:
        """Do what has to wait until QGIS has made the whole form."""
        form = form_around(self.widget())
        if form is None:
            return
        if not self._is_made:
            self._is_made = True
            free_the_keyboard(form)
        keep_low(self.widget(), form)
        dialog = dialog_of(form)
        if dialog is None or not _is_same(dialog.attributeForm(), form):
            return  # nothing to press, or the form of a related record inside that of another
        if not self._is_followed:
            self._is_followed = True
            give_room(dialog)
            form.widgetValueChanged.connect(lambda *_change: self._later.start())
        buttons = dialog.findChild(QDialogButtonBox)
        accept = buttons.button(QDialogButtonBox.StandardButton.Ok) if buttons is not None else None
        self._mend.setVisible(accept is not None and not accept.isEnabled() and self.layer().isEditable())

    def _turn_to_refused(self) -> None:
        """Go to the first field that keeps the record from being saved."""
        form = form_around(self.widget())
        refused = refused_fields(form) if form is not None else []
        if refused:
            show_field(form, refused[0])


def free_the_keyboard(form: QgsAttributeForm) -> None:
    """Let Tab leave every widget: QGIS's lists of choices and long texts keep it for themselves."""
    for area in form.findChildren(QAbstractScrollArea):  # one search for all: it looks at thousands of objects
        if isinstance(area, QTableView):
            area.setTabKeyNavigation(False)
        elif isinstance(area, (QPlainTextEdit, QTextEdit)):
            area.setTabChangesFocus(True)


def dialog_of(form: QgsAttributeForm) -> QgsAttributeDialog | None:
    """Return the dialog that shows a form; a form may also stand in an attribute table."""
    window = form.window()
    is_dialog = window is not None and window.metaObject().className() == "QgsAttributeDialog"
    return sip.cast(window, QgsAttributeDialog) if is_dialog else None


def _is_same(one: object, other: object) -> bool:
    """Say whether two Python objects are the same object of QGIS."""
    return bool(sip.unwrapinstance(one) == sip.unwrapinstance(other))


def keep_low(editor: QWidget, form: QgsAttributeForm) -> None:
    """Leave the height of the form to its tabs, and show no tick for a column that nobody types."""
    tabs = form.findChild(QTabWidget)
    widget = editor
    while widget is not None and widget is not form and not (tabs is not None and widget.isAncestorOf(tabs)):
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for tick in widget.findChildren(QLabel, "ConstraintStatus"):
            tick.hide()
        widget = widget.parentWidget()


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
