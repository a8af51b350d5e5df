"""Fire hydrants in the national schema PEI 1.0.0, read and written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange import pei_file
from resorption_plugin.core.exchange.formats import AUTO, detect, reader_for
from resorption_plugin.core.exchange.known_points import KnownPoints
from resorption_plugin.core.exchange.leaving import Chosen, table
from resorption_plugin.core.exchange.pei import COLUMNS, FIELDS, REQUIRED
from resorption_plugin.core.exchange.readers import Incoming, read_rows
from resorption_plugin.core.exchange.rows import SourceRow, SourceTable
from resorption_plugin.core.geo import geodesic_metres
from resorption_plugin.core.model import domains
from resorption_plugin.core.model.catalogue import layer
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record

TODAY = dt.date(2026, 1, 15)
EXAMPLE = {
    "insee": "34172", "id_sdis": "34172.02080", "id_gestion": "42", "nom_gest": "BRL", "ref_terr": "2080",
    "type_pei": "PI", "type_rd": "poteau renversable", "diam_pei": "100", "diam_cana": "60", "source_pei": "reseau_aep",
    "statut": "prive", "nom_etab": "GIFI", "situation": "Rue Clement Ader", "press_dyn": "4", "press_stat": "4.5",
    "debit": "80", "volume": "620", "disponible": "1", "date_dispo": "2020-02-03", "date_mes": "2019-02-03",
    "date_maj": "2021-02-03", "date_ct": "2020-03-04", "date_ro": "2020-04-05", "prec": "05", "x": "723894.42",
    "y": "6262032.84", "lon": "3.2951013", "lat": "43.4569932",
}  # fmt: skip
"""The examples of the schema's own documentation."""


def hydrants(*rows: Mapping[str, str], columns: tuple[str, ...] = COLUMNS) -> SourceTable:
    numbered = (SourceRow(line, tuple(row.get(name, "") for name in columns)) for line, row in enumerate(rows, start=2))
    return SourceTable("pei", columns, tuple(numbered))


def read(source: SourceTable) -> list[Incoming]:
    reading = read_rows(source, reader_for(AUTO, source, 2154), Silent())
    assert [row.reason for row in reading.rejected] == []
    return list(reading.incoming)


def read_one(**changes: str) -> Incoming:
    (incoming,) = read(hydrants(EXAMPLE | changes))
    return incoming


def refusal(source: SourceTable) -> str:
    (rejected,) = read_rows(source, reader_for(AUTO, source, 2154), Silent()).rejected
    return rejected.reason.template.format(**rejected.reason.values)


def test_the_schema_s_columns_are_recognised_in_any_order():
    assert detect(SourceTable("p", tuple(reversed(COLUMNS)), ())) == "pei"
    assert detect(SourceTable("p", COLUMNS[1:], ())) != "pei"


def test_every_column_of_the_example_is_kept():
    values = read_one().values
    assert values == {
        "source": "PEI",
        "source_id": "34172.02080",
        "type": "borne_incendie",
        "fk_city": "34172",
        "operator_reference": "42",
        "operator": "BRL",
        "hydrant_number": "2080",
        "hydrant_type": "PI",
        "type_details": "poteau renversable",
        "hydrant_diameter_mm": 100.0,
        "pipe_diameter_mm": 60.0,
        "hydrant_source": "reseau_aep",
        "hydrant_status": "prive",
        "hydrant_owner": "GIFI",
        "address": "Rue Clement Ader",
        "dynamic_pressure_bar": 4.0,
        "static_pressure_bar": 4.5,
        "flow_l_min": pytest.approx(80 * 1000 / 60),
        "tank_volume_l": 620_000.0,
        "working_state": "working",
        "state_on": dt.date(2021, 2, 3),
        "closed_from": None,
        "closed_until": None,
        "closure_reason": None,
        "installed_on": dt.date(2019, 2, 3),
        "inspected_on": dt.date(2020, 3, 4),
        "surveyed_on": dt.date(2020, 4, 5),
        "position_accuracy_m": 5.0,
    }


def test_the_lists_of_the_model_are_those_of_the_schema():
    assert domains.HYDRANT_TYPE.codes() == ("PI", "BI", "PA", "CI")
    assert set(domains.HYDRANT_STATUS.codes()) == {"public", "prive"}
    assert set(domains.HYDRANT_SOURCE.codes()) == {
        "citerne", "plan_eau", "piscine", "puits", "cours_eau", "reseau_aep", "reseau_irrigation",
    }  # fmt: skip


@pytest.mark.parametrize("source", domains.HYDRANT_SOURCE.codes())
def test_a_hydrant_s_water_is_never_declared_drinkable(source):
    assert "is_potable" not in read_one(source_pei=source).values


def test_empty_cells_say_nothing():
    row = {name: EXAMPLE[name] for name in (*REQUIRED, "lon", "lat")}
    (incoming,) = read(hydrants(row))
    assert set(incoming.values) == {"source", "type", "fk_city", "hydrant_type", "type_details"}


