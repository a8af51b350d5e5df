"""Visits the server that a connection names, and counts what attaching a workspace to it would do; writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.ports import Feedback
from ..core.sync import foreseeing
from ..core.sync.ancestry import is_written
from ..core.sync.operations import Key
from ..core.sync.travelling import Travel, travel, travels
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.workspace import is_attached
from ..postgis.connection import Server
from ..postgis.visiting import Visit, uids_held, visit
from .places import place_names
from .server_connection import target_of

_PLACE = ("department", "epci", "fk_city")
"""The columns that say in which areas a record lies."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Records counted by layer; nothing is counted where the login may not exchange."""

    visit: Visit
    places: Mapping[str, str] = field(default_factory=dict)
    """The name of each area where the login writes."""
    goes: Mapping[str, int] = field(default_factory=dict)
    """Those of the workspace that the shared database does not show to this login."""
    refused: int = 0
    """Of these, how many the shared database will not take: outside the areas of the login, or without a right."""
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
        going = {(layer, uid) for layer in there for uid in here[layer] - there[layer]}
        refused = _refused(store, found, going)
    return Outlook(
        found,
        places,
        goes={layer: len(here[layer] - there[layer]) for layer in there},
        refused=refused,
        comes={layer: len(there[layer] - here[layer]) for layer in there},
        meets=sum(len(here[layer] & there[layer]) for layer in there),
    )


def _travelling(store: GeoPackageStore, there: Travel) -> set[str]:
    """Return the uids of the rows of a layer that travel."""
    asked = there.columns[:1] if there.is_whole else there.deciding
    return {record.uid for record in store.read_columns(there.key, asked) if is_written(there, dict(record.values))}


def _refused(store: GeoPackageStore, login: Visit, going: Collection[Key]) -> int:
    """Return how many of some records the shared database will not take from a login."""
    lying = _lying(store, {layer for layer, _uid in going})
    return sum(bool(foreseeing.refusal(key[0], login, [lying.get(key, {})])) for key in going)


def _lying(store: GeoPackageStore, layers: Collection[str]) -> dict[Key, Mapping[str, Any]]:
    """Return what tells where the records of some layers lie: their values, or those of their first placed parent."""
    known: dict[Key, Mapping[str, Any]] = {}
    for there in travels():
        own = [name for name in _PLACE if name in there.columns]
        parents = {relation.column: relation.parent for relation in there.layer.relations}
        is_asked = own or (parents and there.key in layers)
        for record in store.read_columns(there.key, own or parents) if is_asked else ():
            above = (known.get((parent, str(record[column])), {}) for column, parent in parents.items() if not own)
            known[there.key, record.uid] = record.values if own else next(filter(None, above), {})
    return known
