"""Municipal districts of Paris, Lyon and Marseille: files name them where the commune is meant (INSEE, COG)."""

from __future__ import annotations

_COMMUNES = (
    (range(75101, 75121), "75056"),
    (range(69381, 69390), "69123"),
    (range(13201, 13217), "13055"),
)


def commune_code(code: str) -> str:
    """Return the commune's INSEE code of a district, and any other code as it is."""
    if not code.isdecimal():
        return code
    return next((commune for districts, commune in _COMMUNES if int(code) in districts), code)
