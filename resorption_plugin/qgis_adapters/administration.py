"""What the administrator's window reads and does, and how an officer hands rows to an administrator. Runs in tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import paths
from ..core.exchange.tabular import write_delimited
from ..core.exchange.texts import text, without_formula
from ..core.indicators.audience import Audience
from ..core.ports import Feedback, Silent, SystemClock, stop_if_cancelled
from ..core.sync import administration
from ..core.sync.access import Role, Wish
from ..core.sync.administration import Device, Export, Forecast, Handed, LogPart, Person, image_text, plain
from ..core.sync.audit import known_columns
from ..core.sync.operations import Conflict
from ..core.sync.travelling import GEOMETRY, travel
from ..core.sync.wire import record as wire_record
from ..core.territory import Territory
from ..core.wording import layer_title, record_name
from ..geopackage.sync.workspace import SyncedWorkspace
from ..postgis import administration as server_side
from ..postgis.remote import PostgresRemote
from ..postgis.visiting import Visit, visit
from .aside import Aside, value_lines
from .attachment import connection_of
from .exports import logged_file
from .places import place_names
from .server_connection import target_of
from .server_setup import grant_access, revoke_access
from .sharing import Case, read_sharing
from .subjects import Subject
from .translation import sentence, tr

_KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Contested:
    """An open contradiction, wherever it was raised."""

    conflict: Conflict
    subject: Subject
    department: str
    case: Case | None
    """The same, where the open workspace holds it: there it can be decided."""


@dataclass(frozen=True, slots=True)
class Administration:
    """All that the window shows."""

    reference: str
    visit: Visit
    people: tuple[Person, ...]
    logins: tuple[str, ...]
    """Logins of the server that have no access yet."""
    devices: tuple[Device, ...]
    contested: tuple[Contested, ...]
    handed: tuple[Handed, ...]
    parts: tuple[LogPart, ...]
    exports: tuple[Export, ...]
    places: Mapping[str, str]
    """The names of the areas, by code."""
    cases: tuple[Case, ...]
    """The contradictions of the open workspace."""
    read_at: dt.datetime

    @property
    def may_act(self) -> bool:
        """Say whether who asks may change something; the server says it again at each thing asked."""
        return self.visit.role == Role.ADMIN


def read_administration(reference: str, workspace: Path | None, language: str, feedback: Feedback) -> Administration:
    """Return what administrators and auditors may see; others are refused. Raises ``SyncError`` and ``Cancelled``."""
    with PostgresRemote(target_of(reference), feedback) as remote:
        server = remote.server
        found = visit(server)
        people = server_side.people(server)
        feedback.progress(0.2)
        logins, devices = server_side.free_logins(server), server_side.devices(server)
        cases = read_sharing(workspace, language).cases if workspace is not None else ()
        feedback.progress(0.4)
        contested = tuple(_contested(remote, server_side.conflicts(server), cases, language))
        feedback.progress(0.6)
        handed, parts = server_side.handed(server), server_side.parts(server)
        feedback.progress(0.9)
        exports = server_side.exports(server)
    places = place_names({area for person in people for area in person.areas})
    now = dt.datetime.now(dt.UTC)
    return Administration(
        reference, found, people, logins, devices, contested, handed, parts, exports, places, tuple(cases), now
    )


def give_access(reference: str, wish: Wish, feedback: Feedback) -> None:
    """Give a login its access, or replace it. Raises ``ParameterError`` and ``SyncError``."""
    grant_access(reference, wish.access(Territory.load(paths.territories())), feedback)


def take_access(reference: str, login: str, feedback: Feedback) -> None:
    """Take all access from a login. Raises ``SyncError``."""
    revoke_access(reference, login, feedback)


def settle(reference: str, uid: str, answer: str, feedback: Feedback) -> bool:
    """Say that something handed over is settled; false when somebody had said so. Raises ``SyncError``."""
    with PostgresRemote(target_of(reference), feedback) as remote:
        return server_side.settle(remote.server, uid, plain(answer))


def forecast(reference: str, months: int, feedback: Feedback) -> Forecast:
    """Return what keeping only some months of the log would do. Raises ``SyncError``."""
    with PostgresRemote(target_of(reference), feedback) as remote:
        return server_side.forecast(remote.server, months)


def trim(reference: str, months: int, expected: int, feedback: Feedback) -> int:
    """Erase what is older from the log, ``expected`` entries; return how many went.

    Raises ``SyncError`` and ``Cancelled``: what was erased before stays so.
    """
    gone = 0
    with PostgresRemote(target_of(reference), feedback) as remote:
        while erased := server_side.trim(remote.server, months):
            gone += erased
            feedback.progress(min(1.0, gone / max(expected, 1)))
            stop_if_cancelled(feedback)
        server_side.trim_handed(remote.server, months)
    return gone


def hand_over(path: Path, rows: Sequence[Aside], comment: str, feedback: Feedback = Silent()) -> int:  # noqa: B008 - says nothing, keeps nothing
    """Hand rows that a workspace has set aside to the administrators; return how many wait for them now.

    Handed over twice, a row waits once. Raises ``SyncError``, ``WorkspaceError``, ``ParameterError`` (also where the
    workspace remembers no connection), ``NotAttachedError`` and ``Cancelled``.
    """
    chosen = connection_of(path)
    with SyncedWorkspace.attach(path) as local:
        device = local.state().device
    told = [_told(row, comment) for row in rows]
    given = 0
    with PostgresRemote(target_of(chosen), feedback) as remote:
        for start in range(0, len(told), administration.ROWS_AT_ONCE):
            given += server_side.hand_over(remote.server, device, told[start : start + administration.ROWS_AT_ONCE])
            feedback.progress(min(1.0, (start + administration.ROWS_AT_ONCE) / len(told)))
    return given


def read_handed(path: Path, feedback: Feedback = Silent()) -> tuple[Handed, ...]:  # noqa: B008 - as above
    """Return what the person of a workspace has handed over, and what became of it. Raises as ``hand_over``."""
    with PostgresRemote(target_of(connection_of(path)), feedback) as remote:
        return server_side.handed(remote.server)


def export_handed(path: Path, rows: Iterable[Handed], language: str, workspace: Path | None) -> None:
    """Write what was handed over as CSV, a line for each value, and log it in the open workspace.

    Raises ``ExportFileError`` and ``WorkspaceError``.
    """
    heads = (tr("Who"), tr("When"), tr("Layer"), tr("Identifier"), tr("Record"), tr("Why"), tr("Comment"), tr("State"))
    titles = (*heads, tr("Answer"), tr("Field"), tr("Value"))
    told = list(rows)
    lines = [line for one in told for line in _csv_lines(one, language)]
    if workspace is None:
        write_delimited(path, titles, lines)
        return
    with logged_file(workspace, tr("Handed over"), Audience.SERVICES, path, SystemClock().now()) as draft:
        draft.rows = len(told)
        write_delimited(draft.path, titles, lines)


def _csv_lines(one: Handed, language: str) -> Iterator[list[str]]:
    layer = layer_title(one.layer, language)
    state = tr("waiting") if one.is_open else tr("settled")
    why = f"{tr(one.cause)} {one.reason}".strip()
    about = (one.who, text(one.at), layer, one.row, one.title, why, one.comment, state, one.answer)
    for title, value in list(value_lines(one.layer, one.values, language)) or [("", "")]:
        yield [without_formula(told) for told in (*about, title, value)]


def _told(one: Aside, comment: str) -> dict[str, str]:
    names = dict.fromkeys(filter(None, (one.subject.name, one.subject.site, one.subject.commune)))
    return {
        "tbl": one.layer,
        "uid": one.uid,
        "title": plain(" – ".join(names))[:300],
        "cause": one.title,
        "reason": plain(sentence(one.reason))[:4000],
        "image": image_text(one.values),
        "comment": plain(comment.strip())[:4000],
    }


def _contested(
    remote: PostgresRemote, conflicts: Sequence[Conflict], cases: Sequence[Case], language: str
) -> Iterator[Contested]:
    here = {case.dispute.conflict.uid: case for case in cases}
    rows = _values(remote, [(one.layer, one.row) for one in conflicts])
    told: list[tuple[Conflict, dict[str, Any]]] = []
    for one in conflicts:
        image = {**one.base, **one.mine, **one.theirs, **rows.get((one.layer, one.row), {})}
        told.append((one, image))
    sites = _values(remote, [("site", str(image["site_uid"])) for _one, image in told if image.get("site_uid")])
    for one, image in told:
        site = image if one.layer == "site" else sites.get(("site", str(image.get("site_uid"))), {})
        name = _name(one.layer, one.row, image, language) or layer_title(one.layer, language)
        called = _name("site", one.row, site, language) if site else ""
        subject = Subject(name, str(site.get("commune") or image.get("commune") or ""), called)
        department = str(site.get("department") or image.get("department") or "")
        yield Contested(one, subject, department, here.get(one.uid))


def _values(remote: PostgresRemote, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    asked = list(dict.fromkeys(keys))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for start in range(0, len(asked), _KEYS_AT_ONCE):
        rows = remote.rows(asked[start : start + _KEYS_AT_ONCE])
        found |= {(row.layer, row.uid): dict(row.values) for row in rows}
    return found


def _name(layer: str, uid: str, image: Mapping[str, Any], language: str) -> str:
    """Return what people call a record; empty where nothing that this version of the plugin knows of it tells."""
    values = {name: value for name, value in image.items() if name in known_columns(layer) and name != GEOMETRY}
    return record_name(layer, wire_record(travel(layer), uid, values).values, language) if values else ""
