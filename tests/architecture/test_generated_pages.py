"""The pages that come from the code say what the code says."""

from __future__ import annotations

from resorption_plugin.core.model import catalogue
from tools import docs


def test_no_generated_page_has_drifted() -> None:
    assert docs.stale() == [], "run make docs"


def test_the_dictionary_has_a_line_for_every_field() -> None:
    text = docs.load()["dictionnaire.md"]()
    for layer in catalogue.layers():
        for field in layer.fields:
            assert f"| `{field.name}` | {field.label.fr} |" in text
