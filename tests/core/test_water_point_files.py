"""Water points that leave the workspace: which ones, for whom, and in the form the national schemas ask for."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import ExportFileError
from resorption_plugin.core.exchange import fontaine_eau, fontaine_eau_file, geojson_file, pei_file
from resorption_plugin.core.exchange.fontaine_eau_file import COLUMNS
from resorption_plugin.core.exchange.formats import reader_for
from resorption_plugin.core.exchange.known_points import KnownPoints
from resorption_plugin.core.exchange.leaving import Chosen, LeftOut, choose, numbers, shared_layer, table
from resorption_plugin.core.exchange.readers import read_rows
from resorption_plugin.core.exchange.rows import SourceRow, SourceTable
from resorption_plugin.core.exchange.tabular import read_delimited
from resorption_plugin.core.exchange.whole_file import whole_file
from resorption_plugin.core.indicators.audience import Audience
from resorption_plugin.core.model import domains
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import shared_file

DAY = dt.date(2026, 1, 15)
TOULOUSE = shapely.Point(1.44, 43.6)
FOUNTAIN = {
    "type": "fontaine_publique", "lifecycle": "existing", "is_potable": True, "working_state": "working",
    "source": "Ville", "source_id": "F1", "fountain_type": "robinet", "fk_city": "31555", "access_conditions": "aucune",
    "wheelchair_accessible": True, "container_filling": False,
}  # fmt: skip


def point(uid: str = "u1", at: shapely.Point | None = TOULOUSE, **changes: Any) -> Record:
    return Record("water_point", uid, FOUNTAIN | changes, at)


def rows_of(*records: Record, on: dt.date = DAY) -> tuple[list[dict[str, str]], list[str]]:
    rows, left_out = table(Chosen(records, ()), COLUMNS, fontaine_eau_file.cells(on))
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows], told(left_out)


def told(left_out: Iterable[LeftOut]) -> list[str]:
    return [each.reason.template.format(**each.reason.values) for each in left_out]


def violations(schema: Mapping[str, Any], row: Mapping[str, str]) -> list[str]:
    """Check a row by the table schema's own words (type, required, enum, pattern, minimum, maximum)."""
    found = []
    for field in schema["fields"]:
        name, text, limits = field["name"], row[field["name"]], field.get("constraints", {})
        if not text:
            found += [f"{name} is required"] if limits.get("required") else []
            continue
        found += [f"{name}: {text} is not listed"] if text not in limits.get("enum", [text]) else []
        found += [f"{name}: {text}"] if not re.fullmatch(limits.get("pattern", ".*"), text, re.DOTALL) else []
        if field["type"] == "number":
            found += (
                [f"{name}: {text}"] if not float(limits["minimum"]) <= float(text) <= float(limits["maximum"]) else []
            )
        if field["type"] == "date":
            dt.datetime.strptime(text, field["format"])  # noqa: DTZ007 - a day
        if field["type"] == "boolean":
            found += [f"{name}: {text}"] if text not in ("true", "false") else []
    return found


@pytest.fixture(scope="module")
def schema(shared_data: Path) -> dict[str, Any]:
    return json.loads((shared_data / "schemas" / "schema.json").read_text("utf-8"))


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
days = st.dates(dt.date(1950, 1, 1), DAY)
closures = st.one_of(
    st.just({"working_state": "working"}),
    st.fixed_dictionaries({"working_state": st.just("closed"), "closed_from": days}),
)


@st.composite
def fountains(draw: st.DrawFn) -> Record:
    """Draw a fountain with everything the schema can hold."""
    values = FOUNTAIN | {
        "source_id": draw(st.none() | texts),
        "fountain_type": draw(st.sampled_from(domains.FOUNTAIN_TYPE.codes())),
        "access_conditions": draw(st.sampled_from(domains.ACCESS_CONDITIONS.codes())),
        "fk_city": draw(st.sampled_from(["31555", "2A004", "01004", "97411"])),
        "operator_siren": draw(st.none() | st.from_regex(r"[0-9]{9}", fullmatch=True)),
        "installed_on": draw(st.none() | days),
        **{name: draw(st.none() | texts) for name in ("model", "operator", "address", "location_details")},
        **{name: draw(st.booleans()) for name in ("wheelchair_accessible", "container_filling")},
        **draw(closures),
    }
    place = shapely.Point(draw(st.floats(-180, 180)), draw(st.floats(-90, 90)))
    return Record("water_point", str(draw(st.uuids())), values, place)


