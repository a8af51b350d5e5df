"""“Nothing has changed”: a visit that dates the record of a site without touching its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import ParameterError
from .i18n import mark
from .model.common import population
from .records import Record
from .water.distances import is_open

POPULATION = tuple(field.name for field in population("population"))
"""The eleven columns whose date is ``population_updated_at``."""

FLAG = "updated_without_any_change"

DATED = (FLAG, "updated_at", "updated_by", "population_updated_at")
"""The columns that a confirmation may write."""


def confirmation(site: Record, now: Any, by: Any) -> Mapping[str, Any]:
    """Return the columns of a site to write when an officer confirms at ``now`` that nothing has changed.

    As on the platform (``PATCH /towns/:id/forcedupdate``): only an open site is confirmed, and its population is dated
    anew where any of it is known. Raises ``ParameterError`` for a closed site.
    """
    if not is_open(site):
        raise ParameterError(mark("This site is closed: only an existing site can be confirmed as unchanged."))
    dated = {FLAG: True, "updated_at": now, "updated_by": by}
    if any(site[name] is not None for name in POPULATION):
        dated["population_updated_at"] = now
    return dated
