"""Reasons, changes and rejected rows as people read them, and as files they can mend."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import shapely

from ..core import wording
from ..core.errors import ExportFileError
from ..core.exchange.preview import Preview
from ..core.exchange.rows import Reason, Rejected, SourceTable
from ..core.exchange.tabular import write_delimited
from ..core.exchange.whole_file import whole_file
from ..core.i18n import mark
from .translation import language, tr


def explain(reason: Reason) -> str:
    """Return a reason in the user's language."""
    return tr(reason.template, **reason.values)


def field_title(layer_key: str, name: str) -> str:
    """Return what people call a column, or the position, in the user's language."""
    return wording.field_title(layer_key, name, language())


def shown(layer_key: str, name: str, value: Any) -> str:
    """Return a value of a column, or a position, in the user's language."""
    return wording.value_text(layer_key, name, value, language())


def write_rejected(path: Path, table: SourceTable, rejected: tuple[Rejected, ...]) -> None:
    """Write the rejected rows as they were, with their line and the reason, in a CSV that Excel opens.

    Mended, the file can be imported as it is: the two columns added are ignored. Raises ``ExportFileError``.
    """
    width = len(table.columns)
    rows = (
        (str(row.line), explain(row.reason), *row.cells[:width], *[""] * (width - len(row.cells))) for row in rejected
    )
    write_delimited(path, (tr("line"), tr("reason"), *table.columns), rows)


def check_report_name(path: Path) -> None:
    """Raise ``ImportFileError`` when no report is written under this name."""
    if path.suffix.lower() not in (".csv", ".json"):
        raise ExportFileError(mark("The report {path} must end in .json or .csv."), path=path)


def write_report(path: Path, source: Path, table: SourceTable, preview: Preview) -> None:
    """Write what an import does: the rejected rows (.csv), or everything (.json). Raises ``ExportFileError``."""
    check_report_name(path)
    if path.suffix.lower() == ".csv":
        write_rejected(path, table, preview.rejected)
    else:
        text = json.dumps(_report(source, table, preview), ensure_ascii=False, indent=1)
        with whole_file(path) as draft:
            draft.write_text(text, encoding="utf-8")


def _report(source: Path, table: SourceTable, preview: Preview) -> dict[str, Any]:
    counts = preview.counts()
    return {
        "input": str(source),
        "added": counts["added"],
        "updated": counts["changed"],
        "unchanged": counts["unchanged"],
        "rejected": counts["rejected"],
        "absent": preview.absent,
        "changes": [
            {
                "line": changed.line,
                "uid": changed.before.uid,
                "fields": {change.field: [_plain(change.old), _plain(change.new)] for change in changed.changes},
            }
            for changed in preview.changed
        ],
        "rejections": [
            {"line": row.line, "reason": explain(row.reason), "row": dict(zip(table.columns, row.cells, strict=False))}
            for row in preview.rejected
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, shapely.Geometry):
        return value.wkt
    return value.isoformat() if isinstance(value, dt.date) else value
