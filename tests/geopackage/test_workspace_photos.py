"""The photos of a workspace as they are exchanged: found and put by their hash, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import uuid
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.attachments import PIECE_BYTES, Photo, PhotoError, PhotoState
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace_photos import WorkspacePhotos

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 5_000
"""Two pieces."""
SHA256 = hashlib.sha256(JPEG).hexdigest()


def add_photo(workspace: Path, site: str, path: str, sha256: str | None = SHA256) -> str:
    uid = str(uuid.uuid4())
    values = {"site_uid": site, "path": path, "sha256": sha256, "original_name": "été.jpg", "size_bytes": len(JPEG)}
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("photo", uid, values)]))
    return uid


def path_of(workspace: Path, uid: str) -> str:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read_uids("photo", [uid])[0]["path"]


def signature_of(workspace: Path, uid: str) -> tuple[object, object]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        (row,) = store.read_uids("photo", [uid])
        return row["updated_at"], row["updated_by"]


def come(shelf: WorkspacePhotos, photo: Photo, data: bytes = JPEG) -> None:
    for number in range(0, len(data), PIECE_BYTES):
        shelf.receive(photo, number // PIECE_BYTES, data[number : number + PIECE_BYTES])


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def site(path: Path) -> str:
    uid = str(uuid.uuid4())
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=[Record("site", uid, {"name": "Un"}, shapely.Point(1.44, 43.6))]))
    return uid


def test_what_came_is_kept_in_the_folder_of_this_workspace_and_the_row_names_it(path, site):
    row = add_photo(path, site, f"photos/{SHA256[:2]}/{SHA256}.jpg")
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    assert (photo.sha256, photo.name, shelf.size(photo), shelf.received(photo)) == (SHA256, "été.jpg", None, 0)
    come(shelf, photo)
    assert shelf.size(photo) is None, "what is not whole is out of sight"
    shelf.keep(photo)
    named = f"{path.stem}_photos/{SHA256[:2]}/{SHA256}.jpg"
    assert (path.parent / named).read_bytes() == JPEG
    assert files(path.parent / f"{path.stem}_photos") == [f"{SHA256[:2]}/{SHA256}.jpg"]
    assert shelf.arrange() is True
    assert path_of(path, row) == named
    assert PhotoFolder(path).find(named) is not None
    assert WorkspacePhotos(path).arrange() is False
    shelf.check(photo)
    assert shelf.piece(photo, 1) == JPEG[PIECE_BYTES:]


def test_renaming_the_rows_is_nobodys_edit(path, site):
    row = add_photo(path, site, f"autre_photos/{SHA256[:2]}/{SHA256}.jpg")
    signed = signature_of(path, row)
    shelf = WorkspacePhotos(path)
    come(shelf, shelf.photos()[0])
    shelf.keep(shelf.photos()[0])
    assert shelf.arrange()
    with GeoPackageStore.open(path, read_only=True) as store:
        (change,) = [entry for entry in store.history.of_record("photo", row) if entry.field == "path"]
        assert change.received
    assert signature_of(path, row) == signed


@pytest.mark.parametrize(
    "told",
    [
        "../secret.jpg",
        f"../x_photos/{SHA256[:2]}/{SHA256}.jpg",
        "/etc/passwd",
        "C:/secret.jpg",
        r"\\server\share\secret.jpg",
        "secret.jpg",
        f"x_photos/{SHA256[:2]}/../../secret.jpg",
    ],
)
def test_a_path_is_never_followed_out_of_the_photos(path, site, told, tmp_path):
    for name in ("secret.jpg", f"x_photos/{SHA256[:2]}/{'0' * 64}.jpg"):
        for folder in (path.parent, path.parent.parent):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"secret")
    outside = path.parent.parent / "x_photos" / SHA256[:2] / f"{SHA256}.jpg"
    outside.write_bytes(JPEG)
    before = sorted(path.parent.parent.rglob("*"))
    add_photo(path, site, told)
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    assert shelf.size(photo) is None
    with pytest.raises(PhotoError):
        shelf.piece(photo, 0)
    come(shelf, photo)
    shelf.keep(photo)
    kept = {path.parent / f"{path.stem}_photos", path.parent / f"{path.stem}_photos" / SHA256[:2]}
    kept.add(path.parent / f"{path.stem}_photos" / SHA256[:2] / f"{SHA256}.jpg")
    assert set(path.parent.parent.rglob("*")) - set(before) == kept
    assert (path.parent / "secret.jpg").read_bytes() == b"secret"


def test_a_file_of_a_workspace_that_was_renamed_is_found(path, site):
    named = path.parent / "ancien_photos" / SHA256[:2] / f"{SHA256}.jpg"
    named.parent.mkdir(parents=True)
    named.write_bytes(JPEG)
    add_photo(path, site, str(named.relative_to(path.parent)))
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    assert shelf.size(photo) == len(JPEG)
    shelf.check(photo)
    assert shelf.arrange() is False, "it is where its row says"


def test_two_photos_of_one_path_and_two_contents_are_two_files(path, site):
    other = JPEG + b"more"
    contents = {SHA256: JPEG, hashlib.sha256(other).hexdigest(): other}
    for sha256 in contents:
        add_photo(path, site, "DCIM/IMG_0001.jpg", sha256)
    shelf = WorkspacePhotos(path)
    for photo in shelf.photos():
        come(shelf, photo, contents[photo.sha256])
        shelf.keep(photo)
    shelf.arrange()
    kept = {
        hashlib.sha256((path.parent / f"{path.stem}_photos" / name).read_bytes()).hexdigest()
        for name in files(path.parent / f"{path.stem}_photos")
    }
    assert kept == set(contents)


def test_what_was_cut_in_a_piece_goes_on_before_it(path, site):
    add_photo(path, site, "a.jpg")
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    shelf.receive(photo, 0, JPEG[:PIECE_BYTES])
    shelf.receive(photo, 1, b"torn")
    again = WorkspacePhotos(path)
    (photo,) = again.photos()
    assert again.received(photo) == 1
    again.receive(photo, 1, JPEG[PIECE_BYTES:])
    again.keep(photo)
    again.check(photo)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 another photo", b"", JPEG[:-1]])
def test_what_is_not_the_photo_leaves_nothing(path, site, data):
    add_photo(path, site, "a.jpg")
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    shelf.receive(photo, 0, data)
    with pytest.raises(PhotoError):
        shelf.keep(photo)
    assert files(path.parent) == [path.name]


def test_a_program_that_calls_itself_a_photo_is_not_kept(path, site):
    program = b"MZ\x90\x00" + b"\0" * 100
    sha256 = hashlib.sha256(program).hexdigest()
    add_photo(path, site, "a.jpg", sha256)
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    shelf.receive(photo, 0, program)
    with pytest.raises(PhotoError, match="not a photo"):
        shelf.keep(photo)
    assert files(path.parent) == [path.name]


def test_a_file_changed_or_gone_is_told(path, site):
    kept = path.parent / f"{path.stem}_photos" / SHA256[:2] / f"{SHA256}.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(JPEG[:-1] + b"x")
    add_photo(path, site, str(kept.relative_to(path.parent)))
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    with pytest.raises(PhotoError, match="changed"):
        shelf.check(photo)
    kept.unlink()
    with pytest.raises(PhotoError, match="cannot be read"):
        shelf.check(photo)


def test_a_full_disk_is_told_and_gives_its_room_back(path, site, monkeypatch):
    add_photo(path, site, "a.jpg")
    shelf = WorkspacePhotos(path)
    (photo,) = shelf.photos()
    shelf.receive(photo, 0, JPEG[:PIECE_BYTES])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    shelf.receive(photo, 1, JPEG[PIECE_BYTES:])
    with pytest.raises(WorkspaceError, match="full"):
        shelf.keep(photo)
    assert files(path.parent) == [path.name]


def test_where_contents_are_is_remembered_out_of_sight(path, site):
    add_photo(path, site, "a.jpg")
    shelf = WorkspacePhotos(path)
    assert shelf.states() == {}
    assert shelf.note({SHA256: PhotoState.COMING})
    stamp = path.read_bytes()
    assert not shelf.note({SHA256: PhotoState.COMING})
    assert path.read_bytes() == stamp, "nothing new, nothing written"
    shelf.note({SHA256: PhotoState.SAFE})
    assert WorkspacePhotos(path).states() == {SHA256: PhotoState.SAFE}
    with sqlite3.connect(path) as connection:
        hidden = connection.execute("SELECT count(*) FROM gpkg_extensions WHERE table_name = 'gpkg_sync_photo'")
        assert hidden.fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("sha256", [None, "", "../../etc", "AB" * 32])
def test_a_row_without_a_hash_is_left_out(path, site, sha256):
    add_photo(path, site, "a.jpg", sha256)
    assert WorkspacePhotos(path).photos() == []


def test_nothing_is_exchanged_of_an_empty_workspace(path):
    shelf = WorkspacePhotos(path)
    assert shelf.photos() == []
    assert shelf.arrange() is False
    assert files(path.parent) == [path.name]


def test_where_contents_are_today_is_what_was_noted_and_what_lies_in_the_folder(path, site, tmp_path):
    source = tmp_path / "a.jpg"
    source.write_bytes(JPEG)
    kept = PhotoFolder(path).keep(source, Silent())
    add_photo(path, site, kept.path)
    add_photo(path, site, "photos/00/gone.jpg", "0" * 64)
    shelf = WorkspacePhotos(path)
    assert shelf.seen() == {SHA256: PhotoState.LOCAL, "0" * 64: PhotoState.MISSING}
    shelf.note({SHA256: PhotoState.SAFE, "0" * 64: PhotoState.COMING})
    assert shelf.seen("site_uid", site) == {SHA256: PhotoState.SAFE, "0" * 64: PhotoState.COMING}
    assert shelf.seen("site_uid", str(uuid.uuid4())) == shelf.seen("water_point_uid", site) == {}
