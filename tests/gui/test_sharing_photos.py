"""Where photos are, as the page and the forms say it before and after an exchange."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.gui import QgsAttributeDialog, QgsAttributeEditorContext
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtWidgets import QWidget

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.photo_folder import PhotoFolder
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import feature_of, find_layer
from resorption_plugin.qgis_adapters.sharing import read_sharing
from resorption_plugin.qgis_adapters.synchronising import attach_workspace
from resorption_plugin.ui.photo_panel import PhotoPanel
from resorption_plugin.ui.site_panel import SitePanel
from tests.gui.sharing_desk import MARIE, PATIENCE_MS, SITE, synchronise, write

PANELS = {"site": SitePanel, "photo": PhotoPanel}


@pytest.fixture
def show(small_qgis):
    """Opens the form of a record for reading, and gives its panel; the forms go before their layers."""
    dialogs: list[QgsAttributeDialog] = []

    def open_form(key: str, uid: str) -> QWidget:
        layer = find_layer(QgsProject.instance(), key)
        context = QgsAttributeEditorContext()
        context.setMapCanvas(small_qgis.canvas)
        context.setVectorLayerTools(small_qgis.tools)
        dialog = QgsAttributeDialog(layer, feature_of(layer, uid), False, small_qgis.window, True, context)
        dialogs.append(dialog)
        dialog.resize(720, 560)
        dialog.show()
        (found,) = [widget for widget in dialog.findChildren(QWidget) if isinstance(widget, PANELS[key])]
        return found

    yield open_form
    for dialog in dialogs:
        if not sip.isdeleted(dialog):
            sip.delete(dialog)


def add_photo(workspace: Path, folder: Path) -> str:
    """Add a photo to the site, as the command does; return its uid."""
    source, image, uid = folder / "été.jpg", QImage(320, 240, QImage.Format.Format_RGB32), str(uuid.uuid4())
    image.fill(QColor("peru"))
    assert image.save(str(source), "JPG")
    kept = PhotoFolder(workspace).keep(source, Silent())
    assert kept.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    told = {"site_uid": SITE, "path": kept.path, "sha256": kept.sha256, "original_name": "été.jpg", "caption": "Accès"}
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record("photo", uid, told)]))
    return uid


@pytest.fixture
def attached(server, workspace) -> Path:
    """The workspace of Marie, who has sent a site before the project is opened."""
    write(workspace.workspace, name="L'Écluse")
    attach_workspace(workspace.workspace, f"service={MARIE}", Silent())
    return workspace.workspace


def test_the_page_and_the_forms_say_where_photos_are(attached, page, show, tmp_path, qtbot):
    qtbot.waitUntil(page.synchronise.isEnabled, timeout=PATIENCE_MS)
    uid = add_photo(attached, tmp_path)
    site, photo = show("site", SITE), show("photo", uid)
    page.show_sharing(read_sharing(attached, "en"))
    assert "Photos to send: 1." in page.state.text()
    assert site.photos.text() == "Photos: ↑ 1 to send"
    assert photo.message.text().startswith("↑ On this computer only")
    synchronise(page, qtbot)
    qtbot.waitUntil(lambda: photo.message.text().startswith("✓ Safe"), timeout=PATIENCE_MS)
    assert site.photos.text() == "Photos: ✓ 1 safe on the server"
    assert "Photos to send" not in page.state.text()
