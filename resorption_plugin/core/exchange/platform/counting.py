"""The counts of people that an export brings: each is dated, so that the curve of a site grows with every export."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.catalogue import layer
from ...model.fields import Rule
from .drafting import POPULATION, Edit
from .held import COUNT, Held
from .row import PlatformRow

SOURCE = "platform"


def count_of(row: PlatformRow, held: Held, exported_on: dt.date | None, today: dt.date) -> Edit | None:
    """Return the count to add or to correct; ``None`` when the row has none, or the workspace has it.

    It is dated by the last update of the site on the platform, else by the day of the export; not by a day to come.
    """
    said = {name: row.site[name] for name in POPULATION if row.site.get(name) is not None}
    day = row.site.get("platform_updated_at") or exported_on
    if not said or day is None or day > today:
        return None
    values = _without_contradictions({"counted_on": day, **said})
    said = {name: value for name, value in values.items() if name in POPULATION}
    same_day = [each for each in held.children(COUNT) if each["counted_on"] == day]
    if not said or any(all(each[name] == value for name, value in said.items()) for each in same_day):
        return None
    known = next((each for each in same_day if each["source"] == SOURCE), None)
    if known is None:
        return Edit(COUNT, str(uuid.uuid4()), None, {**values, "source": SOURCE})
    changed = _agreeing(known.values, {name: value for name, value in said.items() if known[name] != value})
    return Edit(COUNT, known.uid, known.values, changed) if changed else None


def _broken(values: Mapping[str, Any]) -> Iterator[Rule]:
    """Yield the rules on figures that values break (more minors than people…)."""
    for rule in layer(COUNT).rules:
        if rule.hard and rule.field in POPULATION and rule.condition.evaluate(values) is False:
            yield rule


def _agreeing(known: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes without those that contradict the figures that stay."""
    kept = dict(changed)
    while kept and (rule := next(_broken({**known, **kept}), None)) is not None:
        blamed = {rule.field, *rule.condition.columns()} & kept.keys()
        if not blamed:
            return {}
        kept = {name: value for name, value in kept.items() if name not in blamed}
    return kept


def _without_contradictions(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures without those that a rule of the workspace refuses."""
    kept = dict(values)
    while (rule := next(_broken(kept), None)) is not None:
        kept[rule.field] = None
    return {name: value for name, value in kept.items() if value is not None or name not in POPULATION}
