"""A file of the plugin's own, imported into the workspace it came from, changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange import fontaine_eau_file, pei, pei_file
from resorption_plugin.core.exchange.formats import AUTO, reader_for
from resorption_plugin.core.exchange.leaving import Chosen, table
from resorption_plugin.core.exchange.preview import Previewer
from resorption_plugin.core.exchange.readers import read_rows
from resorption_plugin.core.exchange.rows import SourceRow, SourceTable
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory
from tests.core.test_pei import records as hydrants
from tests.core.test_water_point_files import fountains

TODAY = dt.date(2026, 1, 15)
TOULOUSE = {
    "fk_city": "31555", "commune": "Toulouse", "epci": "243100518", "department": "31", "commune_distance_m": 0.0,
}  # fmt: skip
LONGITUDES, LATITUDES = (1.40, 1.46), (43.57, 43.64)
"""A box well inside Toulouse."""
FORMS = {
    "fontaine-eau": (fountains(), fontaine_eau_file.COLUMNS, fontaine_eau_file.cells(TODAY)),
    "pei": (hydrants(), pei.COLUMNS, pei_file.cells(TODAY)),
}

days = st.dates(dt.date(2020, 1, 1), TODAY)
closures = st.fixed_dictionaries(
    {
        "working_state": st.sampled_from(["closed", "out_of_order"]),
        "closed_from": days,
        "closed_until": st.none() | st.dates(TODAY, dt.date(2027, 1, 1)),
        "closure_reason": st.sampled_from([None, "Mise hors gel", "Fuite"]),
        "state_on": st.none() | st.just(TODAY),
    }
)
"""Told better than either schema can: shut or broken, why, and until when."""
winters = st.just(
    {"working_state": "working", "closed_from": None, "season_closed_from": "11-15", "season_closed_until": "03-31"}
)
sources = st.sampled_from([None, "PEI", "fontaine-eau", "Ville de Toulouse"])


@pytest.fixture(scope="module")
def surroundings(territory: Territory) -> Surroundings:
    return Surroundings(territory, ["31"], 2154)


def in_toulouse(record: Record, place: shapely.Point, **values: Any) -> Record:
    return Record("water_point", record.uid, {**record.values, **TOULOUSE, **values}, place)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_what_leaves_comes_back_unchanged(form, data, surroundings, territory):
    drawn, columns, cells = FORMS[form]
    place = shapely.Point(data.draw(st.floats(*LONGITUDES)), data.draw(st.floats(*LATITUDES)))
    state = data.draw(st.just({}) | closures | winters)
    accuracy = data.draw(st.none() | st.floats(0, 50))
    record = in_toulouse(data.draw(drawn), place, source=data.draw(sources), position_accuracy_m=accuracy, **state)
    rows, left_out = table(Chosen((record,), ()), columns, cells)
    assert left_out == ()
    source = SourceTable("out", columns, (SourceRow(2, rows[0]),))
    reading = read_rows(source, reader_for(AUTO, source, 2154), Silent())
    preview = Previewer([record], surroundings, territory).preview(reading, Silent())
    assert preview.rejected == ()
    assert [change for changed in preview.changed for change in changed.changes] == []
    assert preview.counts()["unchanged"] == 1
