"""The folder of photos: content kept once, nothing left behind by what fails."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from resorption_plugin.core.errors import Cancelled, ImportFileError, WorkspaceError
from resorption_plugin.core.ports import Silent
from resorption_plugin.geopackage import photo_folder
from resorption_plugin.geopackage.photo_folder import PhotoFolder

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "dossier de l'été"
    folder.mkdir()
    return folder / "31.gpkg"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "Été à l'entrée.JPG"
    path.write_bytes(JPEG)
    return path


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_a_photo_is_copied_under_its_hash_and_the_original_stays(workspace, photo):
    before = photo.stat()
    kept = PhotoFolder(workspace).keep(photo, Silent())
    sha256 = hashlib.sha256(JPEG).hexdigest()
    assert kept.path == f"31_photos/{sha256[:2]}/{sha256}.jpg"
    assert (workspace.parent / kept.path).read_bytes() == photo.read_bytes() == JPEG
    assert (kept.sha256, kept.original_name, kept.size_bytes, kept.is_new) == (sha256, photo.name, len(JPEG), True)
    assert (photo.stat().st_mtime_ns, photo.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_same_content_is_stored_once(workspace, photo, tmp_path):
    folder = PhotoFolder(workspace)
    first = folder.keep(photo, Silent())
    again = tmp_path / "copy.jpg"
    again.write_bytes(JPEG)
    second = folder.keep(again, Silent())
    assert (first.path, second.is_new) == (second.path, False)
    assert len([path for path in everything(folder.folder) if path.is_file()]) == 1
    folder.forget(second)
    assert folder.find(first.path) is not None, "what was there before stays"
    folder.forget(first)
    assert everything(workspace.parent) == []


def test_the_folder_moves_with_its_workspace(workspace, photo, tmp_path):
    kept = PhotoFolder(workspace).keep(photo, Silent())
    moved = workspace.parent.rename(tmp_path / "ailleurs")
    found = PhotoFolder(moved / "31.gpkg").find(kept.path)
    assert found is not None
    assert found.read_bytes() == JPEG
    assert PhotoFolder(tmp_path / "31.gpkg").find(kept.path) is None


@pytest.mark.parametrize("contents", [b"", b"bonjour", b"%PDF-1.7 ...", b"\0" * 100])
def test_what_is_no_photo_leaves_nothing(workspace, photo, contents):
    photo.write_bytes(contents)
    with pytest.raises(ImportFileError):
        PhotoFolder(workspace).keep(photo, Silent())
    assert everything(workspace.parent) == []


def test_a_file_too_large_is_refused_before_it_is_read(workspace, photo):
    with photo.open("r+b") as file:
        file.truncate(100_000_000)
    with pytest.raises(ImportFileError, match="100 MB"):
        PhotoFolder(workspace).keep(photo, Silent())
    assert everything(workspace.parent) == []


def test_a_file_that_is_gone_or_a_folder_is_refused(workspace, photo, tmp_path):
    for path in (tmp_path / "absent.jpg", tmp_path):
        with pytest.raises(ImportFileError, match="cannot be read"):
            PhotoFolder(workspace).keep(path, Silent())
    assert everything(workspace.parent) == []


def test_a_full_disk_leaves_nothing(workspace, photo, monkeypatch):
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(photo_folder, "_copy", full)
    with pytest.raises(WorkspaceError, match="disk is full"):
        PhotoFolder(workspace).keep(photo, Silent())
    assert everything(workspace.parent) == []


def test_a_folder_that_cannot_be_made_is_told(workspace, photo):
    (workspace.parent / "31_photos").write_text("a file in the way")
    with pytest.raises(WorkspaceError, match="31_photos"):
        PhotoFolder(workspace).keep(photo, Silent())
    assert (workspace.parent / "31_photos").read_text() == "a file in the way"


def test_a_read_only_folder_is_told(workspace, photo, monkeypatch):
    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(photo_folder, "draft_beside", refuse)  # root may write anywhere
    with pytest.raises(WorkspaceError, match="Permission denied"):
        PhotoFolder(workspace).keep(photo, Silent())
    assert everything(workspace.parent) == []


def test_a_photo_is_as_private_as_the_files_of_its_owner(workspace, photo):
    before = os.umask(0o077)
    try:
        kept = PhotoFolder(workspace).keep(photo, Silent())
    finally:
        os.umask(before)
    assert (workspace.parent / kept.path).stat().st_mode & 0o777 == 0o600


def test_a_cancelled_copy_leaves_nothing(workspace, photo):
    class Stopped(Silent):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        PhotoFolder(workspace).keep(photo, Stopped())
    assert everything(workspace.parent) == []
    assert photo.read_bytes() == JPEG
