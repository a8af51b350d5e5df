"""Whichever program writes in the workspace, what it wrote is found and sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resorption_plugin.core.history.changes import Operation
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.geopackage.sync.shared import HERE, THERE, Person, assert_sound, images, ogr, other_program
from tests.stories.server import MemoryServer

ogr_is_here = pytest.importorskip("osgeo.ogr", reason="GDAL is the other program")


@pytest.fixture
def uid(anna: Person) -> str:
    """Return a site that the server knows."""
    made = anna.insert(name="Avant", population_total=3, built_at=None, comments="Un mot")
    anna.insert("dwelling", site_uid=made)
    anna.sync()
    return made


@contextmanager
def layer_of(path: Path, name: str) -> Iterator[object]:
    source = ogr_is_here.Open(str(path), 1)
    yield source.GetLayerByName(name)
    source = None


def by_sqlite(anna: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("UPDATE site SET name = 'Après' WHERE uid = ?", (uid,))


def by_ogr_sql(anna: Person, uid: str) -> None:
    source = ogr_is_here.Open(str(anna.path), 1)
    source.ExecuteSQL(f"UPDATE site SET name = 'Après' WHERE uid = '{uid}'")


def by_ogr_feature(anna: Person, uid: str) -> None:
    with layer_of(anna.path, "site") as layer:
        layer.SetAttributeFilter(f"uid = '{uid}'")
        feature = layer.GetNextFeature()
        feature.SetField("name", "Après")
        layer.SetFeature(feature)


def by_replace(anna: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("PRAGMA foreign_keys = OFF")
        cells = plain.execute("SELECT * FROM site WHERE uid = ?", (uid,))
        names = [column[0] for column in cells.description]
        row = {**dict(zip(names, cells.fetchone(), strict=True)), "name": "Après"}
        plain.execute(f"REPLACE INTO site ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [*row.values()])


def without_triggers(anna: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("DROP TRIGGER sync_history_site_update")
    by_sqlite(anna, uid)


def after_vacuum(anna: Person, uid: str) -> None:
    by_sqlite(anna, uid)
    with other_program(anna.path) as plain:
        plain.execute("VACUUM")


WAYS = (by_sqlite, by_ogr_sql, by_ogr_feature, by_replace, without_triggers, after_vacuum)


@pytest.mark.parametrize("change", WAYS, ids=lambda way: way.__name__)
def test_an_edit_by_another_program_is_sent_and_nothing_else(
    anna: Person, uid: str, server: MemoryServer, change: Callable[[Person, str], None]
) -> None:
    change(anna, uid)
    batch = anna.local.freeze()
    assert batch is not None
    (made,) = batch.operations()
    assert {name: edit.to_json() for name, edit in made.edits.items()} == {"name": ["Avant", "Après"]}
    anna.sync()
    assert images(server)[uid]["name"] == "Après"
    assert anna.local.freeze() is None


def test_a_layer_overwritten_by_ogr_sends_only_what_changed(anna: Person, bob: Person, server: MemoryServer) -> None:
    uids = [anna.insert(name=f"S{number}") for number in range(3)]
    anna.sync()
    anna.local.close()
    copy = anna.path.with_name("copy.gpkg")
    ogr("ogr2ogr", "-f", "GPKG", copy, anna.path, "site")
    with other_program(copy) as plain:
        plain.execute("UPDATE site SET name = 'Après' WHERE uid = ?", (uids[0],))
        plain.execute("DELETE FROM site WHERE uid = ?", (uids[1],))
    ogr("ogr2ogr", "-update", "-overwrite", "-nln", "site", anna.path, copy, "site")
    with Person.at(anna.path, server, "anna") as again:
        batch = again.local.freeze()
        assert batch is not None
        assert [(made.uid, made.kind.value, [*made.edits]) for made in batch.operations()] == [
            (uids[0], "U", ["name"]),
            (uids[1], "D", []),
        ]
        again.sync()
        bob.sync()
        bob.insert("dwelling", site_uid=uids[0])
        bob.sync()
        assert again.sync().received == 1
        assert_sound(again.path)


def test_an_edit_that_no_trigger_saw_is_noted_in_the_history(anna: Person, uid: str) -> None:
    without_triggers(anna, uid)
    anna.sync()
    anna.sync()
    with GeoPackageStore.open(anna.path) as store:
        changes = [change for change in store.history.of_record("site", uid) if change.field == "name"]
    assert [(change.before, change.after, change.presumed) for change in changes] == [("Avant", "Après", True)]


def test_a_row_deleted_behind_the_triggers_is_noted_with_what_it_held(anna: Person) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    with other_program(anna.path) as plain:
        plain.execute("DROP TRIGGER sync_history_site_delete")
        plain.execute("DELETE FROM site")
    anna.sync()
    with GeoPackageStore.open(anna.path) as store:
        gone = [change for change in store.history.of_record("site", uid) if change.operation is Operation.DELETE]
    assert [change.before for change in gone if change.field == "name"] == ["Avant"]
    assert gone[0].field is None


def test_a_row_appended_by_ogr_is_sent(anna: Person, uid: str, server: MemoryServer) -> None:
    other = "00000000-0000-4000-8000-000000000001"
    file = anna.path.with_name("more.geojson")
    geom = f'{{"type": "Point", "coordinates": [{THERE.x}, {THERE.y}]}}'
    properties = f'{{"uid": "{other}", "name": "Ajouté", "status": "open", "living_conditions_version": "2022"}}'
    feature = f'{{"type": "Feature", "geometry": {geom}, "properties": {properties}}}'
    file.write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    with other_program(anna.path) as plain:
        (version,) = plain.execute("SELECT living_conditions_version FROM site").fetchone()
    file.write_text(file.read_text().replace('"2022"', f'"{version}"' if isinstance(version, str) else str(version)))
    ogr("ogr2ogr", "-append", "-nln", "site", anna.path, file)
    assert anna.sync().sent == 1
    assert images(server)[other]["name"] == "Ajouté"
    assert_sound(anna.path)


def test_what_only_looks_different_is_no_edit(anna: Person) -> None:
    """QGIS and GDAL write instants, lists and numbers in their own way when another column is saved."""
    uid = anna.insert(
        name="Avant", social_origins=("european", "french"), position_accuracy_m=5.0, is_reinstallation=True
    )
    anna.sync()
    with other_program(anna.path) as plain:
        plain.execute("""UPDATE site SET created_at = replace(created_at, 'Z', '+00:00'),
            social_origins = '["french", "european"]', geom = geom""")
        assert plain.execute("SELECT count(*) FROM site WHERE created_at LIKE '%+00:00'").fetchone() == (1,)
    assert anna.local.freeze() is None
    assert anna.local.waiting().to_send == 0
    anna.update(uid, name="Après")
    batch = anna.local.freeze()
    assert batch is not None
    assert list(batch.operations()[0].edits) == ["name"]


def test_a_table_made_anew_with_other_numbers_sends_only_what_changed(anna: Person, server: MemoryServer) -> None:
    uids = [anna.insert(name=f"S{number}") for number in range(5)]
    anna.sync()
    with other_program(anna.path) as plain:
        plain.execute("PRAGMA foreign_keys = OFF")
        plain.execute("UPDATE site SET fid = 1000 - fid")
        plain.execute("UPDATE site SET name = 'Après' WHERE uid = ?", (uids[2],))
        plain.execute("DELETE FROM site WHERE uid = ?", (uids[4],))
    batch = anna.local.freeze()
    assert batch is not None
    assert [(made.uid, made.kind.value) for made in batch.operations()] == [(uids[2], "U"), (uids[4], "D")]


def test_a_signature_alone_is_not_sent(anna: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("UPDATE site SET updated_by = 'quelqu''un', updated_at = '2026-01-01T00:00:00.000Z'")
    assert anna.local.freeze() is None


def test_a_photo_is_found_whatever_the_workspace_is_called(anna: Person, bob: Person, uid: str) -> None:
    sha256 = "ab" + "0" * 62
    path = f"{anna.path.stem}_photos/ab/{sha256}.jpg"
    photo = anna.insert("photo", site_uid=uid, path=path, geom=None)
    anna.sync()
    bob.sync()
    assert bob.value(photo, "path", "photo") == f"{bob.path.stem}_photos/ab/{sha256}.jpg"
    assert bob.local.freeze() is None


def test_two_columns_of_one_shape_are_compared_as_they_are(anna: Person, uid: str) -> None:
    anna.update(uid, geom=THERE)
    batch = anna.local.freeze()
    assert batch is not None
    (made,) = batch.operations()
    assert made.edits["geom"].to_json() == [HERE.wkb.hex(), THERE.wkb.hex()]


def test_the_rows_are_found_again_after_a_copy(anna: Person, uid: str, server: MemoryServer) -> None:
    """A file opened twice: each copy becomes a device of its own, and nothing is sent twice."""
    copy = anna.path.with_name("copied.gpkg")
    anna.local._connection.execute("VACUUM INTO ?", (str(copy),))
    anna.update(uid, name="Chez Anna")
    with Person.at(copy, server, "anna") as twin:
        twin.update(uid, population_total=7)
        twin.sync()
        anna.sync()
        twin.sync()
        assert twin.value(uid, "name") == "Chez Anna"
        assert anna.value(uid, "population_total") == 7
        assert twin.local.state().device != anna.local.state().device
