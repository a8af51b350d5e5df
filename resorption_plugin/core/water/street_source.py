"""Where the streets of a workspace come from, and the barriers made of them, kept from one run to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..ports import FeatureStore
from ..records import Record
from .barriers import Barriers

LAYER = "street"

_KEPT = 2
"""A workspace is asked with one class of road at a time, and two workspaces at most are compared."""


class StreetSource(Protocol):
    """Streets that are read only when they are needed."""

    def version(self) -> str | None:
        """Return a text that changes with the streets; ``None`` when nobody keeps count."""

    def streets(self) -> Sequence[Record]:
        """Return the records of the layer, in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class ReadStreets:
    """Streets that were read already."""

    records: Sequence[Record]

    def version(self) -> str | None:
        """Nobody keeps count."""
        return None

    def streets(self) -> Sequence[Record]:
        """Return the records."""
        return self.records


@dataclass(frozen=True, slots=True)
class StoredStreets:
    """The streets of a workspace."""

    store: FeatureStore

    def version(self) -> str | None:
        """Return the version of the layer."""
        return self.store.version(LAYER)

    def streets(self) -> Sequence[Record]:
        """Read the records."""
        return self.store.read([LAYER]).layer(LAYER)


class BarrierCache:
    """Barriers by version of the streets, class and system: an edit of a tap does not build them again."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str, int], Barriers] = OrderedDict()
        self._lock = threading.Lock()

    def barriers(self, source: StreetSource, least_road: str, epsg: int) -> Barriers:
        """Return the barriers of a source (see ``Barriers``), those kept when its streets are the same."""
        version = source.version()
        if version is None:
            return Barriers(source.streets(), least_road, epsg)
        key = (version, least_road, epsg)
        with self._lock:
            if key not in self._known:
                self._known[key] = Barriers(source.streets(), least_road, epsg)
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return self._known[key]


KEPT = BarrierCache()
"""Those of this process."""
