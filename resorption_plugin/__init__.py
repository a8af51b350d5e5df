"""Résorption: slum sites, water points and the distances between them, for QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin import ResorptionPlugin


def classFactory(iface: QgisInterface) -> ResorptionPlugin:
    """Return the plugin; QGIS calls this when it loads it."""
    from .plugin import ResorptionPlugin

    return ResorptionPlugin(iface)
