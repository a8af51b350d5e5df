"""The shared database from the toolbox: a real server, real workspaces."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import shapely
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsDataSourceUri,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsProviderRegistry,
)

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.detach_workspace import DetachWorkspace
from resorption_plugin.processing.grant_access import GrantAccess
from resorption_plugin.processing.install_server import InstallServer
from resorption_plugin.processing.revoke_access import RevokeAccess
from resorption_plugin.processing.sync_workspace import SyncWorkspace
from resorption_plugin.processing.upgrade_server import UpgradeServer
from resorption_plugin.qgis_adapters.attachment import remembered_connection
from resorption_plugin.qgis_adapters.layers import feature_of, find_layer, open_layer
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.qgis_adapters.unsaved_edits import UnsavedEdits, UnsavedEditsError
from tests.package.test_headless import Headless
from tools.throw_away_cluster import OWNER, Cluster, NoServerError, binaries, running_cluster

EMPTY, INSTALLED = "empty", "installed"


class Log(QgsProcessingFeedback):
    """Keeps what the algorithm says."""

    def __init__(self) -> None:
        super().__init__(logFeedback=False)
        self.lines: list[str] = []

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(warning)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS API
        self.lines.append(error)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def start(algorithm: type, log: Log, project: QgsProject | None = None, **parameters: Any) -> dict[str, Any] | None:
    """Run as Processing does; ``None`` after a failure."""
    context = QgsProcessingContext()
    if project is not None:
        context.setProject(project)
    given = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
    made = algorithm().create()
    is_accepted, refusal = made.checkParameterValues(given, context)
    if not is_accepted:
        log.lines.append(refusal)
        return None
    outputs, succeeded = made.run(given, context, log)
    return outputs if succeeded else None


def run(algorithm: type, **parameters: Any) -> dict[str, Any]:
    log = Log()
    outputs = start(algorithm, log, **parameters)
    assert outputs is not None, str(log)
    return outputs


def refused(algorithm: type, **parameters: Any) -> str:
    """Return the sentence with which an algorithm ends."""
    log = Log()
    assert start(algorithm, log, **parameters) is None
    assert "Traceback" not in str(log)
    return str(log)


@pytest.fixture(scope="module")
def cluster(qgis_app: object) -> Iterator[Cluster]:
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as started:
        started.sql(f"CREATE DATABASE {EMPTY}")
        started.sql("CREATE EXTENSION postgis", EMPTY)
        started.copy(EMPTY, INSTALLED)
        run(InstallServer, CONNECTION=started.place(INSTALLED))
        yield started


class Base:
    """A database of the test's own."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self.cluster = cluster
        self.name = name

    def place(self, login: str = OWNER) -> str:
        return self.cluster.place(self.name, login)

    def rows(self, query: str, login: str = OWNER) -> list[tuple]:
        with closing(psycopg2.connect(self.place(login))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []

    def officer(self, login: str, areas: str = "31", **others: str) -> str:
        self.cluster.login(login)
        run(GrantAccess, CONNECTION=self.place(), LOGIN=login, ROLE="officer", AREAS=areas, **others)
        return login


def copy_of(cluster: Cluster, template: str) -> Iterator[Base]:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    cluster.copy(template, name)
    yield Base(cluster, name)
    cluster.drop(name)


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[Base]:
    yield from copy_of(cluster, EMPTY)


@pytest.fixture
def base(cluster: Cluster) -> Iterator[Base]:
    yield from copy_of(cluster, INSTALLED)


# Installing


def test_installing_twice_changes_nothing_the_second_time(empty: Base):
    assert run(InstallServer, CONNECTION=empty.place()) == {"VERSION": catalogue.SCHEMA_VERSION}
    before = empty.rows("SELECT name, sha256, applied_at FROM sync.changelog ORDER BY name")
    assert run(InstallServer, CONNECTION=empty.place())["VERSION"] == catalogue.SCHEMA_VERSION
    assert run(UpgradeServer, CONNECTION=empty.place())["VERSION"] == catalogue.SCHEMA_VERSION
    assert empty.rows("SELECT name, sha256, applied_at FROM sync.changelog ORDER BY name") == before


def test_upgrading_what_is_not_there_says_so(empty: Base):
    assert "Install it first" in refused(UpgradeServer, CONNECTION=empty.place())
    assert empty.rows("SELECT count(*) FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app')") == [(0,)]


def test_installing_without_postgis_or_without_rights_says_who_can_help(cluster: Cluster, empty: Base):
    assert "CREATE EXTENSION postgis" in refused(InstallServer, CONNECTION=cluster.place(OWNER))
    cluster.login("nobody")
    assert "may not install" in refused(InstallServer, CONNECTION=empty.place("nobody"))


@pytest.mark.parametrize(
    ("connection", "said"),
    [
        ("", "Give a value for CONNECTION"),
        ("Nowhere", "There is no PostgreSQL connection “Nowhere”"),
        ("hunter2 host=x", "cannot be understood"),
        ("host=127.0.0.1 port=1 dbname=x", "does not answer"),
        ("service=nosuch", "no service “nosuch”"),
    ],
)
def test_a_connection_that_leads_nowhere(connection: str, said: str, qgis_app: object):
    sentence = refused(InstallServer, CONNECTION=connection)
    assert said in sentence
    assert "hunter2" not in sentence


def test_a_password_given_in_the_open_is_warned_about_and_never_repeated(base: Base):
    login = base.officer("warned")
    word = base.cluster.passwords[login]
    address = " ".join(f"{name}={value}" for name, value in base.cluster.address(base.name, login).items())
    log = Log()
    start(UpgradeServer, log, CONNECTION=address)
    assert "holds a password" in str(log)
    assert word not in str(log)


# Granting


def test_codes_of_all_kinds_become_areas_and_replace_those_before(base: Base):
    base.officer("claire", "31, 243100518,31555", RIGHTS="justice,Owners", ORGANISATION="DDETS 31")
    told = "SELECT role, organisation, rights FROM sync.person WHERE login = 'claire'"
    areas = "SELECT kind, code, department FROM sync.area WHERE login = 'claire' ORDER BY code"
    assert base.rows(told) == [("officer", "DDETS 31", ["justice", "owners"])]
    assert base.rows(areas) == [("epci", "243100518", "31"), ("department", "31", "31"), ("commune", "31555", "31")]
    base.officer("claire", "2a")
    assert base.rows(told) == [("officer", None, [])]
    assert base.rows(areas) == [("department", "2A", "2A")]
    run(RevokeAccess, CONNECTION=base.place(), LOGIN="claire")
    assert base.rows(told) == base.rows(areas) == []


def test_an_administrator_needs_no_area(base: Base):
    base.cluster.login("ada")
    run(GrantAccess, CONNECTION=base.place(), LOGIN="ada", ROLE="admin")
    base.cluster.login("bob")
    run(GrantAccess, CONNECTION=base.place("ada"), LOGIN="bob", ROLE="officer", AREAS="32")
    assert base.rows("SELECT login, role FROM sync.person ORDER BY 1") == [("ada", "admin"), ("bob", "officer")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"LOGIN": "claire", "AREAS": ""}, "at least one area"),
        ({"LOGIN": "claire", "AREAS": "31,99"}, "“99” is no department"),
        ({"LOGIN": "claire", "AREAS": "31", "RIGHTS": "justice,all"}, "no right “all”"),
        ({"LOGIN": "", "AREAS": "31"}, "LOGIN"),
        ({"LOGIN": "nosuchlogin", "AREAS": "31"}, "knows no such login"),
        ({"LOGIN": "claire", "AREAS": "31", "ROLE": "king"}, "“king” is none of the choices"),
        ({"LOGIN": "claire'; DROP TABLE sync.person; --", "AREAS": "31"}, "knows no such login"),
    ],
)
def test_what_cannot_be_granted_changes_nothing(base: Base, given: dict[str, str], said: str):
    base.officer("claire", "31555")
    before = base.rows("SELECT * FROM sync.area")
    assert said in refused(GrantAccess, **{"CONNECTION": base.place(), "ROLE": "officer", **given})
    assert base.rows("SELECT * FROM sync.area") == before


