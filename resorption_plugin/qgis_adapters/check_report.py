"""Writes the report of the checks in the form that the name of the file asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..core.checks.report import as_json
from ..core.checks.report_forms import Reader, as_page, as_sheets
from ..core.errors import ParameterError
from ..core.exchange.platform.return_sheet import ADDRESS
from ..core.exchange.whole_file import whole_file
from ..core.exchange.workbook import write_xlsx
from ..core.i18n import mark
from ..core.records import Record
from ..geopackage.store import GeoPackageStore
from .translation import language, tr

FILTER = "HTML (*.html);;XLSX (*.xlsx);;JSON (*.json)"
_SUFFIXES = (".html", ".xlsx", ".json")


def check_report_suffix(path: Path) -> None:
    """Raise ``ParameterError`` when no report is written under this name."""
    if path.suffix.lower() not in _SUFFIXES:
        raise ParameterError(
            mark("The report {path} must end in .html, .xlsx or .json: these are the forms that are written."),
            path=path,
        )


def addresses(findings: Iterable[Record], store: GeoPackageStore) -> dict[str, str]:
    """Return where to look at the record of each finding: its page on the platform, else its place (``geo:``)."""
    numbers = {site.uid: site["rb_id"] for site in store.read_columns("site", ["rb_id"]) if site["rb_id"]}
    found: dict[str, str] = {}
    for finding in findings:
        uid, place = finding["target_uid"], finding.geometry
        if uid in numbers:
            found[uid] = ADDRESS.format(number=numbers[uid])
        elif place is not None and not place.is_empty:
            found[uid] = f"geo:{place.y:.5f},{place.x:.5f}"
    return found


def write_check_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write the report whole or not at all. Raises ``ExportFileError``."""
    reader = Reader(tr, language())
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        write_xlsx(path, as_sheets(report, reader))
        return
    written = as_page(report, reader) if suffix == ".html" else as_json(report)
    with whole_file(path) as draft:
        draft.write_text(written, encoding="utf-8")
