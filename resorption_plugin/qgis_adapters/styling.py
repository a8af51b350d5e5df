"""Applies the styles of ``styles/*.qml`` and says in words what their classes mean."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCategorizedSymbolRenderer, QgsMapLayer, QgsVectorLayer

from .. import paths
from ..core.errors import WorkspaceError
from ..core.i18n import mark
from ..core.model import domains
from ..core.model.expressions import all_of, compare, equals, known
from ..core.model.fields import Choice, Domain, Label, Layer
from ..core.model.terms import quote_text
from ..core.water import access_rule

CLOSED = "closed_site"
"""The class of the sites that are no longer open, whatever their water was."""
_CLOSED_LABEL = Label("Closed site", "Site fermé")
_WATER = Label("Water: {answer}", "Eau : {answer}")


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
        _name_classes(renderer, declared.key, language)


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

_LISTS: dict[str, tuple[Domain, ...]] = {
    "water_point": (domains.WORKING_STATE, domains.LIFECYCLE),
    "finding": (domains.SEVERITY,),
    "street": (domains.ROAD_CLASS,),
}


def class_words(key: str) -> dict[str, Label]:
    """Return what people read for each class of a layer; a class of the style file is a code, never a text."""
    if key == "site":
        return {CLOSED: _CLOSED_LABEL, **{choice.code: _about_water(choice) for choice in domains.WATER_STATUS.choices}}
    return {choice.code: choice.label for domain in _LISTS.get(key, ()) for choice in domain.choices}


def _about_water(choice: Choice) -> Label:
    """Return “Water: no” for “No”: alone in the legend of sites, the platform's answer would say nothing."""
    return Label(
        *(form.format(answer=word.lower()) for form, word in zip(_texts(_WATER), _texts(choice.label), strict=True))
    )


def _texts(label: Label) -> tuple[str, str]:
    return label.en, label.fr


def _name_classes(renderer: QgsCategorizedSymbolRenderer, key: str, language: str) -> None:
    words = class_words(key)
    for index, category in enumerate(renderer.categories()):
        renderer.updateCategoryLabel(index, words[str(category.value())].text(language))
