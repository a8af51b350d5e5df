"""The peers of one part of the work each: ogr2ogr, which copies tables, and geodiff, which compares two files."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench._sync_world import LAYERS

ROUNDS = 3
NO_GEODIFF = "geodiff is not installed here: pip install pygeodiff beside the project to compare with it"


def ogr2ogr_s(place: str, schema: str) -> float:
    """Return the least seconds of some copies of the same tables into a GeoPackage, without anything to go back."""
    tables = [f"{schema}.{table}" for table in LAYERS]
    return min(_copied_s(place, tables) for _ in range(ROUNDS))


def _copied_s(place: str, tables: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = ["ogr2ogr", "-q", "-f", "GPKG", f"{folder}/copy.gpkg", f"PG:{place}", *tables]
        begin = time.perf_counter()
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return time.perf_counter() - begin


def has_geodiff() -> bool:
    """Say whether geodiff can be asked; it is no requirement of the project."""
    return importlib.util.find_spec("pygeodiff") is not None


def geodiff_s(before: Path, after: Path) -> tuple[float, int]:
    """Return the least seconds of a comparison of two GeoPackages by geodiff, and the changes it found."""
    import pygeodiff  # noqa: PLC0415 - only where it is

    geodiff = pygeodiff.GeoDiff()
    best, changes = float("inf"), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            told = f"{folder}/{number}.diff"
            begin = time.perf_counter()
            geodiff.create_changeset(str(before), str(after), told)
            best, changes = min(best, time.perf_counter() - begin), geodiff.changes_count(told)
    return best, changes


def plain_copy(workspace: Path, target: Path) -> Path:
    """Copy the layers, by ogr2ogr, into a GeoPackage as geodiff knows them: without our triggers and constraints."""
    target.unlink(missing_ok=True)
    command = ["ogr2ogr", "-q", "-f", "GPKG", "-preserve_fid", str(target), str(workspace), *LAYERS]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return target


def plain_twin(copy: Path, target: Path) -> Path:
    """Copy a file."""
    shutil.copy(copy, target)
    return target