@settings(deadline=None, max_examples=150)
@given(record=fountains().filter(lambda record: (record.geometry.x, record.geometry.y) != (0, 0)))
def test_what_is_written_is_valid_and_reads_back_unchanged(schema, record):
    (row,), left_out = rows_of(record)
    assert left_out == []
    assert violations(schema, row) == []
    source = SourceTable("f", COLUMNS, (SourceRow(2, tuple(row.values())),))
    reading = read_rows(source, reader_for("fontaine-eau", source, 2154), Silent())
    assert [each.reason for each in reading.rejected] == []
    (incoming,) = reading.incoming
    assert KnownPoints([record]).match(incoming) is record
    assert incoming.point.equals(record.geometry)
    values = {name: value for name, value in incoming.values.items() if name not in ("source", "source_id")}
    assert values == {name: record[name] for name in values}
    assert {name for name in fontaine_eau.FIELDS.values() if record[name] is not None} <= {*values, "source_id"}


def test_the_columns_are_those_of_the_schema_in_its_order(schema, tmp_path):
    fontaine_eau_file.write(tmp_path / "f.csv", Chosen((point(),), ()), DAY)
    content = (tmp_path / "f.csv").read_bytes()
    assert content.splitlines()[0].decode() == ",".join(field["name"] for field in schema["fields"])
    assert content.count(b"\n") == 2


def test_the_official_example_comes_back_as_it_is(shared_data, tmp_path):
    example = shared_data / "schemas" / "exemple-valide.csv"
    source = read_delimited(example)
    incoming = read_rows(source, reader_for("auto", source, 2154), Silent()).incoming
    records = tuple(
        Record("water_point", row.values["source_id"], {**row.values, "lifecycle": "existing"}, row.point)
        for row in incoming
    )
    assert fontaine_eau_file.write(tmp_path / "f.csv", Chosen(records, ()), DAY) == (3, ())
    with (tmp_path / "f.csv").open(encoding="utf-8") as ours, example.open(encoding="utf-8") as theirs:
        assert [{**row} for row in csv.DictReader(ours)] == [
            {name: text.lower() if text in ("True", "False") else text for name, text in row.items()}
            for row in csv.DictReader(theirs)
        ]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "borne_incendie"}, "It is not a public fountain."),
        ({"lifecycle": "removed"}, "It is planned or removed."),
        ({"is_potable": None}, "It is not said to give drinking water."),
        ({"is_potable": False}, "It is not said to give drinking water."),
        ({"fk_city": None}, "“INSEE code” is not filled in, and the schema asks for it."),
        ({"wheelchair_accessible": None}, "“Accessible by wheelchair” is not filled in, and the schema asks for it."),
        ({"fk_city": "3155"}, "“INSEE code”: “3155” does not have the form the schema asks for."),
        ({"operator_siren": "12"}, "“SIREN of the operator”: “12” does not have the form the schema asks for."),
        ({"working_state": "unknown"}, "Its working state is unknown, and an empty cell of the schema would say"),
        ({"working_state": "out_of_order"}, "It is closed, and since when is not filled in"),
    ],
)
def test_what_the_schema_cannot_hold_is_left_out_with_its_reason(changes, complaint):
    rows, (reason,) = rows_of(point(**changes))
    assert rows == []
    assert reason.startswith(complaint)


def test_a_closure_is_written_on_the_days_it_covers():
    closed = point(closed_from=dt.date(2026, 1, 10), closed_until=dt.date(2026, 1, 20))
    assert [rows_of(closed, on=dt.date(2026, 1, day))[0][0]["indisponible"] for day in (9, 10, 20, 21)] == [
        "", "2026-01-10", "2026-01-10", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "since"), [("2026-01-15", "2025-11-15"), ("2026-06-15", ""), ("2026-12-01", "2026-11-15")]
)
def test_a_yearly_closure_is_written_since_this_winter(day, since):
    winter = point(season_closed_from="11-15", season_closed_until="03-31")
    assert rows_of(winter, on=dt.date.fromisoformat(day))[0][0]["indisponible"] == since


def test_a_number_that_two_sources_share_is_replaced_by_the_identifier():
    records = [point("a", source_id="1"), point("b", source="Autre", source_id="1"), point("c", source_id=None)]
    assert numbers([*records, point("d", source_id="2")]) == {"a": "a", "b": "b", "c": "c", "d": "2"}


