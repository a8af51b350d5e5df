"""Applies the styles of ``styles/*.qml`` and says in words what their classes mean."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCategorizedSymbolRenderer, QgsMapLayer, QgsVectorLayer

from .. import paths
from ..core.errors import WorkspaceError
from ..core.i18n import mark
from ..core.model import domains
from ..core.model.expressions import all_of, compare, equals, known, quote_text
from ..core.model.fields import Domain, Label, Layer
from ..core.water import access_rule

CLOSED = "closed_site"
"""The class of the sites that are no longer open, whatever their water was."""
_OTHER_LABELS = {CLOSED: Label("Closed site", "Site fermé"), "": Label("Other", "Autre")}


def apply_style(layer: QgsVectorLayer, declared: Layer, language: str) -> None:
    """Give a layer its symbols and labels, and the legend in ``language``.

    Raises ``WorkspaceError`` when the style of the plugin is missing or damaged.
    """
    path = paths.style(f"{declared.key}.qml")
    if not path.exists():
        return
    # the stubs take a union of flags for a number
    categories: Any = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling
    message, loaded = layer.loadNamedStyle(str(path), False, categories)
    if not loaded:
        raise WorkspaceError(
            mark("The style {path} of the plugin is damaged ({reason}). Install the plugin again."),
            path=path,
            reason=message,
        )
    renderer = layer.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        classes = CLASSES.get(declared.key)
        if classes:
            renderer.setClassAttribute(classes)
        _name_classes(renderer, language)


def site_class() -> str:
    """Return the expression that classes sites: the platform's water status, or closed."""
    closed = all_of(known("status"), compare("status", "<>", "open")).qgis()
    return f"CASE WHEN {closed} THEN {quote_text(CLOSED)} ELSE {access_rule.qgis_expression()} END"


def water_point_class() -> str:
    """Return the expression that classes water points: the recorded state of those that exist, else the situation."""
    existing = equals("lifecycle", "existing").qgis()
    return f'CASE WHEN {existing} THEN "working_state" ELSE "lifecycle" END'


CLASSES = {"site": site_class(), "water_point": water_point_class()}
"""Expressions that come from the rules of the core rather than from the style file."""

_LEGENDS: tuple[Domain, ...] = (
    domains.WATER_STATUS,
    domains.WORKING_STATE,
    domains.LIFECYCLE,
    domains.SEVERITY,
    domains.ROAD_CLASS,
)


def _name_classes(renderer: QgsCategorizedSymbolRenderer, language: str) -> None:
    """Label each class with the words of the value lists; a class of the style has a code, never a text."""
    codes = {str(category.value() or "") for category in renderer.categories()}
    words = {"": _OTHER_LABELS[""], CLOSED: _OTHER_LABELS[CLOSED]}
    for domain in _LEGENDS:
        if codes & set(domain.codes()) - {"unknown"}:
            words.update({choice.code: choice.label for choice in domain.choices if choice.code not in words})
    for index, category in enumerate(renderer.categories()):
        label = words.get(str(category.value() or ""))
        if label:
            renderer.updateCategoryLabel(index, label.text(language))
