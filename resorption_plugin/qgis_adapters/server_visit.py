"""Visits the server that a connection names, and counts what attaching a workspace to it would do; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.ports import Feedback
from ..core.sync.ancestry import is_written
from ..core.sync.travelling import Travel, travel
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.workspace import is_attached
from ..postgis.connection import Server
from ..postgis.visiting import Visit, uids_held, visit
from .places import place_names
from .server_connection import target_of


@dataclass(frozen=True, slots=True)
class Outlook:
    """Records counted by layer; nothing is counted where the login may not exchange."""

    visit: Visit
    places: Mapping[str, str] = field(default_factory=dict)
    """The name of each area where the login writes."""
    goes: Mapping[str, int] = field(default_factory=dict)
    """Those of the workspace that the shared database does not show to this login."""
    comes: Mapping[str, int] = field(default_factory=dict)
    """Those of the shared database that the workspace lacks."""
    meets: int = 0
    """How many both hold."""
    is_again: bool = False
    """Whether the workspace is attached already: what goes and comes then is what *Synchronise* shows."""


def look_ahead(workspace: Path, reference: str, feedback: Feedback) -> Outlook:
    """Return what attaching would do.

    Raises ``ParameterError``, ``UnreachableError``, ``RefusedError``, ``WorkspaceError``,
    ``TerritoryError`` and ``Cancelled``.
    """
    with Server(target_of(reference), feedback) as server:
        found = visit(server)
        if not found.is_open:
            return Outlook(found)
        places = place_names(found.areas)
        if is_attached(workspace):
            return Outlook(found, places, is_again=True)
        there = uids_held(server)
    with GeoPackageStore.open(workspace, read_only=True) as store:
        here = {key: _travelling(store, travel(key)) for key in there}
    return Outlook(
        found,
        places,
        goes={layer: len(here[layer] - there[layer]) for layer in there},
        comes={layer: len(there[layer] - here[layer]) for layer in there},
        meets=sum(len(here[layer] & there[layer]) for layer in there),
    )


def _travelling(store: GeoPackageStore, there: Travel) -> set[str]:
    """Return the uids of the rows of a layer that travel."""
    asked = there.columns[:1] if there.is_whole else there.deciding
    return {record.uid for record in store.read_columns(there.key, asked) if is_written(there, dict(record.values))}
