"""A dozen invented sites, exported to files as the platform does, for the tests that read such files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.scenes.platform_file import Asked, write
from tests.scenes.platform_sites import invented_sites

DAY = dt.date(2026, 11, 1)
SITES = invented_sites(1, 12, DAY)
SUFFIXES = (".xlsx", ".ods", ".csv")
ONLY_SAID = {"Intervenant de ma structure", "Date du dernier message"}
"""Columns that fill nothing, and are not written from what a site holds."""


def edited(path: Path, change: Callable[[Any], None], asked: Asked | None = None) -> Path:
    """Write an export, and change its sheet as a person does."""
    write(path, SITES, asked or Asked())
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)
    return path
