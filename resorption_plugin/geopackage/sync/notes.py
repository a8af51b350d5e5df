"""What a workspace remembers of the shared database, beside the rows: where it stands, and who it is there."""

from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Any

from ...core.model import catalogue
from ...core.sync.news import Welcome
from ...core.sync.ports import Bucket, LocalState
from ..history_tables import SWITCH_TABLE, note
from ..sql import fill
from .tables import TOUCHED

APPLYING = "applying"
"""1 while received rows are written: the triggers of the history flag their entries."""
DEVICE = "device"
DEVICES = "devices"
"""Every name this file ever had: conflicts raised under any of them are its own."""
_COUNTER, _EPOCH, _CURSOR, _CHAIN, _SCOPE, _WELCOME = "counter", "epoch", "cursor", "chain", "scope", "welcome"
KEYS = (APPLYING, DEVICE, DEVICES, _COUNTER, _EPOCH, _CURSOR, _CHAIN, _SCOPE, _WELCOME)

_READ = fill("SELECT key, value FROM {table} WHERE key IN ({marks})", table=SWITCH_TABLE, marks=len(KEYS))
_FORGET = fill("DELETE FROM {table} WHERE key IN ({marks})", table=SWITCH_TABLE, marks=len(KEYS))
_TOUCHED = fill("SELECT layer, bucket FROM {table}", table=TOUCHED)
_UNTOUCH = fill("DELETE FROM {table}", table=TOUCHED)


class Notes:
    """Reads and writes them, inside the transaction of whoever asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an open workspace."""
        self._connection = connection

    def _all(self) -> dict[str, Any]:
        return dict(self._connection.execute(_READ, KEYS))

    def write(self, **values: object) -> None:
        """Note some values by their key."""
        for key, value in values.items():
            self._connection.execute(*note(key, value))

    def is_known(self) -> bool:
        """Say whether this file has a name for the shared database."""
        return bool(self._all().get(DEVICE))

    def name_device(self) -> None:
        """Give this file a name, if it has none."""
        if not self.is_known():
            self.take_device(str(uuid.uuid4()))

    def take_device(self, device: str) -> None:
        """Take another name: this file turned out to be a copy."""
        names = sorted({*self.devices(), device})
        self.write(**{DEVICE: device, DEVICES: json.dumps(names)})

    def devices(self) -> frozenset[str]:
        """Return every name this file ever had."""
        return frozenset(json.loads(self._all().get(DEVICES) or "[]"))

    def state(self) -> LocalState:
        """Return where the workspace stands."""
        found = self._all()
        return LocalState(
            found.get(DEVICE) or "",
            int(found.get(_COUNTER) or 0),
            found.get(_EPOCH) or "",
            int(found.get(_CURSOR) or 0),
            found.get(_CHAIN) or "",
            found.get(_SCOPE) or "",
            catalogue.SCHEMA_VERSION,
        )

    def greet(self, welcome: Welcome) -> bool:
        """Note that the server answered; return whether it, or what it lets this login do, is not as it was."""
        state = self.state()
        is_other = bool(welcome.device) and welcome.device != state.device
        if is_other:
            self.take_device(welcome.device)
        told = {
            "login": welcome.login,
            "role": welcome.role,
            "departments": welcome.departments,
            "areas": welcome.areas,
            "rights": welcome.rights,
            "terms": (welcome.schema_version, welcome.epoch, welcome.scope),
        }
        has_changed = bool(json.loads(json.dumps(told)) != self.welcome())
        self.write(**{_COUNTER: 1 if is_other else state.counter + 1, _WELCOME: json.dumps(told, ensure_ascii=False)})
        return has_changed

    def welcome(self) -> dict[str, Any]:
        """Return who this workspace is for the server, as it said last: login, role, departments, areas, rights."""
        return dict(json.loads(self._all().get(_WELCOME) or "{}"))

    def move(self, cursor: int, chain: str) -> None:
        """Note up to where the workspace knows the server."""
        self.write(**{_CURSOR: cursor, _CHAIN: chain})

    def begin(self, welcome: Welcome) -> None:
        """Note which server, and which part of it, the workspace follows from now on."""
        self.write(**{_EPOCH: welcome.epoch, _SCOPE: welcome.scope})

    def forget_scope(self) -> None:
        """Note that all is to be read anew, once what is on its way has its answer."""
        self.write(**{_SCOPE: ""})

    def begin_anew(self) -> None:
        """Note that nothing is known of the server any more: it will be asked for everything."""
        self.write(**{_EPOCH: "", _SCOPE: "", _CURSOR: 0, _CHAIN: ""})

    def forget(self) -> None:
        """Forget all of it."""
        self._connection.execute(_FORGET, KEYS)

    def touched(self) -> frozenset[Bucket]:
        """Return the buckets written since the digests were last found equal."""
        return frozenset((layer, int(bucket)) for layer, bucket in self._connection.execute(_TOUCHED))

    def untouch(self) -> None:
        """Note that the digests were found equal."""
        self._connection.execute(_UNTOUCH)
