"""Asks the shared database what was written, by whom and when, and gives values back in the workspace.

Everything here reads files or asks the server: it runs in a task.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import ParameterError
from ..core.exchange.texts import without_formula, write_csv
from ..core.history.changes import Operation
from ..core.history.restoring import Signature, plan_restore
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.model import catalogue
from ..core.ports import ChangeSet, Feedback, Part, SystemClock, stop_if_cancelled
from ..core.sync import audit, audit_subjects, wire
from ..core.sync.audit import Key, Reading, Told, Verification
from ..core.sync.audit_table import CELLS, SharedHistory, cells
from ..core.sync.travelling import travel, travels
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.workspace import SyncedWorkspace, is_attached
from .attachment import connection_of
from .exports import logged_file
from .translation import tr

MOST = 50_000
"""More writings than anybody reads, and some seconds on a usual line."""
_UNKNOWN_ASKED = 2_000
"""Records that the workspace does not hold and whose names are asked for at most."""
_AT_ONCE = 500
_COMMITTEE = "last_committee_on"
"""The property of the workspace that holds the date of the last steering committee."""

Values = dict[Key, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the windows need to know of a workspace before they ask."""

    is_attached: bool
    role: str = ""
    """``officer``, ``admin`` or ``auditor``, as the server said last."""
    committee: dt.date | None = None


def read_standing(path: Path) -> Standing:
    """Return how a workspace stands; asks no server. Raises ``WorkspaceError``."""
    if not is_attached(path):
        return Standing(is_attached=False)
    with SyncedWorkspace.attach(path) as local:
        who, told = local.welcome() or {}, local.meta(_COMMITTEE)
    return Standing(True, str(who.get("role") or ""), dt.date.fromisoformat(told) if told else None)


def keep_committee(path: Path, day: dt.date) -> None:
    """Remember the date of the last steering committee; raises ``WorkspaceError``."""
    with GeoPackageStore.open(path) as store:
        if store.meta(_COMMITTEE) != day.isoformat():
            store.set_meta(_COMMITTEE, day.isoformat())


def read_territory(path: Path, first: dt.date, last: dt.date, language: str, feedback: Feedback) -> SharedHistory:
    """Return what was written from one day to another, both included, of all that the login may read.

    Days are those of this computer. Raises ``SyncError``, ``ResorptionError`` and ``Cancelled``.
    """
    from ..postgis import auditing  # what only reads the file does without the driver

    since, until = midnight(first), midnight(last + dt.timedelta(days=1))
    return _read(
        path,
        language,
        feedback,
        lambda server, watch: auditing.read_period(server, since, until, at_most=MOST, feedback=watch),
    )


def read_shared_record(path: Path, layer: str, uid: str, language: str, feedback: Feedback) -> SharedHistory:
    """Return what was written on a record and on those that belong or belonged to it, by anybody.

    Raises ``SyncError``, ``ResorptionError`` and ``Cancelled``.
    """
    from ..postgis import auditing

    return _read(
        path,
        language,
        feedback,
        lambda server, watch: auditing.read_record(server, layer, uid, at_most=MOST, feedback=watch),
    )


def verify_log(path: Path, feedback: Feedback) -> Verification:
    """Return whether the log of the shared database is intact. Raises ``SyncError``, ``ResorptionError``."""
    from ..postgis import auditing
    from ..postgis.connection import Server
    from .server_connection import target_of

    with Server(target_of(connection_of(path)), feedback) as server:
        return auditing.verify(server)


def export_lines(  # noqa: PLR0917 - what is written, and where
    path: Path, target: Path, history: SharedHistory, lines: Sequence[Told], language: str, feedback: Feedback
) -> None:
    """Write lines as CSV, with the layer and uid of their records, and log it in the workspace ``path``.

    Raises ``ExportFileError``, ``WorkspaceError`` and ``Cancelled``; ``target`` is then as it was.
    """
    titles = [*(title.text(language) for title in CELLS), "layer", "uid"]

    def rows() -> Iterable[list[str]]:
        for done, told in enumerate(lines):
            if done % _AT_ONCE == 0:
                stop_if_cancelled(feedback)
                feedback.progress(done / len(lines))
            told_cells = (*cells(history, told, language), *told.entry.key)
            yield [without_formula(cell) for cell in told_cells]

    title, now = tr("Changes of the shared database"), SystemClock().now()
    with logged_file(path, title, Audience.SERVICES, target, now) as draft:
        draft.rows = len(lines)
        write_csv(draft.path, titles, rows())


