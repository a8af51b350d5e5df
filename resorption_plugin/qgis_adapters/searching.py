"""The records of a workspace ready to be searched, read again once its file was written."""

from __future__ import annotations

from ..core.search import SEARCHED, SearchIndex
from ..geopackage.snapshot import Snapshot
from ..geopackage.store import GeoPackageStore

Library = Snapshot[SearchIndex]


def library() -> Library:
    """Return what any thread may ask for the index of a workspace by its path."""
    return Snapshot(_read)


def _read(store: GeoPackageStore) -> SearchIndex:
    return SearchIndex(
        record for searched in SEARCHED for record in store.read_columns(searched.layer, searched.columns())
    )
