"""What the platform refuses in any text."""

from __future__ import annotations

from collections.abc import Iterable

from .expressions import Lacks
from .fields import Field, Kind, Label, Origin, Rule, Topic

FORBIDDEN = "<>{}"
"""Platform, server validator of its site form: a text with one of these characters is refused."""

_MESSAGE = Label(
    "The characters < > { } are not allowed here.",
    "Les caractères < > { } ne sont pas acceptés ici.",
)


def plain_texts(fields: Iterable[Field]) -> tuple[Rule, ...]:
    """Return the rule of each text that people write."""
    return tuple(
        Rule(f"{field.name}_is_plain", Lacks(field.name, FORBIDDEN), _MESSAGE, field.name, topic=Topic.TEXTS)
        for field in fields
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.domain is None and field.origin is Origin.OFFICER
    )
