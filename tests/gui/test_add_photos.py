"""Adding photos, from a form and by the dozen."""

from __future__ import annotations

import uuid

import pytest
from qgis.core import QgsExifTools, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QAction, QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from shapely import Point

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.ui import form_header
from resorption_plugin.ui.add_photos_dialog import DISTANCE, FILE, SHOWS, AddPhotosDialog

PLACE = (1.4442, 43.6045)
PATIENCE_MS = 20_000


def site(name: str, north: float = 0.0) -> Record:
    given = {"name": name, "status": "open", "commune": "Toulouse"}
    return Record("site", str(uuid.uuid4()), given, Point(PLACE[0], PLACE[1] + north))


@pytest.fixture
def photos(tmp_path, monkeypatch):
    """Files chosen in the dialog: taken 33 m from the place, without a position, and no photo at all."""
    files = [tmp_path / name for name in ("Entrée de l'allée.jpg", "sans position.jpg", "texte.jpg")]
    for number, file in enumerate(files[:2]):
        image = QImage(60, 40 + number, QImage.Format.Format_RGB32)
        image.fill(0)
        assert image.save(str(file), "JPG")
    QgsExifTools.geoTagImage(str(files[0]), QgsPointXY(PLACE[0], PLACE[1] + 0.0003), QgsExifTools.GeoTagDetails())
    files[2].write_text("bonjour")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
    return files


@pytest.fixture
def opened(plugin, small_qgis, workspace):
    """Two sites of the same name, open in the small QGIS; the first is where the photo was taken."""
    sites = [site("Le Pré"), site("Le Pré", 0.1)]
    with GeoPackageStore.open(workspace.workspace) as store:
        store.apply(ChangeSet(insert=sites))
    assert small_qgis.addProject(str(workspace.project))
    QTest.qWait(100)
    return sites


def rows(path) -> list[Record]:
    with GeoPackageStore.open(path, read_only=True) as store:
        return store.read(["photo"]).layer("photo")


def test_the_nearest_site_is_proposed_and_the_officer_confirms(opened, photos, small_qgis, workspace, qtbot):
    seen: dict[str, object] = {}

    def confirm() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, AddPhotosDialog):
            QTimer.singleShot(200, confirm)
            return
        seen["distance"] = dialog.table.item(0, DISTANCE).text()
        seen["pictures"] = [dialog.table.item(row, FILE).icon().isNull() for row in range(3)]
        seen["refused"] = dialog.table.item(2, SHOWS).text()
        seen["wishes"] = [(wish.path.name, wish.target[1]) for wish in dialog.wishes()]
        second = dialog.table.cellWidget(1, SHOWS)
        second.setCurrentText("Nulle part")
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        seen["unknown"] = ok.isEnabled()
        second.setCurrentIndex(0)
        ok.click()

    QTimer.singleShot(300, confirm)
    small_qgis.window.findChild(QAction, "resorption_add_photos").trigger()
    qtbot.waitUntil(lambda: len(rows(workspace.workspace)) == 1, timeout=PATIENCE_MS)
    (row,) = rows(workspace.workspace)
    assert row["site_uid"] == opened[0].uid
    assert seen["wishes"] == [(photos[0].name, opened[0].uid)]
    assert seen["distance"] == "33 m"
    assert seen["pictures"] == [False, False, True]
    assert photos[2].name in seen["refused"]
    assert seen["unknown"] is False
    assert PhotoFolder(workspace.workspace).find(row["path"]).read_bytes() == photos[0].read_bytes()


def test_from_a_form_the_good_photos_are_added_and_the_others_are_told(opened, photos, small_qgis, workspace, qtbot):
    panel = form_header._PANELS["site"](small_qgis.window)
    panel._photos.add_to("site", opened[1].uid)
    qtbot.waitUntil(lambda: len(rows(workspace.workspace)) == 2, timeout=PATIENCE_MS)
    assert {row["site_uid"] for row in rows(workspace.workspace)} == {opened[1].uid}
    qtbot.waitUntil(lambda: any("2" in text for text in small_qgis.sentences()), timeout=PATIENCE_MS)
    assert any(photos[2].name in text for text in small_qgis.sentences())
    panel.deleteLater()
    assert QgsProject.instance().mapLayers()
