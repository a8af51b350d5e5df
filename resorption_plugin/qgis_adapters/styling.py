"""Applies the styles of ``styles/*.qml`` and says in words what their classes mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsCategorizedSymbolRenderer, QgsMapLayer, QgsVectorLayer

from .. import paths
from ..core.errors import WorkspaceError
from ..core.i18n import mark
from ..core.model import domains
from ..core.model.action_rules import RUNNING
from ..core.model.expressions import all_of, compare, equals, known
from ..core.model.fields import Choice, Domain, Label
from ..core.model.terms import quote_name, quote_text
from ..core.water import access_rule

CLOSED = "closed_site"
"""The class of the sites that are no longer open, whatever their water was."""
_CLOSED_LABEL = Label("Closed site", "Site fermé")
NO_ALERT = "no_alert"
"""The class of the open sites without heat alert, on the map that asks where heat meets thirst."""
_NO_ALERT_LABEL = Label("No heat alert", "Sans alerte canicule")
_WATER = Label("Water: {answer}", "Eau : {answer}")
_HEAT = Label("Heat alert, water: {answer}", "Alerte canicule, eau : {answer}")
SITE_HEAT = "site_heat"
"""A second style of the sites (``styles/site_heat.qml``)."""
SITE_ACTION = "site_action"
"""A third one (``styles/site_action.qml``), whose classes read other layers of the project."""
BEING_CLEARED, WITH_ACTION, WITHOUT_ACTION = "being_cleared", "with_action", "without_action"
_ACTION_LABELS = {
    BEING_CLEARED: Label("Being cleared (one phase at least)", "En cours de résorption (une phase au moins)"),
    WITH_ACTION: Label("Action running", "Action en cours"),
    WITHOUT_ACTION: Label("No action running", "Aucune action en cours"),
    CLOSED: _CLOSED_LABEL,
}


def apply_style(layer: QgsVectorLayer, style: str, language: str, ids: Mapping[str, str] | None = None) -> None:
    """Give a layer the symbols and labels of ``styles/<style>.qml``, and the legend in ``language``.

    A layer's own style has the key of the layer; where there is none the layer is left as it is. ``ids`` are those of
    the layers of its project by their keys, for the styles that read other layers.

    Raises ``WorkspaceError`` when the style of the plugin is missing or damaged.
    """
    path = paths.style(f"{style}.qml")
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
        classes = site_action_class(ids or {}) if style == SITE_ACTION else CLASSES.get(style)
        if classes:
            renderer.setClassAttribute(classes)
        _name_classes(renderer, style, language)


_IS_CLOSED = all_of(known("status"), compare("status", "<>", "open")).qgis()


def site_class() -> str:
    """Return the expression that classes sites: the platform's water status, or closed."""
    return f"CASE WHEN {_IS_CLOSED} THEN {quote_text(CLOSED)} ELSE {access_rule.qgis_expression()} END"


def site_heat_class() -> str:
    """Return the expression that classes sites under heat alert by their water, and sets the others apart."""
    alert = equals("heatwave_status", True).qgis()
    return (
        f"CASE WHEN {_IS_CLOSED} THEN {quote_text(CLOSED)} WHEN {alert} THEN {access_rule.qgis_expression()} "
        f"ELSE {quote_text(NO_ALERT)} END"
    )


def site_action_class(ids: Mapping[str, str]) -> str:
    """Return the expression that classes sites by what is done on them; a phase of clearance outweighs an action.

    What the platform declares counts as well as the actions of the workspace.

    ``ids`` are those of the layers of the project by their keys. Each list is asked once for all sites: QGIS keeps
    what an aggregate gave as long as it does not depend on the feature at hand.
    """
    running = _listed(ids.get("action", ""), "uid", RUNNING.qgis())
    reached = _listed(ids.get("action_site", ""), "site_uid", f'array_contains({running}, "action_uid")')
    declared = equals("declared_has_action", True).qgis()
    cleared = _listed(ids.get("resorption_phase", ""), "site_uid", "true")
    return (
        f"CASE WHEN {_IS_CLOSED} THEN {quote_text(CLOSED)} "
        f'WHEN array_contains({cleared}, "uid") THEN {quote_text(BEING_CLEARED)} '
        f'WHEN array_contains({reached}, "uid") OR {declared} THEN {quote_text(WITH_ACTION)} '
        f"ELSE {quote_text(WITHOUT_ACTION)} END"
    )


def _listed(layer: str, column: str, condition: str) -> str:
    """Return the expression of the values of a column in the rows of a layer that fulfil a condition."""
    return f"aggregate({quote_text(layer)}, 'array_agg', {quote_name(column)}, {condition})"


def water_point_class() -> str:
    """Return the expression that classes water points: the recorded state of those that exist, else the situation."""
    existing = equals("lifecycle", "existing").qgis()
    return f'CASE WHEN {existing} THEN "working_state" ELSE "lifecycle" END'


CLASSES = {"site": site_class(), SITE_HEAT: site_heat_class(), "water_point": water_point_class()}
"""Expressions that come from the rules of the core rather than from the style file."""

_LISTS: dict[str, tuple[Domain, ...]] = {
    "water_point": (domains.WORKING_STATE, domains.LIFECYCLE),
    "finding": (domains.SEVERITY,),
    "street": (domains.ROAD_CLASS,),
    "what_if": (domains.SUPPOSED_CHANGE,),
}


_ABOUT_WATER = {"site": _WATER, SITE_HEAT: _HEAT}


def class_words(key: str) -> dict[str, Label]:
    """Return what people read for each class of a style; a class of the style file is a code, never a text."""
    if key == SITE_ACTION:
        return _ACTION_LABELS
    if key in _ABOUT_WATER:
        answers = {choice.code: _about_water(_ABOUT_WATER[key], choice) for choice in domains.WATER_STATUS.choices}
        return {CLOSED: _CLOSED_LABEL, NO_ALERT: _NO_ALERT_LABEL, **answers}
    return {choice.code: choice.label for domain in _LISTS.get(key, ()) for choice in domain.choices}


def _about_water(form: Label, choice: Choice) -> Label:
    """Return “Water: no” for “No”: alone in the legend of sites, the platform's answer would say nothing."""
    return Label(
        *(text.format(answer=word.lower()) for text, word in zip(_texts(form), _texts(choice.label), strict=True))
    )


def _texts(label: Label) -> tuple[str, str]:
    return label.en, label.fr


def _name_classes(renderer: QgsCategorizedSymbolRenderer, key: str, language: str) -> None:
    words = class_words(key)
    for index, category in enumerate(renderer.categories()):
        renderer.updateCategoryLabel(index, words[str(category.value())].text(language))
