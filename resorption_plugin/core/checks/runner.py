"""Runs the checks: isolates one that crashes, can be cancelled, re-checks only what is asked."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import shapely

from ..i18n import mark
from ..model import catalogue
from ..ports import Feedback, Silent, stop_if_cancelled
from ..records import Record
from ..water.measuring import has_position
from .context import Context
from .finding import INTERNAL_ERROR_LAYER, Finding, Identity, Remark
from .registry import Check
from .spec import Severity, Verdict

_log = logging.getLogger(__name__)
_ASK_EVERY = 256
"""Records judged between two looks at the Cancel button."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was found, and by which checks on which records: what is absent elsewhere was not looked at."""

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    """The checks that were run, those that stopped included."""
    stopped: frozenset[str]
    """Codes of the checks that stopped on an internal error."""
    only: frozenset[str] | None
    """The uids that were judged, ``None`` for every record."""

    def covers(self, check_id: str, uids: Collection[str]) -> bool:
        """Say whether the run would have found again a finding of this check on these records."""
        if check_id in self.stopped or all(check_id != check.spec.id for check in self.checks):
            return False
        return self.only is None or not self.only.isdisjoint(uids)


def run(
    context: Context,
    checks: Sequence[Check],
    only: Collection[str] | None = None,
    feedback: Feedback | None = None,
) -> Run:
    """Judge the records of the target layers (those whose uid is in ``only``, when given) and return the findings.

    Raises ``Cancelled`` when the user stops. A check that fails gives one finding that says so, and none of its own.
    """
    feedback = feedback or Silent()
    wanted = None if only is None else frozenset(only)
    found: dict[Identity, Finding] = {}
    stopped = set()
    for done, check in enumerate(checks):
        feedback.progress(done / len(checks))
        targets = _targets(context, check, wanted)
        judged = _Judged(check, context, targets, feedback)
        found |= judged.findings
        if judged.failed:
            stopped.add(check.spec.id)
    feedback.progress(1.0)
    return Run(tuple(found[identity] for identity in sorted(found)), tuple(checks), frozenset(stopped), wanted)


def _targets(context: Context, check: Check, only: frozenset[str] | None) -> list[Record]:
    if only is None:
        return [record for layer in check.spec.targets for record in context.data.layer(layer)]
    wanted = sorted(only)
    return [record for layer in check.spec.targets for record in context.data.some(layer, wanted)]


class _Judged:
    """The findings of one check, or the one that says that it stopped."""

    def __init__(self, check: Check, context: Context, targets: Sequence[Record], feedback: Feedback) -> None:
        self.failed = False
        self.findings: dict[Identity, Finding] = {}
        thresholds = check.spec.thresholds(context.profile)
        for done, record in enumerate(targets):
            if done % _ASK_EVERY == 0:
                stop_if_cancelled(feedback)
            try:
                remarks = list(check.judge(record, context, thresholds))
            except Exception as error:  # noqa: BLE001 - a rule is a boundary: one that is wrong must not silence the others
                _log.exception("The check %s stopped at %s %s", check.spec.id, record.layer, record.uid)
                self.failed = True
                self.findings = {finding.identity: finding for finding in _internal_error(check, record, error)}
                return
            for finding in _findings(check, context, record, remarks):
                self.findings[finding.identity] = finding


def _findings(check: Check, context: Context, record: Record, remarks: Sequence[Remark]) -> Iterator[Finding]:
    for remark in remarks:
        uid, *related = sorted((record.uid, *remark.related)) if remark.related else (record.uid,)
        target = context.data.get(record.layer, uid) or record
        yield Finding(
            Identity(check.spec.id, record.layer, uid, tuple(related)),
            remark.severity or check.spec.severity,
            replace(remark, related=tuple(related)),
            _commune(context, target),
            _place(context, target),
        )


def _internal_error(check: Check, record: Record, error: Exception) -> Iterator[Finding]:
    remark = Remark(
        Verdict.FAILS,
        mark(
            "The check {check} stopped on an internal error at the record {uid} of {layer} ({error}). The other checks "
            "are complete; report this error with the log."
        ),
        {"check": check.spec.id, "uid": record.uid, "layer": record.layer, "error": f"{type(error).__name__}: {error}"},
    )
    yield Finding(Identity(check.spec.id, INTERNAL_ERROR_LAYER, check.spec.id, ()), Severity.ERROR, remark)


def _commune(context: Context, record: Record) -> str | None:
    names = (owner["commune"] for owner in _owners(context, record))
    return next((str(name) for name in names if name), None)


def _place(context: Context, record: Record) -> shapely.Geometry | None:
    """Return a point on the record, else on one it belongs to: QGIS draws one type of geometry in a layer."""
    for owner in _owners(context, record):
        if has_position(owner.geometry):
            return shapely.point_on_surface(owner.geometry)
    return None


def _owners(context: Context, record: Record) -> Iterator[Record]:
    """Yield the record, then those it refers to."""
    yield record
    for relation in catalogue.layer(record.layer).relations:
        owner = context.data.get(relation.parent, record[relation.column])
        if owner is not None:
            yield owner
