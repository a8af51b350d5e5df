"""The figures as a table: what is in the file, for whom, and the log."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from resorption_plugin.core.indicators.registry import indicators
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.export_indicators import ExportIndicators


class Log(QgsProcessingFeedback):
    """Keeps what the algorithm says when it fails."""

    def __init__(self) -> None:
        super().__init__(logFeedback=False)
        self.lines: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS API
        self.lines.append(error)


def run(log: Log | None = None, **parameters: Any) -> dict[str, Any] | None:
    """Run as Processing does; ``None`` when it fails."""
    outputs, succeeded = ExportIndicators().create().run(parameters, QgsProcessingContext(), log or Log())
    return outputs if succeeded else None


@pytest.fixture
def filled(qgis_app, workspace: Path) -> Path:
    """A workspace with a site of 60 people and one of 4, in two communes."""
    rows = [
        Record(
            "site",
            letter * 36,
            {
                "status": "open",
                "living_conditions_version": 2,
                "department": "31",
                "fk_city": commune,
                "population_total": people,
                "declared_at": dt.date(2025, 1, 1),
                "updated_at": dt.datetime(2025, 6, 1, tzinfo=dt.UTC),
            },
            shapely.Point(1.44, 43.6),
        )
        for letter, commune, people in (("a", "31555", 60), ("b", "31069", 4))
    ]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=rows))
    return workspace


def exported(workspace: Path) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read(["export_log"]).layer("export_log")


def test_a_table_has_a_line_for_every_figure_and_territory(filled, tmp_path):
    output = tmp_path / "figures.csv"
    outputs = run(
        WORKSPACE=str(filled),
        DATE="2026-01-15",
        TERRITORY="commune",
        AUDIENCE="services",
        OUTPUT=str(output),
    )
    with output.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert outputs is not None
    assert outputs["LINES"] == len(rows) - 1 == 2 * len(indicators())
    people = {row[1]: row[4] for row in rows if row[-1] == "people"}
    assert people == {"31555": "60", "31069": "4"}
    assert [log["audience"] for log in exported(filled)] == ["services"]


def test_a_spreadsheet_holds_numbers_and_dates_and_no_small_group_for_the_public(filled, tmp_path):
    output = tmp_path / "figures.xlsx"
    run(
        WORKSPACE=str(filled),
        DATE="2026-01-15",
        TERRITORY="department",
        AUDIENCE="public",
        OUTPUT=str(output),
    )
    sheet = openpyxl.load_workbook(output).active
    rows = {row[-1]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["people"][4] == 64
    assert rows["people"][10].date() == dt.date(2026, 1, 15)
    assert rows["size_under_10_people"][4] == "n. s."
    assert [log["file_name"] for log in exported(filled)] == ["figures.xlsx"]


@pytest.mark.parametrize(
    ("name", "choice", "sentence"),
    [
        ("figures.pdf", {"AUDIENCE": "services", "TERRITORY": "department"}, r"\.csv"),
        ("figures.csv", {"AUDIENCE": "public", "TERRITORY": "commune"}, "départements|departments"),
    ],
)
def test_what_cannot_be_exported_leaves_nothing_behind(filled, tmp_path, name, choice, sentence):
    output = tmp_path / name
    log = Log()
    assert run(log, WORKSPACE=str(filled), OUTPUT=str(output), **choice) is None
    assert re.search(sentence, " ".join(log.lines))
    assert not output.exists()
    assert exported(filled) == []
