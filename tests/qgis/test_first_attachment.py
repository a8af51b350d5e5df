"""A first attachment that does not come about: the file is what it was, byte for byte, and the next one works."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import is_attached
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.sync_workspace import SyncWorkspace
from resorption_plugin.qgis_adapters.attachment import remembered_connection
from tests.qgis.processing_log import Log
from tests.qgis.shared_base import HERE, Base, add_site, change, counts, on_server, refused, run, start

KEPT = "Cancelled: nothing was changed."
GOES_ON = "what was exchanged so far is kept"


def bare_site(workspace: Path) -> None:
    """Add a site as a program does that knows no communes: an exchange completes it."""
    with GeoPackageStore.open(workspace) as store:
        values = {"status": "open", "living_conditions_version": 2}
        store.apply(ChangeSet(insert=[Record("site", "5b2b3c2e-6a3f-4d5c-9d3a-0a1b2c3d4e5f", values, HERE)]))


def place(base: Base, **changed: str) -> str:
    """Return the connection of Anne by TCP, with her password unless another is given."""
    told = base.cluster.address(base.name, base.officer("anne")) | changed
    return " ".join(f"{name}={value}" for name, value in told.items())


def stranger(base: Base) -> str:
    return base.place(base.cluster.login("stranger"))


def other_version(head: str) -> Callable[[Base], str]:
    def change_head(base: Base) -> str:
        connection = place(base)
        base.rows(f"UPDATE sync.head SET {head}")
        return connection

    return change_head


def no_schema(base: Base) -> str:
    connection = place(base)
    base.rows("DROP SCHEMA app, sync, resorption, maps CASCADE")
    return connection


FAILURES: dict[str, tuple[Callable[[Base], str], str]] = {
    "no network": (lambda base: place(base, port="1"), "does not answer"),
    "unknown host": (lambda base: place(base, host="db.invalid"), "is not known on this network"),
    "wrong password": (lambda base: place(base, password="wrong"), "refuses the login “anne” or its password"),  # noqa: S106
    "unknown service": (lambda _base: "service=nowhere", "There is no service “nowhere”"),
    "unknown database": (lambda base: place(base, dbname="nowhere"), "There is no database “nowhere”"),
    "no access": (stranger, "stranger"),
    "no schema": (no_schema, "holds no shared workspace that this plugin can use"),
    "newer server": (other_version("schema_version = 99, min_client = 99"), "needs a newer version of the plugin"),
    "older server": (other_version("schema_version = 0, min_client = 0"), "is older than this plugin"),
}


@pytest.mark.parametrize(("broken", "expected"), FAILURES.values(), ids=FAILURES)
def test_an_attachment_that_fails_leaves_the_file_byte_for_byte(
    base: Base, workspace: Path, broken: Callable[[Base], str], expected: str
):
    bare_site(workspace)
    before, beside = workspace.read_bytes(), sorted(workspace.parent.iterdir())
    assert expected in refused(AttachWorkspace, WORKSPACE=workspace, CONNECTION=broken(base))
    assert workspace.read_bytes() == before
    assert sorted(workspace.parent.iterdir()) == beside
    assert not is_attached(workspace)
    assert "not attached" in refused(SyncWorkspace, WORKSPACE=workspace, CONNECTION=base.place())


def test_the_next_attachment_sends_all(base: Base, workspace: Path):
    bare_site(workspace)
    for connection in (place(base, port="1"), "service=nowhere"):
        refused(AttachWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=place(base)) == (1, 0, 0, 0)
    assert base.rows("SELECT department FROM resorption.site") == [("31",)]
    assert base.rows("SELECT count(*), max(counter) FROM sync.device") == [(1, 1)]
    assert counts(SyncWorkspace, WORKSPACE=workspace, CONNECTION=place(base)) == (0, 0, 0, 0)
    assert base.rows("SELECT count(*), max(counter) FROM sync.device") == [(1, 2)]


def test_a_file_that_is_no_workspace_is_told_before_the_server_is_asked(tmp_path: Path, qgis_app: object):
    plain = tmp_path / "plain.gpkg"
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    noise = tmp_path / "noise.gpkg"
    noise.write_bytes(b"not a workspace")
    for file in (plain, noise):
        before = file.read_bytes()
        told = refused(AttachWorkspace, WORKSPACE=file, CONNECTION="host=127.0.0.1 port=1 dbname=x user=anne")
        assert file.name in told
        assert "does not answer" not in told
        assert file.read_bytes() == before


def test_cancelling_at_once_changes_nothing(base: Base, workspace: Path):
    bare_site(workspace)
    before, log = workspace.read_bytes(), Log()
    log.cancel()
    assert start(AttachWorkspace, log, WORKSPACE=workspace, CONNECTION=place(base)) == {}
    assert log.lines[-1] == KEPT
    assert workspace.read_bytes() == before


def test_cancelling_while_the_server_is_silent_changes_nothing(workspace: Path, qgis_app: object):
    bare_site(workspace)
    before, log = workspace.read_bytes(), Log()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connection = f"host=127.0.0.1 port={silent.getsockname()[1]} dbname=x user=anne"
        clock = threading.Timer(0.5, log.cancel)
        clock.start()
        try:
            assert start(AttachWorkspace, log, WORKSPACE=workspace, CONNECTION=connection) == {}
        finally:
            clock.join()
    assert log.lines[-1] == KEPT
    assert workspace.read_bytes() == before


def cancelled_on_the_way(algorithm: type, **parameters: object) -> str:
    """Cancel once the server has welcomed the workspace."""
    log = Log()
    log.progressChanged.connect(lambda percent: log.cancel() if percent > 0 else None)
    assert start(algorithm, log, **parameters) == {}
    return str(log)


def test_cancelling_in_mid_attachment_keeps_what_was_exchanged(base: Base, workspace: Path):
    add_site(workspace)
    connection = place(base)
    assert GOES_ON in cancelled_on_the_way(AttachWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    assert is_attached(workspace)
    assert remembered_connection(workspace) == ""  # it holds a password
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=connection)[0] == 1


def test_cancelling_in_mid_exchange_keeps_what_was_exchanged(base: Base, workspace: Path):
    connection = place(base)
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    change(workspace, uid, name="After")
    assert GOES_ON in cancelled_on_the_way(SyncWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    assert on_server(base) in ({uid: "Before"}, {uid: "After"})
    run(SyncWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    assert on_server(base) == {uid: "After"}


def test_cancelling_an_attached_workspace_before_it_is_welcome_changes_nothing(base: Base, workspace: Path):
    connection = place(base)
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=connection)
    bare_site(workspace)
    before, log = workspace.read_bytes(), Log()
    log.cancel()
    assert start(SyncWorkspace, log, WORKSPACE=workspace, CONNECTION=connection) == {}
    assert log.lines[-1] == KEPT
    assert workspace.read_bytes() == before
