"""What the server in memory holds, and how its rows hang together."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.sync.operations import Conflict, Result
from resorption_plugin.core.sync.ports import Bucket
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.wire import Image

Key = tuple[str, str]
ADMIN = "admin"
EVERYWHERE = frozenset({"*"})


@dataclass(frozen=True)
class Held:
    """A row on the server."""

    image: Image
    version: int
    departments: frozenset[str]


@dataclass(frozen=True)
class Line:
    """A line of the log: what one transaction did to one row. ``S`` only moves it to other departments."""

    revision: int
    key: Key
    deed: str
    version: int
    old: Image
    new: Image
    was: frozenset[str]
    now: frozenset[str]
    author: str
    device: str
    conflict: str = ""


@dataclass
class State:
    """Everything that a backup holds."""

    epoch: str = ""
    revision: int = 0
    first_version: int = 1
    """Of what is written from now on: a server that was restored never gives a number it gave before."""
    chain: tuple[str, ...] = ("",)
    rows: dict[Key, Held] = field(default_factory=dict)
    tombs: dict[Key, Held] = field(default_factory=dict)
    log: tuple[Line, ...] = ()
    conflicts: dict[str, tuple[int, frozenset[str], Conflict]] = field(default_factory=dict)
    batches: dict[str, tuple[str, int, list[Result]]] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    areas: dict[str, frozenset[str]] = field(default_factory=lambda: {ADMIN: EVERYWHERE})

    def may(self, login: str, departments: frozenset[str]) -> bool:
        """Say whether a login reads and writes what lies in some departments."""
        areas = self.areas.get(login, frozenset())
        return areas == EVERYWHERE or (bool(departments) and departments <= areas)

    def copied(self) -> State:
        """Return a backup."""
        other = copy(self)
        for name in ("rows", "tombs", "conflicts", "batches", "devices", "areas", "scopes"):
            setattr(other, name, dict(getattr(self, name)))
        return other


def bucket_of(key: Key) -> Bucket:
    """Return the bucket of a row."""
    return key[0], int(key[1][:2], 16)


def digest(hashes: dict[Key, int]) -> dict[Bucket, tuple[int, int]]:
    """Return the digests of some rows."""
    found: dict[Bucket, tuple[int, int]] = {}
    for key, value in hashes.items():
        count, joined = found.get(bucket_of(key), (0, 0))
        found[bucket_of(key)] = (count + 1, joined ^ value)
    return found


def departments_of(rows: dict[Key, Held], key: Key, image: Image) -> frozenset[str]:
    """Return the departments that a row lies in: its own, else those of all its parents."""
    layer = travel(key[0]).layer
    if image.get("department"):
        return frozenset({str(image["department"])})
    parents = [(relation.parent, str(image.get(relation.column))) for relation in layer.relations]
    return frozenset().union(*(rows[parent].departments for parent in parents if parent in rows))


def children_of(rows: dict[Key, Held], key: Key, *, all_relations: bool = False) -> list[Key]:
    """Return the rows that go with a row, or all that refer to it."""
    return [
        (other.key, uid)
        for other in travels()
        for relation in other.layer.relations
        if relation.parent == key[0] and (all_relations or relation.strength is Strength.COMPOSITION)
        for (layer, uid), held in rows.items()
        if layer == other.key and held.image.get(relation.column) == key[1]
    ]