def test_an_officer_grants_nothing(base: Base):
    base.officer("claire")
    sentence = refused(GrantAccess, CONNECTION=base.place("claire"), LOGIN="claire", ROLE="admin")
    assert "claire" in sentence
    assert base.rows("SELECT role FROM sync.person") == [("officer",)]


# Exchanging

COUNTS = ("SENT", "RECEIVED", "CONFLICTS", "QUARANTINED")
HERE = shapely.Point(1.44, 43.6)


def counts(algorithm: type, **parameters: Any) -> tuple[int, ...]:
    outputs = run(algorithm, **parameters)
    return tuple(outputs[name] for name in COUNTS)


def synced(workspace: Path, connection: str = "") -> tuple[int, ...]:
    return counts(SyncWorkspace, WORKSPACE=workspace, CONNECTION=connection)


def add_site(workspace: Path, department: str = "31", **values: Any) -> str:
    uid = str(uuid.uuid4())
    told = {"status": "open", "living_conditions_version": 2, "department": department, **values}
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("site", uid, told, HERE)]))
    return uid


def change(workspace: Path, uid: str, **values: Any) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(update=[Record("site", uid, values)]))


def names(workspace: Path) -> dict[str, str]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return {record.uid: record["name"] for record in store.read({"site"}).layer("site")}


def on_server(base: Base) -> dict[str, str]:
    return dict(base.rows("SELECT uid::text, name FROM resorption.site"))


@pytest.fixture
def other(empty_workspace: Path, tmp_path: Path) -> Path:
    """Return the workspace of someone else."""
    return Path(shutil.copy(empty_workspace, tmp_path / "other.gpkg"))


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


