"""What a workspace knows of one row: its own, the server's, and what the edits made here were made on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .operations import UNKNOWN, Unknown
from .travelling import AUDIT, Travel
from .wire import Image, Value

WHOLE = ""
"""Among what is held, says that nobody here has ever seen the row; among groups, the conflict of a whole row."""

UNSEEN = 0
"""The version that no row has: a deletion by someone who has not seen what the row holds now."""

Ancestor = Value | Unknown


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One row of a workspace; values are in wire form."""

    working: Image | None
    """What people see and edit; ``None`` when there is no such row."""
    base: Image | None = None
    """What the server is known to hold; ``None`` when it is not known to hold the row."""
    version: int | None = None
    """The server's version of ``base``."""
    held: Mapping[str, Ancestor] = field(default_factory=dict)
    """The value that an edit was made on, by column, where ``base`` went on without it."""

    def known(self, travel: Travel) -> Mapping[str, Ancestor] | None:
        """Return what the edits of this row were made on, by column; ``None`` when there was no row."""
        if self.base is None:
            return self.working if self.working is not None and not is_written(travel, self.working) else None
        return {**self.base, **{name: value for name, value in self.held.items() if name != WHOLE}}

    def edited(self, travel: Travel) -> tuple[str, ...]:
        """Return the columns edited here, signatures left aside; all of them where the row is new."""
        if self.working is None:
            return ()
        known = self.known(travel)
        signed = [name for name in travel.columns if name not in AUDIT]
        if known is None:
            return tuple(signed)
        return tuple(name for name in signed if not same(self.working.get(name), known.get(name)))

    def seen(self) -> int | None:
        """Return the version of the server's row that a deletion made here has seen."""
        return UNSEEN if self.held else self.version


def same(one: Ancestor, other: Ancestor) -> bool:
    """Say whether two wire values are the same: nothing is the same as nothing, and what is unknown as no value."""
    return not isinstance(one, Unknown) and not isinstance(other, Unknown) and one == other


def alike(travel: Travel, one: Mapping[str, Ancestor], other: Mapping[str, Ancestor]) -> bool:
    """Say whether two rows are the same, signatures left aside."""
    return all(same(one.get(name), other.get(name)) for name in travel.columns if name not in AUDIT)


def is_written(travel: Travel, values: Image) -> bool:
    """Say whether a row travels: a computed one does once a person wrote on it."""
    return travel.is_whole or any(values.get(name) is not None for name in travel.deciding)


def before(known: Mapping[str, Ancestor] | None, name: str) -> Ancestor:
    """Return the value of a column in what is known of a row."""
    return UNKNOWN if known is None else known.get(name)