def restore_shared(path: Path, told: Told, signature: Signature) -> ChangeSet:
    """Write back in the workspace what a line took away, as a new edit, and return what was written.

    On any error nothing is written. Raises ``ParameterError`` and ``WorkspaceError``.
    """
    line = told.line()
    change = line.change
    with GeoPackageStore.open(path) as store:

        def exists(layer: str, uid: str) -> bool:
            return bool(store.read_uids(layer, [uid]))

        current = next(iter(store.read_uids(change.layer, [change.uid])), None)
        if current is None and change.operation is Operation.UPDATE:
            raise ParameterError(
                mark(
                    "This workspace does not hold the record: it was deleted, or has not been received yet. "
                    "Synchronise, or restore the record first: the line of its deletion."
                )
            )
        if current is not None and change.operation is Operation.DELETE:
            raise ParameterError(
                mark("This workspace still holds the record: nothing has to be restored. Synchronise to know more.")
            )
        changes = plan_restore(line, current, exists, signature, told.changes())
        store.apply(changes)
    return changes


def midnight(day: dt.date) -> dt.datetime:
    """Return the beginning of a day of this computer."""
    return dt.datetime.combine(day, dt.time()).astimezone()


def _read(path: Path, language: str, feedback: Feedback, ask: Callable[[Any, Feedback], Reading]) -> SharedHistory:
    from ..postgis.remote import PostgresRemote
    from .server_connection import target_of

    with PostgresRemote(target_of(connection_of(path)), feedback) as remote:
        reading = ask(remote.server, Part(feedback, 0, 0.7))
        with GeoPackageStore.open(path, read_only=True) as store:
            values = _held(store, reading, Part(feedback, 0.7, 0.95))
        unknown = sorted(key for key in audit_subjects.mentioned(reading.entries) if not values.get(key))[
            :_UNKNOWN_ASKED
        ]
        for row in remote.rows([key for key in unknown if _travels(key)]) if unknown else ():
            values[row.layer, row.uid] = wire.record(travel(row.layer), row.uid, _known(row.layer, row.values)).values
    stop_if_cancelled(feedback)
    subjects, names = audit_subjects.subjects(values, language)
    return SharedHistory(tuple(audit.tell(reading.entries)), subjects, names, reading.is_cut, reading.begins)


def _travels(key: Key) -> bool:
    return key[0] in {there.key for there in travels()}


def _known(layer: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the columns that this version of the plugin knows."""
    names = {*catalogue.layer(layer).names()} - {"uid"}
    return {name: value for name, value in values.items() if name in names}


def _held(store: GeoPackageStore, reading: Reading, feedback: Feedback) -> Values:
    """Return what is known of the records in question and of their parents: by the log, and by the workspace."""
    told = audit_subjects.values_told(reading.entries)
    values: Values = dict(told)
    wanted = audit_subjects.mentioned(reading.entries)
    for part in (0, 1):
        found = _records(store, wanted, Part(feedback, part / 2, (part + 1) / 2))
        values |= {key: {**told.get(key, {}), **held} for key, held in found.items()}
        wanted = audit_subjects.parents(values) - set(values)
    return values


def _records(store: GeoPackageStore, wanted: Iterable[Key], feedback: Feedback) -> Values:
    by_layer: dict[str, list[str]] = defaultdict(list)
    for layer, uid in wanted:
        by_layer[layer].append(uid)
    known = {declared.key for declared in catalogue.layers()}
    asked = [(layer, sorted(uids)) for layer, uids in sorted(by_layer.items()) if layer in known]
    parts = [(layer, uids[at : at + _AT_ONCE]) for layer, uids in asked for at in range(0, len(uids), _AT_ONCE)]
    found: Values = {}
    for done, (layer, uids) in enumerate(parts):
        stop_if_cancelled(feedback)
        feedback.progress(done / len(parts))
        found |= {(layer, record.uid): record.values for record in store.read_uids(layer, uids)}
    return found
