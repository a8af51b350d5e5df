"""The contents of photos on the server: whole, verified, twice at once, and only for who reads the photo."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import shapely

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.attachments import (
    PIECE_BYTES,
    PhotoError,
    PhotoState,
    Stored,
    exchange,
)
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace_photos import WorkspacePhotos
from resorption_plugin.postgis.blobs import ServerPhotos
from resorption_plugin.postgis.connection import Server
from tests.db.shared_base import ADMIN, ANNE, AUDITOR, BRUNO, SharedBase, shared_base

NOBODY = "0" * 64


@dataclass(frozen=True)
class Content:
    """A photo of two pieces that no other test has, and the uid of its row."""

    data: bytes
    row: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def pieces(self) -> list[bytes]:
        return [self.data[:PIECE_BYTES], self.data[PIECE_BYTES:]]


@pytest.fixture(scope="module")
def base(cluster: str, server_template: str) -> Iterator[SharedBase]:
    with shared_base(cluster, server_template) as made:
        yield made


@pytest.fixture
def photo(base: SharedBase) -> Content:
    data = b"\xff\xd8\xff\xe0" + uuid.uuid4().bytes * 80_000
    return Content(data, base.photo(base.site("31"), hashlib.sha256(data).hexdigest()))


@pytest.fixture
def anne(base: SharedBase) -> Iterator[ServerPhotos]:
    with Server(base.target(ANNE)) as server:
        yield ServerPhotos(server)


@pytest.fixture
def bruno(base: SharedBase) -> Iterator[ServerPhotos]:
    with Server(base.target(BRUNO)) as server:
        yield ServerPhotos(server)


def send(photos: ServerPhotos, photo: Content) -> bool:
    for number, piece in enumerate(photo.pieces):
        photos.put(photo.sha256, number, photo.size, piece)
    return photos.finish(photo.sha256)


def held(base: SharedBase, photo: Content) -> list[tuple[int, int]]:
    return base.rows("SELECT no, length(data) FROM sync.blob_chunk WHERE sha256 = %s ORDER BY no", [photo.sha256])


def test_a_content_comes_back_as_it_was_sent(anne, photo):
    assert anne.state([photo.sha256, NOBODY]) == {photo.sha256: Stored(0)}
    anne.put(photo.sha256, 1, photo.size, photo.pieces[1])
    assert anne.state([photo.sha256]) == {photo.sha256: Stored(photo.size, frozenset({1}))}
    anne.put(photo.sha256, 0, photo.size, photo.pieces[0])
    anne.put(photo.sha256, 0, photo.size, photo.pieces[0])
    assert anne.finish(photo.sha256)
    assert anne.finish(photo.sha256)
    assert anne.state([photo.sha256]) == {photo.sha256: Stored(photo.size, frozenset(), is_complete=True)}
    assert b"".join(anne.get(photo.sha256, number) for number in range(2)) == photo.data
    anne.put(photo.sha256, 0, 5, b"other")  # nothing replaces what was verified
    assert anne.get(photo.sha256, 0) == photo.pieces[0]


def test_who_does_not_read_the_photo_learns_nothing_of_its_content(base, photo, anne, bruno):
    assert send(anne, photo)
    assert bruno.state([photo.sha256]) == {}
    for ask in (
        lambda: bruno.get(photo.sha256, 0),
        lambda: bruno.put(photo.sha256, 0, photo.size, photo.pieces[0]),
        lambda: bruno.finish(photo.sha256),
        lambda: bruno.get(NOBODY, 0),
    ):
        with pytest.raises(PhotoError, match="no photo of this content"):
            ask()
    site = base.value("SELECT site_uid::text FROM resorption.photo WHERE uid = %s", [photo.row])
    base.rows("UPDATE resorption.site SET department = '32' WHERE uid = %s", [site], ADMIN)
    assert bruno.get(photo.sha256, 1) == photo.pieces[1], "the photo follows its site"
    with pytest.raises(PhotoError):
        anne.get(photo.sha256, 0)


def test_an_auditor_reads_and_gives_nothing(base, photo, anne):
    assert send(anne, photo)
    with Server(base.target(AUDITOR)) as server:
        alix = ServerPhotos(server)
        assert alix.get(photo.sha256, 0) == photo.pieces[0]
        with pytest.raises(PhotoError):
            alix.put(photo.sha256, 0, photo.size, photo.pieces[0])


def test_no_login_reads_the_tables_of_the_contents(base, photo, anne):
    assert send(anne, photo)
    for login in (ANNE, ADMIN):
        for table in ("blob", "blob_chunk"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                base.rows(f"SELECT * FROM sync.{table}", login=login)


def test_a_content_that_is_not_its_hash_is_forgotten_and_can_be_sent_again(base, photo, anne):
    anne.put(photo.sha256, 0, photo.size, b"\0" * PIECE_BYTES)
    anne.put(photo.sha256, 1, photo.size, photo.pieces[1])
    assert not anne.finish(photo.sha256)
    assert held(base, photo) == []
    with pytest.raises(PhotoError, match="not whole"):
        anne.get(photo.sha256, 0)
    assert send(anne, photo)


def test_what_is_not_whole_is_not_finished(photo, anne):
    assert not anne.finish(photo.sha256)
    anne.put(photo.sha256, 0, photo.size, photo.pieces[0])
    assert not anne.finish(photo.sha256)
    assert send(anne, photo)


@pytest.mark.parametrize(
    ("number", "size", "length"),
    [
        (0, 0, 0),
        (0, 21 * PIECE_BYTES, PIECE_BYTES),
        (0, PIECE_BYTES + 5, PIECE_BYTES - 1),
        (1, PIECE_BYTES + 5, PIECE_BYTES),
        (2, PIECE_BYTES + 5, 5),
        (-1, PIECE_BYTES + 5, PIECE_BYTES),
        (0, 2 * PIECE_BYTES, PIECE_BYTES + 1),
    ],
)
def test_a_piece_that_cannot_be_is_refused(photo, anne, number, size, length):
    with pytest.raises(PhotoError, match="cannot have"):
        anne.put(photo.sha256, number, size, b"x" * length)
    assert anne.state([photo.sha256]) == {photo.sha256: Stored(0)}


def test_the_first_size_told_was_wrong_and_the_right_one_wins(base, photo, anne):
    anne.put(photo.sha256, 0, 4, b"fake")
    assert send(anne, photo)
    assert anne.state([photo.sha256])[photo.sha256].size == photo.size
    assert held(base, photo) == [(0, PIECE_BYTES), (1, photo.size - PIECE_BYTES)]


def test_the_same_content_sent_by_many_at_once_is_one(base, photo):
    def once(_: int) -> bool:
        with Server(base.target(ANNE)) as server:
            return send(ServerPhotos(server), photo)

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(once, range(6)))
    assert held(base, photo) == [(0, PIECE_BYTES), (1, photo.size - PIECE_BYTES)]


def test_a_session_killed_between_two_pieces_leaves_what_it_had_sent(base, photo, anne):
    anne.put(photo.sha256, 0, photo.size, photo.pieces[0])
    base.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND query ~ 'blob_put'", [ANNE]
    )
    assert anne.state([photo.sha256])[photo.sha256].pieces == {0}
    anne.put(photo.sha256, 1, photo.size, photo.pieces[1])
    assert anne.finish(photo.sha256)


def test_contents_that_no_photo_names_any_more_go_after_a_time(base, photo, anne):
    assert send(anne, photo)
    trim = "SELECT app.trim_blobs('1 hour')"
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        base.rows(trim, login=ANNE)
    base.rows("UPDATE sync.blob SET at = now() - interval '2 hours' WHERE sha256 = %s", [photo.sha256])
    assert base.value(trim, login=ADMIN) == 0, "a photo names it"
    base.rows("DELETE FROM resorption.photo WHERE uid = %s", [photo.row], ADMIN)
    assert base.value(trim, login=ADMIN) == 0, "its row may come back"
    assert base.value("SELECT app.trim_blobs('0')", login=ADMIN) == 1
    assert held(base, photo) == []


def test_two_workspaces_exchange_a_photo_by_the_server(base, photo, anne, workspace, tmp_path):
    mine, theirs = workspace, tmp_path / "autre" / "chez eux.gpkg"
    theirs.parent.mkdir()
    theirs.write_bytes(mine.read_bytes())
    (site, path), *_ = base.rows("SELECT site_uid::text, path FROM resorption.photo WHERE uid = %s", [photo.row])
    values = {"site_uid": site, "path": path, "sha256": photo.sha256, "original_name": "IMG_1.JPG"}
    for file in (mine, theirs):
        with GeoPackageStore.open(file) as store:
            place = Record("site", site, {"name": "Un"}, shapely.Point(1.44, 43.6))
            store.apply(ChangeSet(insert=[place, Record("photo", photo.row, values)]))
    kept = mine.parent / f"{mine.stem}_photos" / photo.sha256[:2] / f"{photo.sha256}.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(photo.data)
    here, there = WorkspacePhotos(mine), WorkspacePhotos(theirs)
    assert exchange(there, anne, Silent()).states == {photo.sha256: PhotoState.COMING}
    assert exchange(here, anne, Silent()).sent == 1
    done = exchange(there, anne, Silent())
    assert (done.fetched, done.problems, done.layers) == (1, [], {"photo"})
    named = Path("chez eux_photos") / photo.sha256[:2] / f"{photo.sha256}.jpg"
    assert (theirs.parent / named).read_bytes() == photo.data
    with GeoPackageStore.open(theirs, read_only=True) as store:
        assert store.read_uids("photo", [photo.row])[0]["path"] == named.as_posix()
    assert there.states() == here.states() == {photo.sha256: PhotoState.SAFE}
