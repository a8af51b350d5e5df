"""The rules of the workspace, asked before anything is written: what they refuse is left out, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.catalogue import layer
from ...model.fields import Label
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
    for rule in _broken(SITE, after, draft.site):
        return _blame(rule, SITE, draft.site, taken)
    for edit in draft.edits.values():
        if edit.values is not None:
            values = {**edit.after, **{f"site_uid.{name}": value for name, value in after.items()}}
            for rule in _broken(edit.layer, values, edit.values):
                return _of_edit(rule, edit, taken)
    return None


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


def _blame(rule: ModelRule, key: str, written: Mapping[str, Any], taken: Collection[str]) -> Refusal:
    """Return which topic to leave out: that of the field the rule speaks of, else another one it reads."""
    names = [rule.field, *sorted(rule.condition.columns())]
    titles = (FILLED.get((key, name)) for name in names if name in written)
    return Refusal(_reason(rule.message), next((title for title in titles if title in taken), None))


def _of_edit(rule: ModelRule, edit: Edit, taken: Collection[str]) -> Refusal:
    if edit.layer == JOURNAL:
        return Refusal(_reason(rule.message), message=message_text(edit.after))
    if edit.layer in _TITLE_OF_LAYER:
        return Refusal(_reason(rule.message), _TITLE_OF_LAYER[edit.layer])
    key = f"closure/{edit.after['closing_solution']}" if edit.layer == "closure" else edit.layer
    return _blame(rule, key, edit.values or {}, taken)


def _reason(message: Label) -> Reason:
    return Reason("{message}", {"message": message})
