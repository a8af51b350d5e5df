"""Marks the strings people read, so that they can be translated outside the core."""

from __future__ import annotations


def mark(text: str) -> str:
    """Return ``text`` unchanged.

    The call is what the translation tool looks for. The text is translated where it is shown,
    by ``qgis_adapters.translation.tr``, so that the core needs no Qt.
    """
    return text
