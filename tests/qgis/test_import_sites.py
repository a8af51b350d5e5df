"""The import of sites and the return sheet by Processing, in a real QGIS."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.held import LAYERS
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.processing.export_return_sheet import ExportReturnSheet
from resorption_plugin.processing.import_sites import ImportSites
from resorption_plugin.processing.import_water_points import ImportWaterPoints
from tests.qgis.importing import COUNTS, Log, fingerprint, run
from tests.scenes.platform_file import Asked, write
from tests.scenes.platform_sites import InventedSite, invented_sites

DAY = dt.date(2025, 11, 3)


@pytest.fixture(scope="session")
def empty_loire(territories_file, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("loire") / "44.gpkg"
    create_workspace(path, ["44"], Territory.load(territories_file))
    return path


@pytest.fixture
def loire(empty_loire, tmp_path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return Path(shutil.copy(empty_loire, folder / "44.gpkg"))


@pytest.fixture(scope="module")
def sites() -> list[InventedSite]:
    return invented_sites(1, 12, DAY)


@pytest.fixture
def export(tmp_path, sites) -> Path:
    return write(tmp_path / "export.xlsx", sites, Asked(on=DAY))


def counts(**parameters) -> tuple[int, ...]:
    outputs = run(ImportSites, **parameters)
    return tuple(outputs[name] for name in COUNTS)


def stored(workspace: Path, layer: str) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read({layer}).layer(layer)


def edit(workspace: Path, **values) -> Record:
    """Change the first imported site as an officer does."""
    (site, *_) = (site for site in stored(workspace, "site") if site["rb_id"])
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(update=[Record("site", site.uid, values)]))
    return site


def test_an_export_is_imported_once_and_then_unchanged(loire, export, sites):
    listed = sum(site.is_open for site in sites)
    assert counts(INPUT=export, WORKSPACE=loire, DRY_RUN=True) == (listed, 0, 0, 0)
    assert counts(INPUT=export, WORKSPACE=loire) == (listed, 0, 0, 0)
    before = fingerprint(loire.parent)
    assert counts(INPUT=export, WORKSPACE=loire) == (0, 0, listed, 0)
    assert fingerprint(loire.parent) == before


def test_open_and_closed_lists_make_the_whole_department(loire, export, sites, tmp_path):
    closed = write(tmp_path / "closed.xlsx", sites, Asked(Listing.CLOSED, on=DAY))
    for file in (export, closed):
        counts(INPUT=file, WORKSPACE=loire)
    assert {site["rb_id"] for site in stored(loire, "site")} == {site.rb_id for site in sites}
    assert {record["file_name"] for record in stored(loire, "platform_record")} == {"export", "closed"}
    assert all(stored(loire, layer) for layer in LAYERS)


def test_a_preview_leaves_every_file_as_it_was(loire, export):
    before = fingerprint(loire.parent)
    counts(INPUT=export, WORKSPACE=loire, DRY_RUN=True)
    assert fingerprint(loire.parent) == before


def test_a_change_of_the_officer_stays_and_is_returned(loire, export, tmp_path):
    counts(INPUT=export, WORKSPACE=loire)
    site = edit(loire, population_total=777)
    report, sheet = tmp_path / "report.json", tmp_path / "retour.xlsx"
    assert counts(INPUT=export, WORKSPACE=loire, REPORT=report)[1] == 0
    (told,) = json.loads(report.read_text("utf-8"))["sites"]
    assert told["fields"]["Habitants – Nombre de personnes"]["state"] == "kept"
    outputs = run(ExportReturnSheet, WORKSPACE=loire, OUTPUT=sheet)
    assert (outputs["SITES"], outputs["CHANGES"]) == (1, 1)
    page = openpyxl.load_workbook(sheet).worksheets[0]
    assert 777 in [cell.value for cell in page[3]]
    assert page["D3"].hyperlink.target.endswith(f"/site/{site['rb_id']}")
    details = openpyxl.load_workbook(sheet)["Details"]
    assert details["I2"].value.date() == dt.datetime.now(dt.UTC).astimezone().date()
    (logged,) = stored(loire, "export_log")
    assert (logged["audience"], logged["file_name"]) == ("services", "retour.xlsx")
    assert logged["output"] == "Return sheet – rows: 1"


def test_nothing_to_return_after_an_import(loire, export, tmp_path):
    counts(INPUT=export, WORKSPACE=loire)
    outputs = run(ExportReturnSheet, WORKSPACE=loire, OUTPUT=tmp_path / "retour.csv")
    assert (outputs["SITES"], outputs["CHANGES"]) == (0, 0)


@pytest.mark.parametrize("name", ["retour.pdf", "44.gpkg"])
def test_a_return_sheet_under_another_name_is_refused(loire, name):
    before = fingerprint(loire.parent)
    with pytest.raises(AssertionError, match=r"must end in \.xlsx, \.csv|There is already|is a workspace"):
        run(ExportReturnSheet, WORKSPACE=loire, OUTPUT=loire.parent / name)
    assert fingerprint(loire.parent) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_not_imported_are_mended_and_imported(loire, sites, tmp_path, suffix):
    far = [site.changed() for site in sites]
    export = write(tmp_path / "far.csv", far, Asked(on=DAY))
    text = export.read_text("utf-8-sig")
    latitude = repr(next(site for site in sites if site.is_open).contents.position.y)
    assert latitude in text
    export.write_text(text.replace(latitude, "12.5"), "utf-8-sig")
    rejects = tmp_path / f"rejects{suffix}"
    added, _, _, rejected = counts(INPUT=export, WORKSPACE=loire, REPORT=rejects)
    assert rejected == 1
    if suffix == ".csv":
        rejects.write_text(rejects.read_text("utf-8-sig").replace("12.5", latitude), "utf-8-sig")
    else:
        book = openpyxl.load_workbook(rejects)
        for row in book.active.iter_rows():
            for cell in row:
                cell.value = latitude if cell.value == "12.5" else cell.value
        book.save(rejects)
    assert counts(INPUT=rejects, WORKSPACE=loire) == (1, 0, 0, 0)
    assert len(stored(loire, "site")) == added + 1


def test_a_cell_left_out_is_said_in_the_log(loire, sites, tmp_path):
    book_file = write(tmp_path / "odd.xlsx", sites, Asked(on=DAY))
    book = openpyxl.load_workbook(book_file)
    title = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "Nombre de personnes")
    book.active.cell(title.row + 1, title.column).value = "beaucoup"
    book.save(book_file)
    log = Log()
    run(ImportSites, log, INPUT=book_file, WORKSPACE=loire, DRY_RUN=True)
    said = [line for line in log.lines if "Nombre de personnes" in line]
    assert len(said) == 1
    assert "beaucoup" in said[0]


def test_decisions_settle_what_is_uncertain(loire, export, sites):
    first = next(site for site in sites if site.is_open)
    values = {"status": "open", "name": "Autre nom", "living_conditions_version": 2, "fk_city": "44109"}
    with GeoPackageStore.open(loire) as store:
        store.apply(ChangeSet(insert=[Record("site", "drawn", values, first.contents.position)]))
    assert counts(INPUT=export, WORKSPACE=loire, DRY_RUN=True)[3] == 1
    listed = sum(site.is_open for site in sites)
    assert counts(INPUT=export, WORKSPACE=loire, DRY_RUN=True, DECISIONS="8=new") == (listed, 0, 0, 0)
    assert counts(INPUT=export, WORKSPACE=loire, DECISIONS="8=drawn") == (listed - 1, 1, 0, 0)
    with pytest.raises(AssertionError, match="“x” is no decision"):
        counts(INPUT=export, WORKSPACE=loire, DECISIONS="x")


def test_each_import_says_which_one_to_use(loire, export, tmp_path):
    with pytest.raises(AssertionError, match="use “Import Sites…”"):
        run(ImportWaterPoints, INPUT=export, WORKSPACE=loire)
    fountains = tmp_path / "pei.csv"
    fountains.write_text("insee;id_sdis;type_pei;type_rd;debit;disponible;lon;lat\n44109;1;PI;poteau;60;1;-1.5;47.2\n")
    with pytest.raises(AssertionError, match="use “Import Water Points…”"):
        counts(INPUT=fountains, WORKSPACE=loire)
    with pytest.raises(AssertionError, match="use “Import Water Points…”"):
        counts(INPUT=loire, WORKSPACE=loire)


class Stopping(QgsProcessingFeedback):
    """Cancels as soon as some progress was told."""

    def __init__(self, after: float) -> None:
        super().__init__(logFeedback=False)
        self.progressChanged.connect(lambda percent: self.cancel() if percent > after else None)


@pytest.mark.parametrize("after", [5, 45, 80])
def test_cancel_leaves_the_workspace_as_it_was(loire, export, after):
    before = fingerprint(loire.parent)
    parameters = {"INPUT": str(export), "WORKSPACE": str(loire)}
    outputs, succeeded = ImportSites().create().run(parameters, QgsProcessingContext(), Stopping(after))
    assert succeeded
    assert "ADDED" not in outputs
    assert fingerprint(loire.parent) == before


KILLED = """
import sqlite3, sys
from pathlib import Path
from resorption_plugin.core.exchange.platform.preview import Decisions
from resorption_plugin.core.ports import Silent
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.site_import import import_sites, read_sites

