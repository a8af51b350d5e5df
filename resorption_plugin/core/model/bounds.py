"""The bounds of a column, as SQL that SQLite and PostgreSQL read alike."""

from __future__ import annotations

from collections.abc import Iterator

from .fields import Field
from .terms import quote_name


def bounds(field: Field) -> Iterator[tuple[str, str]]:
    """Yield (name, SQL) of what a table tests of the size of a value; every test is unknown on an empty one."""
    name = quote_name(field.name)
    if field.minimum is not None:
        yield "minimum", f"{name} >= {field.minimum!r}"
    if field.maximum is not None:
        yield "maximum", f"{name} <= {field.maximum!r}"
    if field.max_length is not None:
        yield "length", f"length({name}) <= {field.max_length}"
