"""The headers of forms that have to do with photos: a water point's, and a photo's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import shapely
from qgis.core import QgsFeature, QgsProject, QgsVariantUtils, QgsVectorLayer
from qgis.gui import QgsAttributeForm
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..core.errors import WorkspaceError
from ..core.photos import TARGETS, metres_from, plausible_exif
from ..core.wording import day_text
from ..qgis_adapters.features import record_of
from ..qgis_adapters.layers import feature_of, find_layer, layer_path
from ..qgis_adapters.translation import language, sentence, tr
from .form_header import Panel
from .photo_commands import PhotoCommands
from .photo_states import of_record, where


class PhotosLine(QLabel):
    """How many photos of a record are where; looks again when they may have gone or come."""

    def __init__(self, key: str, parent: QWidget) -> None:
        """Tell of the photos of records of the layer ``key``."""
        super().__init__(parent)
        self._key = key
        self._follow = PhotoFollower(self._look, self)
        self._record: tuple[Path, str] | None = None
        self.hide()

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature) -> None:
        """Tell of a record; of one that is not saved yet nothing is known."""
        workspace = layer_path(layer)
        self._record = (workspace, str(feature["uid"])) if workspace and feature.id() >= 0 else None
        self._follow.start()
        self._look()

    def _look(self) -> None:
        self.setText(of_record(self._record[0], self._key, self._record[1]) if self._record else "")
        self.setVisible(bool(self.text()))


class PhotoFollower(QObject):
    """Calls back when the photos of the open project are read again, as they are after an exchange."""

    def __init__(self, on_news: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_news = on_news
        self._layer: QgsVectorLayer | None = None

    def start(self) -> None:
        """Follow the layer of photos of the open project, once."""
        layer = find_layer(QgsProject.instance(), "photo") if self._layer is None else None
        if layer is not None:
            self._layer = layer
            layer.dataChanged.connect(self._tell)

    def _tell(self) -> None:
        self._on_news()


class WaterPointPanel(Panel):
    """Where the photos of a water point are, and a button that adds some."""

    def __init__(self, photos: PhotoCommands, parent: QWidget) -> None:
        """Add with ``photos``."""
        super().__init__(parent)
        self._photos = photos
        self._uid = ""
        self.photos = PhotosLine("water_point", self)
        self.add_photos = QPushButton(tr("Add &photos…"), self)
        self.add_photos.setAutoDefault(False)
        self.add_photos.clicked.connect(self._add)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.photos)
        line.addStretch(1)
        line.addWidget(self.add_photos)

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Show a water point; one that is not saved yet cannot have photos."""
        self._uid = str(feature["uid"])
        self.add_photos.setVisible(feature.id() >= 0)
        self.photos.show_record(layer, feature)

    def _add(self) -> None:
        self._photos.add_to("water_point", self._uid)


class PhotoPanel(Panel):
    """Says where the file is, and how far from the record it was taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[QgsVectorLayer, QgsFeature] | None = None
        self._follow = PhotoFollower(self._tell, self)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.message)

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Show a photo."""
        self._shown = layer, QgsFeature(feature)
        self._follow.start()
        self._tell()

    def _tell(self) -> None:
        if self._shown is not None:
            said = [text for text in (whereabouts(*self._shown), taken(self._shown[1])) if text]
            self.message.setText(" ".join(said))
            self.message.setVisible(bool(said))


def whereabouts(layer: QgsVectorLayer, photo: QgsFeature) -> str:
    """Return a sentence on where the file of a photo is; empty for one that has none yet."""
    workspace, path = layer_path(layer), photo["path"]
    if workspace is None or QgsVariantUtils.isNull(path):
        return ""
    try:
        return where(workspace, str(path), str(photo["sha256"]))
    except WorkspaceError as error:
        return sentence(error)


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
