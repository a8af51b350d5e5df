"""What the plugin needs beyond QGIS itself. This module imports nothing of it, so that it can say so."""

from __future__ import annotations

from ..core.errors import ResorptionError
from ..core.i18n import mark

SHAPELY_MAJOR = 2

_HOW = mark(
    "Résorption needs the Python package shapely 2 or newer ({found}). Install it in the Python that QGIS uses "
    "(Windows: OSGeo4W Setup, package python3-shapely; Debian 13 and Ubuntu: python3-shapely; "
    "otherwise: python3 -m pip install --user 'shapely>=2'), then restart QGIS."
)
_DRIVER = mark(
    "Sharing needs the Python package psycopg2 ({found}). Install it in the Python that QGIS uses (Windows: OSGeo4W "
    "Setup, package python3-psycopg2; Debian and Ubuntu: python3-psycopg2; otherwise: python3 -m pip install --user "
    "psycopg2-binary), then restart QGIS."
)


def refuse_without_driver() -> None:
    """Raise ``ResorptionError`` when PostgreSQL cannot be spoken to, before what needs that is imported."""
    try:
        from ..postgis import target  # noqa: F401 - only whether it can be imported counts
    except ImportError as error:
        raise ResorptionError(_DRIVER, found=error) from error


def missing_requirement() -> ResorptionError | None:
    """Return the sentence to show when shapely is absent, too old or broken, else ``None``."""
    try:
        import shapely
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        # a wheel built for another numpy fails with ValueError or RuntimeError, not with ImportError
        return ResorptionError(_HOW, found=error)
    version = str(shapely.__version__)
    if int(version.split(".", maxsplit=1)[0]) < SHAPELY_MAJOR:
        return ResorptionError(_HOW, found=f"shapely {version}")
    return None
