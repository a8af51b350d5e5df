"""Photos: names, what is refused, what EXIF may be believed."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest

from resorption_plugin.core.errors import ImportFileError
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.photos import (
    MAX_BYTES,
    Exif,
    is_inside,
    kept_suffix,
    metres_from,
    plausible_exif,
    shared_path,
    stored_path,
)
from resorption_plugin.core.sync import wire

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
JPEG, PNG, WEBP = b"\xff\xd8\xff\xe0" + b"\0" * 12, b"\x89PNG\r\n\x1a\n" + b"\0" * 8, b"RIFF\x10\0\0\0WEBPVP8 "


def test_a_photo_is_named_by_its_contents_beside_the_workspace():
    path = stored_path(Path("/data/l'été 31.gpkg"), "ab" * 32, ".jpg")
    assert path == f"l'été 31_photos/ab/{'ab' * 32}.jpg"


def test_only_a_hash_makes_a_name():
    with pytest.raises(ValueError, match="passwd"):
        stored_path(Path("a.gpkg"), "../../etc/passwd", ".jpg")


@pytest.mark.parametrize(
    ("name", "header", "suffix"),
    [
        ("IMG.JPG", JPEG, ".jpg"),
        ("a.jpeg", JPEG, ".jpeg"),
        ("a.png", PNG, ".png"),
        ("a.webp", WEBP, ".webp"),
        ("scan.TIFF", b"II*\0" + b"\0" * 12, ".tiff"),
        ("really-a-png.jpg", PNG, ".png"),
        ("no-extension", JPEG, ".jpg"),
    ],
)
def test_the_extension_fits_the_contents(name, header, suffix):
    assert kept_suffix(name, header, 1000) == suffix


@pytest.mark.parametrize(
    ("header", "size", "word"),
    [(b"", 0, "empty"), (b"hello", 5, "not a photo"), (JPEG, MAX_BYTES + 1, "MB"), (b"%PDF-1.7", 9000, "not a photo")],
)
def test_what_is_no_photo_is_refused_with_its_name(header, size, word):
    with pytest.raises(ImportFileError, match=word) as caught:
        kept_suffix("l'été.jpg", header, size)
    assert "l'été.jpg" in str(caught.value)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0, 0), (0, 1.4), (91, 1), (43.6, 181), (math.nan, 1.4), (math.inf, 1.4), ("43", "1"), (None, 1.4), (43.6, None)],
)
def test_a_position_that_cannot_be_true_is_none(latitude, longitude):
    assert plausible_exif(None, latitude, longitude, NOW).place is None


@pytest.mark.parametrize(
    "taken",
    [dt.datetime(1980, 1, 1), dt.datetime(2030, 1, 1), dt.datetime(1, 1, 1), "2026:03:02", None],  # noqa: DTZ001 - as EXIF
)
def test_a_date_that_cannot_be_true_is_none(taken):
    assert plausible_exif(taken, 43.6, 1.44, NOW) == Exif(None, 43.6, 1.44)


def test_a_clock_ahead_of_utc_is_believed():
    taken = dt.datetime(2026, 3, 2, 23, 30)  # noqa: DTZ001 - EXIF has no time zone
    assert plausible_exif(taken, None, None, NOW).taken_at == taken.replace(tzinfo=dt.UTC)


def test_how_far_it_was_taken():
    assert metres_from(Exif(None, 43.6, 1.44), 1.44, 43.6) == 0
    # 0.001 degree of latitude at 43.6 north: 111.11 m (WGS 84)
    assert metres_from(Exif(None, 43.601, 1.44), 1.44, 43.6) == pytest.approx(111.1, abs=0.1)
    assert metres_from(Exif(), 1.44, 43.6) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"31_photos/ab/{'ab' * 32}.jpg", f"photos/ab/{'ab' * 32}.jpg"),
        (f"dossier de l'été_photos/ab/{'ab' * 32}.webp", f"photos/ab/{'ab' * 32}.webp"),
        (f"photos/ab/{'ab' * 32}.jpg", f"photos/ab/{'ab' * 32}.jpg"),
        (f"x/31_photos/ab/{'ab' * 32}.jpg", f"x/31_photos/ab/{'ab' * 32}.jpg"),
        ("DCIM/JPEG_1.jpg", "DCIM/JPEG_1.jpg"),
    ],
)
def test_a_kept_photo_is_told_without_the_folder_of_one_workspace(path, told):
    assert shared_path(path) == told
    wire_form = wire.write(catalogue.layer("photo").field("path"), path)
    assert wire_form == told


@pytest.mark.parametrize(
    "path",
    [
        "../a.jpg",
        "a/../../b.jpg",
        "/etc/passwd",
        "C:\\a.jpg",
        "\\\\server\\share\\a.jpg",
        "..",
        "a\\..\\b",
        "~/a.jpg",
        "file:///a",
    ],
)
def test_a_path_that_leads_out_of_the_folder_is_not_told(path):
    assert not is_inside(path)
    with pytest.raises(wire.UnsendableError):
        wire.write(catalogue.layer("photo").field("path"), path)


@pytest.mark.parametrize("path", ["a.jpg", "31_photos/ab/x.jpg", "a..b/c...jpg", "l'été/é.png"])
def test_a_path_below_the_folder_is_told(path):
    assert is_inside(path)
