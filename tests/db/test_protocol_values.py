"""A value that cannot be is told and spoils nothing else; one at the edge comes back as it went."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.db.protocol import HERE, People, insert, new, update

POISON: dict[str, tuple[str, str]] = {
    "an end of text": ("comments", r'"a\u0000b"'),
    "half a surrogate pair": ("comments", r'"\ud800"'),
    "a text out of its normal form": ("name", '"Le Campe\u0301ment"'),
    "a text too long": ("comments", json.dumps("x" * 1_000_000)),
    "a number for a text": ("name", "3"),
    "an object for a text": ("name", '{"a": 1}'),
    "a text for a number": ("tents", '"3"'),
    "a part of a number": ("tents", "3.5"),
    "a number beyond 64 bits": ("tents", "9223372036854775808"),
    "a huge number": ("tents", "1e999999"),
    "a huge real": ("position_accuracy_m", "1e400"),
    "a real with too many digits": ("position_accuracy_m", "0.10000000000000000001"),
    "no number": ("position_accuracy_m", '"NaN"'),
    "an endless number": ("position_accuracy_m", '"Infinity"'),
    "a word for yes": ("is_reinstallation", '"yes"'),
    "one for yes": ("is_reinstallation", "1"),
    "a day that is none": ("built_at", '"2023-02-29"'),
    "an endless day": ("built_at", '"infinity"'),
    "a day before the first year": ("built_at", '"0000-12-31"'),
    "a day with a time": ("built_at", '"2023-02-28T00:00:00"'),
    "today": ("built_at", '"today"'),
    "an instant without its zone": ("created_at", '"2024-01-01T10:00:00.000"'),
    "an instant in another zone": ("created_at", '"2024-01-01T10:00:00.000+02"'),
    "an instant to the microsecond": ("created_at", '"2024-01-01T10:00:00.000001Z"'),
    "an instant after midnight": ("created_at", '"2024-01-01T24:00:00.000Z"'),
    "an unknown code": ("status", '"castle"'),
    "an empty list": ("social_origins", "[]"),
    "nothing in a list": ("social_origins", "[null]"),
    "a list in a list": ("social_origins", '[["french"]]'),
    "a list out of order": ("social_origins", '["other", "french"]'),
    "a code twice": ("social_origins", '["french", "french"]'),
    "a text for a list": ("social_origins", '"french"'),
    "a word for a geometry": ("geom", '"POINT(1 2)"'),
    "an empty text for a geometry": ("geom", '""'),
    "a geometry cut short": ("geom", json.dumps(HERE[:-2])),
    "a geometry in capitals": ("geom", json.dumps(HERE.upper())),
    "a geometry with a height": ("geom", json.dumps("01e9030000" + "0" * 48)),
    "a geometry with a system": ("geom", json.dumps("0101000020e6100000" + HERE[10:])),
    "a geometry of another kind": ("geom", json.dumps("010200000002000000" + HERE[10:] * 2)),
    "a geometry whose place is no number": ("geom", json.dumps("0101000000" + "000000000000f87f" + HERE[26:])),
    "an endless geometry": ("geom", json.dumps("0101000000" + "000000000000f07f" + HERE[26:])),
    "a geometry as an object": ("geom", '{"type": "Point", "coordinates": [1, 2]}'),
}


@pytest.mark.parametrize(("column", "value"), POISON.values(), ids=POISON)
def test_a_value_that_cannot_be_is_told_and_stops_nothing_else(known: People, column: str, value: str) -> None:
    anne, site = known.anne, new(known.anne)
    before = anne.row("site", site)
    good = insert("site", name="Le Canal")
    edit = json.dumps(update("site", site, 1, **{column: ["@before", "@after"]}))
    was = (before or {})["set"][column]
    edit = edit.replace('"@before"', json.dumps(was)).replace('"@after"', value)
    made = json.dumps(insert("site", **{column: "@after"})).replace('"@after"', value)
    sent = f"""[{{"no": 1, {edit[1:]}, {{"no": 2, {made[1:]}, {json.dumps({"no": 3, **good})}]"""
    told = sorted(anne.send(sent)["results"], key=lambda result: result["no"])
    assert [result["outcome"] for result in told] == ["invalid", "invalid", "applied"]
    assert all(result["code"] for result in told[:2])
    assert anne.row("site", site) == before
    assert anne.value("site", good["uid"], "name") == "Le Canal"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("comments", "tab\tline\nquote'\"\\ é 𝄞 \x7f"),
        ("comments", ""),
        ("comments", "'; DROP TABLE resorption.site; --"),
        ("tents", 0),
        ("platform_updated_at", "9999-12-31"),
        ("platform_updated_at", "0001-01-01"),
        ("position_accuracy_m", 0.1 + 0.2),
        ("position_accuracy_m", 5e-324),
        ("created_at", "9999-12-30T23:59:59.999Z"),
        ("geom", "0101000000" + "0000000000806640" + "00000000008056c0"),
    ],
    ids=str,
)
def test_values_at_the_edge_come_back_as_they_went(known: People, column: str, value: Any) -> None:
    site = new(known.anne, **{column: value})
    assert known.chloe.value("site", site, column) == value
