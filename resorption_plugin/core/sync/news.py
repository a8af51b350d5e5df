"""What the shared database tells a workspace: whether it is welcome, and what others did; written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .operations import Conflict
from .wire import Image


class Theirs(Enum):
    """What a pulled row tells; the value is the code that travels."""

    ROW = "S"
    """The whole row: ``values`` holds every column."""
    PATCH = "P"
    """The columns that changed since the cursor."""
    DELETED = "D"
    LEFT = "X"
    """It went to where this login may not read: no word of what it holds now."""


@dataclass(frozen=True, slots=True)
class PulledRow:
    """The last state of a row changed since the cursor."""

    layer: str
    uid: str
    kind: Theirs
    version: int = 0
    hash: int = 0
    """``wire.row_hash`` of the whole row as the server computes it."""
    values: Image = field(default_factory=dict)
    by: str = ""
    at: str = ""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> PulledRow:
        """Return the row of a JSON object; ``values`` are still as JSON gives them (``wire.canonical``)."""
        return cls(
            told["layer"],
            told["uid"],
            Theirs(told["kind"]),
            told.get("ver") or 0,
            told.get("hash") or 0,
            told.get("set") or {},
            told.get("by") or "",
            told.get("at") or "",
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What changed on the server between two revisions: whole transactions, in their order."""

    upto: int
    chain: str
    """The hash of the chain at ``upto``."""
    more: bool
    rows: tuple[PulledRow, ...]
    conflicts: tuple[Conflict, ...]
    """Conflicts raised or settled since, of the rows this login may read."""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Page:
        """Return the page of a JSON object."""
        return cls(
            told["upto"],
            told["chain"] or "",
            bool(told["more"]),
            tuple(map(PulledRow.from_json, told["rows"])),
            tuple(map(Conflict.from_json, told["conflicts"])),
        )


class Action(Enum):
    """What the server asks of a workspace before anything else."""

    OK = "ok"
    UPGRADE_PLUGIN = "upgrade_plugin"
    UPGRADE_WORKSPACE = "upgrade_workspace"
    UPGRADE_SERVER = "upgrade_server"
    REBASE = "rebase"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Welcome:
    """The server's answer to ``hello``."""

    action: Action
    reason: str
    epoch: str
    revision: int
    schema_version: int
    login: str
    role: str
    departments: tuple[str, ...]
    areas: tuple[str, ...]
    rights: tuple[str, ...]
    scope: str
    """Changes when what this login may read does."""
    device: str
    """The device to go on with: another than the one given when its file turned out to be a copy."""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Welcome:
        """Return the welcome of a JSON object."""
        lists = {name: tuple(told[name]) for name in ("departments", "areas", "rights")}
        plain = {name: told[name] for name in cls.__slots__ if name in told}
        return cls(**{**plain, **lists, "action": Action(told["action"])})
