"""What cannot be sent, as a table that any spreadsheet opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ...core.errors import ResorptionError
from ...core.exchange.texts import write_csv
from ...core.model import catalogue
from .quarantine import Quarantined

COLUMNS = ("layer", "identifier", "since", "reason", "column", "value")


def export(path: Path, rows: Iterable[Quarantined], say: Callable[[ResorptionError], str]) -> None:
    """Write what is set aside, a line for each value that is filled; ``say`` tells a sentence in the user's language.

    Raises ``ExportFileError``.
    """
    write_csv(path, COLUMNS, [line for one in rows for line in _lines(one, say)])


def _lines(one: Quarantined, say: Callable[[ResorptionError], str]) -> Iterator[tuple[str, ...]]:
    names = catalogue.layer(one.layer).names()
    sentence = one.sentence()
    reason = f"{one.code} {one.reason}".strip() if sentence is None else say(sentence)
    filled = {name: value for name, value in one.image.items() if value is not None}
    order = sorted(filled, key=lambda name: names.index(name) if name in names else len(names))
    for name in order or [""]:
        yield one.layer, one.uid, one.at, reason, name, str(filled.get(name, ""))
