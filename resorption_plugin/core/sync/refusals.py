"""Why a record or a decision is not taken, here or by the shared database: what, where, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import ResorptionError
from ..i18n import mark
from ..model import catalogue
from ..model.fields import Label, Layer
from ..wording import PLACE, field_title, value_text
from .travelling import GEOMETRY

_WORDS: Mapping[str, str] = {
    "outside_area": mark(
        "By its commune, or that of its site, it is, or was, in an area where you do not write. Correct the commune or "
        "the place, or ask the administrator to widen your areas."
    ),
    "missing_right": mark("It needs a right that you do not have. Ask the administrator for it."),
    "read_only": mark("Your role only reads. Ask the administrator for another one."),
    "unknown_conflict": mark(
        "The contradiction is not to be settled any more, or not by you: its record may have gone to another area. "
        "Synchronise to see how it stands."
    ),
    "unknown_layer": mark(
        "The shared database does not know this kind of record: it is older than this plugin. Its administrator has to "
        "upgrade it; the record goes then."
    ),
}
_OF_A_FIELD: Mapping[str, str] = {
    "unknown_column": mark(
        "The shared database does not know the field “{field}”: it is older than this plugin. Its administrator has to "
        "upgrade it; the record goes then."
    ),
    "wrong_value": mark("The value of “{field}” is not one that the shared database takes. Correct it in the form."),
    "required": mark("“{field}” is required in the shared database. Fill it in."),
    "rule": mark("{rule} Correct the record in its form."),
    "double": mark(
        "Another record of the shared database already holds this value of “{field}”. Look for it after a "
        "synchronisation: enter another value, or give up the one of the two that is too much."
    ),
    "parent": mark(
        "The record that “{field}” points to is not in the shared database, or not any more. It goes once that one "
        "went; else choose another one."
    ),
    "needed": mark(
        "Other records of the shared database still belong to it ({child}). Synchronise, then delete them first."
    ),
}
_OTHER = mark(
    "The shared database refuses it for a reason that this plugin does not know ({reason}). Export the list and give "
    "it to the administrator."
)
_AGAINST_A_RULE = mark(
    "Someone else entered “{what}”, which cannot be taken beside what was entered here: {rule} Correct the record, "
    "then synchronise."
)
_NOT_TAKEN = mark(
    "Someone else entered “{what}”, which this workspace cannot take beside what was entered here. Look at the record, "
    "correct it, then synchronise."
)
_OLDER = mark("Older shared database")
_IN_SHORT: Mapping[str, str] = {
    "outside_area": mark("Outside your areas"),
    "missing_right": mark("A right is missing"),
    "read_only": mark("Your role only reads"),
    "unknown_layer": _OLDER,
    "unknown_column": _OLDER,
    "wrong_value": mark("A value is refused"),
}
_NOT_NULL, _FOREIGN_KEY, _UNIQUE, _CHECK, _DATA = "23502", "23503", "23505", "23514", "22"


def refusal(layer_key: str, code: str, reason: str) -> ResorptionError:
    """Return the sentence of what the server answered of an operation.

    ``code`` is its word or SQLSTATE; ``reason`` the column, or the constraint by its name in the table of the layer.
    """
    if code in _WORDS:
        return ResorptionError(_WORDS[code])
    layer = catalogue.layer(layer_key)
    if code == "unknown_column":
        return _of_field(code, _title(layer, reason) or Label(reason, reason))
    if code == "wrong_value" or code.startswith(_DATA):
        return _of_field("wrong_value", _title(layer, reason), code, reason)
    told = _CONSTRAINTS.get(code, _none)(layer, reason)
    return told or ResorptionError(_OTHER, reason=" ".join(filter(None, (code, reason))))


def in_short(code: str) -> str:
    """Return the same in a few words, to be translated; empty where the code tells too little."""
    return _IN_SHORT.get(code, "")


def incompatible(layer_key: str, held: Mapping[str, Any], theirs: Mapping[str, Any]) -> ResorptionError:
    """Return the sentence of what others wrote and cannot be taken beside what was edited here.

    ``held`` are the values of the record here, ``theirs`` those that cannot be taken.
    """
    layer = catalogue.layer(layer_key)
    told = {
        language: ", ".join(
            f"{field_title(layer_key, name, language)} = {value_text(layer_key, name, value, language)}"
            for name, value in theirs.items()
        )
        for language in ("en", "fr")
    }
    what, merged = Label(told["en"], told["fr"]), {**held, **theirs}
    broken = next((rule for rule in layer.rules if rule.hard and rule.condition.evaluate(merged) is False), None)
    if broken is None:
        return ResorptionError(_NOT_TAKEN, what=what)
    return ResorptionError(_AGAINST_A_RULE, what=what, rule=broken.message)


def _of_field(kind: str, field: Label | None, *told: str) -> ResorptionError:
    if field is None:
        return ResorptionError(_OTHER, reason=" ".join(filter(None, told)))
    return ResorptionError(_OF_A_FIELD[kind], field=field)


def _none(_layer: Layer, _reason: str) -> None:
    return None


def _required(layer: Layer, column: str) -> ResorptionError | None:
    title = _title(layer, column)
    return None if title is None else _of_field("required", title)


def _broken(layer: Layer, name: str) -> ResorptionError | None:
    """Return the sentence of a rule, or of the test of a column (``column_test``)."""
    rule = next((rule for rule in layer.rules if rule.name == name), None)
    if rule is not None:
        return ResorptionError(_OF_A_FIELD["rule"], rule=rule.message)
    title = _title(layer, name.rpartition("_")[0])
    return None if title is None else _of_field("wrong_value", title)


def _double(layer: Layer, name: str) -> ResorptionError | None:
    """Return the sentence of ``layer_column_…_key``, which names the columns that are unique together."""
    alone = [(field.name,) for field in layer.fields if field.unique]
    for columns in (*alone, *layer.unique_together):
        if name == "_".join((layer.key, *columns, "key")):
            return _of_field("double", layer.field(columns[-1]).label)
    return None


def _apart(layer: Layer, name: str) -> ResorptionError | None:
    """Return the sentence of ``layer_column_fkey``, of this layer or of one whose records belong to it."""
    for relation in layer.relations:
        if name == f"{layer.key}_{relation.column}_fkey":
            return _of_field("parent", layer.field(relation.column).label)
    children = [
        child.plural
        for child in catalogue.layers()
        for relation in child.relations
        if relation.parent == layer.key and name == f"{child.key}_{relation.column}_fkey"
    ]
    return ResorptionError(_OF_A_FIELD["needed"], child=children[0]) if children else None


_CONSTRAINTS: Mapping[str, Callable[[Layer, str], ResorptionError | None]] = {
    _NOT_NULL: _required,
    _CHECK: _broken,
    _UNIQUE: _double,
    _FOREIGN_KEY: _apart,
}


def _title(layer: Layer, column: str) -> Label | None:
    if column == GEOMETRY:
        return PLACE
    return next((field.label for field in layer.fields if field.name == column), None)
