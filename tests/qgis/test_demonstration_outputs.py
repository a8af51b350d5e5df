"""The demonstration workspace and its maps: made by the algorithms, and silent about positions where they must be."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import shapely
from qgis.core import QgsLayoutItemLegend, QgsLayoutItemMap, QgsProcessingContext, QgsProcessingFeedback, QgsProject
from qgis.PyQt.QtGui import QImage

from resorption_plugin.core.indicators.audience import Audience
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Role
from resorption_plugin.core.records import Dataset
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.base import Algorithm
from resorption_plugin.processing.demo_workspace import DemoWorkspace
from resorption_plugin.processing.export_map import ExportMap
from resorption_plugin.qgis_adapters import layouts, map_export, map_layers
from resorption_plugin.qgis_adapters.layouts import Paper

DAY = "2026-01-15"


def execute(algorithm: Algorithm, **parameters: Any) -> tuple[dict[str, Any], bool]:
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    return algorithm.create().run(parameters, context, feedback)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.gpkg"
    outputs, done = execute(DemoWorkspace(), TERRITORY="31", SITES=39, SEED=1, OUTPUT=str(path))
    assert done
    assert (outputs["SITES"], outputs["WATER_POINTS"]) == (39, 312)
    return path


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo, tmp_path / "copy.gpkg"))


def read(path: Path, *layers: str) -> Dataset:
    with GeoPackageStore.open(path, read_only=True) as store:
        return store.read(layers)


def print_map(workspace: Path, output: Path, **parameters: Any) -> bool:
    wanted = {"WORKSPACE": str(workspace), "OUTPUT": str(output), "REFERENCE_DATE": DAY, **parameters}
    return execute(ExportMap(), **wanted)[1]


def test_a_map_that_cannot_be_logged_leaves_the_one_that_was_there(copy: Path, tmp_path: Path) -> None:
    before = tmp_path / "map.png"
    before.write_bytes(b"the map of last month")
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not print_map(copy, before)
    assert before.read_bytes() == b"the map of last month"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.gpkg", "map.png"]


def test_a_logo_that_is_no_picture_is_refused(copy: Path, tmp_path: Path) -> None:
    assert not print_map(copy, tmp_path / "map.png", LOGO=str(tmp_path / "absent.png"))
    assert [path.name for path in tmp_path.iterdir()] == ["copy.gpkg"]


def test_the_same_seed_gives_the_same_workspace(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.gpkg"
    execute(DemoWorkspace(), TERRITORY="31", SITES=39, SEED=1, OUTPUT=str(again))
    assert {record.uid: record for record in read(again)} == {record.uid: record for record in read(demo)}


def test_every_layer_that_people_fill_has_rows(demo: Path) -> None:
    """But photos, records of the platform and the log of exports, which come from use."""
    written = {layer.key for layer in catalogue.layers() if layer.role is Role.RECORD}
    empty = {key for key in written if not read(demo, key).layer(key)}
    assert empty == {"photo", "platform_record", "export_log"}


def test_the_demonstration_has_accepted_exceptions(demo: Path) -> None:
    accepted = [row for row in read(demo, "finding").layer("finding") if row["state"] == "accepted"]
    assert sorted(row["check_id"] for row in accepted) == ["DON-004", "EAU-002"]
    assert all(row["accepted_reason"] for row in accepted)


def test_an_existing_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "there.gpkg"
    path.write_bytes(b"somebody's work")
    assert not execute(DemoWorkspace(), SITES=3, OUTPUT=str(path))[1]
    assert path.read_bytes() == b"somebody's work"


def test_a_demonstration_that_does_not_fit_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "paris.gpkg"
    assert not execute(DemoWorkspace(), TERRITORY="75", SITES=500, OUTPUT=str(path))[1]
    assert list(tmp_path.iterdir()) == []


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def test_the_committees_map_tells_no_site_and_no_position(copy: Path, tmp_path: Path) -> None:
    assert print_map(copy, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    names = {site["name"] for site in read(copy, "site").layer("site")}
    assert not [name for name in names if name in text]
    assert not re.search(r"\b\d{1,2}[.,]\d{4,}\b", text), "something looks like a longitude or a latitude"
    raw = (tmp_path / "map.pdf").read_bytes()
    for mark in (b"/VP", b"/Measure", b"/GPTS", b"/GEO"):
        assert mark not in raw, "the PDF is georeferenced"


def test_the_services_map_names_the_sites(copy: Path, tmp_path: Path) -> None:
    assert print_map(copy, tmp_path / "map.pdf", AUDIENCE="services")
    text = text_of(tmp_path / "map.pdf")
    names = {site["name"] for site in read(copy, "site").layer("site") if site["status"] == "open"}
    assert len([name for name in names if name in text]) > len(names) / 2


def test_the_publics_map_tells_no_commune(copy: Path, tmp_path: Path) -> None:
    assert print_map(copy, tmp_path / "map.pdf", AUDIENCE="public")
    text = text_of(tmp_path / "map.pdf")
    communes = {site["commune"] for site in read(copy, "site").layer("site")}
    assert not [name for name in communes if re.search(rf"\b{re.escape(name)}\b", text)]


def test_the_layers_of_the_committees_map_depend_on_outlines_alone(demo: Path) -> None:
    """Sites moved within their commune leave the drawn layer as it was: nothing of their position is in it."""
    order = map_export.MapOrder(demo, Audience.COMMITTEE, Paper.A3, Path("map.pdf"), dt.date.fromisoformat(DAY))
    facts = map_export._read(order)
    groups = map_export._groups(facts, map_export._busiest(facts))
    pies = map_layers.pie_layer(groups)
    assert set(pies.fields().names()) == {"label", "epci", "whole", "sites", "good", "to_improve", "bad", "unknown"}
    drawn = {_rounded(*feature.geometry().asPoint()) for feature in pies.getFeatures()}
    outlines = [shapely.make_valid(group.outline).representative_point() for group in groups]
    assert drawn == {_rounded(point.x, point.y) for point in outlines}
    assert not drawn & {_rounded(site.geometry.x, site.geometry.y) for site in facts.records("site")}


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 7), round(y, 7)


@pytest.mark.parametrize(("paper", "size"), [("A3", (3307, 2339)), ("A4", (1654, 2339))])
def test_an_image_has_the_paper_and_the_resolution_asked_for(
    copy: Path, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    assert print_map(copy, tmp_path / "map.png", PAPER=paper)
    image = QImage(str(tmp_path / "map.png"))
    assert (image.width(), image.height()) == pytest.approx(size, abs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.gpkg", "map.png"], "no world file, no leftovers"


def test_each_export_is_logged(copy: Path, tmp_path: Path) -> None:
    print_map(copy, tmp_path / "a.png", AUDIENCE="public")
    print_map(copy, tmp_path / "b.svg")
    log = read(copy, "export_log").layer("export_log")
    assert sorted((line["file_name"], line["audience"]) for line in log) == [
        ("a.png", "public"),
        ("b.svg", "committee"),
    ]
    assert all(line["exported_by"] and line["exported_at"] for line in log)


@pytest.mark.parametrize("name", ["map.docx", "map", "nowhere/map.pdf"])
def test_a_map_that_cannot_be_written_is_not_logged(copy: Path, tmp_path: Path, name: str) -> None:
    assert not print_map(copy, tmp_path / name)
    assert read(copy, "export_log").layer("export_log") == []
    assert [path.name for path in tmp_path.iterdir()] == ["copy.gpkg"]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("with_inset", [True, False])
def test_a_template_loads_with_every_item(paper: Paper, with_inset: bool) -> None:
    project = QgsProject()
    layout = layouts.load(project, paper, with_inset=with_inset)
    ids = {"title", "subtitle", "map", "legend", "scalebar", "north", "sources", "audience", "definitions", "logo"}
    assert all(layout.itemById(each) is not None for each in ids | {"status_table", "reach_table"})
    assert isinstance(layout.itemById("map"), QgsLayoutItemMap)
    assert isinstance(layout.itemById("legend"), QgsLayoutItemLegend)
    assert (layout.itemById("inset") is not None) == with_inset


def test_the_audience_is_the_committee_unless_said_otherwise() -> None:
    algorithm = ExportMap().create()
    assert algorithm.parameterDefinition("AUDIENCE").defaultValue() == Audience.COMMITTEE.value
