"""The ledger of all that people did in a story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from resorption_plugin.core.sync.wire import Value
from tests.stories.held import Key

DELETION = ""
"""Stands for the column of a deed that deletes a row."""

Place = tuple[Key, str]
"""A row and a column."""


@dataclass
class Deed:
    """What one person wrote in one column, or that they deleted a row."""

    client: str
    login: str
    place: Place
    value: Value
    seen: tuple[Mapping[str, Any], ...] | list[Value]
    """The values of the column that the person can have seen; of a deletion the values of each column."""
    is_kept: bool = True
    """False once the same person wrote something else there, or decided otherwise."""


@dataclass
class Ledger:
    """All that people did."""

    deeds: list[Deed] = field(default_factory=list)
    latest: dict[tuple[str, Place], Deed] = field(default_factory=dict)
    by_place: dict[tuple[str, Place], list[Deed]] = field(default_factory=dict)
    decided: set[tuple[str, Place, str, str]] = field(default_factory=set)
    """(login, place, what the person saw, what they chose)."""
    deletions: set[tuple[str, Key]] = field(default_factory=set)
    """Decided by people who saw that someone had changed the row."""
    written: set[tuple[Key, str, str]] = field(default_factory=set)
    """Every value that anyone wrote anywhere."""

    def write(self, deed: Deed) -> None:
        at = (deed.client, deed.place)
        if at in self.latest:
            self.latest[at].is_kept = False
        self.latest[at] = deed
        self.deeds.append(deed)
        self.by_place.setdefault((deed.login, deed.place), []).append(deed)
        self.written.add((*deed.place, repr(deed.value)))

    def forget(self, client: str, key: Key, names: Iterable[str]) -> None:
        """Note that a person took back what they wrote."""
        for name in names:
            deed = self.latest.get((client, (key, name)))
            if deed is not None:
                deed.is_kept = False

    def seen(self, client: str, place: Place, now: Value) -> list[Value]:
        """Return the values that a person can have seen of a column that shows ``now``.

        Who brings back a row that they deleted has seen what they had when they deleted it.
        """
        (key, column), found = place, [now]
        deed, deletion = self.latest.get((client, place)), self.latest.get((client, (key, DELETION)))
        if deed is not None and deed.value == now:
            found += deed.seen
        if deletion is not None:
            found += deletion.seen[0].get(column, ())
        return found

    def copy(self, client: str, other: str) -> None:
        for (name, place), deed in list(self.latest.items()):
            if name == client:
                self.latest[other, place] = deed
