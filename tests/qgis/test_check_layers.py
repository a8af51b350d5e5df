"""One algorithm a check, on layers of the officer's own: nothing imported, nothing written but the outputs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from resorption_plugin.core.checks.registry import checks, chosen
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.check_layers import OneCheck, OwnLayers, algorithms
from tests.scenes.build import at, site, tap

pytestmark = pytest.mark.usefixtures("qgis_app")

SUMMER = "2026-07-01"
# Lambert-93, near Toulouse: metres are metres
X, Y = 574_000.0, 6_279_000.0


class Told(QgsProcessingFeedback):
    """Keeps the warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - called by QGIS
        self.warnings.append(warning)


def memory(shape: str, columns: str, rows: list[tuple[str, list[Any]]]) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{shape}?crs=EPSG:2154{columns}", "mine", "memory")
    assert layer.isValid()
    for wkt, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        assert layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


def point(dx: float, dy: float = 0.0) -> str:
    return f"POINT ({X + dx} {Y + dy})"


def square(dx: float, half: float) -> str:
    x, y = X + dx, Y
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    ring = ", ".join(f"{a} {b}" for a, b in [*corners, corners[0]])
    return f"POLYGON (({ring}))"


@pytest.fixture
def project() -> QgsProject:
    made = QgsProject()
    yield made
    made.clear()


def outputs(code: str, project: QgsProject, feedback: QgsProcessingFeedback | None = None, **parameters: Any) -> Any:
    """Run the algorithm of a check as Processing does; return the outputs, the layers loaded."""
    algorithm = OneCheck(chosen([code])[0]) if code else OwnLayers()
    algorithm.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(project)
    given = {"ERRORS": "memory:", "OUTPUT": "memory:", "REFERENCE_DATE": SUMMER, **parameters}
    results, ok = algorithm.run(given, context, feedback or QgsProcessingFeedback(), {}, False)
    assert ok
    loaded = {
        name: list(context.temporaryLayerStore().mapLayer(results[name]).getFeatures())
        for name in ("ERRORS", "OUTPUT")
        if name in results
    }
    return results["COUNT"], loaded


def my_layers(project: QgsProject) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Return camps as polygons and taps under an officer's own names."""
    camps = memory(
        "Polygon",
        "&field=ref:string&field=habitants:string",
        [(square(0, 50), ["A", "40"]), (square(5_000, 50), ["B", "many"])],
    )
    taps = memory(
        "Point", "&field=nom:string&field=etat:string&field=potable:string", [(point(120), ["t", "En service", "oui"])]
    )
    project.addMapLayers([camps, taps])
    return camps, taps


def test_there_is_one_algorithm_a_check():
    assert [algorithm.name() for algorithm in algorithms()] == [
        "checklayers",
        *(f"check_{declared.spec.id.lower().replace('-', '_')}" for declared in checks()),
    ]
    for algorithm in algorithms():
        algorithm.initAlgorithm()
        assert algorithm.parameterDefinition("UNIQUE_ID") is not None
        assert {output.name() for output in algorithm.outputDefinitions()} == {"ERRORS", "OUTPUT", "COUNT"}
        assert algorithm.shortHelpString()


def test_polygons_and_taps_of_my_own_are_judged(project: QgsProject):
    camps, taps = my_layers(project)
    count, layers = outputs("EAU-001", project, SITE=camps, WATER_POINT=taps, UNIQUE_ID="ref")
    assert count == 1  # the far edge of A lies 177 m away
    (error,) = layers["ERRORS"]
    assert (error["unique_id"], error["check_id"], error["threshold"], error["unit"]) == ("B", "EAU-001", 200.0, "m")
    # from the far corner of the square to the tap
    assert error["value"] == pytest.approx(((5_050 - 120) ** 2 + 50**2) ** 0.5, rel=2e-3)
    assert error["sentence"]
    assert error["source"]
    (feature,) = layers["OUTPUT"]
    assert feature["ref"] == "B"
    assert feature.geometry().area() == pytest.approx(10_000)


def test_a_threshold_may_be_chosen(project: QgsProject):
    camps, taps = my_layers(project)
    count, layers = outputs("EAU-001", project, SITE=camps, WATER_POINT=taps, UNIQUE_ID="ref", LIMIT=100)
    assert count == 2
    assert {error["threshold"] for error in layers["ERRORS"]} == {100.0}


