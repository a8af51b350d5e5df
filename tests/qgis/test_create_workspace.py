"""``resorption:createworkspace``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback, QgsProject

from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.create_workspace import CreateWorkspace
from resorption_plugin.qgis_adapters import layers


def run(**parameters: Any) -> dict[str, Any]:
    outputs, succeeded = CreateWorkspace().run(
        parameters, QgsProcessingContext(), QgsProcessingFeedback(), {}, catchExceptions=False
    )
    assert succeeded
    return dict(outputs)


def test_it_makes_the_workspace_and_its_project(qgis_app: object, tmp_path: Path) -> None:
    workspace, project = tmp_path / "31.gpkg", tmp_path / "31.qgz"
    outputs = run(TERRITORY=" 31 ", OUTPUT=str(workspace), PROJECT=str(project))
    assert outputs == {"OUTPUT": str(workspace), "PROJECT": str(project)}
    with GeoPackageStore.open(workspace, read_only=True) as store:
        assert store.meta("departments") == "31"
    opened = QgsProject()
    assert opened.read(str(project))
    assert layers.workspace_path(opened) == workspace
    opened.clear()


def test_the_project_may_be_left_out(qgis_app: object, tmp_path: Path) -> None:
    outputs = run(TERRITORY="2a,2B", OUTPUT=str(tmp_path / "corse.gpkg"))
    assert outputs == {"OUTPUT": str(tmp_path / "corse.gpkg")}
    assert [path.name for path in tmp_path.iterdir()] == ["corse.gpkg"]


@pytest.mark.parametrize(
    ("territory", "words"), [("", "at least one department"), ("999", "no department"), ("31,974", "do not share")]
)
def test_a_wrong_territory_is_one_sentence_and_no_file(
    qgis_app: object, tmp_path: Path, territory: str, words: str
) -> None:
    with pytest.raises(QgsProcessingException, match=words):
        run(TERRITORY=territory, OUTPUT=str(tmp_path / "x.gpkg"), PROJECT=str(tmp_path / "x.qgz"))
    assert list(tmp_path.iterdir()) == []


def test_an_existing_workspace_is_left_as_it_is(qgis_app: object, workspace: Path) -> None:
    before = workspace.read_bytes()
    with pytest.raises(QgsProcessingException, match="already a file"):
        run(TERRITORY="31", OUTPUT=str(workspace))
    assert workspace.read_bytes() == before


@pytest.mark.parametrize("name", ["there.qgz", "nowhere/31.qgz", "31.txt"])
def test_a_project_that_cannot_be_made_leaves_no_workspace(qgis_app: object, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.qgz").write_bytes(b"work of an officer")
    with pytest.raises(QgsProcessingException, match=re.escape(str(tmp_path))):
        run(TERRITORY="31", OUTPUT=str(tmp_path / "31.gpkg"), PROJECT=str(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == ["there.qgz"]
    assert (tmp_path / "there.qgz").read_bytes() == b"work of an officer"


def test_the_name_of_a_workspace_ends_in_gpkg(qgis_app: object, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match=r"ends in \.gpkg"):
        run(TERRITORY="31", OUTPUT=str(tmp_path / "31.txt"))
    assert not list(tmp_path.iterdir())
