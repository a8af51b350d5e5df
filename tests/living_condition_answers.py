"""Answers about the living conditions of a site, to be judged by the platform's tables in several languages."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

from resorption_plugin.core.living_conditions.blocks import Block
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind

ANSWERS: dict[Kind, tuple[Any, ...]] = {
    Kind.BOOLEAN: (None, False, True),
    Kind.CHOICES: (None, ("latrines",), ("latrines", "toilettes_seches"), ("toilettes_seches",)),
    Kind.INTEGER: (1, 2, None),
}
_FEW_COLUMNS = 5


def answers(block: Block, count: int = 1500) -> Iterator[dict[str, Any]]:
    """Return every combination of the answers that a block reads where there are few, else random ones."""
    layer = catalogue.layer("site")
    choices: dict[str, tuple[Any, ...]] = {}
    for name in sorted(block.table.columns()):
        field = layer.field(name)
        codes = field.domain.codes() if field.domain else ()
        choices[name] = (None, *codes) if field.kind is Kind.TEXT else ANSWERS[field.kind]
    rows = itertools.product(*choices.values())
    if len(choices) > _FEW_COLUMNS:
        chance = random.Random(block.key)
        rows = (tuple(chance.choice(options) for options in choices.values()) for _ in range(count))
    for row in rows:
        yield dict(zip(choices, row, strict=True))


def as_stored(row: dict[str, Any]) -> dict[str, Any]:
    """Return answers as a workspace stores them: several codes as a JSON array."""
    return {key: json.dumps(value) if isinstance(value, tuple) else value for key, value in row.items()}
