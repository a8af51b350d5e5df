"""Finds openpyxl: the one of the system, else the one that is packed with the plugin."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path
from typing import Any

from ...errors import ImportFileError
from ...i18n import mark

PACKED = Path(__file__).resolve().parents[3] / "vendored"
"""Where ``tools/package.py`` puts the libraries that QGIS may not bring."""


def openpyxl() -> Any:
    """Return the module openpyxl. Raises ``ImportFileError`` when there is none."""
    # It warns of styles and extensions that it does not know: nothing that an export needs.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        return importlib.import_module("openpyxl")
    except ImportError:
        if PACKED.is_dir() and str(PACKED) not in sys.path:
            sys.path.append(str(PACKED))  # at the end: what the system brings comes first
    try:
        return importlib.import_module("openpyxl")
    except ImportError as error:
        raise ImportFileError(
            mark(
                "Spreadsheets (.xlsx) need the Python library openpyxl, which this QGIS lacks. Install the plugin from "
                "its zip, or use .ods or .csv."
            )
        ) from error
