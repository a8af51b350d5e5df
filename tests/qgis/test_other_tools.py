"""A workspace edited by other programs, as QField and scripts do: it is exchanged, or set aside with a reason."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from osgeo import gdal, ogr

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.attachments import PhotoState
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace_photos import WorkspacePhotos
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.run_checks import RunChecks
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from tests.qgis.shared_base import HERE, Base, add_site, on_server, run, synced
from tests.qgis.test_photos import picture


@pytest.fixture(autouse=True)
def exceptions() -> Iterator[None]:
    gdal.UseExceptions()
    ogr.UseExceptions()
    yield
    ogr.DontUseExceptions()
    gdal.DontUseExceptions()


def in_the_field(workspace: Path, work: Callable[[gdal.Dataset], object]) -> object:
    """Edit a workspace as QGIS and QField do, with a write-ahead log; nothing of GDAL outlives the edit."""
    dataset = gdal.OpenEx(str(workspace), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("PRAGMA journal_mode = wal")
    return work(dataset)


def row_of(layer: ogr.Layer, uid: str) -> ogr.Feature:
    layer.SetAttributeFilter(f"uid = '{uid}'")
    found = layer.GetNextFeature()
    layer.SetAttributeFilter(None)
    return found


def drawn(layer: ogr.Layer, wkt: str | None = None, **values: object) -> None:
    feature = ogr.Feature(layer.GetLayerDefn())
    for name, value in values.items():
        feature[name] = value
    if wkt:
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
    layer.CreateFeature(feature)


@pytest.fixture
def shared(base: Base, workspace: Path) -> dict[str, str]:
    """Three sites and a water point that the server has; their uids by name."""
    uids = {name: add_site(workspace, name=name) for name in ("Écluse", "Talus", "Friche")}
    uids["Robinet"] = str(uuid.uuid4())
    with GeoPackageStore.open(workspace) as store:
        tap = {"name": "Robinet", "department": "31"}
        store.apply(ChangeSet(insert=[Record("water_point", uids["Robinet"], tap, HERE)]))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=base.place(base.officer("anne")))
    return uids


def test_a_day_in_the_field_arrives_whole(base: Base, workspace: Path, shared: dict[str, str]):
    anne = base.place("anne")

    def edit(device: gdal.Dataset) -> None:
        sites, taps = device.GetLayerByName("site"), device.GetLayerByName("water_point")
        edited = row_of(sites, shared["Écluse"])
        edited["name"], edited["population_total"] = "Chemin de l'Écluse", 42
        sites.SetFeature(edited)
        drawn(sites, "POINT (1.45 43.61)", name="Nouveau", status="open")
        moved = row_of(taps, shared["Robinet"])
        moved.SetGeometry(ogr.CreateGeometryFromWkt("POINT (1.441 43.602)"))
        taps.SetFeature(moved)
        sites.DeleteFeature(row_of(sites, shared["Friche"]).GetFID())
        counts = device.GetLayerByName("population_count")
        drawn(counts, site_uid=shared["Talus"], counted_on="2026/02/03", population_total=12)

    in_the_field(workspace, edit)
    assert synced(workspace, anne) == (5, 0, 0, 0)
    assert sorted(on_server(base).values()) == ["Chemin de l'Écluse", "Nouveau", "Talus"]
    assert base.rows("SELECT population_total FROM app.v_site WHERE name LIKE 'Chemin%'", "anne") == [(42,)]
    bob = base.officer("bob")
    assert base.rows("SELECT commune FROM app.v_site WHERE name = 'Nouveau'", bob) == [("Toulouse",)]
    assert base.rows("SELECT ST_AsText(geom) FROM app.v_water_point", "anne") == [("POINT(1.441 43.602)",)]
    assert base.rows("SELECT site_uid::text, population_total FROM app.v_population_count", "anne") == [
        (shared["Talus"], 12)
    ]
    assert synced(workspace, anne) == (0, 0, 0, 0)


def test_a_photo_taken_by_another_program_is_taken_in_and_sent(
    base: Base, workspace: Path, other: Path, shared: dict[str, str]
):
    """QField writes a row whose path leads to its own folder, DCIM, and no hash."""
    camera = workspace.parent / "DCIM"
    camera.mkdir()
    taken = picture(camera / "photo_20260203.jpg", place=(1.4402, 43.6001))
    (camera / "note.jpg").write_text("not a photo")

    def edit(device: gdal.Dataset) -> None:
        for name in (taken.name, "note.jpg", "gone.jpg"):
            drawn(device.GetLayerByName("photo"), site_uid=shared["Talus"], path=f"DCIM/{name}")

    in_the_field(workspace, edit)
    done = synchronise_workspace(workspace, base.place("anne"), Silent())
    assert (done.photos.sent, len(done.problems)) == (1, 1)
    assert "note.jpg" in str(done.problems[0])
    sha256 = hashlib.sha256(taken.read_bytes()).hexdigest()
    assert WorkspacePhotos(workspace).seen() == {sha256: PhotoState.SAFE}
    with GeoPackageStore.open(workspace, read_only=True) as store:
        (row,) = [row for row in store.read(["photo"]).layer("photo") if row["sha256"]]
    assert PhotoFolder(workspace).find(row["path"]).read_bytes() == taken.read_bytes()
    assert (row["original_name"], row["exif_latitude"]) == (taken.name, pytest.approx(43.6001))
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=base.place(base.officer("bob")))
    assert WorkspacePhotos(other).seen() == {sha256: PhotoState.SAFE}


def test_a_photo_is_deleted_by_nobody_but_the_user(base: Base, workspace: Path, other: Path, shared: dict[str, str]):
    def edit(device: gdal.Dataset) -> None:
        picture(workspace.parent / "a.jpg")
        drawn(device.GetLayerByName("photo"), site_uid=shared["Talus"], path="a.jpg")

    in_the_field(workspace, edit)
    bob = base.place(base.officer("bob"))
    synced(workspace, base.place("anne"))
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)

    def edit(device: gdal.Dataset) -> None:
        photos = device.GetLayerByName("photo")
        photos.DeleteFeature(photos.GetNextFeature().GetFID())

    in_the_field(other, edit)
    kept = [sorted(PhotoFolder(path).folder.rglob("*.jpg")) for path in (workspace, other)]
    assert [len(files) for files in kept] == [1, 1]
    assert synced(other, bob)[0] == 1
    assert synced(workspace, base.place("anne"))[1] == 1
    assert WorkspacePhotos(workspace).seen() == WorkspacePhotos(other).seen() == {}
    assert [sorted(PhotoFolder(path).folder.rglob("*.jpg")) for path in (workspace, other)] == kept


def test_a_script_writes_by_sqlite_and_by_sql_of_gdal(base: Base, workspace: Path, shared: dict[str, str]):
    with closing(sqlite3.connect(workspace)) as connection:
        geometry.add_functions(connection)
        connection.execute("UPDATE site SET comments = 'vu' WHERE uid = ?", (shared["Écluse"],))
        connection.execute(
            "INSERT INTO population_count (site_uid, counted_on, population_total) VALUES (?, '2026-02-03', 3)",
            (shared["Talus"],),
        )
        connection.commit()

    def edit(device: gdal.Dataset) -> None:
        device.ExecuteSQL(f"UPDATE site SET status = 'open', comments = 'aussi' WHERE uid = '{shared['Talus']}'")

    in_the_field(workspace, edit)
    assert synced(workspace, base.place("anne")) == (3, 0, 0, 0)
    assert base.rows("SELECT comments FROM app.v_site WHERE comments IS NOT NULL ORDER BY 1", "anne") == [
        ("aussi",),
        ("vu",),
    ]


def test_a_table_copied_over_by_another_program_loses_nothing(base: Base, workspace: Path, shared: dict[str, str]):
    """What geopandas and ogr2ogr do with mode “append”: whole rows, some without identifier, columns left out."""
    memory = gdal.GetDriverByName("Memory").Create("", 0, 0, 0, gdal.GDT_Unknown)
    layer = memory.CreateLayer("site", geom_type=ogr.wkbPoint)
    for name in ("name", "status", "department"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for number in range(3):
        drawn(layer, f"POINT (1.4{number} 43.6)", name=f"Ajout {number}", status="open", department="31")
    gdal.VectorTranslate(str(workspace), memory, accessMode="append", layerName="site")
    assert synced(workspace, base.place("anne")) == (3, 0, 0, 0)
    assert {"Ajout 0", "Ajout 1", "Ajout 2"} < set(on_server(base).values())


def test_what_cannot_be_sent_is_set_aside_with_a_sentence(base: Base, workspace: Path, shared: dict[str, str]):
    def edit(device: gdal.Dataset) -> None:
        sites = device.GetLayerByName("site")
        for uid in ("", "{" + str(uuid.uuid4()) + "}", "12"):
            drawn(sites, "POINT (1.45 43.61)", uid=uid, name="Anonyme", status="open", department="31")
        drawn(sites, "POINT (2.35 48.85)", name="Paris", status="open", department="75")

    in_the_field(workspace, edit)
    assert synced(workspace, base.place("anne")) == (0, 0, 0, 4)
    with SyncedWorkspace.attach(workspace) as local:
        aside = local.quarantined()
    assert sorted(row.code for row in aside if row.code) == ["outside_area"]
    assert len([row for row in aside if row.code or row.sentence() is not None]) == 4


def test_what_breaks_a_rule_of_the_form_is_refused_to_the_other_program_at_once(workspace: Path):
    def edit(device: gdal.Dataset) -> str:
        sites = device.GetLayerByName("site")
        try:
            drawn(sites, "POINT (1.45 43.61)", status="ailleurs")
        except RuntimeError as error:
            return f"{error} {sites.GetFeatureCount()}"
        return "accepted"

    told = str(in_the_field(workspace, edit))
    assert "status_list" in told
    assert told.endswith(" 0")


def test_the_checks_see_what_came_from_the_field(workspace: Path):
    def edit(device: gdal.Dataset) -> None:
        drawn(device.GetLayerByName("site"), "POINT (1.45 43.61)", name="Nouveau", status="open")

    in_the_field(workspace, edit)
    run(RunChecks, WORKSPACE=workspace)
    with GeoPackageStore.open(workspace, read_only=True) as store:
        found = store.read(["site", "finding"])
    (site,) = found.layer("site")
    about = {row["check_id"] for row in found.layer("finding") if row["target_uid"] == site.uid}
    assert "EAU-001" in about
    assert site.geometry == shapely.Point(1.45, 43.61)


def test_a_copy_from_the_field_and_the_file_of_the_office_meet_by_the_server(
    base: Base, workspace: Path, shared: dict[str, str], tmp_path: Path
):
    anne, copy = base.place("anne"), tmp_path / "terrain.gpkg"
    shutil.copy(workspace, copy)
    in_the_field(copy, lambda device: device.ExecuteSQL("UPDATE site SET caravans = 7 WHERE name = 'Talus'"))
    in_the_field(
        workspace, lambda device: device.ExecuteSQL("UPDATE site SET comments = 'bureau' WHERE name = 'Talus'")
    )
    assert synced(workspace, anne) == (1, 0, 0, 0)
    assert synced(copy, anne) == (1, 1, 0, 0)
    assert synced(workspace, anne) == (0, 1, 0, 0)
    assert base.rows("SELECT caravans, comments FROM app.v_site WHERE name = 'Talus'", "anne") == [(7, "bureau")]
