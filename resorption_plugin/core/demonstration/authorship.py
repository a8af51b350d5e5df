"""Who wrote the invented records, and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

AUTHOR = "Démonstration"

ADMINISTRATION = "Service de l'État (exemple)"
ASSOCIATIONS = tuple(f"Association {name} (exemple)" for name in ("Passerelle", "Rivage", "Tremplin", "Boussole"))
"""Organisations that exist nowhere."""


def instant(day: dt.date, hour: int = 9) -> dt.datetime:
    """Return half past ``hour`` UTC on a day."""
    return dt.datetime.combine(day, dt.time(hour, 30), tzinfo=dt.UTC)


def audit(created: dt.date, updated: dt.date) -> dict[str, Any]:
    """Return the columns of the author and the moments of a record."""
    return {
        "created_at": instant(created),
        "created_by": AUTHOR,
        "updated_at": instant(updated),
        "updated_by": AUTHOR,
    }
