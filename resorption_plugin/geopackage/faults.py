"""What SQLite complains about, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import OvertakenError, WorkspaceError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Label

_SENTENCES = {
    "SQLITE_BUSY": mark(
        "The workspace {path} is being written by another program: nothing was changed. "
        "Save or cancel the edits there, then try again."
    ),
    "SQLITE_LOCKED": mark("The workspace {path} is locked by another job: nothing was changed. Try again later."),
    "SQLITE_FULL": mark("The disk is full: nothing was written to {path}. Free some space and try again."),
    "SQLITE_READONLY": mark(
        "The workspace {path} is read-only: nothing was written. Remove the protection, or copy it to a folder of "
        "yours."
    ),
    "SQLITE_CONSTRAINT": mark(
        "A rule of the workspace {path} refuses a value ({reason}): nothing was written. Correct the value."
    ),
    "SQLITE_CORRUPT": mark(
        "The workspace {path} is damaged or was cut short while being copied. Take it again from a backup."
    ),
    "SQLITE_IOERR": mark("The disk of {path} does not answer ({reason}): nothing was written. Check the disk."),
}
_OTHER = mark("The workspace {path} cannot be used ({reason}): nothing was written.")


_REFUSALS = {
    "CHECK": mark("“{field}” does not take this value: nothing was written to {path}. Correct the value."),
    "NOT NULL": mark("“{field}” is required: nothing was written to {path}. Fill it in."),
    "UNIQUE": mark("“{field}” is already used by another record: nothing was written to {path}. Correct the value."),
}
_PARTED = mark(
    "A record that is written to {path} belongs to one that is not there any more: nothing was written. Try again."
)
_OVERTAKING = ("UNIQUE", "FOREIGN KEY")
"""What fails when another program wrote the same, or deleted what this belongs to, since it was read."""
_BROKEN_RULE = mark("{message} Nothing was written to {path}.")


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn every error of SQLite into a ``WorkspaceError`` about the file at ``path``."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        template, values = _refusal(str(error))
        kind = OvertakenError if str(error).startswith(_OVERTAKING) else WorkspaceError
        raise kind(template, path=path, **values) from error
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        template = next((text for code, text in _SENTENCES.items() if name.startswith(code)), _OTHER)
        raise WorkspaceError(template, path=path, reason=error) from error


def _refusal(reason: str) -> tuple[str, dict[str, object]]:
    """Return the sentence of a refused value: the model's own words for the rule, or the title of the field."""
    kind, _, subject = reason.partition(" constraint failed: ")
    rules = {rule.name: rule.message for layer in catalogue.layers() for rule in layer.rules}
    if kind == "CHECK" and subject in rules:
        return _BROKEN_RULE, {"message": rules[subject]}
    if kind.startswith("FOREIGN KEY"):
        return _PARTED, {}
    field = _field_title(subject)
    if kind in _REFUSALS and field is not None:
        return _REFUSALS[kind], {"field": field}
    return _SENTENCES["SQLITE_CONSTRAINT"], {"reason": reason}


def _field_title(subject: str) -> Label | None:
    """Return the title of the field SQLite names: ``layer.column``, or ``column_test`` for a test of the column."""
    layer_key, _, column = subject.rsplit(", ", maxsplit=1)[-1].partition(".")
    name = column or subject.rpartition("_")[0]
    layers = [layer for layer in catalogue.layers() if not column or layer.key == layer_key]
    return next((field.label for layer in layers for field in layer.fields if field.name == name), None)
