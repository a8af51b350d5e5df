"""Files that are not what they should be: one sentence each, and not a byte is touched."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from resorption_plugin.core.errors import ResorptionError, TerritoryError, WorkspaceError
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage import geometry, safety, workspace
from resorption_plugin.geopackage.faults import sentences
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace


@pytest.fixture(scope="module")
def good(territory: Territory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "31.gpkg"
    create_workspace(path, ["31"], territory)
    return path


def snapshot(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the content (its beginning, of a very big file) and the date of every file under a folder."""
    return {
        str(path.relative_to(folder)): (digest(path), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"{path.stat().st_size} {hashlib.sha256(file.read(10_000_000)).hexdigest()}"


def missing(good: Path, path: Path) -> None:
    """Nothing is there."""


def empty(good: Path, path: Path) -> None:
    path.touch()


def short(good: Path, path: Path) -> None:
    path.write_bytes(good.read_bytes()[:50])


def truncated(good: Path, path: Path) -> None:
    path.write_bytes(good.read_bytes()[: good.stat().st_size // 2])


def overwritten(good: Path, path: Path) -> None:
    content = good.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 8000 + content[8100:])


def text(good: Path, path: Path) -> None:
    path.write_text("site;nom\n1;Été\n", encoding="latin-1")


def big(good: Path, path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 1024 * 1024)


def plain_sqlite(good: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE site (uid TEXT)")


def other_geopackage(good: Path, path: Path) -> None:
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE resorption_meta")
        connection.commit()


def newer(good: Path, path: Path) -> None:
    shutil.copy(good, path)
    set_version(path, str(catalogue.SCHEMA_VERSION + 1))


def older(good: Path, path: Path) -> None:
    shutil.copy(good, path)
    set_version(path, "0")


def unreadable_version(good: Path, path: Path) -> None:
    shutil.copy(good, path)
    set_version(path, "two")


def without_a_column(good: Path, path: Path) -> None:
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        geometry.add_functions(connection)
        connection.execute("ALTER TABLE street RENAME COLUMN source TO origin")
        connection.commit()


def folder(good: Path, path: Path) -> None:
    path.mkdir()


def set_version(path: Path, version: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE resorption_meta SET value = ? WHERE key = 'schema_version'", (version,))
        connection.commit()


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (missing, "There is no workspace at"),
        (empty, "is empty"),
        (short, "damaged or was cut short"),
        (truncated, "damaged or was cut short"),
        (overwritten, "damaged or was cut short"),
        (text, "is not a GeoPackage"),
        (big, "is not a GeoPackage"),
        (plain_sqlite, "is not a GeoPackage"),
        (other_geopackage, "not a workspace of this plugin"),
        (newer, "newer version"),
        (older, "older version"),
        (unreadable_version, "damaged"),
        (without_a_column, "lacks source in the layer street"),
        (folder, "is a folder"),
    ],
)
def test_a_file_that_is_no_workspace_is_refused_and_left_as_it_is(
    good: Path, tmp_path: Path, spoil: Callable[[Path, Path], None], words: str, read_only: bool
) -> None:
    path = tmp_path / "données.gpkg"
    spoil(good, path)
    before = snapshot(tmp_path)
    with pytest.raises(WorkspaceError, match=words) as refusal:
        GeoPackageStore.open(path, read_only=read_only)
    assert str(path) in str(refusal.value)
    assert snapshot(tmp_path) == before


def test_a_workspace_opened_to_be_read_is_left_as_it_is(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "31.gpkg"
    shutil.copy(good, path)
    before = snapshot(tmp_path)
    with GeoPackageStore.open(path, read_only=True) as store:
        assert len(store.read(["commune"]).layer("commune")) == 586
    assert snapshot(tmp_path) == before


def test_a_file_that_became_read_only_says_what_to_do(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "31.gpkg"
    shutil.copy(good, path)
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        pytest.raises(WorkspaceError, match=r"nothing was written\. Remove the protection, or copy it"),
        sentences(path),
    ):
        connection.execute("CREATE TABLE other (uid TEXT)")


def test_a_protected_file_can_be_read_but_not_written(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "31.gpkg"
    shutil.copy(good, path)
    before = snapshot(tmp_path)
    # root may write anything: what the system would answer to an officer is put in its place
    monkeypatch.setattr(os, "access", lambda _place, mode: mode != os.W_OK)
    with pytest.raises(WorkspaceError, match="is read-only"):
        GeoPackageStore.open(path)
    with GeoPackageStore.open(path, read_only=True) as store:
        assert store.meta("departments") == "31"
    assert snapshot(tmp_path) == before


def test_a_workspace_left_in_log_mode_is_read_in_a_protected_folder(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "31.gpkg"
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    before = snapshot(tmp_path)
    monkeypatch.setattr(os, "access", lambda _place, mode: mode != os.W_OK)
    with GeoPackageStore.open(path, read_only=True) as store:
        assert store.meta("departments") == "31"
    assert snapshot(tmp_path) == before


def test_what_another_program_keeps_in_its_log_is_seen(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "31.gpkg"
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE resorption_meta SET value = '2' WHERE key = 'schema_version'")
        other.commit()
        with pytest.raises(WorkspaceError, match="newer version"):
            GeoPackageStore.open(path)


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/export /mnt/partage\\040commun nfs4 rw 0 0
//nas/dossiers /mnt/nas cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\serveur\partage\31.gpkg", True),
        ("//serveur/partage/31.gpkg", True),
        ("/mnt/partage commun/sous/31.gpkg", True),
        ("/mnt/nas/31.gpkg", True),
        ("/mnt/nasa/31.gpkg", False),
        ("/home/agent/31.gpkg", False),
    ],
)
def test_network_drives_are_recognised(path: str, expected: bool) -> None:
    class Given(type(Path())):  # type: ignore[misc]
        """A path whose leading slashes are kept as they were typed."""

        def __fspath__(self) -> str:
            return path

    assert safety.is_on_network(Given(path), MOUNTS) is expected


def test_a_workspace_on_a_network_drive_is_refused(
    good: Path, territory: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/export {good.parent} nfs4 rw 0 0\n")
    monkeypatch.setattr(safety, "_MOUNTS", mounts)
    with pytest.raises(WorkspaceError, match="network drive"):
        GeoPackageStore.open(good)
    with pytest.raises(WorkspaceError, match="network drive"):
        create_workspace(good.parent / "new.gpkg", ["31"], territory)
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_an_existing_file_is_never_replaced(good: Path, territory: Territory) -> None:
    before = snapshot(good.parent)
    with pytest.raises(WorkspaceError, match="already a file"):
        create_workspace(good, ["31"], territory)
    assert snapshot(good.parent) == before


@pytest.mark.parametrize(
    ("departments", "words", "kind"),
    [
        ([], "at least one department", WorkspaceError),
        (["20"], "no department", TerritoryError),
        (["31", "974"], "do not share a metric reference system", WorkspaceError),
    ],
)
def test_departments_that_make_no_sense_leave_nothing_behind(
    territory: Territory, tmp_path: Path, departments: list[str], words: str, kind: type[ResorptionError]
) -> None:
    with pytest.raises(kind, match=words):
        create_workspace(tmp_path / "new.gpkg", departments, territory)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(territory: Territory, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no folder"):
        create_workspace(tmp_path / "nowhere" / "31.gpkg", ["31"], territory)


def test_a_creation_that_fails_half_way_leaves_nothing_behind(
    territory: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace, "_write_tables", fail)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        create_workspace(tmp_path / "new.gpkg", ["31"], territory)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_with_the_name_of_the_workspace(
    territory: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(partial: Path) -> None:
        raise WorkspaceError("The disk is full: nothing was written to {path}.", path=partial)

    monkeypatch.setattr(workspace, "_write_tables", fail)
    with pytest.raises(WorkspaceError, match=re.escape(f"written to {tmp_path / 'new.gpkg'}.")):
        create_workspace(tmp_path / "new.gpkg", ["31"], territory)
    assert list(tmp_path.iterdir()) == []


def test_two_departments_share_a_workspace(territory: Territory, tmp_path: Path) -> None:
    path = tmp_path / "corse.gpkg"
    create_workspace(path, ["2B", "2A"], territory)
    with GeoPackageStore.open(path, read_only=True) as store:
        assert store.meta("departments") == "2A,2B"
        data = store.read()
    assert {record["code"] for record in data.layer("department")} == {"2A", "2B"}
    assert len(data.layer("commune")) == len(territory.communes(["2A", "2B"]))


def test_the_same_commune_has_the_same_identifier_everywhere(good: Path, territory: Territory, tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    create_workspace(other, ["09", "31"], territory)
    with GeoPackageStore.open(good, read_only=True) as one, GeoPackageStore.open(other, read_only=True) as two:
        ours = {record["insee"]: record.uid for record in one.read(["commune"]).layer("commune")}
        theirs = {record["insee"]: record.uid for record in two.read(["commune"]).layer("commune")}
    assert ours.items() <= theirs.items()
