"""Turns a layer of the model into a QGIS form: titles, widgets, defaults, constraints, tabs."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsAttributeTableConfig,
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsFieldConstraints,
    QgsVectorLayer,
)

from ..core.model.fields import Field, Layer, Origin, Role, Rule
from .form_layout import FormLayout
from .widgets import FormContext, title, widget


def apply_form(layer: QgsVectorLayer, declared: Layer, context: FormContext) -> None:
    """Give a QGIS layer the form of its model, in the context's language.

    A relation used by the form may be added to the project before or after.
    """
    for field in declared.fields:
        apply_field(layer, declared, field, context)
    _hide(layer, "fid")
    config = layer.editFormConfig()
    FormLayout(layer, declared, context).apply(config)
    layer.setEditFormConfig(config)
    layer.setDisplayExpression(declared.display)
    _apply_table(layer, declared)
    layer.setReadOnly(declared.role is Role.REFERENCE)


def apply_field(layer: QgsVectorLayer, declared: Layer, field: Field, context: FormContext) -> None:
    """Give a column its title, widget, default and constraints."""
    index = layer.fields().indexOf(field.name)
    layer.setFieldAlias(index, title(field, context.language))
    layer.setEditorWidgetSetup(index, widget(declared, field, context))
    if field.default:
        layer.setDefaultValueDefinition(index, QgsDefaultValue(field.default.expression, field.default.on_update))
    _apply_copies(layer, index, field)
    _apply_constraints(layer, index, declared, field, context.language)


def _apply_copies(layer: QgsVectorLayer, index: int, field: Field) -> None:
    """Make sure that splitting or copying a shape makes a new record with an identity of its own."""
    if field.origin is Origin.SYSTEM or field.unique:
        split, copy = Qgis.FieldDomainSplitPolicy, Qgis.FieldDuplicatePolicy
        layer.setFieldSplitPolicy(index, split.DefaultValue if field.default else split.UnsetField)
        layer.setFieldDuplicatePolicy(index, copy.DefaultValue if field.default else copy.UnsetField)


def _apply_constraints(layer: QgsVectorLayer, index: int, declared: Layer, field: Field, language: str) -> None:
    strengths, kinds = QgsFieldConstraints.ConstraintStrength, QgsFieldConstraints.Constraint
    hard, soft = strengths.ConstraintStrengthHard, strengths.ConstraintStrengthSoft
    if field.required or field.expected:
        layer.setFieldConstraint(index, kinds.ConstraintNotNull, hard if field.required else soft)
    if field.unique:
        layer.setFieldConstraint(index, kinds.ConstraintUnique, hard)
    rules = [rule for rule in declared.rules if rule.field == field.name]
    if rules:
        strength = hard if any(rule.hard for rule in rules) else soft
        layer.setConstraintExpression(index, constraint_expression(rules), _message(rules, language))
        layer.setFieldConstraint(index, kinds.ConstraintExpression, strength)


def constraint_expression(rules: list[Rule]) -> str:
    """Return the expression of several rules; where it is unknown the form accepts, as the table does."""
    return " AND ".join(f"coalesce(({rule.condition.qgis()}), true)" for rule in _strictest(rules))


def _message(rules: list[Rule], language: str) -> str:
    return " ".join(dict.fromkeys(rule.message.text(language) for rule in _strictest(rules)))


def _strictest(rules: list[Rule]) -> list[Rule]:
    """Return the hard rules, or the soft ones when there is no hard one: QGIS has one strength for a field.

    A soft rule left out here is still a check.
    """
    return [rule for rule in rules if rule.hard] or rules


def _apply_table(layer: QgsVectorLayer, declared: Layer) -> None:
    """Keep identities out of the attribute table."""
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    hidden = {"fid", *(field.name for field in declared.fields if field.hidden)}
    for column in columns:
        column.hidden = column.hidden or column.name in hidden
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)


def _hide(layer: QgsVectorLayer, column: str) -> None:
    index = layer.fields().indexOf(column)
    if index >= 0:
        layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("Hidden", {}))
