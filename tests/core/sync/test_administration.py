"""What is handed to administrators, and how lists are counted for them."""

from __future__ import annotations

import json

import pytest

from resorption_plugin.core.sync.administration import IMAGE_BYTES, by_count, image_text, image_values, plain


def test_values_come_back_as_they_were_handed_over():
    values = {"name": "L'Écluse", "population_total": 12, "address": None, "shape": "00ff"}
    assert image_values(image_text(values)) == {"name": "L'Écluse", "population_total": 12, "shape": "00ff"}


@pytest.mark.parametrize("length", [21_000, IMAGE_BYTES, 4 * IMAGE_BYTES])
def test_the_longest_texts_are_cut_until_the_row_is_short_enough(length):
    text = image_text({f"note_{number}": "é" * length for number in range(20)})
    assert len(text) <= IMAGE_BYTES
    told = image_values(text)
    assert len(told) == 20
    assert all(value.endswith("…") for value in told.values())


def test_what_no_database_holds_is_left_out():
    assert plain("a\0b\udc80") == "ab?"
    assert image_values(image_text({"name": "a\0b\udc80"})) == {"name": "ab?"}


@pytest.mark.parametrize("text", ["", "not JSON", "[1]", "null"])
def test_values_that_are_none_are_shown_as_they_are(text):
    assert image_values(text) == {"?": text}


def test_a_text_from_elsewhere_holds_nothing_that_cannot_be_shown():
    assert image_values(json.dumps({"n\0": "\udc80"})) == {"n": "?"}


def test_the_most_frequent_comes_first():
    assert by_count(["31", "82", "31", "09"]) == [("31", 2), ("09", 1), ("82", 1)]
    assert by_count([]) == []
