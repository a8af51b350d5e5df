"""What a site holds becomes the texts of its row, and the texts what it holds, without loss."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange.platform import codecs, words
from resorption_plugin.core.exchange.platform.codecs import clean
from resorption_plugin.core.exchange.platform.column import Listing, ProcedureValue, Rows, SiteValue
from resorption_plugin.core.exchange.platform.columns import COLUMNS
from resorption_plugin.core.exchange.platform.contents import Contents
from resorption_plugin.core.exchange.platform.row import read_row, write_row

_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="<>{};")
_TEXTS = st.text(_LETTERS, min_size=1, max_size=30).map(clean).filter(bool)
_DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def some_of(chosen: codecs.SomeOf) -> st.SearchStrategy:
    codes = list(chosen.words)
    sets = st.sets(st.sampled_from(codes), min_size=1)
    return sets.map(lambda some: tuple(code for code in codes if code in some))


_VALUES = {
    codecs.YesNo: st.booleans(),
    codecs.Year: st.integers(2018, 2100),
    codecs.Whole: st.integers(1, 100_000),
    codecs.Day: _DAYS,
    codecs.Degrees: st.floats(-89, 89),
    codecs.InseeCode: st.sampled_from(["44109", "01001", "2A004", "97411"]),
    codecs.FreeText: _TEXTS,
}


def values_of(codec: object) -> st.SearchStrategy:
    """Return values that a codec writes."""
    if isinstance(codec, codecs.OneOf):
        return st.sampled_from(list(codec.words))
    return some_of(codec) if isinstance(codec, codecs.SomeOf) else _VALUES[type(codec)]


CODED = [column for column in COLUMNS if hasattr(column.target, "codec") and not isinstance(column.target, Rows)]


@pytest.mark.parametrize("column", CODED, ids=lambda column: column.name)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_value_survives_its_text_and_the_text_its_value(column, data):
    codec = column.target.codec
    value = data.draw(values_of(codec))
    text = codec.write(value)
    assert clean(text) == text
    again = codec.read(text)
    assert again == value or (value, again) == ("unknown", "no")  # the platform says “Non” for both
    assert codec.write(again) == text


_ACTORS = st.lists(
    st.fixed_dictionaries(
        {
            "organisation": st.text(_LETTERS, min_size=1, max_size=20).map(lambda text: clean(text).strip("-( )")),
            "themes": values_of(codecs.SomeOf(words.ACTOR_THEMES, ",")) | st.none(),
        }
    ).filter(lambda row: row["organisation"]),
    max_size=3,
    unique_by=lambda row: row["organisation"],
)
_PHASES = st.lists(
    st.fixed_dictionaries(
        {"preparatory_phase": st.sampled_from(list(words.PHASES)), "completed_at": _DAYS | st.none()}
    ),
    max_size=4,
    unique_by=lambda row: row["preparatory_phase"],
)
_YEARS = dt.datetime(2012, 1, 1), dt.datetime(2090, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
_MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "entered_at": st.datetimes(*_YEARS, timezones=st.just(dt.UTC)).map(
                lambda at: at.replace(second=0, microsecond=0)
            ),
            "entered_by": st.sampled_from([None, "Camille EXEMPLE"]),
            "description": st.lists(_TEXTS | st.just("----"), min_size=1, max_size=3).map("\n".join).filter(clean),
        }
    ),
    max_size=5,
    unique_by=lambda row: row["entered_at"],
)
_OWNERS = st.lists(
    st.fixed_dictionaries(
        {
            "owner_name": st.sampled_from([None, "Commune", "SCI A, B (exemple)", "Anonymisé le 01/02/2024"]),
            "fk_owner_type": st.sampled_from([1, 2, 3]),
        }
    ),
    max_size=3,
)
_CLOSURES = st.lists(
    st.fixed_dictionaries(
        {"closing_solution": st.sampled_from(list(words.CLOSING_SOLUTIONS))},
        optional={"number_of_people_affected": st.integers(0, 90), "message": _TEXTS},
    ).filter(lambda row: len(row) > 1),
    max_size=5,
    unique_by=lambda row: row["closing_solution"],
)


def several(targets: type[SiteValue | ProcedureValue]) -> st.SearchStrategy:
    """Return values for any of the columns that fill a layer."""
    found = {column.target.column: column.target.codec for column in COLUMNS if isinstance(column.target, targets)}
    found.pop("name", None)
    found.pop("status", None)
    return st.fixed_dictionaries({}, optional={name: values_of(codec) for name, codec in found.items()})


@settings(max_examples=25, deadline=None)
@given(
    site=several(SiteValue),
    procedure=several(ProcedureValue),
    rows=st.fixed_dictionaries(
        {
            "site_actor": _ACTORS,
            "resorption_phase": _PHASES,
            "journal_entry": _MESSAGES,
            "owner": _OWNERS,
            "closure": _CLOSURES,
        }
    ),
    status=st.sampled_from(["open", *words.CLOSING_CAUSES]),
)
def test_everything_a_site_holds_survives_a_row(site, procedure, rows, status):
    contents = Contents(
        {**site, "name": "Un site", "status": status},
        shapely.Point(-1.55, 47.2),
        {**rows, "procedure": [procedure] if procedure else []},
    )
    texts = write_row(contents)
    listing = Listing.OPEN if status == "open" else Listing.CLOSED
    row = read_row(8, texts, 12, listing)
    assert row.notes == ()
    assert dict(row.texts) == texts
    assert write_row(row.contents) == texts
    expected = {**contents.site, "rb_id": 12}
    if site.get("closed_with_solutions") == "unknown":
        expected["closed_with_solutions"] = "no"
    assert dict(row.site) == expected
    assert row.position == contents.position
    assert row.children.get("procedure", ()) == tuple(contents.children["procedure"])
    for layer, by in (
        ("closure", "closing_solution"),
        ("resorption_phase", "preparatory_phase"),
        ("site_actor", "organisation"),
    ):
        assert {one[by]: one for one in row.children.get(layer, ())} == {one[by]: one for one in rows[layer]}
    assert row.children.get("owner", ()) == tuple(rows["owner"])
    said = ({**one, "description": clean(one["description"])} for one in rows["journal_entry"])
    newest_first = sorted(said, key=lambda one: one["entered_at"], reverse=True)
    assert row.children.get("journal_entry", ()) == tuple(newest_first)
