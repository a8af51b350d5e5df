"""The tabs, boxes and conditional rows of a form, in the order of the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

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
from ..core.model.fields import Field, Group, Layer, Relation
from .widgets import relation_id

_LONG_LABEL = 28
"""Labels longer than this many characters stand above their widget, so that the form stays narrow."""


class FormLayout:
    """Builds the layout of the form of one layer."""

    def __init__(self, layer: QgsVectorLayer, declared: Layer, language: str) -> None:
        self._layer = layer
        self._declared = declared
        self._language = language

    def apply(self, config: QgsEditFormConfig) -> None:
        """Write the layout into a form configuration."""
        config.clearTabs()
        config.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
        for group in self._declared.groups:
            if group.parent is None:
                config.addTab(self._container(group, Qgis.AttributeEditorContainerType.Tab))
        for field in self._declared.fields:
            index = self._layer.fields().indexOf(field.name)
            config.setReadOnly(index, field.read_only)
            config.setLabelOnTop(index, len(field.label.text(self._language)) > _LONG_LABEL)

    def _container(self, group: Group, kind: Qgis.AttributeEditorContainerType) -> QgsAttributeEditorContainer:
        container = QgsAttributeEditorContainer(group.label.text(self._language), None)
        container.setType(kind)
        container.setColumnCount(1)
        show_when(container, group.visible_when)
        fields = [field for field in self._declared.fields if field.group == group.key and not field.hidden]
        for condition, together in groupby(fields, key=lambda field: field.visible_when):
            target = self._row(container, condition) if condition else container
            for element in self._elements(together, target):
                target.addChildElement(element)
        for child in self._declared.groups:
            if child.parent == group.key:
                container.addChildElement(self._container(child, Qgis.AttributeEditorContainerType.GroupBox))
        for child_layer, relation in children(self._declared, group.key):
            container.addChildElement(self._children_list(child_layer, relation, container))
        return container

    def _row(self, parent: QgsAttributeEditorContainer, condition: Condition) -> QgsAttributeEditorContainer:
        """Return a box without title that appears when the condition is true."""
        row = QgsAttributeEditorContainer("", parent)
        row.setType(Qgis.AttributeEditorContainerType.GroupBox)
        row.setShowLabel(False)
        row.setColumnCount(1)
        show_when(row, condition)
        parent.addChildElement(row)
        return row

    def _elements(
        self, fields: Iterable[Field], parent: QgsAttributeEditorContainer
    ) -> Iterator[QgsAttributeEditorElement]:
        for field in fields:
            yield QgsAttributeEditorField(field.name, self._layer.fields().indexOf(field.name), parent)
            if field.help:
                hint = QgsAttributeEditorTextElement(f"{field.name}_help", parent)
                hint.setShowLabel(False)
                hint.setText(f"<small><i>{field.help.text(self._language)}</i></small>")
                yield hint

    def _children_list(
        self, child: Layer, relation: Relation, parent: QgsAttributeEditorContainer
    ) -> QgsAttributeEditorRelation:
        element = QgsAttributeEditorRelation(relation_id(child, relation.column), parent)
        element.setLabel(relation.label.text(self._language))
        element.setShowLabel(True)
        return element


def show_when(container: QgsAttributeEditorContainer, condition: Condition | None) -> None:
    """Hide a container while a condition is false or unknown."""
    if condition is None:
        return
    text = f"coalesce(({condition.qgis()}), false)"
    container.setVisibilityExpression(QgsOptionalExpression(QgsExpression(text)))


def children(parent: Layer, group: str) -> Iterator[tuple[Layer, Relation]]:
    """Yield the layers whose records are listed in a tab of the parent's form."""
    for layer in catalogue.layers():
        for relation in layer.relations:
            if relation.parent == parent.key and relation.group == group:
                yield layer, relation
