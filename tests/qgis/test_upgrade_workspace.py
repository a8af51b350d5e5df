"""Upgrading a workspace from the toolbox, and what the other tools say until it is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsProject

from resorption_plugin.geopackage.moves import Step
from resorption_plugin.processing.compute_distances import ComputeDistances
from resorption_plugin.processing.run_checks import RunChecks
from resorption_plugin.processing.upgrade_workspace import UpgradeWorkspace
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.upgraded_project import show_upgraded
from tests.next_step import NEXT, of_next_version, with_trees
from tests.qgis.shared_base import add_site, names, refused, run


@pytest.fixture
def old(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace of the version before that of the plugin."""
    add_site(workspace, name="Avant")
    of_next_version(monkeypatch, Step(NEXT, with_trees))
    return workspace


def test_the_other_tools_refuse_an_older_workspace_and_say_which_tool_upgrades_it(qgis_app: object, old: Path) -> None:
    before = old.read_bytes()
    for algorithm in (ComputeDistances, RunChecks):
        assert "resorption:upgradeworkspace" in refused(algorithm, WORKSPACE=old)
    assert old.read_bytes() == before


def test_a_script_upgrades_a_workspace_once(qgis_app: object, old: Path) -> None:
    done = run(UpgradeWorkspace, WORKSPACE=old)
    assert (done["BEFORE"], done["VERSION"]) == (NEXT - 1, NEXT)
    assert Path(done["COPY"]).parent == old.parent
    assert list(names(old).values()) == ["Avant"]
    assert run(RunChecks, WORKSPACE=old)["ERRORS"] >= 0
    assert run(UpgradeWorkspace, WORKSPACE=old) == {"BEFORE": NEXT, "VERSION": NEXT, "COPY": ""}


def test_it_asks_for_a_file_that_is_a_workspace(qgis_app: object, tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    other.write_bytes(b"nothing")
    assert "is not a GeoPackage" in refused(UpgradeWorkspace, WORKSPACE=other)
    assert other.read_bytes() == b"nothing"


def test_an_open_project_keeps_its_edits_and_then_shows_what_is_new(
    qgis_app: object, old: Path, project_file: Path
) -> None:
    project = QgsProject.instance()
    assert project.read(str(project_file))
    try:
        site = find_layer(project, "site")
        assert site is not None
        assert site.fields().indexOf("trees") == -1
        site.startEditing()
        feature = next(site.getFeatures())
        site.changeAttributeValue(feature.id(), site.fields().indexOf("name"), "Pas enregistré")
        before = old.read_bytes()
        assert "Save or cancel the edits of" in refused(UpgradeWorkspace, WORKSPACE=old, project=project)
        assert old.read_bytes() == before
        site.rollBack()
        run(UpgradeWorkspace, WORKSPACE=old)
        show_upgraded(project, old, "fr")
        assert site.fields().indexOf("trees") >= 0
        assert site.attributeAlias(site.fields().indexOf("name")) != ""
        site.startEditing()
        feature = next(site.getFeatures())
        site.changeAttributeValue(feature.id(), site.fields().indexOf("trees"), 4)
        assert site.commitChanges(), site.commitErrors()
        assert [found["trees"] for found in site.getFeatures()] == [4]
    finally:
        project.clear()
