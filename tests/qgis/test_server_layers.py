"""The tables and views of the shared database as layers of QGIS: read by right, never edited."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsDataSourceUri, QgsVectorDataProvider, QgsVectorLayer

from resorption_plugin.processing.attach_workspace import AttachWorkspace
from tests.qgis.shared_base import Base, add_site, run


def layer_of(base: Base, login: str, table: str = "site", schema: str = "resorption") -> QgsVectorLayer:
    uri = QgsDataSourceUri()
    place = dict(part.split("=", 1) for part in base.place(login).split())
    uri.setConnection(place["host"], place["port"], base.name, login, "")
    uri.setDataSource(schema, table, "geom", "", "uid")
    return QgsVectorLayer(uri.uri(False), table, "postgres")


def test_a_layer_of_the_database_shows_the_department_and_takes_no_edit(base: Base, workspace: Path):
    anne, bruno = base.officer("anne"), base.officer("bruno", "32")
    uid = add_site(workspace, name="L'Écluse")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=base.place(anne))
    for schema, table in (("resorption", "site"), ("app", "v_site")):
        layer = layer_of(base, anne, table, schema)
        assert layer.isValid()
        assert [feature["name"] for feature in layer.getFeatures()] == ["L'Écluse"]
        assert [*layer_of(base, bruno, table, schema).getFeatures()] == []
        # QGIS must see that nothing can be edited: what the policies turn away it would report as saved
        assert not layer.startEditing()
        assert not layer.dataProvider().capabilities() & QgsVectorDataProvider.Capability.ChangeAttributeValues
        identifier = next(layer.getFeatures()).id()
        assert not layer.dataProvider().changeAttributeValues({identifier: {layer.fields().indexOf("name"): "à moi"}})
        assert not layer.dataProvider().deleteFeatures([identifier])
    assert base.rows(f"SELECT name FROM resorption.site WHERE uid = '{uid}'") == [("L'Écluse",)]