def test_an_attachment_that_failed_leaves_everything_to_the_next(base: Base, workspace: Path):
    before = {add_site(workspace, name="Kept"): "Kept"}
    assert "does not answer" in refused(AttachWorkspace, WORKSPACE=workspace, CONNECTION="host=127.0.0.1 port=1")
    assert names(workspace) == before
    base.cluster.login("stranger")
    assert "stranger" in refused(AttachWorkspace, WORKSPACE=workspace, CONNECTION=base.place("stranger"))
    assert names(workspace) == before
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=base.place(base.officer("anne")))[0] == 1


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


# Layers that are open


@pytest.fixture
def project(workspace: Path) -> Iterator[QgsProject]:
    """Return a project that shows the sites of the workspace."""
    opened = QgsProject()
    opened.addMapLayer(open_layer(workspace, "site", "site", "Bidonvilles"))
    yield opened
    opened.clear()


def test_nothing_is_written_under_unsaved_edits(base: Base, workspace: Path, other: Path, project: QgsProject):
    anne, bob = base.place(base.officer("anne")), base.place(base.officer("bob"))
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    change(other, uid, name="Bob's")
    synced(other, bob)
    layer = find_layer(project, "site")
    layer.reload()
    assert layer.startEditing()
    feature = feature_of(layer, uid)
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("comments"), "Mine")
    log = Log()
    assert start(SyncWorkspace, log, project, WORKSPACE=workspace, CONNECTION=anne) is None
    assert "Save or cancel the edits of Bidonvilles first" in str(log)
    assert names(workspace) == {uid: "Before"}
    assert layer.commitChanges()
    assert start(SyncWorkspace, log, project, WORKSPACE=workspace, CONNECTION=anne) is not None, str(log)
    seen = feature_of(layer, uid)
    assert (seen["name"], seen["comments"]) == ("Bob's", "Mine")


def test_edits_begun_while_it_runs_stop_the_writing_too(base: Base, workspace: Path, project: QgsProject):
    anne = base.place(base.officer("anne"))
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    base.rows("UPDATE resorption.site SET name = 'Changed'")
    layer = find_layer(project, "site")
    layer.reload()
    unsaved = UnsavedEdits(project, workspace)
    try:
        assert unsaved.titles() == []
        layer.startEditing()
        assert unsaved.titles() == []
        layer.changeAttributeValue(feature_of(layer, uid).id(), layer.fields().indexOf("comments"), "Mine")
        assert unsaved.titles() == ["Bidonvilles"]
        with pytest.raises(UnsavedEditsError):
            synchronise_workspace(workspace, anne, Silent(), unsaved)
        assert names(workspace) == {uid: "Before"}
        layer.rollBack()
        assert unsaved.titles() == []
        project.removeMapLayer(layer.id())
        assert synchronise_workspace(workspace, anne, Silent(), unsaved).report.received == 1
    finally:
        unsaved.stop()


def test_cancelling_says_that_what_was_exchanged_is_kept(base: Base, workspace: Path):
    anne = base.place(base.officer("anne"))
    log = Log()
    log.cancel()
    assert start(AttachWorkspace, log, WORKSPACE=workspace, CONNECTION=anne) == {}
    assert "what was exchanged so far is kept" in str(log)


# Without a window


def test_a_whole_life_by_qgis_process(empty: Base, workspace: Path, tmp_path: Path):
    headless = Headless(tmp_path)
    code, results, said = headless("installserver", CONNECTION=empty.place())
    assert (code, results["VERSION"]) == (0, catalogue.SCHEMA_VERSION), said
    password = empty.cluster.passwords[empty.cluster.login("anne")]
    code, _, said = headless("grantaccess", CONNECTION=empty.place(), LOGIN="anne", ROLE="officer", AREAS="31")
    assert code == 0, said
    told = {**empty.cluster.address(empty.name, "anne"), "password": ""}
    file, pgpass = tmp_path / "pg_service.conf", tmp_path / "pgpass"
    file.write_text("[shared]\n" + "".join(f"{name}={value}\n" for name, value in told.items() if value), "utf-8")
    pgpass.write_text(f"*:*:*:*:{password}\n", encoding="utf-8")
    pgpass.chmod(0o600)
    headless.environment |= {"PGSERVICEFILE": str(file), "PGPASSFILE": str(pgpass)}
    add_site(workspace)
    code, results, said = headless("attachworkspace", WORKSPACE=workspace, CONNECTION="service=shared")
    assert code == 0, said
    assert [results[name] for name in COUNTS] == [1, 0, 0, 0]
    empty.rows("UPDATE resorption.site SET name = 'Changed'")
    code, results, said = headless("sync", WORKSPACE=workspace)
    assert (code, results["RECEIVED"]) == (0, 1), said
    code, results, said = headless("detachworkspace", WORKSPACE=workspace)
    assert (code, results["TO_SEND"]) == (0, 0), said
    assert password not in said


def test_a_refusal_by_qgis_process_is_one_french_sentence(base: Base, tmp_path: Path):
    headless = Headless(tmp_path)
    code, _, said = headless("installserver", CONNECTION="host=127.0.0.1 port=1 dbname=x")
    assert code != 0
    assert "ne répond pas" in said
    code, _, said = headless("installserver", CONNECTION="authcfg=abc1234 host=x")
    assert code != 0
    assert "mot de passe principal" in said
