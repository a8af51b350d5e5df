"""What QGIS reads in a photo: whether it can be decoded, and its EXIF."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from qgis.core import QgsExifTools
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QImage, QImageReader

from ..core.photos import HEADER_BYTES, Exif, kept_suffix, no_photo, plausible_exif, unreadable

THUMBNAIL = QSize(96, 72)
"""What a photo is recognised by in a list."""

_SMALL = QSize(64, 64)
"""Decoding to this size reads the whole file, and costs little memory."""

_TAKEN = ("Exif.Photo.DateTimeOriginal", "Exif.Image.DateTimeOriginal", "Exif.Photo.DateTimeDigitized")


def read_photo(path: Path, now: dt.datetime) -> Exif:
    """Return what a photo tells of where and when it was taken. Runs in any thread.

    Raises ``ImportFileError`` for a file that cannot be read as a photo.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    kept_suffix(path.name, header, size)
    _decode(path)
    return read_exif(path, now)


def thumbnail(path: Path) -> QImage:
    """Return a photo upright and small enough to be shown in a list. Runs in any thread."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return image if image.isNull() else image.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio)


def read_exif(path: Path, now: dt.datetime) -> Exif:
    """Return the EXIF of a file; nothing for one that has none."""
    written = str(path)
    taken = next((found for tag in _TAKEN if isinstance(found := QgsExifTools.readTag(written, tag), QDateTime)), None)
    place, is_placed = QgsExifTools.getGeoTag(written)
    longitude, latitude = (place.x(), place.y()) if is_placed else (None, None)
    return plausible_exif(_wall_clock(taken), latitude, longitude, now)


def _wall_clock(taken: QDateTime | None) -> dt.datetime | None:
    """Return the date and time the camera wrote: EXIF has no time zone, and Qt takes it for the computer's."""
    if taken is None or not taken.isValid():
        return None
    return dt.datetime.fromisoformat(taken.toString("yyyy-MM-ddTHH:mm:ss"))


def _decode(path: Path) -> None:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setScaledSize(_SMALL)
    if reader.read().isNull():
        raise no_photo(path.name)
