"""The shared database from the toolbox: a real server, real workspaces."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsDataSourceUri,
    QgsProviderRegistry,
)

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.detach_workspace import DetachWorkspace
from resorption_plugin.processing.grant_access import GrantAccess
from resorption_plugin.processing.install_server import InstallServer
from resorption_plugin.processing.sync_workspace import SyncWorkspace
from resorption_plugin.qgis_adapters.attachment import remembered_connection
from tests.qgis.shared_base import (
    Base,
    Log,
    add_site,
    change,
    counts,
    names,
    on_server,
    refused,
    run,
    start,
    synced,
)


def test_a_filled_workspace_fills_an_empty_server_and_an_empty_one_is_filled_by_it(
    base: Base, workspace: Path, other: Path
):
    anne, bob = base.place(base.officer("anne")), base.place(base.officer("bob"))
    mine = {add_site(workspace, name=f"Site {number}"): f"Site {number}" for number in range(3)}
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne) == (3, 0, 0, 0)
    assert on_server(base) == mine
    assert counts(AttachWorkspace, WORKSPACE=other, CONNECTION=bob) == (0, 3, 0, 0)
    assert names(other) == mine
    assert synced(workspace, anne) == synced(other, bob) == (0, 0, 0, 0)


def test_edits_of_both_meet_and_the_same_value_is_left_to_decide(base: Base, workspace: Path, other: Path):
    anne, bob = base.place(base.officer("anne")), base.place(base.officer("bob"))
    contested, shared = add_site(workspace, name="Before"), add_site(workspace, name="Both")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    change(workspace, contested, name="Anne's")
    change(workspace, shared, name="Renamed")
    change(other, contested, name="Bob's")
    change(other, shared, comments="Commented")
    assert synced(workspace, anne) == (2, 0, 0, 0)
    sent, received, conflicts, quarantined = synced(other, bob)
    assert (sent, conflicts, quarantined) == (1, 1, 0)
    assert received >= 1
    assert names(other) == {contested: "Bob's", shared: "Renamed"}
    assert on_server(base) == {contested: "Anne's", shared: "Renamed"}
    assert base.rows("SELECT comments FROM resorption.site WHERE name = 'Renamed'") == [("Commented",)]
    assert synced(other, bob)[2:] == (1, 0)


def test_what_lies_outside_of_the_area_is_set_aside_and_said(base: Base, workspace: Path):
    anne = base.place(base.officer("anne", "31555"))
    mine = add_site(workspace, fk_city="31555")
    theirs = add_site(workspace, fk_city="31069")
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne) == (1, 0, 0, 1)
    assert set(on_server(base)) == {mine}
    assert theirs in names(workspace)
    assert synced(workspace, anne) == (0, 0, 0, 1)


def test_the_name_of_the_connection_is_remembered_and_a_password_never(
    base: Base, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    login = base.officer("anne")
    address = base.cluster.address(base.name, login)
    lines = "".join(f"{name}={value}\n" for name, value in address.items())
    file = tmp_path / "pg_service.conf"
    file.write_text(f"[shared]\n{lines}", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION="service=shared")
    assert synced(workspace) == (0, 0, 0, 0)
    assert remembered_connection(workspace) == "service=shared"
    for written in tmp_path.iterdir():
        if written != file:
            assert address["password"].encode() not in written.read_bytes()


def test_a_connection_of_qgis_with_its_authentication_is_remembered_by_name(
    base: Base, workspace: Path, tmp_path: Path
):
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("maître", True)
    address = base.cluster.address(base.name, base.officer("anne"))
    config = QgsAuthMethodConfig("Basic")
    config.setName("shared")
    config.setConfigMap({"username": "anne", "password": address["password"]})
    assert manager.storeAuthenticationConfig(config)[0]
    uri = QgsDataSourceUri()
    disabled = QgsDataSourceUri.SslMode.SslDisable
    uri.setConnection(address["host"], address["port"], base.name, "", "", disabled, config.id())
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    provider.saveConnection(provider.createConnection(uri.uri(False), {}), "Base partagée")
    try:
        add_site(workspace)
        assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION="Base partagée") == (1, 0, 0, 0)
        assert remembered_connection(workspace) == "Base partagée"
        assert synced(workspace) == (0, 0, 0, 0)
        assert not [file for file in tmp_path.iterdir() if address["password"].encode() in file.read_bytes()]
        manager.clearMasterPassword()
        assert "master password is missing or wrong" in refused(SyncWorkspace, WORKSPACE=workspace)
    finally:
        assert manager.setMasterPassword("maître", True)
        manager.removeAuthenticationConfig(config.id())
        provider.deleteConnection("Base partagée")
    assert "There is no PostgreSQL connection “Base partagée”" in refused(SyncWorkspace, WORKSPACE=workspace)


def test_a_connection_given_by_its_parameters_is_asked_for_again(base: Base, workspace: Path):
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=base.place(base.officer("anne")))
    assert remembered_connection(workspace) == ""
    assert "remembers no connection" in refused(SyncWorkspace, WORKSPACE=workspace)


def test_a_workspace_of_one_database_is_never_poured_into_another(
    base: Base, empty: Base, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    add_site(workspace)
    login = base.officer("anne")
    run(InstallServer, CONNECTION=empty.place())
    run(GrantAccess, CONNECTION=empty.place(), LOGIN=login, ROLE="officer", AREAS="31")
    file = tmp_path / "pg_service.conf"
    file.write_text(f"[shared]\nhost={base.cluster.folder}\nport={base.cluster.port}\ndbname={base.name}\nuser=anne\n")
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION="service=shared")
    for algorithm in (SyncWorkspace, AttachWorkspace):
        sentence = refused(algorithm, WORKSPACE=workspace, CONNECTION=empty.place(login))
        assert "is not the shared database to which this workspace is attached" in sentence
    assert on_server(empty) == {}
    assert synced(workspace) == (0, 0, 0, 0)


def test_attaching_again_goes_on_from_where_it_was(base: Base, workspace: Path):
    anne = base.place(base.officer("anne"))
    add_site(workspace)
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)[0] == 1
    add_site(workspace)
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)[0] == 1
    assert len(on_server(base)) == 2


def test_detaching_stops_while_something_is_left_and_keeps_every_record(base: Base, workspace: Path, tmp_path: Path):
    anne = base.place(base.officer("anne"))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    uid = add_site(workspace, name="New")
    sentence = refused(DetachWorkspace, WORKSPACE=workspace)
    assert "1 records are not sent, 0 contradictions" in sentence
    assert synced(workspace, anne)[0] == 1
    assert run(DetachWorkspace, WORKSPACE=workspace) == {"TO_SEND": 0, "CONFLICTS": 0, "QUARANTINED": 0}
    assert names(workspace) == {uid: "New"}
    assert "not attached" in refused(SyncWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    assert "not attached" in refused(DetachWorkspace, WORKSPACE=workspace)
    assert len(list(tmp_path.glob("31_backup_*.gpkg"))) >= 1
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)[2:] == (0, 0)
    add_site(workspace)
    assert run(DetachWorkspace, WORKSPACE=workspace, ANYWAY=True)["TO_SEND"] == 1
    assert len(names(workspace)) == 2


def test_a_workspace_that_is_not_attached_is_left_byte_identical(base: Base, workspace: Path):
    before = workspace.read_bytes()
    assert "not attached" in refused(SyncWorkspace, WORKSPACE=workspace, CONNECTION=base.place())
    assert "Nowhere" in refused(AttachWorkspace, WORKSPACE=workspace, CONNECTION="Nowhere")
    assert workspace.read_bytes() == before


def test_a_file_that_is_no_workspace_is_refused(base: Base, tmp_path: Path):
    file = tmp_path / "other.gpkg"
    file.write_bytes(b"not a workspace")
    for algorithm in (AttachWorkspace, SyncWorkspace):
        refused(algorithm, WORKSPACE=file, CONNECTION=base.place())
    refused(DetachWorkspace, WORKSPACE=file)
    refused(AttachWorkspace, WORKSPACE=tmp_path / "absent.gpkg", CONNECTION=base.place())
    assert file.read_bytes() == b"not a workspace"
    assert not (tmp_path / "absent.gpkg").exists()


def test_photos_follow_their_rows(base: Base, workspace: Path, other: Path, tmp_path: Path):
    anne, bob = base.place(base.officer("anne")), base.place(base.officer("bob"))
    site, picture = add_site(workspace), tmp_path / "tap.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(3_000_000) + b"\xff\xd9")
    kept = PhotoFolder(workspace).keep(picture, Silent())
    told = {"site_uid": site, "path": kept.path, "sha256": kept.sha256, "original_name": picture.name}
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("photo", str(uuid.uuid4()), told)]))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    log = Log()
    assert start(AttachWorkspace, log, WORKSPACE=other, CONNECTION=bob) is not None, str(log)
    assert "Photos: 0 sent, 1 received" in str(log)
    with GeoPackageStore.open(other, read_only=True) as store:
        (row,) = store.read({"photo"}).layer("photo")
    assert (other.parent / row["path"]).read_bytes() == picture.read_bytes()


def test_what_another_program_took_out_of_a_layer_goes_only_once_somebody_agrees(base: Base, workspace: Path):
    anne = base.place(base.officer("anne"))
    for number in range(50):
        add_site(workspace, name=f"S{number}")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    with closing(sqlite3.connect(workspace)) as other:
        geometry.add_functions(other)
        other.execute("DROP TRIGGER sync_history_site_delete")
        other.execute("DELETE FROM site")
        other.commit()
    told = refused(SyncWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    assert "took 50 of the 50 records out of" in told
    assert len(on_server(base)) == 50
    assert counts(SyncWorkspace, WORKSPACE=workspace, CONNECTION=anne, EMPTIED=True) == (50, 0, 0, 0)
    assert on_server(base) == {}
