"""What follows an edit: results brought up to date with the user's preferences, and read again for the dock.

Both read the records that are kept of the open workspace, so that an edit costs what it touches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from ..core.checks.spec import Profile
from ..core.ports import Clock, Feedback
from ..core.refresh import refresh
from ..core.water import distances
from ..geopackage.live import LiveWorkspace
from ..settings import Settings
from .checking import conditions
from .desk_reader import Desk, read_desk
from .edit_watcher import Touched
from .turns import turns


class Refresher:
    """Prepares refreshes; preferences are read when one is prepared, in the main thread."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Use the preferences and the clock given."""
        self._settings = settings
        self._clock = clock
        self._path: Path | None = None
        self._live = LiveWorkspace()

    def follow(self, path: Path | None) -> None:
        """Keep the records of this workspace from now on, or of none."""
        if path != self._path:
            self._path = path
            self._live.forget()
            turns.look_at_all()

    def stop(self) -> None:
        """Keep no records any more."""
        self.follow(None)

    def prepare(self, workspace: Path, touched: Touched) -> Callable[[Feedback], None]:
        """Return the work that brings distances and findings up to date as of today."""
        profile = Profile(self._settings.checks_profile.value())
        reach = distances.Settings(self._settings.neighbours.value(), self._settings.distance_limit.value())

        def work(feedback: Feedback) -> None:
            with self._live.open(workspace) as store:
                refresh(store, touched, conditions(self._clock, None, profile, reach), feedback)
            turns.keep(len(self._live))

        return work

    def read_desk(self, workspace: Path, on: dt.date, feedback: Feedback) -> Desk:
        """Read what the dock shows (``desk_reader.read_desk``)."""
        with self._live.open(workspace, read_only=True) as store:
            desk = read_desk(store, on, feedback)
        turns.keep(len(self._live))
        return desk
