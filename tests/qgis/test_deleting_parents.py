"""Deleting a record that others belong to, as QGIS's own button does: saved in any order, or undone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from shapely import LineString

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import expressions
from resorption_plugin.qgis_adapters.layers import feature_of, find_layer
from tests.qgis.shared_base import HERE

DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
GONE, KEPT, WATER, ACTION = "site-gone", "site-kept", "water-a", "action-a"

Rows = Mapping[str, Any]


def parts_of_a_site(site: str) -> list[Record]:
    """Return one record of each layer whose records go with their site."""
    children: dict[str, Rows] = {
        "population_count": {"counted_on": DAY},
        "closure": {"closing_solution": "housing"},
        "resorption_phase": {"preparatory_phase": "social_assessment"},
        "journal_entry": {"entered_at": NOW, "description": "Visite", "visibility": "all"},
        "owner": {"fk_owner_type": 1, "active": True},
        "procedure": {},
        "site_actor": {"organisation": "Association"},
        "incoming_town": {"incoming_site_uid": KEPT if site == GONE else GONE},
        "photo": {"path": "photos/a.jpg"},
        "action_site": {"action_uid": ACTION},
        "platform_record": {"imported_at": NOW, "row": "{}"},
    }
    placed = {"site_footprint": HERE.buffer(0.001), "dwelling": HERE}
    found = [Record(key, f"{key}-{site}", {"site_uid": site, **values}) for key, values in children.items()]
    found += [Record(key, f"{key}-{site}", {"site_uid": site}, shape) for key, shape in placed.items()]
    line = LineString([HERE, (1.45, 43.61)])
    return [*found, Record("distance", f"distance-{site}", {"site_uid": site, "water_point_uid": WATER}, line)]


def parts_of_an_action() -> list[Record]:
    children: dict[str, Rows] = {
        "action_operator": {"organisation": "Association", "role": "operator"},
        "cohort": {"name": "2026"},
        "action_metric": {"year": 2026},
        "action_finance": {"year": 2026, "finance_type": "etatique"},
    }
    return [Record(key, f"{key}-{ACTION}", {"action_uid": ACTION, **values}) for key, values in children.items()]


@pytest.fixture
def project(workspace: Path, project_file: Path, qgis_new_project: None) -> Iterator[QgsProject]:
    """The project of a workspace of two sites, an action and a water point, with all that belongs to them."""
    site = {"status": "open", "living_conditions_version": 2, "department": "31"}
    water = {"type": "fontaine_publique", "lifecycle": "existing", "working_state": "working", "site_uid": GONE}
    parents = [Record("site", uid, site, HERE) for uid in (GONE, KEPT)]
    parents += [Record("action", ACTION, {"name": "Accès à l'eau"}), Record("water_point", WATER, water, HERE)]
    rows = [*parents, *parts_of_a_site(GONE), *parts_of_a_site(KEPT), *parts_of_an_action()]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=rows))
    expressions.register()
    opened = QgsProject.instance()
    assert opened.read(str(project_file))
    yield opened
    opened.clear()
    expressions.unregister()


def delete(project: QgsProject, key: str, uid: str) -> QgsVectorLayer:
    """Delete a record as the button of QGIS does, which asks the relations of the project what goes with it."""
    layer = find_layer(project, key)
    assert layer is not None
    assert layer.startEditing()
    feature = feature_of(layer, uid)
    assert feature is not None
    layer.selectByIds([feature.id()])
    context = QgsVectorLayer.DeleteContext(True, project)
    assert layer.deleteSelectedFeatures(context) == (True, 1)
    return layer


def edited(project: QgsProject) -> list[QgsVectorLayer]:
    """Return the layers with edits to save, in the order in which *Save All* of QGIS takes them."""
    layers = project.mapLayers().values()
    return [layer for layer in layers if isinstance(layer, QgsVectorLayer) and layer.isModified()]


def belonging(workspace: Path, uid: str) -> dict[str, int]:
    """Return how many rows of each layer belong to a record."""
    found = {}
    with closing(sqlite3.connect(workspace)) as connection:
        keys = connection.execute(
            'SELECT m.name, f."from" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f'
        ).fetchall()
        for table, column in keys:
            query = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?'
            ((count,),) = connection.execute(query, (uid,))
            if count:
                found[f"{table}.{column}"] = count
    return found


ORDERS = {
    "save all": lambda layer: layer.id(),
    "parent first": lambda layer: layer.name() != "Bidonvilles",
    "children first": lambda layer: layer.name() == "Bidonvilles",
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_site_goes_with_all_that_belongs_to_it_in_whatever_order_layers_are_saved(
    project: QgsProject, workspace: Path, order: Any
) -> None:
    assert len(belonging(workspace, GONE)) == 16
    before = belonging(workspace, KEPT)
    dwelling = find_layer(project, "dwelling")
    assert dwelling is not None
    assert dwelling.startEditing()
    other = feature_of(dwelling, f"dwelling-{KEPT}")
    assert other is not None
    assert dwelling.changeAttributeValue(other.id(), dwelling.fields().indexOf("comments"), "Vu")
    delete(project, "site", GONE)
    for layer in sorted(edited(project), key=order):
        assert layer.commitChanges(), layer.commitErrors()
    assert edited(project) == []
    assert belonging(workspace, GONE) == {}
    left = belonging(workspace, KEPT)
    assert left == {name: count for name, count in before.items() if not name.startswith("incoming_town")}
    assert feature_of(dwelling, f"dwelling-{KEPT}")["comments"] == "Vu"
    assert feature_of(find_layer(project, "water_point"), WATER) is not None


@pytest.mark.parametrize(("key", "uid"), [("action", ACTION), ("water_point", WATER)])
def test_saving_the_layer_of_the_record_is_enough(project: QgsProject, workspace: Path, key: str, uid: str) -> None:
    assert belonging(workspace, uid)
    layer = delete(project, key, uid)
    assert edited(project) == [layer]
    assert layer.commitChanges(), layer.commitErrors()
    assert belonging(workspace, uid) == {}
    assert len(belonging(workspace, KEPT)) >= 12


def test_one_undo_before_saving_brings_all_of_it_back(project: QgsProject, workspace: Path) -> None:
    before = belonging(workspace, GONE)
    layer = delete(project, "site", GONE)
    layer.undoStack().undo()
    assert edited(project) == []
    assert layer.commitChanges(), layer.commitErrors()
    assert feature_of(layer, GONE) is not None
    assert belonging(workspace, GONE) == before
