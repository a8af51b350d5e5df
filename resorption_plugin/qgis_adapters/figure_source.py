"""What the figures of a workspace are computed from, read once. Runs in tasks: no layer of the project, no widget."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from threading import Lock

from ..core.geo import METROPOLE_EPSG
from ..core.indicators.on_day import REBUILT
from ..core.indicators.overview import LAYERS, Curve, Overview, curve, overview
from ..core.indicators.places import Place, places
from ..core.indicators.spec import Indicator
from ..core.indicators.timeline import Timeline
from ..core.ports import Feedback
from ..core.records import Dataset
from ..geopackage.store import GeoPackageStore


class FigureSource:
    """The records of a workspace, and its history once a past day is asked for."""

    def __init__(self, path: Path, present: Dataset, epsg: int, today: dt.date) -> None:
        """Keep what was read of the workspace at ``path``; ``present`` holds ``LAYERS``."""
        self.path = path
        self.today = today
        self.epsg = epsg
        self.places = places(present)
        self._today = Timeline(present)
        self._whole: Timeline | None = None
        self._lock = Lock()

    @classmethod
    def read(cls, path: Path, today: dt.date, feedback: Feedback) -> FigureSource:
        """Read a workspace; raises ``WorkspaceError`` and ``Cancelled``."""
        with GeoPackageStore.open(path, read_only=True) as store:
            return cls(path, store.read(LAYERS, feedback), int(store.meta("metric_epsg") or METROPOLE_EPSG), today)

    def overview(self, place: Place, day: dt.date) -> Overview:
        """Return the figures of a territory on a day; raises ``WorkspaceError``."""
        return overview(self.timeline(day), day, self.epsg, place)

    def curve(self, indicator: Indicator, place: Place, day: dt.date, feedback: Feedback) -> Curve:
        """Return a figure over time up to a day; raises ``WorkspaceError`` and ``Cancelled``."""
        return curve(self.timeline(), indicator, day, self.epsg, place, feedback=feedback)

    def timeline(self, day: dt.date | None = None) -> Timeline:
        """Return the records with their history, or without it for a day that needs none.

        A change made since the records were read does no harm: what it undoes is what they hold.
        """
        if day is not None and day >= self.today:
            return self._today
        with self._lock:
            if self._whole is None:
                with GeoPackageStore.open(self.path, read_only=True) as store:
                    self._whole = Timeline(self._today.present, store.history.changes(REBUILT))
            return self._whole
