"""What a person does in a shared workspace outside its layers: decide, take back, give up, export. Runs in a task."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import ResorptionError
from ..core.exchange.whole_file import whole_file
from ..core.model import catalogue
from ..core.sync.operations import Choice
from ..core.sync.wire import Image
from ..geopackage.sync.workspace import SyncedWorkspace
from .sharing import Aside
from .translation import sentence, tr


def decide(path: Path, conflicts: Sequence[str], choice: Choice, values: Image, comment: str) -> None:
    """Decide conflicts alike; the next synchronisation sends it. Raises ``WorkspaceError``: none is decided then."""
    with SyncedWorkspace.attach(path) as local:
        local.decide_alike(conflicts, choice, values, comment.strip() or None)


def undecide(path: Path, conflict: str) -> None:
    """Take a decision back that was not sent; raises ``WorkspaceError`` when it was."""
    with SyncedWorkspace.attach(path) as local:
        local.undecide(conflict)


def discard(path: Path, layer: str, uid: str) -> None:
    """Give up what was written here on a record that cannot be sent; raises ``WorkspaceError``."""
    with SyncedWorkspace.attach(path) as local:
        local.discard(layer, uid)


def export_aside(path: Path, rows: Sequence[Aside], language: str) -> None:
    """Write the records set aside, with the reason and every value, as CSV; raises ``ExportFileError``."""
    heads = (tr("Layer"), tr("Record"), tr("Commune"), tr("Identifier"), tr("Why"), tr("Since"), tr("Values"))
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heads)
        for one in rows:
            values = {name: value for name, value in one.row.image.items() if value is not None and name != "geom"}
            title = catalogue.layer(one.row.layer).label.text(language)
            told = json.dumps(values, ensure_ascii=False)
            writer.writerow((title, one.subject.name, one.subject.commune, one.row.uid, _reason(one), one.row.at, told))


def _reason(one: Aside) -> str:
    told: ResorptionError | None = one.row.sentence()
    return sentence(told) if told is not None else " ".join(filter(None, (one.row.code, one.row.reason)))
