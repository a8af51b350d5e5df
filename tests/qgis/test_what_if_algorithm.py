"""``resorption:whatif`` on a workspace file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback, QgsProject

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.what_if import WhatIf
from tests.scenes.build import at, site, tap

pytestmark = pytest.mark.usefixtures("qgis_app")
SITE, NEAR, FAR = (f"00000000-0000-4000-8000-{number:012d}" for number in (1, 2, 3))


@pytest.fixture
def filled(workspace: Path) -> Path:
    records = [site(SITE, at(0), name="Ramier", population_total=40), tap(NEAR, at(50)), tap(FAR, at(900))]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=records))
    return workspace


def run(workspace: Path, **parameters: Any) -> tuple[dict[str, Any], dict[str, str]]:
    algorithm, project = WhatIf(), QgsProject()
    algorithm.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(project)
    given = {"WORKSPACE": str(workspace), "ERRORS": "memory:", **parameters}
    results, ok = algorithm.run(given, context, QgsProcessingFeedback(), {}, False)
    assert ok
    layer = context.temporaryLayerStore().mapLayer(results["ERRORS"])
    changes = {feature["check_id"]: feature["change"] for feature in layer.getFeatures()}
    project.clear()
    return results, changes


def test_a_tap_that_fails_is_counted_and_the_file_left_as_it_is(filled: Path):
    before = filled.read_bytes()
    results, changes = run(filled, FAILING=NEAR)
    assert changes["EAU-001"] == "appears"
    assert results["APPEARS"] == sum(change == "appears" for change in changes.values())
    assert isinstance(results["GOES"], int)
    assert filled.read_bytes() == before


def test_more_people_share_the_tap(filled: Path):
    assert "EAU-002" not in run(filled)[1]
    assert run(filled, GROWTH=130)[1]["EAU-002"] == "appears"


def test_a_water_point_that_is_not_there_is_named(filled: Path):
    with pytest.raises(QgsProcessingException, match="nothing"):
        run(filled, FAILING="nothing")
