"""What a workspace asks the shared database to do, and what became of it: plain data, written as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ..model.catalogue import SCHEMA_VERSION
from .wire import Image, Value

Key = tuple[str, str]
"""A layer and the uid of one of its records."""

OPERATIONS_AT_ONCE = 2_000
BYTES_AT_ONCE = 8 * 2**20
"""Limits of a batch; the shared database refuses more."""


class Kind(Enum):
    """What an operation does; the value is the code that travels."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"
    RESOLVE = "R"
    """Carries a person's decision on a conflict."""


class Choice(Enum):
    """How a person decided a conflict."""

    MINE = "mine"
    THEIRS = "theirs"
    EDIT = "edit"
    """Neither: the values given."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Stands for the value before an edit where it is not known: two records met that have no common past."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Edit:
    """The value of a column before and after; the server applies it only where it still finds the value before."""

    before: Value | Unknown
    after: Value

    def to_json(self) -> list[Value]:
        """Return ``[before, after]``, or ``[after]`` where the value before is unknown."""
        return [self.after] if isinstance(self.before, Unknown) else [self.before, self.after]

    @classmethod
    def from_json(cls, values: list[Value]) -> Edit:
        """Return the edit of a JSON array."""
        return cls(UNKNOWN, values[0]) if len(values) == 1 else cls(values[0], values[1])


@dataclass(frozen=True, slots=True)
class Operation:
    """One row to change."""

    layer: str
    uid: str
    kind: Kind
    edits: Mapping[str, Edit] = field(default_factory=dict)
    """By column. Of an insert every value is [after]; of a delete there is none."""
    version: int | None = None
    """The version of the server's row known here: what a deletion, or the decision on a conflict, has seen."""
    conflict: str | None = None
    choice: Choice | None = None
    comment: str | None = None

    @property
    def key(self) -> Key:
        """Return the record that it is about."""
        return self.layer, self.uid

    def to_json(self, number: int) -> dict[str, Any]:
        """Return the operation as it travels, ``number`` telling it from the others of its batch."""
        told: dict[str, Any] = {"no": number, "layer": self.layer, "uid": self.uid, "kind": self.kind.value}
        if self.edits:
            told["set"] = {name: edit.to_json() for name, edit in self.edits.items()}
        if self.version is not None:
            told["ver"] = self.version
        if self.conflict is not None and self.choice is not None:
            told |= {"conflict": self.conflict, "choice": self.choice.value, "comment": self.comment}
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Operation:
        """Return the operation of a JSON object."""
        return cls(
            told["layer"],
            told["uid"],
            Kind(told["kind"]),
            {name: Edit.from_json(values) for name, values in told.get("set", {}).items()},
            told.get("ver"),
            told.get("conflict"),
            Choice(told["choice"]) if told.get("choice") else None,
            told.get("comment"),
        )


def records(operations: Iterable[Operation]) -> frozenset[Key]:
    """Return the records that some operations are about, as people count: each once, be it edited and decided on."""
    return frozenset(made.key for made in operations)


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations that the server applies in one transaction, and only once however often they are sent."""

    uid: str
    payload: str
    """The JSON array of the operations: the very text that is sent, and sent again."""
    schema_version: int = SCHEMA_VERSION
    """The version of the data in which it was made: a workspace upgraded since sends it as it is."""

    @classmethod
    def of(cls, uid: str, operations: Iterable[Operation]) -> Batch:
        """Return the batch of some operations, numbered from 1."""
        told = [operation.to_json(number) for number, operation in enumerate(operations, start=1)]
        return cls(uid, json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True))

    @property
    def sha256(self) -> str:
        """Return the hexadecimal SHA-256 of the payload in UTF-8."""
        return hashlib.sha256(self.payload.encode()).hexdigest()

    def operations(self) -> list[Operation]:
        """Return the operations, in their order."""
        return [Operation.from_json(told) for told in json.loads(self.payload)]


class Outcome(Enum):
    """What became of an operation."""

    APPLIED = "applied"
    MERGED = "merged"
    """Applied to a row that someone else had changed elsewhere in it."""
    NOOP = "noop"
    """The server already held this."""
    CONFLICT = "conflict"
    """A person has to decide on a part of it; the rest was applied."""
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    """A constraint of the database refuses it."""
    SCHEMA = "schema"
    """The server does not know the layer or a column."""

    @property
    def is_refusal(self) -> bool:
        """Say whether nothing of the operation was applied, and that sending it again unchanged is useless."""
        return self in (Outcome.FORBIDDEN, Outcome.INVALID, Outcome.SCHEMA)


class ConflictKind(Enum):
    """What contradicts what."""

    SAME_FIELD = "same_field"
    DELETE_VS_EDIT = "delete_vs_edit"
    """I deleted a row that someone changed meanwhile, or to which someone added a child."""
    EDIT_VS_DELETE = "edit_vs_delete"
    """I changed, or added a child to, a row that someone deleted meanwhile."""
    INSERT_CLASH = "insert_clash"
    """Both of us made a row of the same uid, with other values."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction that only a person settles; the same on the server and in the workspaces concerned."""

    uid: str
    layer: str
    row: str
    kind: ConflictKind
    group: str
    """The group of columns; empty for a whole row."""
    base: Image
    mine: Image
    theirs: Image
    """By column of the group, or of the whole row; empty for a row that is deleted."""
    version: int | None
    """The version of the server's row that ``theirs`` shows; ``None`` when it is deleted."""
    raised_by: str = ""
    raised_at: str = ""
    theirs_by: str = ""
    theirs_at: str = ""
    is_open: bool = True
    device: str = ""
    """The device whose edit is ``mine``."""
    resolved_by: str = ""
    resolved_at: str = ""
    choice: str = ""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Conflict:
        """Return the conflict of a JSON object."""
        known = {name: told[name] for name in cls.__slots__ if told.get(name) is not None}
        blank: dict[str, Any] = {"base": {}, "mine": {}, "theirs": {}, "version": None, "group": ""}
        return cls(**{**blank, **known, "kind": ConflictKind(told["kind"])})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one operation of a batch."""

    number: int
    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()
    reason: str = ""
    """Of a refusal, for people: the constraint's name, the column, the right that is missing."""
    code: str = ""
    """Of a refusal: the SQLSTATE, or a word of the protocol (``outside_area``, ``missing_right``, ``read_only`` …)."""
    version: int | None = None
    """The version the row got, where nobody had changed it since the one that the operation has seen."""

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Result:
        """Return the result of a JSON object."""
        conflicts = tuple(Conflict.from_json(conflict) for conflict in told.get("conflicts", ()))
        refusal = (told.get("reason") or "", told.get("code") or "")
        return cls(told["no"], Outcome(told["outcome"]), conflicts, *refusal, told.get("ver"))
