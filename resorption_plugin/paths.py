"""The one place that knows where the files beside the code lie.

In a checkout they are siblings of the package; in an installed zip they are inside it.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def _is_installed() -> bool:
    return (PACKAGE / "metadata.txt").is_file()


def _folder(name: str) -> Path:
    return (PACKAGE if _is_installed() else CHECKOUT) / name


def form(name: str) -> Path:
    """Return the path of a Qt Designer form (``name`` without ``.ui``)."""
    return _folder("forms") / f"{name}.ui"


def style(file_name: str) -> Path:
    """Return the path of a style (``.qml``) or print template (``.qpt``) of ``styles/``."""
    return _folder("styles") / file_name


def icon(name: str) -> Path:
    """Return the path of an icon (``name`` without ``.svg``)."""
    return _folder("styles") / "icons" / f"{name}.svg"


def translation(language: str) -> Path:
    """Return the path of the compiled translation of a two-letter language (absent until packaged)."""
    name = f"resorption_{language}.qm"
    return PACKAGE / "i18n" / name if _is_installed() else CHECKOUT / "build" / "i18n" / name


def metadata() -> Path:
    """Return the path of the plugin's ``metadata.txt``."""
    return (PACKAGE if _is_installed() else CHECKOUT) / "metadata.txt"


def territories() -> Path:
    """Return the path of the packed communes and departments (``core.territory.Territory.load`` reads it)."""
    folder = PACKAGE / "reference" if _is_installed() else CHECKOUT / "build" / "reference"
    return folder / "territories.npz"


def sql() -> Path:
    """Return the folder of the SQL of the shared database (``changelogs/``, ``app/``)."""
    return _folder("sql")
