"""What lies around a new site is found with the spatial index: what it costs does not grow with the workspace."""

from __future__ import annotations

import datetime as dt
import time
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
from resorption_plugin.qgis_adapters.project import write_project

SITES = 20_000
SIDE = 142


def test_many_sites_are_looked_through_at_once(workspace: Path, tmp_path: Path, qgis_new_project: None) -> None:
    spread = [
        Record(
            "site",
            str(uuid.uuid4()),
            {"name": f"Site {number}", "status": "open"},
            Point(1 + number % SIDE * 0.003, 43.2 + number // SIDE * 0.003),
        )
        for number in range(SITES)
    ]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=spread))
    write_project(workspace, tmp_path / "31.qgz", "fr")
    project = QgsProject.instance()
    assert project.read(str(tmp_path / "31.qgz"))
    try:
        new = Record("site", "new", {"department": "31"}, Point(1.3001, 43.5001))
        today = dt.date(2026, 3, 2)
        look_around(project, new, Profile.STATE, today)  # the first look opens the file
        begin = time.perf_counter()
        found = look_around(project, new, Profile.STATE, today)
        assert time.perf_counter() - begin < 0.05
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
