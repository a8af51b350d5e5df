"""How old the record of a site is: the platform's rule of six months."""

from __future__ import annotations

import datetime as dt

from .records import Record

OUT_OF_DATE_MONTHS = 6
"""The platform's ``out_of_date``: COALESCE(updated_at, created_at) older than six months."""


def last_update(site: Record, imported: Record | None) -> dt.date | None:
    """Return the day on which the content of a site was last stated; ``None`` when nobody knows.

    An import from the platform stamps the record with the day of the import: unless somebody changed it afterwards,
    the platform's own date ("Site mis à jour le") is the true one. ``imported`` is its ``platform_record``.
    """
    changed, said = site["updated_at"] or site["created_at"], site["platform_updated_at"]
    brought = imported["imported_at"] if imported is not None else None
    is_as_imported = isinstance(changed, dt.datetime) and isinstance(brought, dt.datetime) and changed <= brought
    if isinstance(said, dt.date) and (changed is None or is_as_imported):
        return said
    return changed.date() if isinstance(changed, dt.datetime) else changed if isinstance(changed, dt.date) else None


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month some months earlier, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def is_out_of_date(updated: dt.date, on: dt.date) -> bool:
    """Say whether a record stated on ``updated`` is older than six months on the day ``on``."""
    return updated < months_before(on, OUT_OF_DATE_MONTHS)
