"""What the administrator's window asks the shared database; the server checks by itself who asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ..core.sync.administration import Device, Export, Forecast, Handed, LogPart, Person, image_values
from ..core.sync.operations import Conflict
from .connection import Server

_PEOPLE = """SELECT login::text, role, coalesce(organisation, ''), rights, areas, granted_at, granted_by::text,
    last_seen, is_there FROM app.people()"""
_LOGINS = "SELECT login::text FROM app.free_logins() AS login"
_DEVICES = """SELECT device::text, login::text, plugin_version, schema_version, first_seen, last_seen, behind,
    begins_anew FROM app.devices ORDER BY last_seen DESC"""
_CONFLICTS = "SELECT app.conflicts()"
_HANDED = """SELECT id::text, who::text, at, tbl, uid::text, title, cause, reason, image, comment,
    state = 'open', coalesce(settled_by::text, ''), settled_at, coalesce(answer, '') FROM app.handed()"""
_PARTS = "SELECT part, since, until, transactions, entries, bytes FROM app.log_state()"
_FORECAST = "SELECT entries, begin_anew, held_back FROM app.trim_forecast(make_interval(months => %s))"
_TRIM = "SELECT app.trim_log(make_interval(months => %s))"
_TRIM_HANDED = "SELECT app.trim_handed(make_interval(months => %s))"
_EXPORTS = "SELECT exported_at, exported_by, login, output, file_name, audience FROM app.exports()"
_HAND_OVER = "SELECT app.hand_over(%s::uuid, %s::jsonb)"
_SETTLE = "SELECT app.settle_handed(%s::uuid, %s::text)"


def people(server: Server) -> tuple[Person, ...]:
    """Return who has access. Raises ``SyncError``, as all here: ``RefusedError`` for who may not look."""
    return tuple(
        Person(login, role, organisation, tuple(rights), tuple(areas), *others)
        for login, role, organisation, rights, areas, *others in server.ask(_PEOPLE, is_harmless=True)
    )


def free_logins(server: Server) -> tuple[str, ...]:
    """Return the logins of the server that have no access."""
    return tuple(login for (login,) in server.ask(_LOGINS, is_harmless=True))


def devices(server: Server) -> tuple[Device, ...]:
    """Return the workspaces, the last seen first."""
    return tuple(Device(*row) for row in server.ask(_DEVICES, is_harmless=True))


def conflicts(server: Server) -> tuple[Conflict, ...]:
    """Return the open contradictions, the oldest first."""
    return tuple(map(Conflict.from_json, server.ask(_CONFLICTS, is_harmless=True)[0][0]))


def handed(server: Server) -> tuple[Handed, ...]:
    """Return what was handed over, to whom administrates; to others what they handed over themselves."""
    rows = server.ask(_HANDED, is_harmless=True)
    return tuple(Handed(*(*row[:8], image_values(row[8]), *row[9:])) for row in rows)


def parts(server: Server) -> tuple[LogPart, ...]:
    """Return the parts of the log that hold something, the oldest first."""
    return tuple(LogPart(*row) for row in server.ask(_PARTS, is_harmless=True))


def forecast(server: Server, months: int) -> Forecast:
    """Return what trimming the log to some months would do."""
    return Forecast(*server.ask(_FORECAST, (months,), is_harmless=True)[0])


def trim(server: Server, months: int) -> int:
    """Erase some of what is older, and return how many entries; to be called until there are none."""
    return int(server.ask(_TRIM, (months,))[0][0])


def trim_handed(server: Server, months: int) -> int:
    """Erase what was settled before; return how much."""
    return int(server.ask(_TRIM_HANDED, (months,))[0][0])


def exports(server: Server) -> tuple[Export, ...]:
    """Return the exports that workspaces told of, the newest first."""
    return tuple(Export(*row) for row in server.ask(_EXPORTS, is_harmless=True))


def hand_over(server: Server, device: str, rows: Sequence[Mapping[str, str]]) -> int:
    """Hand rows to the administrators; handed over twice, a row waits once."""
    return int(server.ask(_HAND_OVER, (device, json.dumps(list(rows))), is_harmless=True)[0][0])


def settle(server: Server, uid: str, answer: str) -> bool:
    """Say that something handed over is settled; false when it was already."""
    return bool(server.ask(_SETTLE, (uid, answer), is_harmless=True)[0][0])
