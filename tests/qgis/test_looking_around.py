"""What lies around a new site is found with the spatial index: what it costs does not grow with the workspace."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from qgis.core import QgsFeature, QgsGeometry, QgsProject
from shapely import Point

from resorption_plugin.core.checks.spec import Profile
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.looking_around import look_around

SITES = 2_000
SIDE = 45


def test_the_sites_around_are_found_among_many(workspace: Path, project_file: Path, qgis_new_project: None) -> None:
    spread = [
        Record(
            "site",
            str(uuid.uuid4()),
            {"name": f"Site {number}", "status": "open"},
            Point(1.18 + number % SIDE * 0.003, 43.38 + number // SIDE * 0.003),
        )
        for number in range(SITES)
    ]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=spread))
    project = QgsProject.instance()
    assert project.read(str(project_file))
    try:
        new = Record("site", "new", {"department": "31"}, Point(1.3001, 43.5001))
        today = dt.date(2026, 3, 2)
        found = look_around(project, new, Profile.STATE, today)
        assert [round(one.metres) for one in found.too_close] == [14]
        assert 4 <= len(found.nearby) <= 12
        assert found.water is None
        # a site that is not saved yet counts as well
        layer = find_layer(project, "site")
        assert layer.startEditing()
        drawn = QgsFeature(layer.fields())
        drawn["uid"], drawn["status"] = "drawn", "open"
        drawn.setGeometry(QgsGeometry.fromWkt("Point (1.3002 43.5002)"))
        assert layer.addFeature(drawn)
        assert "drawn" in [one.record.uid for one in look_around(project, new, Profile.STATE, today).too_close]
        layer.rollBack()
    finally:
        project.clear()
