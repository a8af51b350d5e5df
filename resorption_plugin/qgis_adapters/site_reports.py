"""What an import of sites did, as a file: everything (.json), or the rows that were not imported (.csv, .xlsx)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..core.errors import ExportFileError
from ..core.exchange.platform.planning import SitePlan
from ..core.exchange.platform.preview import Choice, SitesPreview
from ..core.exchange.platform.reader import PlatformReading
from ..core.exchange.platform.refusals import SUFFIXES, not_imported, write_not_imported
from ..core.exchange.platform.three_way import State
from ..core.exchange.whole_file import whole_file
from ..core.i18n import mark
from .explanations import explain
from .translation import tr


def check_site_report_name(path: Path) -> None:
    """Raise ``ExportFileError`` when no report is written under this name."""
    if path.suffix.lower() not in (".json", *SUFFIXES):
        raise ExportFileError(mark("The report {path} must end in .json, .csv or .xlsx."), path=path)


def write_site_report(path: Path, source: Path, reading: PlatformReading, preview: SitesPreview) -> None:
    """Write a report. Raises ``ExportFileError``."""
    check_site_report_name(path)
    if path.suffix.lower() in SUFFIXES:
        write_not_imported(path, not_imported(preview, reading), reading, explain, tr)
    else:
        text = json.dumps(_report(source, reading, preview), ensure_ascii=False, indent=1)
        with whole_file(path) as draft:
            draft.write_text(text, encoding="utf-8")


def _report(source: Path, reading: PlatformReading, preview: SitesPreview) -> dict[str, Any]:
    counts = preview.counts()
    return {
        "input": str(source),
        "exported_on": reading.exported_on.isoformat() if reading.exported_on else None,
        "added": counts["added"],
        "updated": counts["changed"],
        "unchanged": counts["unchanged"],
        "rejected": counts["rejected"],
        "absent": preview.absent,
        "older": preview.older,
        "columns_not_understood": list(reading.unknown),
        "sites": [_site(plan) for plan in preview.plans if plan.changes_site or _said(plan) or plan.notes],
        "to_decide": [_choice(choice) for choice in preview.choices if choice.row.line in preview.waiting],
        "rejections": [
            {
                "line": row.line,
                "reason": explain(row.reason),
                "row": {name: cell for name, cell in zip(reading.columns, row.cells, strict=False) if cell},
            }
            for row in preview.rejected
        ],
    }


def _said(plan: SitePlan) -> dict[str, dict[str, str | None]]:
    """Return the fields that differ; all those of a new site are new, and not told one by one."""
    if plan.before is None:
        return {}
    return {
        each.title: {
            "last_import": each.base,
            "workspace": each.ours,
            "file": each.file,
            "result": each.result,
            "state": each.state.value,
        }
        for each in plan.outcomes
        if each.state is not State.SAME
    }


def _site(plan: SitePlan) -> dict[str, Any]:
    return {
        "line": plan.line,
        "uid": plan.known.uid,
        "rb_id": plan.rb_id,
        "is_new": plan.before is None,
        "is_older": plan.is_older,
        "fields": _said(plan),
        "left_out": [{"column": note.column, "text": note.text, "reason": explain(note.reason)} for note in plan.notes],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "line": choice.row.line,
        "rb_id": choice.row.rb_id,
        "reason": explain(choice.reason),
        "candidates": [
            {
                "uid": each.site.uid,
                "name": each.site["name"],
                "address": each.site["address"],
                "status": each.site["status"],
                "metres": None if each.metres is None else round(each.metres, 1),
            }
            for each in choice.candidates
        ],
    }
