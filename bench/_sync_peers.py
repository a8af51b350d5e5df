"""The peers of one part of the work each: ogr2ogr, which copies tables, and geodiff, which compares two files."""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from bench._sync_world import LAYERS

ROUNDS = 3
NO_GEODIFF = "geodiff is not installed here: pip install pygeodiff beside the project to compare with it"


def ogr2ogr_s(place: str, schema: str) -> tuple[float, float]:
    """Copy the same tables into a GeoPackage some times, without anything to go back.

    Returns the seconds of the fastest copy, and those that its process computed.
    """
    tables = [f"{schema}.{table}" for table in LAYERS]
    return min(_copied_s(place, tables) for _ in range(ROUNDS))


def _copied_s(place: str, tables: list[str]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["ogr2ogr", "-q", "-f", "GPKG", f"{folder}/copy.gpkg", f"PG:{place}", *tables]
        begin, computed = time.perf_counter(), _children_s()
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return time.perf_counter() - begin, _children_s() - computed


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
