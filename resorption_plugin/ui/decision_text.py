"""What was decided on a contradiction, and what it will do: in full for the list, in a few words for a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.i18n import mark
from ..core.sync.operations import Choice, ConflictKind
from ..geopackage.sync.conflicts import Dispute
from ..qgis_adapters.translation import sentence, tr
from .conflict_text import of_other, persons

_OUTCOMES_TOGETHER = {
    (ConflictKind.DELETE_VS_EDIT, Choice.MINE): mark("all will be deleted"),
    (ConflictKind.DELETE_VS_EDIT, Choice.THEIRS): mark("all will be kept"),
    (ConflictKind.EDIT_VS_DELETE, Choice.MINE): mark("all will be restored"),
    (ConflictKind.EDIT_VS_DELETE, Choice.THEIRS): mark("all will stay deleted"),
}
_OUTCOMES = {
    (ConflictKind.DELETE_VS_EDIT, Choice.MINE): mark("the record will be deleted"),
    (ConflictKind.DELETE_VS_EDIT, Choice.THEIRS): mark("the record will be kept"),
    (ConflictKind.EDIT_VS_DELETE, Choice.MINE): mark("the record will be restored"),
    (ConflictKind.EDIT_VS_DELETE, Choice.THEIRS): mark("the record will stay deleted"),
}


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """What becomes of the values that contradict each other, by what was decided."""

    corrected: str
    theirs: str
    mine: str
    sent: str
    """The value of the other person that is not the user."""


_IN_FULL = _Outcomes(
    mark("another value will be written"),
    mark("the value {of_other} will be kept"),
    mark("your value will be kept"),
    mark("the value sent by {person} will be kept"),
)
_IN_SHORT = _Outcomes(
    mark("corrected value"), mark("value {of_other}"), mark("my value"), mark("value sent by {person}")
)


def decision_text(dispute: Dispute) -> str:
    """Return what a decision taken here and not sent yet will do, or why the server did not take it."""
    if dispute.decision is not None:
        return _outcome(dispute, dispute.decision.choice, _IN_FULL)
    if dispute.refusal is not None:
        return tr("not accepted: {reason}", reason=sentence(dispute.refusal))
    return "" if dispute.is_mine else tr("for the other person")


def decision_in_short(dispute: Dispute) -> str:
    """Return what was decided, in the few words that a cell holds; empty where nothing was."""
    return "" if dispute.decision is None else _outcome(dispute, dispute.decision.choice, _IN_SHORT)


def decision_together_text(disputes: Sequence[Dispute]) -> str:
    """Return what the decisions on contradictions that belong together will do, or on how many there is one."""
    choices = {dispute.decision.choice if dispute.decision else None for dispute in disputes}
    choice = choices.pop()
    if choice is not None and not choices:
        return tr(_OUTCOMES_TOGETHER[disputes[0].conflict.kind, choice])
    done = sum(dispute.decision is not None for dispute in disputes)
    return tr("{done} of {count} decided", done=done, count=len(disputes)) if done else ""


def _outcome(dispute: Dispute, choice: Choice, forms: _Outcomes) -> str:
    conflict = dispute.conflict
    if (conflict.kind, choice) in _OUTCOMES:
        return tr(_OUTCOMES[conflict.kind, choice])
    if choice is Choice.EDIT:
        return tr(forms.corrected)
    if choice is Choice.THEIRS:
        return tr(forms.theirs, of_other=of_other(conflict))
    return tr(forms.mine) if dispute.is_mine else tr(forms.sent, person=persons(conflict)[0])
