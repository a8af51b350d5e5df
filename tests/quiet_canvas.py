"""No map is drawn behind a test's back."""

from __future__ import annotations

import pytest
from qgis.gui import QgsMapCanvas


@pytest.fixture(scope="session", autouse=True)
def quiet_canvas(qgis_canvas: QgsMapCanvas) -> None:
    """Keep the canvas of pytest-qgis, which shows every layer of the project, from drawing them.

    Its threads open the GeoPackage without locks. When a test begins to edit meanwhile, QGIS sets the file to
    write-ahead logging, which such a connection cannot read; it stays in the pool, and the next reader finds no row.
    """
    qgis_canvas.freeze()
