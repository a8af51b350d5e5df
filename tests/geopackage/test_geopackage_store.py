"""A workspace written and read as records."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import Cancelled, OvertakenError, WorkspaceError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.store import GeoPackageStore

TOULOUSE = shapely.Point(1.44, 43.6)
SQUARE = shapely.box(1.44, 43.6, 1.45, 43.61)


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the file: it knows the R-tree's functions, as GDAL and QGIS do."""
    with closing(sqlite3.connect(path)) as connection:
        geometry.add_functions(connection)
        yield connection


class Stopped:
    """A job the user has cancelled."""

    def progress(self, fraction: float) -> None:
        raise AssertionError("nothing was done")

    def is_cancelled(self) -> bool:
        return True


def site(**values: object) -> Record:
    return Record("site", str(uuid.uuid4()), values, TOULOUSE)


def test_a_record_comes_back_as_it_was_written(store: GeoPackageStore) -> None:
    written = site(
        name="L'îlot",
        status="open",
        is_reinstallation=False,
        declared_at=dt.date(2025, 3, 1),
        population_updated_at=dt.datetime(2025, 3, 1, 12, 30, 15, 250000, tzinfo=dt.UTC),
        population_total=12,
        position_accuracy_m=7.5,
        social_origins=("european", "french"),
        comments=None,
    )
    store.apply(ChangeSet(insert=[written]))

    (read,) = store.read(["site"]).layer("site")

    assert read.uid == written.uid
    assert read.geometry == TOULOUSE
    expected = {**written.values, "social_origins": ("french", "european")}
    assert {name: read[name] for name in expected} == expected
    assert read["is_reinstallation"] is False
    assert read["census_status"] is None


def test_instants_are_stored_in_utc(store: GeoPackageStore, path: Path) -> None:
    summer_noon = dt.datetime(2025, 7, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    store.apply(ChangeSet(insert=[site(population_updated_at=summer_noon)]))
    with other_program(path) as plain:
        (stored,) = plain.execute("SELECT population_updated_at FROM site").fetchone()
    assert stored == "2025-07-01T10:00:00.000Z"


@pytest.mark.parametrize("stored", ['["french","other"]', '{"french","other"}', "{french,other}"])
def test_choices_are_read_in_the_forms_that_qgis_writes(store: GeoPackageStore, path: Path, stored: str) -> None:
    store.apply(ChangeSet(insert=[site()]))
    with other_program(path) as plain:
        plain.execute("PRAGMA ignore_check_constraints = ON")
        plain.execute("UPDATE site SET social_origins = ?", (stored,))
        plain.commit()
    assert store.read(["site"]).layer("site")[0]["social_origins"] == ("french", "other")


def test_a_value_that_cannot_be_read_is_kept_as_it_is(store: GeoPackageStore, path: Path) -> None:
    store.apply(ChangeSet(insert=[site()]))
    with other_program(path) as plain:
        plain.execute("PRAGMA ignore_check_constraints = ON")
        plain.execute("UPDATE site SET built_at = '32/13/2020', is_reinstallation = 'peut-être', social_origins = '?'")
        plain.commit()
    (read,) = store.read(["site"]).layer("site")
    assert (read["built_at"], read["is_reinstallation"], read["social_origins"]) == ("32/13/2020", "peut-être", "?")


def test_a_polygon_is_promoted_and_heights_are_dropped(store: GeoPackageStore) -> None:
    parent = site()
    high = shapely.force_3d(SQUARE, 120.0)
    footprint = Record("site_footprint", str(uuid.uuid4()), {"site_uid": parent.uid}, high)
    store.apply(ChangeSet(insert=[footprint, parent]))
    (read,) = store.read(["site_footprint"]).layer("site_footprint")
    assert read.geometry is not None
    assert read.geometry.geom_type == "MultiPolygon"
    assert read.geometry.equals(SQUARE)
    assert not read.geometry.has_z


def test_a_geometry_of_another_type_is_refused(store: GeoPackageStore) -> None:
    with pytest.raises(WorkspaceError, match="site takes no geometry of the type Polygon"):
        store.apply(ChangeSet(insert=[Record("site", str(uuid.uuid4()), {}, SQUARE)]))


def test_an_update_changes_only_the_columns_it_holds(store: GeoPackageStore) -> None:
    before = site(name="Avant", comments="gardé")
    store.apply(ChangeSet(insert=[before]))
    store.apply(ChangeSet(update=[Record("site", before.uid, {"name": "Après"})]))
    (after,) = store.read_uids("site", [before.uid])
    assert (after["name"], after["comments"], after.geometry) == ("Après", "gardé", TOULOUSE)


def test_an_update_may_move_a_record(store: GeoPackageStore, path: Path) -> None:
    before = site()
    store.apply(ChangeSet(insert=[before]))
    store.apply(ChangeSet(update=[Record("site", before.uid, {}, shapely.Point(1.5, 43.7))]))
    with other_program(path) as plain:
        tree = plain.execute("SELECT minx, maxy FROM rtree_site_geom").fetchall()
        extent = plain.execute("SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'site'").fetchone()
    assert tree == [pytest.approx((1.5, 43.7), abs=1e-5)]
    assert extent == pytest.approx((1.5, 43.7), abs=1e-5)


def test_a_missing_record_cancels_the_whole_change(store: GeoPackageStore) -> None:
    absent = Record("site", str(uuid.uuid4()), {"name": "?"})
    with pytest.raises(WorkspaceError, match="1 records of site are gone"):
        store.apply(ChangeSet(insert=[site()], update=[absent]))
    assert store.read(["site"]).layer("site") == []


def test_deleting_a_site_deletes_its_parts_and_frees_its_water_points(store: GeoPackageStore) -> None:
    parent = site()
    tap = Record("water_point", str(uuid.uuid4()), {"site_uid": parent.uid}, TOULOUSE)
    dwelling = Record("dwelling", str(uuid.uuid4()), {"site_uid": parent.uid}, TOULOUSE)
    store.apply(ChangeSet(insert=[parent, tap, dwelling]))
    store.apply(ChangeSet(delete=[("site", parent.uid)]))
    left = store.read(["site", "dwelling", "water_point"])
    assert [record.uid for record in left] == [tap.uid]
    assert left.layer("water_point")[0]["site_uid"] is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "elsewhere"}, "“Status” does not take this value"),
        ({"fk_field_type": 9}, "“Type of site” does not take this value"),
        ({"population_total": 0}, "“Number of people” does not take this value"),
        ({"population_total": "douze"}, "“Number of people” does not take this value"),
        ({"name": "x" * 36}, "“Name of the site” does not take this value"),
        ({"built_at": "01/02/2020"}, "“Date of settlement” does not take this value"),
        ({"is_reinstallation": 2}, "resettlement"),
        ({"social_origins": "french"}, "“Origins” does not take this value"),
        ({"population_total": 5, "population_minors": 6}, "There cannot be more minors than people"),
        ({"status": "open", "closed_at": "2024-01-01"}, "An open site has no date of closure"),
        ({"status": None}, "“Status” is required"),
    ],
)
def test_the_tables_refuse_what_the_model_forbids(store: GeoPackageStore, values: dict[str, object], said: str) -> None:
    with pytest.raises(WorkspaceError, match=said):
        store.apply(ChangeSet(insert=[site(), site(**values)]))
    assert store.read(["site"]).layer("site") == []