def test_columns_are_named_where_their_names_do_not_tell(project: QgsProject):
    camps, taps = my_layers(project)
    told = Told()
    count, layers = outputs(
        "EAU-002",
        project,
        told,
        SITE=camps,
        WATER_POINT=taps,
        UNIQUE_ID="ref",
        COLUMNS_SITE="population_total=habitants",
        LIMIT=30,
    )
    # the number of people of B cannot be read: it is unknown
    assert {error["unique_id"]: error["verdict"] for error in layers["ERRORS"]} == {"A": "fails", "B": "to_verify"}
    assert count == 2
    assert len(told.warnings) == 1
    assert "habitants" in told.warnings[0]


def test_layers_left_out_come_from_the_workspace_which_stays_as_it_is(project: QgsProject, workspace: Path):
    with GeoPackageStore.open(workspace) as store:
        store.apply(
            ChangeSet(
                insert=[
                    site("00000000-0000-4000-8000-000000000001", at(0), name="Ramier"),
                    tap("00000000-0000-4000-8000-000000000002", at(900)),
                ]
            )
        )
    before = hashlib.sha256(workspace.read_bytes()).hexdigest()
    count, layers = outputs("EAU-001", project, WORKSPACE=str(workspace))
    assert count == 1
    assert "OUTPUT" not in layers
    assert hashlib.sha256(workspace.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({}, "Bidonvilles|Slum sites"),
        ({"COLUMNS_SITE": "nothing=ref"}, "nothing"),
        ({"COLUMNS_SITE": "name=none"}, "none"),
    ],
)
def test_what_is_missing_is_said(project: QgsProject, parameters: dict[str, Any], told: str):
    camps, _taps = my_layers(project)
    given = {"SITE": camps, **parameters} if parameters else {}
    with pytest.raises(QgsProcessingException, match=told):
        outputs("EAU-001", project, **given)


def test_an_empty_layer_gives_nothing(project: QgsProject):
    camps = memory("Point", "&field=ref:string", [])
    project.addMapLayer(camps)
    count, layers = outputs("EAU-001", project, SITE=camps)
    assert (count, layers["ERRORS"], layers["OUTPUT"]) == (0, [], [])


def test_my_layers_are_judged_by_every_check_they_can_answer(project: QgsProject):
    camps, taps = my_layers(project)
    count, layers = outputs("", project, SITE=camps, WATER_POINT=taps, UNIQUE_ID="ref", COLUMNS_SITE="name=ref")
    found = {(error["check_id"], error["unique_id"]) for error in layers["ERRORS"]}
    assert ("EAU-001", "B") in found
    assert ("EAU-001", "A") not in found
    assert count == len(layers["ERRORS"])
    assert "B" in {feature["ref"] for feature in layers["OUTPUT"]}
    assert not {code for code, _ in found if code.startswith("RES")}


def test_days_are_those_written_in_the_layer_whatever_the_time_zone(project: QgsProject):
    taps = memory(
        "Point",
        "&field=nom:string&field=tested_on:datetime&field=potable:string&field=etat:string",
        [(point(20), ["t", QDateTime(QDate(2024, 1, 31), QTime(0, 0)), "oui", "En service"])],
    )
    camps = memory("Point", "&field=ref:string", [(point(0), ["A"])])
    project.addMapLayers([taps, camps])
    count, layers = outputs("EAU-009", project, WATER_POINT=taps, SITE=camps)
    assert count == 1
    assert layers["ERRORS"][0]["data_date"] == QDate(2024, 1, 31)


def test_barriers_are_read_from_a_layer_of_streets(project: QgsProject):
    camps, taps = (
        memory("Point", "&field=ref:string", [(point(0), ["A"])]),
        memory(
            "Point",
            "&field=nom:string&field=etat:string&field=potable:string",
            [(point(120), ["t", "En service", "oui"])],
        ),
    )
    x, y = X + 60, Y
    around = [(x - 400, y - 400), (x + 400, y - 400), (x + 400, y + 400), (x - 400, y + 400), (x - 400, y - 400)]
    ring = "LINESTRING (" + ", ".join(f"{a} {b}" for a, b in around) + ")"
    road = f"LINESTRING ({x} {y - 400}, {x} {y + 400})"
    streets = memory(
        "LineString",
        "&field=name:string&field=road_class:string&field=source:string",
        [(road, ["D 120", "secondary", "osm"]), (ring, ["", "primary", "osm"])],
    )
    project.addMapLayers([camps, taps, streets])
    count, layers = outputs("EAU-003", project, SITE=camps, WATER_POINT=taps, STREET=streets, UNIQUE_ID="ref")
    assert count == 1
    (error,) = layers["ERRORS"]
    assert (error["unique_id"], error["verdict"]) == ("A", "fails")
    assert "D 120" in error["sentence"]
