"""The findings of a workspace as a document: what its forms (JSON, page, spreadsheet) are made of."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..records import Record
from .reconcile import OPEN, RESOLVED, Translate, in_english
from .spec import Profile, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Counts:
    """Open findings: those that fail by severity, and those to verify whatever their severity."""

    errors: int
    warnings: int
    to_verify: int


def of_checks(findings: Iterable[Record], check_ids: Collection[str]) -> list[Record]:
    """Return the findings of some checks, in a stable order."""
    chosen = [row for row in findings if row["check_id"] in check_ids]
    return sorted(
        chosen, key=lambda row: (row["check_id"], row["target_layer"], row["target_uid"], row["related_uids"])
    )


def count(findings: Iterable[Record]) -> Counts:
    """Count the open findings."""
    found: Counter[str] = Counter()
    for row in findings:
        if row["state"] == OPEN:
            found[row["verdict"] if row["verdict"] == Verdict.TO_VERIFY else row["severity"]] += 1
    warnings = found[Severity.WARNING] + found[Severity.INFORMATION]
    return Counts(found[Severity.ERROR], warnings, found[Verdict.TO_VERIFY])


def document(
    findings: Sequence[Record],
    *,
    workspace: str,
    reference_date: dt.date,
    profile: Profile,
    checks: Sequence[str],
    links: Mapping[str, str] | None = None,
    translate: Translate = in_english,
) -> dict[str, Any]:
    """Return the findings that are not resolved, with a header, as plain texts and numbers.

    ``links`` gives addresses of records by their uid.
    """
    states = Counter(row["state"] for row in findings)
    addresses = links or {}
    return {
        "workspace": workspace,
        "reference_date": reference_date.isoformat(),
        "profile": profile.value,
        "checks": list(checks),
        "open": asdict(count(findings)),
        "states": dict(sorted(states.items())),
        "findings": [
            _entry(row, addresses.get(row["target_uid"]), translate) for row in findings if row["state"] != RESOLVED
        ],
    }


def as_json(report: Mapping[str, Any]) -> str:
    """Return a document as indented JSON."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _entry(row: Record, link: str | None, translate: Translate) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "id": row["check_id"],
        "layer": row["target_layer"],
        "target_uid": row["target_uid"],
        "related_uids": json.loads(row["related_uids"]),
        "field": row["target_field"],
        "severity": row["severity"],
        "verdict": row["verdict"],
        "state": row["state"],
        "sentence": translate(row["message"], json.loads(row["details"])),
        **{name: row[name] for name in ("value", "threshold", "unit")},
        "source": row["threshold_source"],
        "method": row["method"],
        "commune": row["commune"],
        "link": link,
        **{name: _text(row[name]) for name in ("data_date", "reference_date", "first_seen_at", "last_seen_at")},
        "accepted": _exception(row),
    }


def _exception(row: Record) -> dict[str, Any] | None:
    if not row["accepted_reason"]:
        return None
    names = ("reason", "by", "on", "until", "value")
    return {name: _text(row[f"accepted_{name}"]) for name in names}


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
