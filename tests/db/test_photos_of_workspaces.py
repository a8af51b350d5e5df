"""Photos go from one workspace to another by the server: each names the file as it is called there."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import shapely

from resorption_plugin.core.photos import is_inside
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import session
from resorption_plugin.core.sync.attachments import Exchanged, PhotoState, exchange
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace import _write_tables
from resorption_plugin.geopackage.workspace_photos import WorkspacePhotos
from resorption_plugin.postgis.blobs import ServerPhotos
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, SharedBase

PATHS = [
    "a.jpg",
    "photos/ab/x.jpg",
    "a..b/c...jpg",
    "l'été.png",
    "../a",
    "a/../b",
    "/a",
    "C:\\a",
    "\\\\s\\a",
    "..",
    "a\\..\\b",
    "~/a",
    "a~",
]


def test_a_path_leads_out_of_the_folder_for_the_server_as_for_the_workspace(base):
    site = base.site()
    for path in PATHS:
        if is_inside(path):
            base.insert("photo", site_uid=site, path=path)
        else:
            with pytest.raises(psycopg2.errors.CheckViolation, match="path_inside"):
                base.insert("photo", site_uid=site, path=path)


@dataclass
class Colleague:
    """One workspace of the department 31, exchanged whole: the rows, then the photos."""

    path: Path
    base: SharedBase

    def exchange(self) -> tuple[session.Report, Exchanged]:
        with PostgresRemote(self.base.target(ANNE)) as remote:
            with SyncedWorkspace.attach(self.path) as local:
                report = session.synchronise(local, remote, scrutiny=session.Scrutiny.ALL)
            photos = ServerPhotos(remote.server)
            return report, exchange(WorkspacePhotos(self.path), photos, Silent())

    def photo(self, uid: str) -> Record:
        with GeoPackageStore.open(self.path, read_only=True) as store:
            return store.read_uids("photo", [uid])[0]


def test_each_workspace_names_the_file_as_it_is_called_there_and_nobody_takes_it_for_an_edit(base, tmp_path):
    mine, theirs = (Colleague(tmp_path / name / f"{name}.gpkg", base) for name in ("ici", "là-bas"))
    for colleague in (mine, theirs):
        colleague.path.parent.mkdir()
        _write_tables(colleague.path)
    source = tmp_path / "IMG_1.JPG"
    source.write_bytes(b"\xff\xd8\xff\xe0" + uuid.uuid4().bytes * 80_000)
    kept = PhotoFolder(mine.path).keep(source, Silent())
    site, row = str(uuid.uuid4()), str(uuid.uuid4())
    values = {"site_uid": site, "path": kept.path, "sha256": kept.sha256, "size_bytes": kept.size_bytes}
    place = Record("site", site, {"name": "Un", "department": "31"}, shapely.Point(1.44, 43.6))
    with GeoPackageStore.open(mine.path) as store:
        store.apply(ChangeSet(insert=[place, Record("photo", row, values)]))
    report, photos = mine.exchange()
    assert (report.sent, report.refused, photos.sent) == (2, 0, 1)
    report, photos = theirs.exchange()
    assert (photos.states[kept.sha256], report.unrepaired) == (PhotoState.SAFE, ())
    named = theirs.photo(row)["path"]
    assert (theirs.path.parent / named).read_bytes() == source.read_bytes()
    assert named == f"là-bas_photos/{kept.sha256[:2]}/{kept.sha256}.jpg"
    for colleague in (theirs, mine, theirs):
        report, photos = colleague.exchange()
        assert (report.sent, report.conflicts, report.repaired, report.unrepaired) == (0, 0, 0, ())
        assert (photos.sent, photos.fetched, photos.layers) == (0, 0, set())
    with GeoPackageStore.open(theirs.path) as store:
        store.apply(ChangeSet(update=[Record("photo", row, {"caption": "vue du nord"})]))
    assert theirs.exchange()[0].sent == 1
    mine.exchange()
    assert mine.photo(row)["caption"] == "vue du nord"
    assert mine.photo(row)["path"] == kept.path
    assert theirs.photo(row)["path"] == named
    assert mine.exchange()[0].sent == 0