def test_a_reference_to_nothing_is_refused(store: GeoPackageStore) -> None:
    orphan = Record("dwelling", str(uuid.uuid4()), {"site_uid": str(uuid.uuid4())}, TOULOUSE)
    with pytest.raises(OvertakenError, match="belongs to one that is not there any more"):
        store.apply(ChangeSet(insert=[orphan]))
    assert store.read(["dwelling"]).layer("dwelling") == []


def test_two_footprints_of_one_site_are_refused(store: GeoPackageStore) -> None:
    parent = site()
    twins = [Record("site_footprint", str(uuid.uuid4()), {"site_uid": parent.uid}, SQUARE) for _ in range(2)]
    with pytest.raises(OvertakenError, match="“Site” is already used by another record"):
        store.apply(ChangeSet(insert=[parent, *twins]))


def test_an_unknown_column_is_named(store: GeoPackageStore) -> None:
    with pytest.raises(WorkspaceError, match="site has no column colour"):
        store.apply(ChangeSet(insert=[site(colour="red")]))


def test_an_identifier_never_changes(store: GeoPackageStore, path: Path) -> None:
    store.apply(ChangeSet(insert=[site()]))
    with other_program(path) as plain, pytest.raises(sqlite3.IntegrityError, match="cannot change"):
        plain.execute("UPDATE site SET uid = 'another'")


def test_a_locked_workspace_is_said_to_be(store: GeoPackageStore, path: Path) -> None:
    with other_program(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="another program"):
            store.apply(ChangeSet(insert=[site()]))
    assert store.read(["site"]).layer("site") == []


def test_a_full_disk_writes_nothing(store: GeoPackageStore, path: Path) -> None:
    store._connection.execute("PRAGMA max_page_count = 1")
    many = [site(comments="x" * 4000) for _ in range(50)]
    with pytest.raises(WorkspaceError, match="disk is full"):
        store.apply(ChangeSet(insert=many))
    with other_program(path) as plain:
        assert plain.execute("SELECT count(*) FROM site").fetchone() == (0,)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_reading_stops_when_it_is_cancelled(store: GeoPackageStore) -> None:
    store.apply(ChangeSet(insert=[site()]))
    with pytest.raises(Cancelled):
        store.read(["site"], Stopped())


def test_many_records_are_found_by_uid(store: GeoPackageStore) -> None:
    sites = [site(name=str(number)) for number in range(1200)]
    store.apply(ChangeSet(insert=sites))
    wanted = [record.uid for record in sites[:1100]]
    assert {record.uid for record in store.read_uids("site", [*wanted, *wanted, "unknown"])} == set(wanted)


def test_properties_are_kept(store: GeoPackageStore) -> None:
    store.set_meta("computed_at", "2025-01-01")
    store.set_meta("computed_at", "2025-01-02")
    assert (store.meta("computed_at"), store.meta("nothing")) == ("2025-01-02", None)
    assert (store.meta("departments"), store.meta("metric_epsg"), store.meta("schema_version")) == ("31", "2154", "1")


def test_new_rows_are_dated_by_the_table(store: GeoPackageStore) -> None:
    store.apply(ChangeSet(insert=[site()]))
    (read,) = store.read(["site"]).layer("site")
    assert abs(dt.datetime.now(dt.UTC) - read["created_at"]) < dt.timedelta(minutes=1)
    assert (read["status"], read["living_conditions_version"]) == ("open", 2)


def test_some_columns_are_read_alone(store: GeoPackageStore) -> None:
    written = site(is_reinstallation=False)
    store.apply(ChangeSet(insert=[written]))
    (read,) = store.read_columns("site", ["name", "is_reinstallation"])
    assert (read.uid, read["name"], read["is_reinstallation"]) == (written.uid, written["name"], False)
    assert set(read.values) == {"name", "is_reinstallation"}
    assert read.geometry is None
    with pytest.raises(WorkspaceError, match="has no column mayor"):
        store.read_columns("site", ["mayor"])
