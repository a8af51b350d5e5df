"""The rules of the workspace, asked before anything is written: what they refuse is left out, with the reason."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...i18n import mark
from ...model.catalogue import layer
from ...model.fields import Field
from ...model.fields import Rule as ModelRule
from ..rows import Reason
from .canonical import message_text
from .drafting import JOURNAL, Draft, Edit
from .held import SITE
from .topics import FILLED, OWNERS, TOPICS

_TITLE_OF_LAYER = {
    target.layer: topic.title
    for topic in TOPICS
    for target in (column.target for column in topic.columns)
    if hasattr(target, "layer")
} | {"owner": OWNERS}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that the draft breaks: the topic that has to be left out, or the message of the journal."""

    reason: Reason
    topic: str | None = None
    message: str | None = None


def refusal(draft: Draft, site: Mapping[str, Any], taken: Collection[str]) -> Refusal | None:
    """Return the first rule that a draft breaks, and what to leave out for it; ``None`` when it breaks none.

    ``site`` are the site's values as they are; ``taken`` the topics the draft was made of.
    """
    after = {**site, **draft.site}
    for fault in _faults(SITE, after, draft.site):
        return _blame(fault, SITE, draft.site, taken)
    for edit in draft.edits.values():
        if edit.values is not None:
            values = {**edit.after, **{f"site_uid.{name}": value for name, value in after.items()}}
            for fault in _faults(edit.layer, values, edit.values):
                return _of_edit(fault, edit, taken)
    return None


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why the table would refuse what is written, and the columns that have to do with it, the first one most."""

    reason: Reason
    columns: tuple[str, ...]


def _faults(key: str, values: Mapping[str, Any], written: Mapping[str, Any]) -> Iterator[_Fault]:
    """Yield the faults of values on their own, then the rules that they break together."""
    for name, value in written.items():
        reason = _unfit(layer(key).field(name), value)
        if reason is not None:
            yield _Fault(reason, (name,))
    for rule in _broken(key, values, written):
        columns = (rule.field, *sorted(rule.condition.columns()))
        yield _Fault(Reason("{message}", {"message": rule.message}), columns)


def _unfit(field: Field, value: Any) -> Reason | None:
    """Return why a column does not take a value: missing, too long, out of its range, not in its list."""
    if value is None:
        return Reason(mark("“{field}” is required."), {"field": field.label}) if field.required else None
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        limit = {"field": field.label, "limit": field.max_length}
        return Reason(mark("{field}: longer than {limit} characters."), limit)
    low = -math.inf if field.minimum is None else field.minimum
    high = math.inf if field.maximum is None else field.maximum
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_listed = field.domain is None or {str(code) for code in _codes(value)} <= set(field.domain.codes())
    if (is_number and not low <= value <= high) or not is_listed:
        return Reason(mark("{column}: “{value}” is not understood."), {"column": field.label, "value": str(value)})
    return None


def _codes(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _broken(key: str, values: Mapping[str, Any], written: Collection[str]) -> list[ModelRule]:
    """Return the hard rules that would be broken by what is written."""
    names = frozenset(written)
    return [
        rule
        for rule in layer(key).rules
        if rule.hard and not names.isdisjoint({*rule.condition.columns(), rule.field}) and _is_false(rule, values)
    ]


def _is_false(rule: ModelRule, values: Mapping[str, Any]) -> bool:
    try:
        return rule.condition.evaluate(values) is False
    except TypeError:
        return False  # a value that is stored in another form than its column's is reported by the checks


def _blame(fault: _Fault, key: str, written: Mapping[str, Any], taken: Collection[str]) -> Refusal:
    """Return which topic to leave out: that of the column the fault speaks of, else another one it reads."""
    titles = (FILLED.get((key, name)) for name in fault.columns if name in written)
    return Refusal(fault.reason, next((title for title in titles if title in taken), None))


def _of_edit(fault: _Fault, edit: Edit, taken: Collection[str]) -> Refusal:
    if edit.layer == JOURNAL:
        return Refusal(fault.reason, message=message_text(edit.after))
    if edit.layer in _TITLE_OF_LAYER:
        return Refusal(fault.reason, _TITLE_OF_LAYER[edit.layer])
    key = f"closure/{edit.after['closing_solution']}" if edit.layer == "closure" else edit.layer
    return _blame(fault, key, edit.values or {}, taken)