FOOTPRINT = Record("site_footprint", "f", {}, shapely.box(2, 44, 2.1, 44.1))


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    ("record", "is_on_a_site"),
    [
        (point(), False),
        (point(site_uid="s"), True),
        (point(site_uid="s", is_on_public_road=False), True),
        (point(site_uid="s", is_on_public_road=True), False),
        (point(at=shapely.Point(2.05, 44.05)), True),
        (point(at=shapely.Point(2.1, 44.1)), True),
        (point(at=shapely.Point(2.2, 44.05)), False),
    ],
)
def test_a_point_on_a_site_is_for_the_services_alone(record, is_on_a_site, audience):
    chosen = choose([record], [FOOTPRINT], audience)
    assert bool(chosen.left_out) == (is_on_a_site and audience is not Audience.SERVICES)
    assert len(chosen.records) + len(chosen.left_out) == 1


@pytest.mark.parametrize("place", [None, shapely.Point()])
def test_a_point_without_position_is_left_out(place):
    assert told(choose([point(at=place)], [], Audience.SERVICES).left_out) == ["There is no position."]


def test_only_the_services_get_what_may_tell_of_a_site_or_a_person():
    private = {"site_uid", "comments", "created_by", "updated_by"}
    assert private <= set(shared_layer(Audience.SERVICES).names())
    assert not private & set(shared_layer(Audience.COMMITTEE).names())
    assert "commune_distance_m" not in shared_layer(Audience.SERVICES).names()


def test_geojson_follows_its_rules(tmp_path):
    record = point(
        name="Jean Jaurès", state_on=DAY, updated_at=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC), flow_l_min=8.5
    )
    geojson_file.write(tmp_path / "w.geojson", shared_layer(Audience.COMMITTEE), [record])
    content = json.loads((tmp_path / "w.geojson").read_bytes())
    assert set(content) == {"type", "features"}, "RFC 7946 § 4: no member crs"
    (feature,) = content["features"]
    assert (feature["type"], feature["id"]) == ("Feature", "u1")
    assert feature["geometry"] == {"type": "Point", "coordinates": [1.44, 43.6]}
    properties = feature["properties"]
    assert properties["name"] == "Jean Jaurès"
    assert (properties["state_on"], properties["updated_at"]) == ("2026-01-15", "2026-01-02T03:04:05Z")
    assert (properties["is_potable"], properties["flow_l_min"], properties["taps"]) == (True, 8.5, None)
    assert not {"site_uid", "comments", "uid"} & set(properties)


WRITERS = {
    "f.csv": lambda path: fontaine_eau_file.write(path, Chosen((point(),), ()), DAY),
    "p.csv": lambda path: pei_file.write(path, Chosen((point(),), ()), DAY),
    "w.geojson": lambda path: geojson_file.write(path, shared_layer(Audience.PUBLIC), [point()]),
    "w.gpkg": lambda path: shared_file.write(path, shared_layer(Audience.PUBLIC), [point()]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_is_not_there_is_said(tmp_path, name):
    with pytest.raises(ExportFileError, match="There is no folder"):
        WRITERS[name](tmp_path / "nowhere" / name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_takes_the_place_of_another_at_once_and_leaves_nothing_beside(tmp_path, name):
    (tmp_path / name).write_text("before")
    WRITERS[name](tmp_path / name)
    assert (tmp_path / name).read_bytes() != b"before"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("number", "complaint"),
    [(errno.ENOSPC, "The disk is full: nothing was written"), (errno.EACCES, "cannot be written (Permission denied)")],
)
def test_a_full_disk_and_a_closed_folder_leave_the_file_as_it_was(tmp_path, number, complaint):
    path = tmp_path / "f.csv"
    path.write_text("before")
    reason = "Permission denied" if number == errno.EACCES else "No space left on device"
    with pytest.raises(ExportFileError, match=re.escape(complaint)), whole_file(path):
        raise OSError(number, reason)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["f.csv"]


def test_a_job_that_dies_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt), whole_file(path):
        raise KeyboardInterrupt
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["f.csv"]


def test_the_geopackage_holds_one_layer_with_its_index(tmp_path):
    shared_file.write(tmp_path / "w.gpkg", shared_layer(Audience.COMMITTEE), [point(), point("u2", name="B")])
    with sqlite3.connect(tmp_path / "w.gpkg") as connection:
        assert connection.execute("SELECT table_name FROM gpkg_contents").fetchall() == [("water_point",)]
        extent = connection.execute("SELECT min_x, max_y FROM gpkg_contents").fetchone()
        assert extent == pytest.approx((1.44, 43.6), abs=1e-5), "R-trees round outwards to single precision"
        assert connection.execute("SELECT count(*) FROM rtree_water_point_geom").fetchone() == (2,)
        columns = {row[1] for row in connection.execute("PRAGMA table_info(water_point)")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "hydrant_type" in columns
    assert "site_uid" not in columns
