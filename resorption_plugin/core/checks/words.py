"""Words of the model in the details of a finding: kept as references, said in the reader's language.

A finding is stored once and read in two languages. Its details hold ``{"columns": "site", "of": ["built_at"]}``, not a
label: what is stored is JSON, and stays the same when a label is reworded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ..model import catalogue
from ..model.fields import Label, Rule
from ..wording import day_text

Words = dict[str, Any]
"""A reference to words, made of JSON values only."""

_SEPARATORS = {"fr": "\N{NO-BREAK SPACE}; "}
"""Labels hold commas."""


def columns(layer: str, names: Iterable[str]) -> Words:
    """Refer to the labels of columns (or tabs) of a layer."""
    return {"columns": layer, "of": list(names)}


def layer(key: str) -> Words:
    """Refer to the name of a record of a layer."""
    return {"layer": key}


def choices(domain: str, codes: Iterable[str]) -> Words:
    """Refer to the labels of entries of a value list of the model."""
    return {"choices": domain, "of": list(codes)}


def rules(of: Iterable[Rule], layer_key: str) -> Words:
    """Refer to the messages of rules of a layer."""
    return {"rules": layer_key, "of": [rule.name for rule in of]}


def day(date: dt.date) -> Words:
    """Refer to a day."""
    return {"day": date.isoformat()}


def label(text: Label) -> Words:
    """Keep a text that is no word of the model, in both languages."""
    return {"label": {"en": text.en, "fr": text.fr}}


def several(*parts: Words) -> Words:
    """Refer to several words, one after the other."""
    return {"several": list(parts)}


def said(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the values with every reference said in a language (``"fr"`` or English)."""
    return {name: in_words(value, language) for name, value in values.items()}


def in_words(value: Any, language: str) -> Any:
    """Return a reference said in a language; anything else as it is."""
    if not isinstance(value, Mapping):
        return value
    if "day" in value:
        return day_text(dt.date.fromisoformat(value["day"]), language)
    if "label" in value:
        return value["label"]["fr" if language == "fr" else "en"]
    if "several" in value:
        return _separator(language).join(in_words(part, language) for part in value["several"])
    labels = _labels(value)
    texts = [label.text(language).rstrip(".") if "rules" in value else label.text(language) for label in labels]
    return _separator(language).join(dict.fromkeys(texts))


def _separator(language: str) -> str:
    return _SEPARATORS.get(language, "; ")


def _labels(value: Mapping[str, Any]) -> list[Label]:
    if "layer" in value:
        return [catalogue.layer(value["layer"]).label]
    if "columns" in value:
        known = _column_labels(value["columns"])
    elif "rules" in value:
        known = {rule.name: rule.message for rule in catalogue.layer(value["rules"]).rules}
    else:
        known = _choice_labels(value["choices"])
    # what an older version named may be gone from the model: its code is still better than nothing
    return [known.get(name, Label(name, name)) for name in value["of"]]


@lru_cache(maxsize=64)
def _column_labels(key: str) -> dict[str, Label]:
    declared = catalogue.layer(key)
    return {group.key: group.label for group in declared.groups} | {
        field.name: field.label for field in declared.fields
    }


@lru_cache(maxsize=64)
def _choice_labels(name: str) -> dict[str, Label]:
    for domain in catalogue.domains():
        if domain.name == name:
            return {choice.code: choice.label for choice in domain.choices}
    raise KeyError(name)