original = GeoPackageStore._refresh_extent

def wait(self, layer):
    original(self, layer)
    print("writing", flush=True)
    import time
    time.sleep(60)

GeoPackageStore._refresh_extent = wait
import_sites(Path(sys.argv[2]), read_sites(Path(sys.argv[1]), Silent()), Decisions(), Silent())
"""


def test_a_killed_import_leaves_what_was_there(loire, export, project_root):
    counts(INPUT=export, WORKSPACE=loire)
    edit(loire, address="Rue du Test")
    with GeoPackageStore.open(loire) as store:
        uids = [("platform_record", record.uid) for record in store.read({"platform_record"}).layer("platform_record")]
        store.apply(ChangeSet(delete=uids))
    before = {layer: {record.uid: record.values for record in stored(loire, layer)} for layer in LAYERS}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(export), str(loire)],
        cwd=project_root,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(project_root)},
    )
    assert process.stdout.readline().strip() == b"writing"
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    after = {layer: {record.uid: record.values for record in stored(loire, layer)} for layer in LAYERS}
    assert after == before


def test_what_is_left_alone_is_told(loire, export):
    counts(INPUT=export, WORKSPACE=loire)
    with GeoPackageStore.open(loire) as store:
        values = {"status": "open", "name": "Ailleurs", "living_conditions_version": 2}
        store.apply(ChangeSet(insert=[Record("site", "other", values, stored(loire, "site")[0].geometry)]))
    log = Log()
    run(ImportSites, log, INPUT=export, WORKSPACE=loire)
    assert "1 sites of the workspace are not in the file: they were left as they are." in log.lines
