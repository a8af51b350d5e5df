"""What was found against what is stored: same, updated, gone; accepted exceptions are kept, or become stale."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import shapely

from ..ports import ChangeSet
from ..records import ByColumn, Dataset, Record
from . import words
from .finding import Finding, Identity
from .registry import checks
from .runner import Run
from .spec import Worse

Translate = Callable[[str, Mapping[str, Any]], str]
"""Translates a marked sentence, then fills its placeholders."""

_NAMESPACE = uuid.UUID("b0a5c2d4-3f0e-5a43-9a7b-60b2f7a1c9d8")
OPEN, ACCEPTED, STALE, RESOLVED = "open", "accepted", "stale", "resolved"


def in_english(template: str, values: Mapping[str, Any]) -> str:
    """Fill a sentence without translating it."""
    return template.format(**words.said(values, "en"))


def finding_uid(identity: Identity) -> str:
    """Return the uid of a finding: the same for the same identity in every workspace, so that exceptions meet."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(identity)))


def stored_identity(row: Record) -> Identity:
    """Return the identity of a stored finding."""
    related = json.loads(row["related_uids"] or "[]")
    return Identity(row["check_id"], row["target_layer"], row["target_uid"], tuple(related))


def concerned(data: Dataset, run: Run) -> Collection[Record]:
    """Return the stored findings that ``reconcile`` may have something to write of, after a run on some records."""
    findings = data.rows("finding")
    if run.only is None:
        return data.layer("finding")
    about, decided = findings.grouped(_involved), findings.grouped(ByColumn("state")).get(ACCEPTED, ())
    uids = run.only.union(*((finding.identity.uid, *finding.identity.related) for finding in run.findings))
    rows = {row.uid: row for uid in uids for row in about.get(uid, ())}
    return (rows | {row.uid: row for row in decided}).values()


def _involved(row: Record) -> Collection[str]:
    identity = stored_identity(row)
    return {identity.uid, *identity.related}


def reconcile(
    stored: Iterable[Record], run: Run, reference_date: dt.date, now: dt.datetime, translate: Translate = in_english
) -> ChangeSet:
    """Return what to write so that the stored findings say what the run found.

    Nothing is written for a finding that is the same. A finding that the run looked for and did not find is resolved;
    one that it did not look for is left alone, except that an exception whose date has passed becomes stale.
    """
    changes = ChangeSet()
    rows = {stored_identity(row): row for row in stored}
    for finding in run.findings:
        row = rows.pop(finding.identity, None)
        values = _columns(finding, reference_date, translate)
        if row is None:
            seen = {"state": OPEN, "first_seen_at": now, "last_seen_at": now}
            changes.insert.append(Record("finding", finding_uid(finding.identity), values | seen, finding.geometry))
        else:
            _update(row, finding, values | {"state": _state(row, finding, reference_date)}, now, changes)
    for identity, row in rows.items():
        if row["state"] != RESOLVED and run.covers(identity.check_id, {identity.uid, *identity.related}):
            changes.update.append(Record("finding", row.uid, {"state": RESOLVED}))
        elif row["state"] == ACCEPTED and _expired(row, reference_date):
            changes.update.append(Record("finding", row.uid, {"state": STALE}))
    return changes


def _update(row: Record, finding: Finding, values: dict[str, Any], now: dt.datetime, changes: ChangeSet) -> None:
    changed = {column: value for column, value in values.items() if row[column] != value}
    moved = finding.geometry is not None and not _same_place(row.geometry, finding.geometry)
    if changed or moved:
        geometry = finding.geometry if moved else None
        changes.update.append(Record("finding", row.uid, changed | {"last_seen_at": now}, geometry))


def _same_place(stored: shapely.Geometry | None, found: shapely.Geometry) -> bool:
    return stored is not None and bool(shapely.equals_exact(stored, found))


def _columns(finding: Finding, reference_date: dt.date, translate: Translate) -> dict[str, Any]:
    """Return the computed columns, those that people read in the user's language."""
    identity, remark = finding.identity, finding.remark
    return {
        "check_id": identity.check_id,
        "target_layer": identity.layer,
        "target_uid": identity.uid,
        "related_uids": json.dumps(identity.related),
        "target_field": remark.field,
        "severity": finding.severity.value,
        "verdict": remark.verdict.value,
        "sentence": translate(remark.message, remark.details),
        "message": remark.message,
        "details": json.dumps(remark.details, ensure_ascii=False, sort_keys=True),
        "value": remark.value,
        "threshold": remark.threshold.value if remark.threshold else None,
        "unit": translate(remark.quantity.unit, {}) if remark.quantity else None,
        "threshold_source": translate(remark.threshold.source, {}) if remark.threshold else None,
        "method": translate(remark.method, {}) if remark.method else None,
        "data_date": remark.data_date,
        "reference_date": reference_date,
        "commune": finding.commune,
    }


def _state(row: Record, finding: Finding, on: dt.date) -> str:
    """Return the state of a stored finding that is found again."""
    if row["state"] == STALE:
        return STALE
    if not row["accepted_reason"] or row["state"] == OPEN:
        return OPEN
    hardened = row["verdict"] == "to_verify" and finding.remark.verdict.value == "fails"
    return STALE if hardened or _expired(row, on) or _worse(row, finding) else ACCEPTED


def _expired(row: Record, on: dt.date) -> bool:
    until = row["accepted_until"]
    return isinstance(until, dt.date) and until < on


def _worse(row: Record, finding: Finding) -> bool:
    directions = {check.spec.id: check.spec.worse for check in checks()}
    direction = directions.get(finding.identity.check_id, Worse.NEVER)
    before, now = row["accepted_value"], finding.remark.value
    if direction is Worse.NEVER or before is None:
        return False
    if now is None:
        return True
    return bool(now > before if direction is Worse.HIGHER else now < before)
