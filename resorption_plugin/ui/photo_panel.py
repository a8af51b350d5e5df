"""The headers of forms that have to do with photos: a water point's, and a photo's own."""

from __future__ import annotations

import datetime as dt

import shapely
from qgis.core import QgsFeature, QgsProject, QgsVariantUtils, QgsVectorLayer
from qgis.gui import QgsAttributeForm
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..core.photos import TARGETS, metres_from, plausible_exif
from ..core.sync.attachments import PhotoState
from ..core.wording import day_text
from ..geopackage.photo_folder import PhotoFolder
from ..geopackage.workspace_photos import WorkspacePhotos
from ..qgis_adapters.features import record_of
from ..qgis_adapters.layers import feature_of, find_layer, layer_path
from ..qgis_adapters.translation import language, tr
from .form_header import Panel
from .photo_commands import PhotoCommands


class WaterPointPanel(Panel):
    """A button that adds photos."""

    def __init__(self, photos: PhotoCommands, parent: QWidget) -> None:
        """Add with ``photos``."""
        super().__init__(parent)
        self._photos = photos
        self._uid = ""
        self.add_photos = QPushButton(tr("Add &photos…"), self)
        self.add_photos.setAutoDefault(False)
        self.add_photos.clicked.connect(self._add)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.add_photos)

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Show a water point; one that is not saved yet cannot have photos."""
        self._uid = str(feature["uid"])
        self.add_photos.setVisible(feature.id() >= 0)

    def _add(self) -> None:
        self._photos.add_to("water_point", self._uid)


class PhotoPanel(Panel):
    """Says whether the file is there, and how far from the record it was taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.message)

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Show a photo."""
        said = [text for text in (missing(layer, feature), taken(feature)) if text]
        self.message.setText(" ".join(said))
        self.message.setVisible(bool(said))


def missing(layer: QgsVectorLayer, photo: QgsFeature) -> str:
    """Return a sentence when the file of a photo is not there."""
    workspace, path = layer_path(layer), photo["path"]
    if workspace is None or QgsVariantUtils.isNull(path):
        return ""
    folder = PhotoFolder(workspace)
    if folder.find(str(path)) is not None:
        return ""
    if WorkspacePhotos(workspace).states().get(str(photo["sha256"])) is PhotoState.COMING:
        return tr("The file of this photo is not here yet: it comes by synchronising, once its author has sent it.")
    return "⚠ " + tr(
        "The file {path} is missing from the folder {folder}. Copy it back beside the workspace.",
        path=path,
        folder=workspace.parent,
    )


def taken(photo: QgsFeature) -> str:
    """Return when and how far from its record a photo was taken."""
    values = record_of("photo", photo, ("taken_at", "exif_latitude", "exif_longitude", *TARGETS.values())).values
    now = dt.datetime.now(dt.UTC)
    exif = plausible_exif(values["taken_at"], values["exif_latitude"], values["exif_longitude"], now)
    day = day_text(exif.taken_at, language()) if exif.taken_at else None
    key, uid = next(((key, values[column]) for key, column in TARGETS.items() if values[column]), ("", ""))
    place = _place(key, uid)
    metres = metres_from(exif, place.x, place.y) if place is not None else None
    if metres is None:
        return tr("Taken on {day}.", day=day) if day else ""
    far = f"{metres:.0f}"
    if key == "site":
        told = tr("Taken {distance} m from the site.", distance=far)
    else:
        told = tr("Taken {distance} m from the water point.", distance=far)
    return told + (" " + tr("Taken on {day}.", day=day) if day else "")


def _place(key: str, uid: str) -> shapely.Point | None:
    layer = find_layer(QgsProject.instance(), key) if key else None
    if layer is None:
        return None
    feature = feature_of(layer, uid)
    if feature is None or feature.geometry().isEmpty():
        return None
    point = feature.geometry().centroid().asPoint()
    return shapely.Point(point.x(), point.y())
