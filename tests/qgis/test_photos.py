"""Photos in QGIS: EXIF read, files kept, rows written, shown from the folder of the workspace."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from pathlib import Path

import pytest
from qgis.core import QgsExifTools, QgsPointXY, QgsProject
from qgis.gui import QgsExternalResourceWidget, QgsGui
from qgis.PyQt.QtGui import QColor, QImage
from shapely import Point

from resorption_plugin.core.errors import Cancelled, ImportFileError, WorkspaceError
from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.attachments import PhotoState
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace_photos import WorkspacePhotos
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.photo_adding import Wish, add_photos, look_at
from resorption_plugin.qgis_adapters.photo_reading import read_photo
from resorption_plugin.qgis_adapters.project import write_project
from resorption_plugin.ui.photo_panel import taken, whereabouts
from resorption_plugin.ui.photo_states import of_record, summary, where

PLACE = (1.4442, 43.6045)
NOW = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)


class Clock:
    def now(self) -> dt.datetime:
        return NOW


def picture(path: Path, colour: str = "orange", place: tuple[float, float] | None = None) -> Path:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path), "JPG")
    if place is not None:
        assert QgsExifTools.geoTagImage(str(path), QgsPointXY(*place), QgsExifTools.GeoTagDetails())
        assert QgsExifTools.tagImage(str(path), "Exif.Photo.DateTimeOriginal", "2026:03:02 10:11:12")
    return path


@pytest.fixture
def site(workspace: Path) -> str:
    uid = str(uuid.uuid4())
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("site", uid, {"name": "Le Pré", "status": "open"}, Point(PLACE))]))
    return uid


def rows(workspace: Path) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read(["photo"]).layer("photo")


def test_position_and_date_are_read(tmp_path: Path) -> None:
    exif = read_photo(picture(tmp_path / "été à l'eau.jpg", place=(-1.5, 43.6)), NOW)
    assert exif.place == pytest.approx((-1.5, 43.6), abs=1e-6)
    assert exif.taken_at == dt.datetime(2026, 3, 2, 10, 11, 12, tzinfo=dt.UTC)


def test_a_photo_without_exif_or_with_nonsense_is_a_photo(tmp_path: Path) -> None:
    assert read_photo(picture(tmp_path / "a.jpg"), NOW).place is None
    strange = picture(tmp_path / "b.jpg", place=PLACE)
    QgsExifTools.tagImage(str(strange), "Exif.GPSInfo.GPSLatitude", "900/1 0/1 0/1")
    QgsExifTools.tagImage(str(strange), "Exif.Photo.DateTimeOriginal", "0000:00:00 00:00:00")
    exif = read_photo(strange, NOW)
    assert (exif.place, exif.taken_at) == (None, None)


@pytest.mark.parametrize("contents", [b"", b"bonjour", b"\xff\xd8\xff\xe0 cut short"])
def test_what_cannot_be_decoded_is_refused(tmp_path: Path, contents: bytes) -> None:
    path = tmp_path / "l'été.jpg"
    path.write_bytes(contents)
    with pytest.raises(ImportFileError):
        read_photo(path, NOW)


def test_the_nearest_record_is_proposed(workspace: Path, site: str, tmp_path: Path) -> None:
    near = picture(tmp_path / "near.jpg", place=(PLACE[0], PLACE[1] + 0.0003))
    far = picture(tmp_path / "far.jpg", place=(2.0, 44.0))
    text = tmp_path / "text.jpg"
    text.write_text("bonjour")
    session = look_at(workspace, [near, far, picture(tmp_path / "none.jpg"), text], Clock(), Silent())
    proposed = [photo.proposed.record.uid if photo.proposed else None for photo in session.photos]
    assert proposed == [site, None, None, None]
    assert session.photos[0].proposed.metres == pytest.approx(33.3, abs=0.3)
    assert [photo.refusal is not None for photo in session.photos] == [False, False, False, True]


def test_photos_are_added_once(workspace: Path, site: str, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", place=PLACE)
    wish = Wish(path, read_photo(path, NOW), ("site", site))
    done = add_photos(workspace, [wish, wish], "M. Martin", Clock(), Silent())
    assert (done.added, done.known) == (1, 1)
    assert add_photos(workspace, [wish], "M. Martin", Clock(), Silent()).added == 0
    (row,) = rows(workspace)
    assert row["site_uid"] == site
    assert row["original_name"] == "a.jpg"
    assert row["created_by"] == "M. Martin"
    assert PhotoFolder(workspace).find(row["path"]).read_bytes() == path.read_bytes()


def test_a_failure_leaves_neither_row_nor_file(workspace: Path, site: str, tmp_path: Path) -> None:
    good = picture(tmp_path / "good.jpg")
    gone = tmp_path / "gone.jpg"
    exif = read_photo(good, NOW)
    for wishes, kind in (
        ([Wish(good, exif, ("site", site)), Wish(gone, exif, ("site", site))], ImportFileError),
        ([Wish(good, exif, ("site", "no such site"))], WorkspaceError),
    ):
        with pytest.raises(kind):
            add_photos(workspace, wishes, "", Clock(), Silent())
        assert rows(workspace) == []
        assert not PhotoFolder(workspace).folder.exists()


def test_a_cancelled_addition_leaves_nothing(workspace: Path, site: str, tmp_path: Path) -> None:
    class Stopped(Silent):
        def is_cancelled(self) -> bool:
            return True

    good = picture(tmp_path / "good.jpg")
    with pytest.raises(Cancelled):
        add_photos(workspace, [Wish(good, read_photo(good, NOW), ("site", site))], "", Clock(), Stopped())
    assert rows(workspace) == []
    assert not PhotoFolder(workspace).folder.exists()


def test_the_form_shows_the_file_of_the_workspace_wherever_it_lies(
    workspace: Path, site: str, tmp_path: Path, qgis_new_project: None
) -> None:
    path = picture(tmp_path / "a.jpg", place=(PLACE[0], PLACE[1] + 0.000315))
    add_photos(workspace, [Wish(path, read_photo(path, NOW), ("site", site))], "", Clock(), Silent())
    moved = tmp_path / "clé USB"
    moved.mkdir()
    shutil.move(workspace, moved / workspace.name)
    shutil.move(PhotoFolder(workspace).folder, moved)
    write_project(moved / workspace.name, tmp_path / "elsewhere.qgz", "fr")
    project = QgsProject.instance()
    assert project.read(str(tmp_path / "elsewhere.qgz"))
    try:
        if not QgsGui.editorWidgetRegistry().factories():
            QgsGui.editorWidgetRegistry().initEditors()
        layer = find_layer(project, "photo")
        (photo,) = layer.getFeatures()
        wrapper = QgsGui.editorWidgetRegistry().create(layer, layer.fields().indexOf("path"), None, None)
        wrapper.setFeature(photo)
        widget = wrapper.widget().findChild(QgsExternalResourceWidget) or wrapper.widget()
        assert Path(widget.defaultRoot()) == moved
        assert whereabouts(layer, photo) == ""
        assert of_record(moved / workspace.name, "site", site) == ""
        assert "35 m" in taken(photo)
        assert "2026-03-02" in taken(photo)
        shutil.rmtree(moved / f"{workspace.stem}_photos")
        assert photo["path"] in whereabouts(layer, photo)
        assert of_record(moved / workspace.name, "site", site) == "Photos: ⚠ 1 missing"
    finally:
        project.clear()


@pytest.mark.parametrize(
    ("noted", "is_here", "told"),
    [
        (None, True, "↑ On this computer only"),
        (PhotoState.SENDING, True, "↑ A part of the file is on the server"),
        (PhotoState.SAFE, True, "✓ Safe"),
        (PhotoState.COMING, False, "↓ The file of this photo is not here yet"),
        (PhotoState.LOCAL, False, "⚠ The file"),
        (PhotoState.SAFE, False, "it comes back at the next synchronisation"),
    ],
)
def test_a_shared_photo_says_where_it_is_with_a_sign(
    workspace: Path, site: str, noted: PhotoState | None, *, is_here: bool, told: str
) -> None:
    path = picture(workspace.parent / "a.jpg")
    add_photos(workspace, [Wish(path, read_photo(path, NOW), ("site", site))], "", Clock(), Silent())
    SyncedWorkspace.attach(workspace).close()
    (row,) = rows(workspace)
    if noted is not None:
        WorkspacePhotos(workspace).note({row["sha256"]: noted})
    if not is_here:
        shutil.rmtree(PhotoFolder(workspace).folder)
    assert told in where(workspace, row["path"], row["sha256"])


def test_the_photos_of_a_record_are_counted_by_where_they_are() -> None:
    states = [PhotoState.SAFE, PhotoState.LOCAL, PhotoState.SENDING, PhotoState.COMING, PhotoState.SAFE]
    told = summary(states, is_shared=True)
    assert told == "Photos: ✓ 2 safe on the server, ↑ 2 to send, ↓ 1 to come"
    assert summary(states, is_shared=False) == ""