def test_a_hydrant_that_is_not_available_is_out_of_order_since_the_date_told():
    values = read_one(disponible="0").values
    assert (values["working_state"], values["closed_from"]) == ("out_of_order", dt.date(2020, 2, 3))
    assert values["state_on"] == dt.date(2021, 2, 3)


def test_an_availability_nobody_wrote_leaves_the_state_alone():
    assert not {"working_state", "state_on", "closed_from"} & set(read_one(disponible="").values)


def test_a_local_type_that_repeats_the_national_one_is_no_detail():
    assert "type_details" not in read_one(type_rd="poteau d’incendie").values
    assert "type_details" not in read_one(type_rd="PI").values


def test_without_the_fire_service_s_number_the_operator_s_counts():
    assert read_one(id_sdis="").values["source_id"] == "42"


@pytest.mark.parametrize(("text", "metres"), [("01", 1.0), ("1", 1.0), ("05", 5.0), ("10", 10.0), ("99", None)])
def test_a_class_of_precision_is_its_upper_bound(text, metres):
    assert read_one(prec=text).values.get("position_accuracy_m") == metres


def test_the_place_is_that_of_lambert_93():
    """The schema's own example gives the same place both ways, to the centimetre."""
    point = read_one(lon="", lat="").point
    assert geodesic_metres(point.x, point.y, 3.2951013, 43.4569932) < 0.02
    assert read_one().point.equals(point)


def test_the_degrees_do_where_there_is_no_lambert_93():
    assert read_one(x="", y="").point.equals(shapely.Point(3.2951013, 43.4569932))


def test_overseas_the_degrees_tell_the_place_whatever_x_and_y_say():
    row = {"insee": "97411", "x": "338767", "y": "7690356", "lon": "55.45", "lat": "-20.88"}
    assert read_one(**row).point.equals(shapely.Point(55.45, -20.88))
    assert "does not reach overseas" in refusal(hydrants(EXAMPLE | row | {"lon": "", "lat": ""}))


def test_a_file_with_geometries_needs_no_coordinates():
    source = hydrants(EXAMPLE, columns=tuple(name for name in COLUMNS if name not in ("x", "y", "lon", "lat")))
    row = SourceRow(2, source.rows[0].cells, shapely.Point(3.87, 43.61))
    (incoming,) = read(SourceTable("p", source.columns, (row,), has_geometry=True))
    assert incoming.point.equals(shapely.Point(3.87, 43.61))


@pytest.mark.parametrize("column", REQUIRED)
def test_each_required_column_is_required(column):
    assert refusal(hydrants(EXAMPLE | {column: ""})) == f"The column {column} is required and empty."


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"insee": "4172"}, "insee: “4172” is not the INSEE code of a commune."),
        ({"type_pei": "PU"}, "type_pei: “PU” is not in the schema's list (PI, BI, PA, CI)."),
        ({"source_pei": "mer"}, "source_pei: “mer” is not in the schema's list"),
        ({"statut": "?"}, "statut: “?” is not in the schema's list (public, prive)."),
        ({"diam_pei": "90"}, "diam_pei: “90” is not in the schema's list (80, 100, 150)."),
        ({"prec": "20"}, "prec: “20” is not in the schema's list (01, 05, 10, 99)."),
        ({"debit": "fort"}, "debit: “fort” is not a number."),
        ({"debit": "600.1"}, "debit: 600.1 is not between 0 and 600."),
        ({"debit": "-1"}, "debit: -1 is not between 0 and 600."),
        ({"press_stat": "-0.1"}, "press_stat: -0.1 is not between 0 and ∞."),
        ({"volume": "-1"}, "volume: -1 is not between 0"),
        ({"disponible": "parfois"}, "disponible: “parfois” is neither yes nor no"),
        ({"date_ct": "hier"}, "date_ct: “hier” is not a date"),
        ({"date_maj": "2020-02-30"}, "date_maj: “2020-02-30” is not a date"),
        ({"x": "est"}, "“est” is not a coordinate."),
        ({"x": ""}, "The position is incomplete."),
        ({"x": "", "y": "", "lat": ""}, "The position is incomplete."),
        ({"x": "", "y": "", "lon": "", "lat": ""}, "There is no position."),
        ({"x": "", "y": "", "lat": "95"}, "The position 3.2951, 95 is no longitude and latitude."),
        ({"lat": "43.46"}, "x, y and lon, lat are 334 m apart"),
        ({"nom_gest": "x" * 256}, "nom_gest: longer than 255 characters."),
    ],
)
def test_what_the_schema_forbids_is_rejected(changes, complaint):
    assert refusal(hydrants(EXAMPLE | changes)).startswith(complaint)


def test_one_bad_row_does_not_stop_the_others():
    source = hydrants(EXAMPLE, EXAMPLE | {"type_pei": "PU"}, EXAMPLE | {"id_sdis": "2"})
    reading = read_rows(source, reader_for("pei", source, 2154), Silent())
    assert [row.values["source_id"] for row in reading.incoming] == ["34172.02080", "2"]
    assert [row.line for row in reading.rejected] == [3]


