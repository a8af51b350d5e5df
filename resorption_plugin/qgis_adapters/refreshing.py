"""The refresh that follows an edit, with the user's preferences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..core.checks.spec import Profile
from ..core.ports import Clock, Feedback
from ..core.refresh import refresh
from ..core.water import distances
from ..geopackage.store import GeoPackageStore
from ..settings import Settings
from .checking import conditions
from .edit_watcher import Touched


class Refresher:
    """Prepares refreshes; preferences are read when one is prepared, in the main thread."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Use the preferences and the clock given."""
        self._settings = settings
        self._clock = clock

    def prepare(self, workspace: Path, touched: Touched) -> Callable[[Feedback], None]:
        """Return the work that brings distances and findings up to date as of today."""
        profile = Profile(self._settings.checks_profile.value())
        reach = distances.Settings(self._settings.neighbours.value(), self._settings.distance_limit.value())

        def work(feedback: Feedback) -> None:
            with GeoPackageStore.open(workspace) as store:
                refresh(store, touched, conditions(self._clock, None, profile, reach), feedback)

        return work
