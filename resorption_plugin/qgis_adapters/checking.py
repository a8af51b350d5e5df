"""What distances and checks need of QGIS: the language, and the territory reference of the plugin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .. import paths
from ..core.checks import words
from ..core.checks.spec import Profile
from ..core.ports import Clock
from ..core.refresh import Conditions
from ..core.territory import Territory
from ..core.water.distances import Settings
from .translation import language, tr


@lru_cache(maxsize=1)
def territory() -> Territory:
    """Return the communes of France, read once. Raises ``TerritoryError`` when the file is missing or damaged."""
    return Territory.load(paths.territories())


def finding_sentence(message: str, details: Mapping[str, Any]) -> str:
    """Return the sentence of a finding in the user's language, its numbers as that language writes them."""
    spoken = words.said(details, language())
    return tr(message, **{name: _written(value) for name, value in spoken.items()})


def conditions(clock: Clock, on: dt.date | None, profile: Profile, distances: Settings | None = None) -> Conditions:
    """Return the conditions of a computation on the day ``on`` (today when ``None``)."""
    now = clock.now()
    return Conditions(
        reference_date=on or now.astimezone().date(),
        now=now,
        profile=profile,
        distances=distances or Settings(),
        communes=territory(),
        translate=finding_sentence,
    )


def _written(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    text = str(int(value)) if value.is_integer() else str(value)
    return text.replace(".", ",") if language() == "fr" else text
