"""The tabs, boxes and conditional rows of a form, in the order of the model."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape
from textwrap import wrap

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorElement,
    QgsAttributeEditorField,
    QgsAttributeEditorRelation,
    QgsAttributeEditorTextElement,
    QgsEditFormConfig,
    QgsExpression,
    QgsOptionalExpression,
    QgsVectorLayer,
)

from ..core.model import catalogue
from ..core.model.expressions import Condition
from ..core.model.fields import Field, Geometry, Group, Kind, Layer, Origin, Relation
from .widgets import FormContext, has_header, relation_id

_LONG_LABEL = 28
"""Labels longer than this many characters stand above their widget, so that the form stays narrow."""
_PLUGIN_IS_THERE = "coalesce(try(eval('resorption_commune(NULL, ''code'') IS NULL')), false)"
_LINE = 66
"""Characters in a line of the form."""


class FormLayout:
    """Builds the layout of the form of one layer."""

    def __init__(self, layer: QgsVectorLayer, declared: Layer, context: FormContext) -> None:
        self._layer = layer
        self._declared = declared
        self._language = context.language
        self._absent = context.absent

    def apply(self, config: QgsEditFormConfig) -> None:
        """Write the layout into a form configuration."""
        config.clearTabs()
        config.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
        if has_header(self._declared):
            config.addTab(self._header())
        for group in self._declared.groups:
            if group.parent is None:
                config.addTab(self._container(group, Qgis.AttributeEditorContainerType.Tab))
        for field in self._declared.fields:
            index = self._layer.fields().indexOf(field.name)
            config.setReadOnly(index, field.read_only)
            config.setLabelOnTop(index, self._label_is_on_top(field))

    def _header(self) -> QgsAttributeEditorContainer:
        """Return what stands above the tabs; it is not shown where the plugin is not there to fill it."""
        header = QgsAttributeEditorContainer("", None)
        header.setType(Qgis.AttributeEditorContainerType.Row)
        header.setShowLabel(False)
        header.setVisibilityExpression(QgsOptionalExpression(QgsExpression(_PLUGIN_IS_THERE)))
        editor = QgsAttributeEditorField("uid", self._layer.fields().indexOf("uid"), header)
        editor.setShowLabel(False)
        header.addChildElement(editor)
        return header

    def _label_is_on_top(self, field: Field) -> bool:
        """Say whether the label stands above: a conditional field is in a row of its own, out of line."""
        long = len(field.label.text(self._language)) > _LONG_LABEL
        return long or field.visible_when is not None or field.kind in (Kind.LONG_TEXT, Kind.FILE)

    def _container(self, group: Group, kind: Qgis.AttributeEditorContainerType) -> QgsAttributeEditorContainer:
        container = QgsAttributeEditorContainer(group.label.text(self._language), None)
        container.setType(kind)
        container.setColumnCount(1)
        show_when(container, group.visible_when)
        fields = [field for field in self._declared.fields if field.group == group.key and not field.hidden]
        for field in fields:
            for element in self._elements(field, container):
                container.addChildElement(element)
        for child in self._declared.groups:
            if child.parent == group.key:
                container.addChildElement(self._container(child, Qgis.AttributeEditorContainerType.GroupBox))
        for child_layer, relation in children(self._declared, group.key, self._absent):
            container.addChildElement(self._children_list(child_layer, relation, container))
        return container

    def _elements(self, field: Field, parent: QgsAttributeEditorContainer) -> Iterator[QgsAttributeEditorElement]:
        """Yield the question, the widget and the help of a field, each appearing when the field does."""
        question = field.label.text(self._language)
        editor = QgsAttributeEditorField(field.name, self._layer.fields().indexOf(field.name), parent)
        if len(question) > _LINE:
            editor.setShowLabel(False)
            yield _when(field.visible_when, _text(f"{field.name}_question", lines(question), parent))
        editor.setVerticalStretch(int(field.kind is Kind.LONG_TEXT))
        yield _when(field.visible_when, editor)
        if field.help:
            help_text = f"<small><i>{lines(field.help.text(self._language))}</i></small>"
            yield _when(field.visible_when, _text(f"{field.name}_help", help_text, parent))

    def _children_list(
        self, child: Layer, relation: Relation, parent: QgsAttributeEditorContainer
    ) -> QgsAttributeEditorRelation:
        element = QgsAttributeEditorRelation(relation_id(child, relation.column), parent)
        element.setLabel(relation.label.text(self._language))
        element.setShowLabel(True)
        element.setVerticalStretch(1)
        element.setRelationWidgetTypeId("relation_editor")
        other = linked(child, relation)
        if other is not None:
            element.setNmRelationId(relation_id(child, other.column))
        element.setRelationEditorConfiguration(_list_settings(child, other))
        return element


def linked(child: Layer, relation: Relation) -> Relation | None:
    """Return the other reference of a layer that only links two records; ``None`` when it says more than that."""
    references = {other.column for other in child.relations}
    says_more = any(field.origin is Origin.OFFICER and field.name not in references for field in child.fields)
    others = [other for other in child.relations if other is not relation]
    return others[0] if len(others) == 1 and not says_more else None


def _list_settings(child: Layer, other: Relation | None) -> dict[str, object]:
    """Return the buttons of a list of related records, as QGIS names them.

    Photos are added with the plugin's own command, which copies the file. A link is made to a record that is there, or
    to a new one.
    """
    buttons = ["SaveChildEdits", "DeleteChildFeature"]
    if not any(field.kind is Kind.FILE for field in child.fields):
        buttons.append("AddChildFeature")
    if other is not None:
        buttons += ["Link", "Unlink"]
    listed = catalogue.layer(other.parent) if other is not None else child
    if listed.geometry is not Geometry.NONE:
        buttons.append("ZoomToChildFeature")
    return {
        "buttons": "|".join(buttons),
        "show_first_feature": True,
        "allow_add_child_feature_with_no_geometry": listed.geometry is not Geometry.NONE
        and not listed.geometry_required,
    }


def _text(name: str, html: str, parent: QgsAttributeEditorContainer) -> QgsAttributeEditorTextElement:
    element = QgsAttributeEditorTextElement(name, parent)
    element.setShowLabel(False)
    element.setText(html)
    return element


def _when(condition: Condition | None, element: QgsAttributeEditorElement) -> QgsAttributeEditorElement:
    """Return the element, inside a row that appears when the condition is true where there is one."""
    if condition is None:
        return element
    row = QgsAttributeEditorContainer("", element.parent())
    row.setType(Qgis.AttributeEditorContainerType.Row)
    row.setShowLabel(False)
    show_when(row, condition)
    row.setVerticalStretch(element.verticalStretch())
    row.addChildElement(element)
    return row


def lines(text: str) -> str:
    """Return a text cut into lines, as HTML: the form's labels do not wrap by themselves."""
    kept = re.sub(r" ([?:;!»])", "\N{NO-BREAK SPACE}\\1", text)
    return "<br>".join(escape(line) for line in wrap(kept, _LINE))


def show_when(container: QgsAttributeEditorContainer, condition: Condition | None) -> None:
    """Hide a container while a condition is false or unknown."""
    if condition is None:
        return
    text = f"coalesce(({condition.qgis()}), false)"
    container.setVisibilityExpression(QgsOptionalExpression(QgsExpression(text)))


def children(parent: Layer, group: str, absent: Collection[str] = ()) -> Iterator[tuple[Layer, Relation]]:
    """Yield the layers whose records are listed in a tab of the parent's form, but for those ``absent``, by key."""
    for layer in catalogue.layers():
        for relation in layer.relations:
            if relation.parent == parent.key and relation.group == group and layer.key not in absent:
                yield layer, relation
