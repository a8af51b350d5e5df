"""Whatever the server answers of a row becomes a sentence: what, where, what to do next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resorption_plugin.core.sync.refusals import in_short, incompatible, refusal
from resorption_plugin.core.sync.travelling import travels
from resorption_plugin.postgis.from_model import constraints

SQL = Path(__file__).parents[3] / "sql" / "app"
KINDS = {"CHECK": "23514", "UNIQUE": "23505", "FOREIGN KEY": "23503"}
CONSTRAINTS = [
    (there.key, next(code for kind, code in KINDS.items() if text.startswith(kind)), name)
    for there in travels()
    for name, text in constraints(there)
]


def test_each_constraint_of_the_server_has_its_sentence() -> None:
    told = {(layer, name): str(refusal(layer, code, name)) for layer, code, name in CONSTRAINTS}
    assert len(told) > 500
    assert [key for key, text in told.items() if "a reason that this plugin" in text or key[1] in text] == []


def test_each_word_of_the_server_has_its_sentence() -> None:
    text = "".join(path.read_text() for path in SQL.glob("*.sql"))
    words = set(re.findall(r"'(?:forbidden|invalid|schema)', '(\w+)'|code := '(\w+)'", text))
    chosen = set(re.findall(r"THEN '(\w+)' ELSE '(\w+)'|THEN '(unknown_layer)'", text))
    told = {"outside_area", "missing_right", "read_only", "unknown_conflict", "unknown_layer", "unknown_column"}
    assert told | {"wrong_value"} <= {word for found in words | chosen for word in found}
    for word in told | {"wrong_value"}:
        assert "a reason that this plugin" not in str(refusal("site", word, "name"))


def test_each_word_that_sets_a_record_aside_has_its_few_words() -> None:
    words = ("outside_area", "missing_right", "read_only", "unknown_layer", "unknown_column", "wrong_value")
    told = {word: in_short(word) for word in words}
    assert [word for word, text in told.items() if not text or len(text) > len("Refused by the shared database")] == []
    assert told["outside_area"] == "Outside your areas"
    assert in_short("23514") == ""


@pytest.mark.parametrize(
    ("code", "reason", "expected"),
    [
        ("wrong_value", "geom", "“Place”"),
        ("22007", "built_at", "“Date of settlement”"),
        ("23502", "status", "is required"),
        ("23503", "site_photo_site_uid_fkey", "does not know"),
        ("23503", "photo_site_uid_fkey", "still belong to it (Photos)"),
        ("unknown_column", "colour", "“colour”"),
        ("XX000", "", "(XX000)"),
        ("23514", "invented", "(23514 invented)"),
    ],
)
def test_the_sentence_names_what_has_to_be_mended(code: str, reason: str, expected: str) -> None:
    assert expected in str(refusal("site", code, reason))


def test_what_cannot_be_received_tells_the_value_and_the_rule() -> None:
    told = incompatible("site", {"name": "Ici", "population_total": 3}, {"population_minors": 8})
    assert "= 8" in str(told)
    assert str(told).endswith("Correct the record, then synchronise.")
    assert "cannot be taken beside what was entered here: " in str(told)


def test_what_no_rule_explains_is_told_all_the_same() -> None:
    assert "this workspace cannot take" in str(incompatible("site", {}, {"name": "Là"}))
