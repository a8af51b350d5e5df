"""Which QGIS widget edits a field of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsEditorWidgetSetup, QgsValueMapFieldFormatter

from ..core.model.fields import Domain, Field, Kind, Label, Layer, Role
from ..core.wording import NO, YES

UNKNOWN, EMPTY = Label("Unknown", "Inconnu"), Label("Not filled in", "Non renseigné")
_PICTURE_FILES = Label("Pictures", "Images")
_PICTURES = "*.jpg *.jpeg *.png *.tif *.tiff *.webp"
_PICTURE_HEIGHT_PX = 260
_WORKSPACE_FOLDER = "file_path(decode_uri(@layer, 'path'))"

HEADER = QgsEditorWidgetSetup()
"""The header of a form stands at the ``uid``. A project names no widget of the plugin: QGIS 3.40 crashes on the form of
a project that names one it does not know. Where the plugin is there, it claims the column (``ui.form_header``)."""


@dataclass(frozen=True)
class FormContext:
    """What the widgets of a form need to know of the project."""

    language: str
    lists: Mapping[str, str] = field(default_factory=dict)
    """Id of the QGIS layer that holds a value list, by the list's name."""
    absent: frozenset[str] = frozenset()
    """Keys of the layers that the project does not have: no form lists their records."""


def relation_id(child: Layer, column: str) -> str:
    """Return the id of the QGIS relation of a reference."""
    return f"resorption_{child.key}_{column}"


def title(declared: Field, language: str) -> str:
    """Return the label of a field with its unit."""
    text = declared.label.text(language)
    return f"{text} ({declared.unit})" if declared.unit else text


def has_header(layer: Layer) -> bool:
    """Say whether the form of a layer has a header: every form in which people write."""
    return layer.role is Role.RECORD


def widget(layer: Layer, declared: Field, context: FormContext) -> QgsEditorWidgetSetup:
    """Return the widget of a field."""
    if declared.kind is Kind.UID and declared.name == "uid" and has_header(layer):
        return HEADER
    if declared.hidden:
        return QgsEditorWidgetSetup("Hidden", {})
    if any(relation.column == declared.name for relation in layer.relations):
        return _reference(layer, declared)
    if declared.domain:
        return _choices(declared.domain, context) if declared.kind is Kind.CHOICES else _list(declared, context)
    return _BY_KIND.get(declared.kind, _text)(declared, context)


def _value_map(pairs: Sequence[tuple[str, str]], empty: str | None) -> QgsEditorWidgetSetup:
    entries: list[Mapping[str, Any]] = [{text: code} for text, code in pairs]
    if empty is not None:
        entries.insert(0, {empty: QgsValueMapFieldFormatter.NULL_VALUE})
    return QgsEditorWidgetSetup("ValueMap", {"map": entries})


def _list(declared: Field, context: FormContext) -> QgsEditorWidgetSetup:
    """Offer the codes of a value list; an empty value has its own entry unless one is required."""
    choices = declared.domain.choices if declared.domain else ()
    pairs = [(choice.label.text(context.language), choice.code) for choice in choices]
    texts = {text for text, _ in pairs}
    unknown = UNKNOWN.text(context.language)
    empty = EMPTY.text(context.language) if unknown in texts else unknown
    return _value_map(pairs, None if declared.required else empty)


def _choices(domain: Domain, context: FormContext) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "ValueRelation",
        {
            "Layer": context.lists.get(domain.name, ""),
            "Key": "code",
            "Value": Label("label_en", "label_fr").text(context.language),
            "AllowMulti": True,
            "AllowNull": True,
            "OrderByValue": True,
            "NofColumns": 1,
        },
    )


def _yes_no(_declared: Field, context: FormContext) -> QgsEditorWidgetSetup:
    yes, no, unknown = (label.text(context.language) for label in (YES, NO, UNKNOWN))
    # texts: QGIS takes a real yes for its mark of an empty value
    return _value_map([(yes, "true"), (no, "false")], unknown)


def _text(declared: Field, _context: FormContext) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup("TextEdit", {"IsMultiline": declared.kind is Kind.LONG_TEXT})


def _day(_declared: Field, _context: FormContext) -> QgsEditorWidgetSetup:
    return _calendar("dd/MM/yyyy", "yyyy-MM-dd")


def _instant(_declared: Field, _context: FormContext) -> QgsEditorWidgetSetup:
    return _calendar("dd/MM/yyyy HH:mm", "yyyy-MM-ddTHH:mm:ss.zzzZ")


def _calendar(display: str, stored: str) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "DateTime",
        {
            "allow_null": True,
            "calendar_popup": True,
            "display_format": display,
            "field_format": stored,
            "field_format_overwrite": True,
            "field_iso_format": False,
        },
    )


def _number(declared: Field, _context: FormContext) -> QgsEditorWidgetSetup:
    whole = declared.kind is Kind.INTEGER
    return QgsEditorWidgetSetup(
        "Range",
        {
            "Style": "SpinBox",
            "AllowNull": True,
            "Min": declared.minimum if declared.minimum is not None else -2_147_483_647,
            "Max": declared.maximum if declared.maximum is not None else 2_147_483_647,
            "Step": 1,
            "Precision": 0 if whole else 1,
            "Suffix": f" {declared.unit}" if declared.unit else "",
        },
    )


def _picture(_declared: Field, context: FormContext) -> QgsEditorWidgetSetup:
    """Show a picture whose path is relative to the folder of the workspace, so that the folder can be moved or sent."""
    return QgsEditorWidgetSetup(
        "ExternalResource",
        {
            "FileWidget": True,
            "FileWidgetButton": False,
            "FileWidgetFilter": f"{_PICTURE_FILES.text(context.language)} ({_PICTURES})",
            "DocumentViewer": 1,
            "DocumentViewerHeight": _PICTURE_HEIGHT_PX,
            "RelativeStorage": 2,
            "PropertyCollection": {
                "name": "",
                "type": "collection",
                "properties": {"propertyRootPath": {"active": True, "expression": _WORKSPACE_FOLDER, "type": 3}},
            },
            "StorageMode": 0,
            "UseLink": True,
        },
    )


def _reference(layer: Layer, declared: Field) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "RelationReference",
        {
            "Relation": relation_id(layer, declared.name),
            "AllowNULL": not declared.required,
            "AllowAddFeatures": False,
            "MapIdentification": True,
            "OrderByValue": True,
            "ReadOnly": declared.read_only,
            "ShowForm": False,
            "ShowOpenFormButton": True,
        },
    )


_BY_KIND: dict[Kind, Callable[[Field, FormContext], QgsEditorWidgetSetup]] = {
    Kind.BOOLEAN: _yes_no,
    Kind.DATE: _day,
    Kind.DATETIME: _instant,
    Kind.INTEGER: _number,
    Kind.REAL: _number,
    Kind.FILE: _picture,
}
