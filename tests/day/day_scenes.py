"""What an officer does by hand in QGIS in the course of the day; played in it (see ``tools/in_qgis_driver.py``)."""

from __future__ import annotations

from qgis.core import QgsExpression, QgsFeature, QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction, QImage
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox
from qgis.utils import iface

from in_qgis_hands import (
    action,
    draw,
    expect,
    form,
    idle,
    later,
    layer,
    modal,
    picture,
    press_ok,
    show_place,
    type_into,
    window,
)
from in_qgis_sharing import Scene, rest


def write(uid: str, field: str, text: str) -> Scene:
    """Write in one field of a site, as its table does, and save."""
    sites = layer("site")
    _edit(sites)
    sites.changeAttributeValue(_feature(uid).id(), sites.fields().indexOf(field), text)
    yield 0.2
    yield from _save()


def write_in_form(uid: str, field: str, text: str) -> Scene:
    """Open the form of a site, type in one field, save."""
    sites = layer("site")
    _edit(sites)
    later(lambda: iface.openFeatureForm(sites, _feature(uid), False, False))
    yield lambda: form() is not None
    yield 0.4
    type_into(form(), field, text)
    yield 0.1
    picture("form")
    press_ok(form())
    yield lambda: form() is None
    yield from _save()


def delete(uid: str) -> Scene:
    """Select a site, delete it and what belongs to it, save."""
    sites = layer("site")
    _edit(sites)
    sites.selectByIds([_feature(uid).id()])
    later(iface.mainWindow().findChild(QAction, "mActionDeleteSelected").trigger)
    yield lambda: isinstance(modal(), QMessageBox) or sites.isModified()
    yield 0.3
    picture("delete")
    yield lambda: _has_agreed() and sites.isModified()
    yield from _save()


def draw_site(name: str, lonlat: list[float]) -> Scene:
    """Draw a site on the map and fill its form."""
    show_place((lonlat[0], lonlat[1]), 5000)
    yield 1
    yield from draw("site", (lonlat[0], lonlat[1]))
    type_into(form(), "name", name)
    yield 0.3
    picture("new-site")
    press_ok(form())
    yield lambda: form() is None
    yield from _save()


def add_photo(file: str, name: str) -> Scene:
    """Take a photo and add it to the site of a name, by the menu."""
    taken = QImage(320, 200, QImage.Format.Format_RGB32)
    taken.fill(Qt.GlobalColor.darkGreen)
    expect(taken.save(file, "JPG"), f"{file} is not written")
    later(action("add_photos").trigger)
    yield lambda: isinstance(modal(), QFileDialog)
    modal().findChild(QLineEdit, "fileNameEdit").setText(file)
    yield 0.2
    later(modal().findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open).click)
    yield lambda: window("AddPhotosDialog") is not None
    dialog = window("AddPhotosDialog")
    choice = dialog.table.cellWidget(0, 2)
    wanted = next(row for row in range(choice.count()) if choice.itemText(row).startswith(name))
    choice.setCurrentIndex(wanted)
    yield 0.2
    picture("photo")
    press_ok(dialog)
    yield lambda: window("AddPhotosDialog") is None
    yield from rest()


def _has_agreed() -> bool:
    """Agree to what QGIS asks, until it asks no more."""
    box = modal()
    if not isinstance(box, QMessageBox):
        return True
    agreeing = [QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.YesRole]
    later(next(one for one in box.buttons() if box.buttonRole(one) in agreeing).click)
    return False


def _feature(uid: str) -> QgsFeature:
    wanted = QgsExpression.createFieldEqualityExpression("uid", uid)
    found = list(layer("site").getFeatures(QgsFeatureRequest().setFilterExpression(wanted)))
    expect(len(found) == 1, f"the project shows {len(found)} sites {uid}")
    return found[0]


def workspace_layers() -> list[QgsVectorLayer]:
    """Return the layers of the workspace."""
    return [one for one in QgsProject.instance().mapLayers().values() if one.customProperty("resorption/layer_key")]


def _edit(target: QgsVectorLayer) -> None:
    iface.setActiveLayer(target)
    if not target.isEditable():
        target.startEditing()


def _save() -> Scene:
    """Save what is edited in every layer by QGIS's own actions, and wait for what follows from it.

    They run without Python: who saves from Python keeps every background task waiting, even one that holds the file.
    What belongs to a site is saved before it: with the site gone, the file has deleted it, and QGIS finds it no more.
    """
    for one in sorted(workspace_layers(), key=lambda one: one == layer("site")):
        if one.isEditable():
            iface.setActiveLayer(one)
            if one.isModified():
                later(iface.actionSaveActiveLayerEdits().trigger)
                yield lambda one=one: not one.isModified()
            later(iface.actionToggleEditing().trigger)
            yield lambda one=one: not one.isEditable()
    yield idle
    yield 0.2
    yield idle
