"""The files of fountains the plugin knows, and tables it has never seen."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import ImportFileError, ParameterError
from resorption_plugin.core.exchange.formats import AUTO, TABLE, detect, reader_for
from resorption_plugin.core.exchange.mapping import ColumnMapping, MappedReader, parse_mapping, propose
from resorption_plugin.core.exchange.readers import Incoming, read_rows
from resorption_plugin.core.exchange.rows import SourceRow, SourceTable
from resorption_plugin.core.exchange.tabular import read_delimited
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.water.state import Availability, availability

LAMBERT = 2154


def table(columns: tuple[str, ...], *rows: tuple[str, ...], name: str = "points") -> SourceTable:
    numbered = tuple(SourceRow(line, cells) for line, cells in enumerate(rows, start=2))
    return SourceTable(name, columns, numbered)


def read(source: SourceTable, key: str = AUTO) -> list[Incoming]:
    reading = read_rows(source, reader_for(key, source, LAMBERT), Silent())
    assert not reading.rejected
    return list(reading.incoming)


def refusals(source: SourceTable) -> list[str]:
    rejected = read_rows(source, reader_for(AUTO, source, LAMBERT), Silent()).rejected
    return [row.reason.template.format(**row.reason.values) for row in rejected]


def place(incoming: Incoming) -> tuple[float, float]:
    return round(incoming.point.x, 4), round(incoming.point.y, 4)


@pytest.fixture(scope="module")
def paris(shared_data) -> list[Incoming]:
    return read(read_delimited(shared_data / "paris" / "fontaines_a_boire_2025.csv"))


def test_every_fountain_of_paris_is_read(paris):
    assert len(paris) == 1_312
    assert len({row.values["source_id"] for row in paris}) == 1_312


def on(day: dt.date, rows: list[Incoming]) -> Counter[Availability]:
    return Counter(availability(Record("water_point", "u", row.values, row.point), day) for row in rows)


def test_the_states_of_paris_are_right_at_the_end_of_october(paris):
    assert on(dt.date(2025, 10, 31), paris) == {Availability.AVAILABLE: 1_253, Availability.UNAVAILABLE: 59}


def test_thirty_six_fountains_of_the_extract_work_and_one_does_not(paris):
    inside = [row for row in paris if 2.3515 <= row.point.x <= 2.3807 and 48.8576 <= row.point.y <= 48.8700]
    assert on(dt.date(2025, 10, 31), inside) == {Availability.AVAILABLE: 36, Availability.UNAVAILABLE: 1}


def test_the_date_of_the_data_is_the_last_closure_written(paris):
    assert {row.values["state_on"] for row in paris} == {dt.date(2025, 10, 16)}
    assert all(row.values["closed_from"] <= dt.date(2025, 10, 16) for row in paris if row.values["closed_from"])


def test_a_closure_is_told_apart_from_a_fault(paris):
    by_number = {row.values["source_id"]: row.values for row in paris}
    assert by_number["450080817"]["working_state"] == "closed"  # winter closure
    assert by_number["450071237"]["working_state"] == "out_of_order"  # to be repaired
    assert by_number["450019323"]["closure_reason"] == "APP SANS EAU, fin annoncée le 30/10/2025"


def test_a_fountain_that_works_again_has_no_closure(paris):
    working = next(row.values for row in paris if row.values["working_state"] == "working")
    assert [working[name] for name in ("closed_from", "closed_until", "closure_reason")] == [None, None, None]


SCHEMA = (
    "id", "type_fontaine", "modele", "gestionnaire", "siren_gestionnaire", "latitude", "longitude", "adresse",
    "code_commune_insee", "precision_geo", "conditions_acces", "date_installation", "indisponible", "accessible_pmr",
    "remplissage_contenant_possible",
)  # fmt: skip
VALID = {
    "id": "F1", "type_fontaine": "robinet", "latitude": "43.6", "longitude": "1.44", "code_commune_insee": "31555",
    "conditions_acces": "aucune", "accessible_pmr": "true", "remplissage_contenant_possible": "false",
}  # fmt: skip


def fountain(**changes: str) -> SourceTable:
    return table(SCHEMA, tuple((VALID | changes).get(column, "") for column in SCHEMA))


def test_the_example_of_the_national_schema_is_read(shared_data):
    rows = read(read_delimited(shared_data / "schemas" / "exemple-valide.csv"))
    assert [row.values["source_id"] for row in rows] == ["450024946", "GF92742", "T15373E"]
    assert [row.values["fountain_type"] for row in rows] == ["borne fontaine", "robinet", "autre"]
    assert [row.values["working_state"] for row in rows] == ["working", "closed", "working"]
    assert [row.values["wheelchair_accessible"] for row in rows] == [True, False, True]
    assert rows[1].values["closed_from"] == dt.date(2024, 3, 10)
    assert rows[0].values["installed_on"] == dt.date(2023, 10, 3)
    assert all(row.values["type"] == "fontaine_publique" and row.values["is_potable"] for row in rows)
    assert place(rows[2]) == (1.4675, 43.6092)


def test_empty_cells_of_the_schema_say_nothing():
    (row,) = read(fountain())
    assert "model" not in row.values
    assert "taps" not in row.values


@pytest.mark.parametrize("column", sorted(VALID))
def test_each_required_column_of_the_schema_is_required(column):
    assert refusals(fountain(**{column: ""})) == [f"The column {column} is required and empty."]


@pytest.mark.parametrize(
    ("column", "text", "complaint"),
    [
        ("type_fontaine", "jet d'eau", "not in the schema's list"),
        ("conditions_acces", "sonner", "not in the schema's list"),
        ("siren_gestionnaire", "12345", "form the schema asks for"),
        ("code_commune_insee", "3155", "form the schema asks for"),
        ("date_installation", "hier", "not a date"),
        ("accessible_pmr", "parfois", "neither yes nor no"),
        ("latitude", "nord", "not a coordinate"),
        ("latitude", "143.6", "no longitude and latitude"),
    ],
)
def test_what_the_schema_forbids_is_rejected(column, text, complaint):
    (reason,) = refusals(fountain(**{column: text}))
    assert complaint in reason


def osm(tags: str, man_made: str = "") -> SourceTable:
    return table(("osm_id", "name", "man_made", "other_tags"), ("7", "", man_made, tags))


def positioned(source: SourceTable) -> SourceTable:
    rows = tuple(SourceRow(row.line, row.cells, shapely.Point(1.44, 43.6)) for row in source.rows)
    return SourceTable(source.name, source.columns, rows, has_geometry=True)


def test_a_mapped_fountain_is_drinking_water_whose_state_nobody_saw():
    (row,) = read(positioned(osm('"amenity"=>"drinking_water","wheelchair"=>"yes"')))
    assert row.values == {
        "source": "OpenStreetMap",
        "source_id": "n7",
        "type": "fontaine_publique",
        "is_potable": True,
        "wheelchair_accessible": True,
    }


def test_a_plain_tap_is_not_said_to_be_drinking_water():
    (row,) = read(positioned(osm("", man_made="water_tap")))
    assert row.values["type"] == "robinet_connecte_au_reseau"
    assert "is_potable" not in row.values


def test_a_fountain_checked_by_a_mapper_has_its_state_and_date():
    tags = '"amenity"=>"drinking_water","operational_status"=>"broken","check_date"=>"2025-06-01"'
    (row,) = read(positioned(osm(tags)))
    assert (row.values["working_state"], row.values["state_on"]) == ("out_of_order", dt.date(2025, 6, 1))


def test_a_private_tap_is_rejected():
    assert "not open to the public" in refusals(positioned(osm('"amenity"=>"drinking_water","access"=>"private"')))[0]


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        (("nom", "lat", "lon"), ("A", "43.6", "1.44")),
        (("nom", "Latitude", "Longitude"), ("A", "43,6", "1,44")),
        (("nom", "y", "x"), ("A", "43.6", "1.44")),
        (("nom", "X", "Y"), ("A", "574008.4", "6279127.4")),
        (("nom", "coord_x", "coord_y"), ("A", "1574056.0", "3156751.2")),
        (("nom", "geo_point_2d"), ("A", "43.6, 1.44")),
        (("nom", "coordonnees"), ("A", "1.44,43.6")),
        (("nom", "wkt"), ("A", "POINT (1.44 43.6)")),
        (("nom", "wkt"), ("A", "POINT (574008.4 6279127.4)")),
        (("nom", "geom"), ("A", '{"type":"Point","coordinates":[1.44,43.6]}')),
        (("nom", "a", "b"), ("A", "43.6000", "1.4400")),
        (("nom", "où"), ("A", "43.6000,1.4400")),
    ],
)
def test_the_position_is_found_by_names_and_contents(columns, cells):
    (row,) = read(table(columns, cells))
    assert place(row) == (1.44, 43.6)
    assert row.values["name"] == "A"


def test_overseas_coordinates_are_in_the_territory_s_own_system():
    source = table(("x", "y"), ("338767", "7690356"))
    assert propose(source, 2975).epsg == 2975
    (row,) = read_rows(source, reader_for(TABLE, source, 2975), Silent()).incoming
    assert place(row) == (55.45, -20.88)


def test_columns_are_found_under_their_usual_french_names():
    source = table(
        ("Identifiant", "Désignation", "Débit", "Eau potable ?", "Lat", "Lng", "Remarque"),
        ("12", "Place", "8,5", "oui", "43.6", "1.44", "près du stade"),
    )
    (row,) = read(source)
    assert row.values == {
        "source": "points",
        "source_id": "12",
        "name": "Place",
        "flow_l_min": 8.5,
        "is_potable": True,
        "comments": "près du stade",
    }


COLUMNS = ("id", "Nom", "LATITUDE", "longitude", "Débit", "etat", "potable", "divers")
CELLS = ("1", "A", "43.6", "1.44", "3", "En service", "oui", "?")


@settings(deadline=None)
@given(order=st.permutations(range(len(COLUMNS))), upper=st.booleans())
def test_the_proposal_does_not_depend_on_order_nor_case(order, upper):
    names = [COLUMNS[index].upper() if upper else COLUMNS[index] for index in order]
    source = table(tuple(names), tuple(CELLS[index] for index in order))
    proposed = {column.casefold(): target for column, target in propose(source, LAMBERT).links}
    straight = {column.casefold(): target for column, target in propose(table(COLUMNS, CELLS), LAMBERT).links}
    assert proposed == straight
    assert straight["etat"] == "working_state"


def test_a_column_whose_values_do_not_fit_is_not_proposed():
    source = table(("etat", "lat", "lon"), ("peinture écaillée", "43.6", "1.44"))
    assert propose(source, LAMBERT).target("etat") is None


def test_a_table_without_position_says_which_columns_it_has():
    with pytest.raises(ImportFileError, match=r"Its columns are: nom, rue\..*latitude=…"):
        reader_for(AUTO, table(("nom", "rue"), ("A", "B")), LAMBERT)


def test_a_mapping_in_words_corrects_the_proposal():
    source = table(("a", "b", "c", "lat", "lon"), ("574008.4", "6279127.4", "Stade", "0", "0"))
    mapping = parse_mapping("x=a; y=b; latitude=; longitude=; name=c; epsg=2154", source, propose(source, LAMBERT))
    (row,) = read_rows(source, MappedReader(source, mapping, "s"), Silent()).incoming
    assert place(row) == (1.44, 43.6)
    assert row.values == {"source": "s", "name": "Stade"}


@pytest.mark.parametrize("text", ["nome=a", "name=z", "epsg=Lambert", "epsg=999999", "epsg="])
def test_a_mapping_with_a_mistake_is_refused(text):
    source = table(("a", "lat", "lon"), ("1", "43.6", "1.44"))
    with pytest.raises(ParameterError):
        parse_mapping(text, source, propose(source, LAMBERT))


def test_several_columns_make_one_address():
    source = table(("n", "rue", "lat", "lon"), ("3", "RUE DU TAUR", "43.6", "1.44"))
    links = (("n", "address"), ("rue", "address"), ("lat", "latitude"), ("lon", "longitude"))
    (row,) = read_rows(source, MappedReader(source, ColumnMapping(links), "s"), Silent()).incoming
    assert row.values["address"] == "3 RUE DU TAUR"


@pytest.mark.parametrize(
    ("lat", "lon", "complaint"),
    [
        ("", "", "There is no position."),
        ("43.6", "", "The position is incomplete."),
        ("0", "0", "The position is 0, 0: it was not filled in."),
        ("574046", "6279647", "The position 6.27965e+06, 574046 is no longitude and latitude."),
        ("43°36'", "1.44", "“43°36'” is not a coordinate."),
    ],
)
def test_a_row_without_usable_position_is_rejected(lat, lon, complaint):
    good = [("43.6", "1.44")] * 20
    assert refusals(table(("lat", "lon"), *good, (lat, lon))) == [complaint]


def test_a_file_said_to_be_in_a_format_must_have_its_columns():
    with pytest.raises(ImportFileError, match="lacks columns of the format paris"):
        reader_for("paris", table(("lat", "lon"), ("43.6", "1.44")), LAMBERT)


def test_columns_added_to_a_known_format_are_ignored():
    source = table(("ligne", "motif", *SCHEMA), ("2", "…", *(VALID.get(column, "") for column in SCHEMA)))
    assert detect(source) == "fontaine-eau"
    assert len(read(source)) == 1


def test_detection_does_not_depend_on_the_order_of_columns(shared_data):
    source = read_delimited(shared_data / "paris" / "fontaines_a_boire_2025.csv")
    shuffled = list(source.columns)
    random.Random(3).shuffle(shuffled)
    assert detect(SourceTable("p", tuple(shuffled), ())) == "paris"


def test_mistyped_positions_reject_their_rows_and_not_the_file() -> None:
    rows = [("A", "43.60", "1.44"), ("B", "43.61", "1.45"), ("C", "inconnue", "1.46"), ("D", "999", "1.47")]
    source = table(("nom", "latitude", "longitude"), *rows)
    reading = read_rows(source, reader_for(AUTO, source, LAMBERT), Silent())
    assert [row.values["name"] for row in reading.incoming] == ["A", "B"]
    assert [row.line for row in reading.rejected] == [4, 5]