def test_the_bounds_of_the_flow_are_taken():
    assert read_one(debit="600").values["flow_l_min"] == pytest.approx(10_000)
    assert read_one(debit="0").values["flow_l_min"] == 0


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
days = st.dates(dt.date(1950, 1, 1), TODAY)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def amounts(most: float) -> st.SearchStrategy[float | None]:
    return maybe(st.floats(0, most, allow_subnormal=False))


states = st.one_of(
    st.just({"working_state": "unknown"}),
    st.fixed_dictionaries({"working_state": st.just("working"), "state_on": maybe(days)}),
    st.fixed_dictionaries(
        {"working_state": st.just("out_of_order"), "state_on": maybe(days), "closed_from": maybe(days)}
    ),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a hydrant with everything the schema can hold."""
    uid = str(draw(st.uuids()))
    values = {
        "type": "borne_incendie",
        "lifecycle": "existing",
        "source": "PEI",
        "source_id": draw(maybe(texts)),
        "operator_reference": draw(maybe(texts)),
        "fk_city": draw(st.sampled_from(["31555", "2A004", "01004", "97411"])),
        "hydrant_type": draw(st.sampled_from(domains.HYDRANT_TYPE.codes())),
        "hydrant_source": draw(maybe(st.sampled_from(domains.HYDRANT_SOURCE.codes()))),
        "hydrant_status": draw(maybe(st.sampled_from(domains.HYDRANT_STATUS.codes()))),
        "hydrant_diameter_mm": draw(st.sampled_from([None, 80.0, 100.0, 150.0])),
        "position_accuracy_m": draw(st.sampled_from([None, 1.0, 5.0, 10.0])),
        "flow_l_min": draw(amounts(9_999)),
        **{name: draw(maybe(texts)) for name in ("operator", "hydrant_number", "hydrant_owner", "address")},
        **{name: draw(maybe(days)) for name in ("installed_on", "inspected_on", "surveyed_on")},
        **{
            name: draw(amounts(1e6))
            for name in ("pipe_diameter_mm", "static_pressure_bar", "dynamic_pressure_bar", "tank_volume_l")
        },
        "type_details": draw(st.none() | texts.map(lambda text: f"local {text}")),
        **draw(states),
    }
    place = shapely.Point(draw(st.floats(-5, 9)), draw(st.floats(42, 51)))
    return Record("water_point", uid, values, place)


def same(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-300)
    return bool(old == new)


@settings(deadline=None, max_examples=60)
@given(record=records())
def test_what_is_written_reads_back_unchanged(record):
    rows, left_out = table(Chosen((record,), ()), COLUMNS, pei_file.cells(TODAY))
    assert left_out == ()
    (incoming,) = read(hydrants(dict(zip(COLUMNS, rows[0], strict=True))))
    assert KnownPoints([record]).match(incoming) is record
    changed = {
        name: (record[name], value)
        for name, value in incoming.values.items()
        if name not in ("source", "source_id") and not same(record[name], value)
    }
    assert changed == {}
    lost = {name for name in FIELDS.values() if record[name] not in (None, "") and name not in incoming.values}
    assert lost == set()
    assert abs(incoming.point.x - record.geometry.x) < 1e-7
    assert abs(incoming.point.y - record.geometry.y) < 1e-7


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "fontaine_publique"}, "It is not a fire hydrant."),
        ({"lifecycle": "planned"}, "It is planned or removed."),
        ({"hydrant_type": None}, "“Type of hydrant” is not filled in, and the schema asks for it."),
        ({"fk_city": None}, "“INSEE code” is not filled in, and the schema asks for it."),
        ({"fk_city": "3155"}, "“INSEE code”: “3155” does not have the form the schema asks for."),
        ({"hydrant_diameter_mm": 70.0}, "“Inner diameter”: “70.0” does not have the form the schema asks for."),
    ],
)
def test_what_the_schema_cannot_hold_is_left_out_with_its_reason(changes, complaint):
    values = {"type": "borne_incendie", "lifecycle": "existing", "fk_city": "31555", "hydrant_type": "BI", **changes}
    chosen = Chosen((Record("water_point", "u", values, shapely.Point(1.44, 43.6)),), ())
    rows, (left,) = table(chosen, COLUMNS, pei_file.cells(TODAY))
    assert rows == []
    assert left.reason.template.format(**left.reason.values) == complaint


def test_the_fields_of_hydrants_are_asked_of_hydrants_alone():
    own = [field for field in layer("water_point").fields if field.name in FIELDS.values() and field.visible_when]
    assert len(own) == 12
    assert all(field.visible_when.evaluate({"type": "borne_incendie"}) for field in own)
    assert not any(field.visible_when.evaluate({"type": "fontaine_publique"}) for field in own)
