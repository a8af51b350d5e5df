"""The rows that cannot be sent as they are: each with its reason; the rest goes on without them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...core.errors import ResorptionError
from ...core.sync.freezing import fingerprint
from ...core.sync.operations import Operation
from ...core.sync.refusals import refusal
from ...core.sync.settling import Refused
from ..sql import fill
from . import stored
from .tables import QUARANTINE

Key = tuple[str, str]

DELETED = "deleted"
"""The code of a row set aside that was deleted here: it is its deletion that cannot be sent."""


class Cause(Enum):
    """Why a row cannot be sent; the value is what is kept."""

    UNSENDABLE = "unsendable"
    """A value that no database holds."""
    TOO_LARGE = "too_large"
    """The row alone is larger than a batch may be."""
    REFUSED = "refused"
    """The server refused it; it is sent again once it was changed."""
    PASSING = "passing"
    """The server refused it for the sake of other rows: it is sent again once others were accepted."""
    CLASH = "clash"
    """It was taken out of its layer: what came from the server holds the same number or name."""
    LEFT_AREA = "left_area"
    """It was edited here and went to where this login may not read: the edits cannot be sent from here."""
    DECISION = "decision"
    """Values that were decided on a contradiction, and that no contradiction shows any more."""

    @property
    def is_final(self) -> bool:
        """Say whether only a person ends it: nothing that is done to the row does."""
        return self.is_beside or self is Cause.LEFT_AREA

    @property
    def is_beside(self) -> bool:
        """Say whether the values are kept beside the layer: the record in it, if there is one, is another matter."""
        return self in (Cause.CLASH, Cause.DECISION)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row set aside."""

    layer: str
    uid: str
    cause: Cause
    code: str
    """The word or SQLSTATE of the server."""
    reason: str
    """Of a refusal what the server said; else JSON of a sentence (``template`` and ``values``), to be translated."""
    operation: Mapping[str, Any]
    """What was refused, as it was sent; empty where nothing was."""
    image: Mapping[str, Any]
    """The whole row as it was here, in the form in which it is stored."""
    fingerprint: str
    at: str

    def sentence(self) -> ResorptionError:
        """Return the sentence to show."""
        if not self.reason.startswith("{"):
            return refusal(self.layer, self.code, self.reason)
        return stored.sentence_from_json(self.reason)


_COLUMNS = ("layer", "uid", "kind", "code", "reason", "operation", "image", "fingerprint", "at")
_ALL = fill("SELECT {columns} FROM {table} ORDER BY at, layer, uid", columns=_COLUMNS, table=QUARANTINE)
_PUT = fill(
    """INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))""",
    table=QUARANTINE,
    columns=_COLUMNS,
    marks=len(_COLUMNS) - 1,
)
_FINAL = tuple(cause.value for cause in Cause if cause.is_final)
_DROP = fill(
    "DELETE FROM {table} WHERE layer = ? AND uid = ? AND kind NOT IN ({marks})", table=QUARANTINE, marks=len(_FINAL)
)
_END = fill("DELETE FROM {table} WHERE layer = ? AND uid = ? AND kind = ?", table=QUARANTINE)
_RETRY = fill("UPDATE {table} SET fingerprint = '' WHERE kind = ?", table=QUARANTINE)


class Quarantine:
    """Reads and writes what is set aside, inside the transaction of whoever asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open workspace."""
        self._connection = connection

    def all(self) -> list[Quarantined]:
        """Return what is set aside, the oldest first."""
        return [
            Quarantined(
                layer, uid, Cause(cause), code, reason, json.loads(told or "{}"), json.loads(image or "{}"), seal, at
            )
            for layer, uid, cause, code, reason, told, image, seal, at in self._connection.execute(_ALL)
        ]

    def mendable(self) -> dict[Key, Quarantined]:
        """Return what goes once it was mended, by layer and uid."""
        return {(one.layer, one.uid): one for one in self.all() if not one.cause.is_final}

    def of(self, cause: Cause) -> frozenset[Key]:
        """Return the layer and uid of what is set aside for a cause."""
        return frozenset((one.layer, one.uid) for one in self.all() if one.cause is cause)

    def put(
        self,
        layer: str,
        uid: str,
        cause: Cause,
        reason: str,
        *,
        code: str = "",
        operation: Operation | None = None,
        image: str | None = None,
    ) -> None:
        """Set a row aside, in place of what was said of it before; ``image`` is the JSON of the row."""
        if not cause.is_final:
            self.drop([(layer, uid)])
        told = None if operation is None else stored.to_json(operation.to_json(0))
        seal = "" if operation is None else fingerprint(operation)
        self._connection.execute(_PUT, (layer, uid, cause.value, code, reason, told, image, seal))

    def put_refused(self, refused: Refused, image: str | None) -> None:
        """Set aside what the server refused."""
        made = refused.operation
        cause = Cause.PASSING if refused.is_passing else Cause.REFUSED
        self.put(made.layer, made.uid, cause, refused.reason, code=refused.code, operation=made, image=image)

    def drop(self, keys: Iterable[Key]) -> None:
        """Forget what was said of some rows and is no more so; what only a person ends stays."""
        self._connection.executemany(_DROP, [(*key, *_FINAL) for key in keys])

    def end(self, key: Key, causes: Collection[Cause]) -> None:
        """Forget that a row was set aside for some causes."""
        self._connection.executemany(_END, [(*key, cause.value) for cause in causes])

    def retry(self, causes: Collection[Cause]) -> None:
        """Let the rows refused for some causes be sent again as they are."""
        self._connection.executemany(_RETRY, [(cause.value,) for cause in causes])
