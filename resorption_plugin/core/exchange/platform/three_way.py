"""What becomes of one field when an export comes in: three texts are compared, and nothing written here is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from ..rows import Reason


class State(Enum):
    """How the file and the workspace differ in one field, seen from the last import."""

    SAME = "same"
    """Both say the same, or the file says nothing: a blank erases nothing."""
    TAKEN = "taken"
    """Changed on the platform alone: the workspace takes it."""
    KEPT = "kept"
    """Changed in the workspace alone: it stays, and stands in the return sheet."""
    CONFLICT = "conflict"
    """Changed in both, differently: the workspace keeps its own unless the officer takes the file's."""
    LEFT_OUT = "left_out"
    """The file's value would break a rule of the workspace: it is not taken."""


def compare(base: str | None, file: str, ours: str) -> State:
    """Return the state of a field from its texts at the last import, in the file and in the workspace.

    ``base`` is ``None`` where the last import did not have the field, or there was none: then what is written in the
    workspace cannot be told from a change, and stands against the file's.
    """
    if file in ("", ours):
        return State.SAME
    if ours == (base or ""):
        return State.TAKEN
    return State.KEPT if file == base else State.CONFLICT


def next_base(base: str | None, file: str, state: State) -> str | None:
    """Return what is kept as said by the platform: a blank is no statement, and a value left out is not kept."""
    if file == "" or state is State.LEFT_OUT:
        return base
    return file


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    """One field of one site: its texts, and what becomes of it. ``title`` is the platform's."""

    title: str
    base: str | None
    file: str
    ours: str
    state: State
    reason: Reason | None = None
    """Why it is left out."""

    @property
    def result(self) -> str:
        """Return the text of the workspace after the import."""
        return self.file if self.state is State.TAKEN else self.ours


def outcome(title: str, base: str | None, file: str, ours: str, taken: Collection[str] = ()) -> FieldOutcome:
    """Return what becomes of a field; the officer takes the file's value where ``title`` is among ``taken``."""
    state = compare(base, file, ours)
    if title in taken and state in (State.CONFLICT, State.KEPT):
        state = State.TAKEN
    return FieldOutcome(title, base, file, ours, state)
