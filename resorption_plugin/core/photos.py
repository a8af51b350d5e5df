"""Photos kept beside a workspace: their names, what is refused, what their EXIF tells."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from . import geo
from .errors import ImportFileError
from .i18n import mark

MAX_BYTES = 60_000_000
"""Choice of this plugin: a photo of 48 million pixels as a telephone saves it stays below 30 MB."""

HEADER_BYTES = 16

TARGETS: Mapping[str, str] = {"site": "site_uid", "water_point": "water_point_uid"}
"""The layers whose records have photos, and the column of ``photo`` that names the record."""

_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), (".jpg", ".jpeg")),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), (".png",)),
    (re.compile(rb"II\*\x00|MM\x00\*"), (".tif", ".tiff")),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), (".webp",)),
)
"""The first bytes of the pictures taken, and the extensions such a file may carry."""

SUFFIXES = tuple(suffix for _, suffixes in _SIGNATURES for suffix in suffixes)

SHARED_FOLDER = "photos"
"""What stands for the folder of photos where the path of a photo is told to another workspace."""

SHA256 = re.compile(r"[0-9a-f]{64}")
_KEPT = re.compile(r"(?:[^/\\]*_)?photos/([0-9a-f]{2})/([0-9a-f]{64}\.[a-z]{3,4})")
ASTRAY = r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|:|^~"
"""What leads elsewhere: a step up, a root, a drive, a server, an address, a home. PostgreSQL reads it alike."""
_OLDEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""No camera wrote EXIF before 1995: an older date is a clock that was never set."""

_CLOCK_AHEAD = dt.timedelta(days=1)
"""EXIF has no time zone: a clock may be ahead of UTC by up to 14 hours."""


def folder_name(workspace: Path) -> str:
    """Return the name of the folder of photos that lies beside a workspace."""
    return f"{workspace.stem}_photos"


def stored_path(workspace: Path, sha256: str, suffix: str) -> str:
    """Return where a photo is kept, relative to the folder of the workspace, with ``/`` on every system."""
    if not SHA256.fullmatch(sha256):
        raise ValueError(sha256)
    return str(PurePosixPath(folder_name(workspace), sha256[:2], f"{sha256}{suffix}"))


def shared_path(path: str) -> str:
    """Return the path of a kept photo without the name of its folder, which is that of one workspace only.

    Any other path is returned as it is.
    """
    kept = _KEPT.fullmatch(path)
    return path if kept is None else f"{SHARED_FOLDER}/{kept[1]}/{kept[2]}"


def is_inside(path: str) -> bool:
    """Say whether a path can only lead to a file in the folder it is relative to, or below."""
    return re.search(ASTRAY, path) is None


def kept_suffix(name: str, header: bytes, size: int) -> str:
    """Return the extension under which a file is kept: its own in small letters where that fits its contents.

    ``header`` are its first ``HEADER_BYTES`` bytes. Raises ``ImportFileError`` for what is no photo or is too large.
    """
    if size == 0:
        raise ImportFileError(mark("The file {name} is empty. Copy it again from the camera."), name=name)
    if size > MAX_BYTES:
        raise ImportFileError(
            mark("The file {name} takes {size} MB; a photo may take {limit} MB. Save it smaller and add it again."),
            name=name,
            size=round(size / 1e6),
            limit=round(MAX_BYTES / 1e6),
        )
    fitting = next((suffixes for start, suffixes in _SIGNATURES if start.match(header)), None)
    if fitting is None:
        raise no_photo(name)
    written = Path(name).suffix.lower()
    return written if written in fitting else fitting[0]


def no_photo(name: str) -> ImportFileError:
    """Return the error of a file that is not a picture, or not a whole one."""
    return ImportFileError(
        mark("The file {name} is not a photo that can be read (JPEG, PNG, TIFF or WebP). Choose another file."),
        name=name,
    )


def unreadable(path: Path, error: OSError) -> ImportFileError:
    """Return the error of a file that is not there (any more) or may not be opened."""
    return ImportFileError(
        mark("The file {path} cannot be read ({reason}). Check that it is there and that you may open it."),
        path=path,
        reason=error.strerror or error,
    )


@dataclass(frozen=True, slots=True)
class Exif:
    """What a camera wrote into a photo; ``None`` where it wrote nothing that can be true."""

    taken_at: dt.datetime | None = None
    """Without time zone in the file: the clock of the camera, kept as UTC."""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def place(self) -> tuple[float, float] | None:
        """Return longitude and latitude, WGS 84."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.longitude, self.latitude


def plausible_exif(taken_at: Any, latitude: Any, longitude: Any, now: dt.datetime) -> Exif:
    """Keep of what was read only what can be true.

    Refused: a date before 1990 or in the future, a latitude or longitude off the globe, and a latitude of 0°, which
    receivers write before they know where they are, and which QGIS reads in one that is off the globe.
    """
    when = taken_at if isinstance(taken_at, dt.datetime) else None
    if when is not None:
        when = when.replace(tzinfo=dt.UTC) if when.tzinfo is None else when.astimezone(dt.UTC)
        if not _OLDEST <= when <= now + _CLOCK_AHEAD:
            when = None
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)) or latitude == 0:
        return Exif(when)
    return Exif(when, float(latitude), float(longitude))


def _is_within(value: Any, limit: float) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) <= limit


def metres_from(exif: Exif, lon: float, lat: float) -> float | None:
    """Return how far from a position (EPSG:4326) a photo was taken, along the geodesic; ``None`` when unknown."""
    place = exif.place
    return None if place is None else round(geo.geodesic_metres(*place, lon, lat), 2)


def photo_values(exif: Exif, target: tuple[str, str]) -> dict[str, Any]:
    """Return the columns of ``photo`` that say of what it is, when and where it was taken.

    ``target`` is the layer and the uid of the record it shows.
    """
    key, uid = target
    return {
        TARGETS[key]: uid,
        "taken_at": exif.taken_at,
        "exif_latitude": exif.latitude,
        "exif_longitude": exif.longitude,
    }
