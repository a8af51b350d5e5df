"""Every change of a workspace is kept, whichever program writes it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.history.as_of import as_of
from resorption_plugin.core.history.changes import Change, Operation
from resorption_plugin.core.history.recorded import recorded_columns, recorded_fields
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Layer, Role
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.geopackage.recorded_rows import HERE, LAYERS, insert, other_program, sample, site


def fields_of(changes: list[Change]) -> list[str | None]:
    return [change.field for change in changes]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
def test_each_column_of_each_layer_is_followed_from_birth_to_death(path: Path, layer: Layer) -> None:
    uid = str(uuid.uuid4())
    old, new = sample(layer, 0, uid), sample(layer, 1, uid)
    followed = recorded_columns(layer)
    with other_program(path, foreign_keys=False) as plain:
        insert(plain, layer.key, old)
        for name in followed:
            plain.execute(f'UPDATE "{layer.key}" SET "{name}" = ? WHERE uid = ?', (new[name], uid))
        plain.execute(f'DELETE FROM "{layer.key}" WHERE uid = ?', (uid,))
        (raw,) = plain.execute(
            "SELECT before, after FROM gpkg_sync_change WHERE field = ? AND operation = 'U' AND before IS NOT NULL",
            (followed[-1],),
        )
    with GeoPackageStore.open(path, read_only=True) as store:
        changes = store.history.of_record(layer.key, uid)

    assert raw == (old[followed[-1]], new[followed[-1]])
    updates = [change for change in changes if change.operation is Operation.UPDATE and change.before is not None]
    assert fields_of(updates) == list(followed)
    deleted = {change.field for change in changes if change.operation is Operation.DELETE}
    if layer.role is Role.RECORD:
        assert changes[0].operation is Operation.INSERT
        assert deleted == {None, *followed}
        assert as_of(Dataset(), changes, changes[0].at - dt.timedelta(days=1)).layer(layer.key) == []
    else:
        assert deleted == {field.name for field in recorded_fields(layer) if not field.required}


def test_reference_layers_have_no_history(store: GeoPackageStore) -> None:
    assert {layer.key for layer in LAYERS}.isdisjoint({"commune", "department", "street"})
    assert store.history.changes() == []


def test_a_save_without_a_change_says_nothing(store: GeoPackageStore) -> None:
    row = site(name="Avant", social_origins=("french",), built_at=dt.date(2025, 1, 1), heatwave_status=True)
    store.apply(ChangeSet(insert=[row]))
    store.apply(ChangeSet(update=[row]))
    assert [change.operation for change in store.history.changes()] == [Operation.INSERT]


def test_the_same_value_in_another_form_is_no_change(store: GeoPackageStore, path: Path) -> None:
    row = site(social_origins=("french",), population_updated_at=dt.datetime(2025, 3, 1, tzinfo=dt.UTC))
    store.apply(ChangeSet(insert=[row]))
    with other_program(path) as plain:
        plain.execute("UPDATE site SET social_origins = '{\"french\"}', population_updated_at = '2025-03-01 00:00:00'")
    assert [change.operation for change in store.history.changes()] == [Operation.INSERT]


def test_a_list_in_another_order_or_empty_instead_of_absent_is_no_change(store: GeoPackageStore, path: Path) -> None:
    store.apply(ChangeSet(insert=[site(social_origins=("french", "other"))]))
    written = len(store.history.changes())
    with other_program(path) as connection:
        connection.execute(
            """UPDATE site SET social_origins = '["other","french"]', sanitary_access_toilet_types = '[]'"""
        )
        connection.commit()
        assert len(store.history.changes()) == written
        connection.execute(
            """UPDATE site SET social_origins = '["other"]', sanitary_access_toilet_types = '["latrines"]'"""
        )
        connection.commit()
        connection.execute("UPDATE site SET social_origins = NULL, sanitary_access_toilet_types = '[]'")
        connection.commit()
    found = [(change.field, change.before, change.after) for change in store.history.changes()[written:]]
    assert [field for field, _, _ in found] == ["social_origins", "sanitary_access_toilet_types"] * 2
    assert all(before != after for _, before, after in found)


def test_who_is_the_name_that_the_same_write_signs(store: GeoPackageStore, path: Path) -> None:
    row = site(updated_by="Marie")
    store.apply(ChangeSet(insert=[row]))
    store.history.note_user("Paul")
    with other_program(path) as plain:
        plain.execute("UPDATE site SET name = 'signé', updated_at = '2026-01-01T00:00:00.000Z'")
        plain.execute("UPDATE site SET name = 'script'")
        plain.execute("UPDATE site SET name = 'autre', updated_by = 'Zoé'")
        plain.execute("UPDATE site SET name = 'vide', updated_by = ''")
    named = [
        (change.after, change.author, change.presumed) for change in store.history.changes() if change.field == "name"
    ]
    assert named == [
        ("signé", "Marie", False),
        ("script", "Paul", True),
        ("autre", "Zoé", False),
        ("vide", "Paul", True),
    ]
    assert (store.history.changes()[0].author, store.history.changes()[0].presumed) == ("Marie", False)


def test_nobody_is_presumed_where_nobody_is_known(store: GeoPackageStore) -> None:
    row = site()
    store.apply(ChangeSet(insert=[row], delete=[]))
    store.apply(ChangeSet(delete=[("site", row.uid)]))
    assert {change.author for change in store.history.changes()} == {None}


def test_what_a_synchronisation_writes_is_kept_apart(store: GeoPackageStore, path: Path) -> None:
    store.apply(ChangeSet(insert=[site()]))
    with other_program(path) as plain:
        plain.execute("BEGIN")
        plain.execute("INSERT OR REPLACE INTO gpkg_sync_meta VALUES ('applying', 1)")
        plain.execute("UPDATE site SET name = 'ailleurs', updated_by = 'Zoé'")
        plain.execute("UPDATE gpkg_sync_meta SET value = 0 WHERE key = 'applying'")
        plain.execute("COMMIT")
        plain.execute("UPDATE site SET name = 'ici'")
    named = [(change.after, change.received) for change in store.history.changes() if change.field == "name"]
    assert named == [("ailleurs", True), ("ici", False)]


def test_a_transaction_taken_back_leaves_no_trace(store: GeoPackageStore, path: Path) -> None:
    row = site(name="Avant")
    store.apply(ChangeSet(insert=[row]))
    with other_program(path) as plain:
        plain.execute("BEGIN")
        plain.execute("UPDATE site SET name = 'Après'")
        plain.execute("ROLLBACK")
    with pytest.raises(WorkspaceError):
        store.apply(
            ChangeSet(update=[Record("site", row.uid, {"name": "Deux"}), Record("site", row.uid, {"status": "?"})])
        )
    assert [change.operation for change in store.history.changes()] == [Operation.INSERT]


def test_a_replaced_row_is_told_apart_from_a_new_one(store: GeoPackageStore, path: Path) -> None:
    uid = str(uuid.uuid4())
    row = {**sample(catalogue.layer("export_log"), 0, uid)}
    with other_program(path) as plain:
        insert(plain, "export_log", row)
        names = ", ".join(row)
        plain.execute(f"INSERT OR REPLACE INTO export_log ({names}) SELECT {names} FROM export_log")
        plain.execute("DELETE FROM export_log")
        insert(plain, "export_log", row)
    marks = [change.operation for change in store.history.of_record("export_log", uid) if change.field is None]
    assert marks == [Operation.INSERT, Operation.REPLACE, Operation.DELETE, Operation.INSERT]


def test_the_history_of_a_site_holds_what_belongs_or_belonged_to_it(store: GeoPackageStore) -> None:
    here, elsewhere = site(name="Ici"), site(name="Ailleurs")
    tap = Record("water_point", str(uuid.uuid4()), {"site_uid": here.uid, "type": "reservoir"}, HERE)
    action = Record("action", str(uuid.uuid4()), {"name": "École"})
    link = Record("action_site", str(uuid.uuid4()), {"action_uid": action.uid, "site_uid": here.uid})
    store.apply(ChangeSet(insert=[here, elsewhere, tap, action, link]))
    store.apply(ChangeSet(update=[Record("water_point", tap.uid, {"site_uid": elsewhere.uid})]))
    store.apply(ChangeSet(update=[Record("site", elsewhere.uid, {"name": "Plus loin"})]))
    found = {change.uid for change in store.history.of_record("site", here.uid)}
    assert found == {here.uid, tap.uid, action.uid, link.uid}


def test_the_last_deletions_come_with_what_was_held(store: GeoPackageStore) -> None:
    rows = [site(name=name) for name in ("un", "deux", "trois")]
    store.apply(ChangeSet(insert=rows))
    for row in rows[:2]:
        store.apply(ChangeSet(delete=[("site", row.uid)]))
    (marker, *held) = store.history.deletions(1)
    assert (marker.uid, marker.field) == (rows[1].uid, None)
    assert ("name", "deux") in [(entry.field, entry.before) for entry in held]
    assert {entry.uid for entry in store.history.deletions(9)} == {row.uid for row in rows[:2]}
