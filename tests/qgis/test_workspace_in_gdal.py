"""The workspace as other programs see it: GDAL reads, edits and respects it."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from osgeo import gdal, ogr
from osgeo_utils.samples import validate_gpkg
from qgis.core import Qgis, QgsVectorLayer

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Field, Geometry, Kind, Label, Layer
from resorption_plugin.core.sync import wire
from resorption_plugin.geopackage import geometry, schema, standard
from resorption_plugin.qgis_adapters.forms import apply_form
from resorption_plugin.qgis_adapters.widgets import FormContext
from tools.docs_dictionary import layer_page


@pytest.fixture(autouse=True)
def exceptions() -> Iterator[None]:
    gdal.UseExceptions()
    yield
    gdal.DontUseExceptions()


def new_site(layer: ogr.Layer, uid: str, wkt: str = "POINT (1.44 43.6)") -> ogr.Feature:
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["uid"], feature["status"], feature["living_conditions_version"] = uid, "open", 2
    feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
    return feature


def tree(path: Path) -> list[tuple[float, float]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT round(minx, 2), round(miny, 2) FROM rtree_site_geom ORDER BY id").fetchall()


def test_gdal_finds_no_fault(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA application_id").fetchone() == (standard.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (standard.USER_VERSION,)
    dataset = gdal.OpenEx(str(workspace), gdal.OF_VECTOR | gdal.OF_UPDATE)
    for declared in catalogue.layers():
        layer = dataset.GetLayerByName(declared.key)
        names = [layer.GetLayerDefn().GetFieldDefn(i).GetName() for i in range(layer.GetLayerDefn().GetFieldCount())]
        assert names == list(declared.names())
        spatial = declared.geometry is not Geometry.NONE
        assert (layer.GetSpatialRef() is not None) == spatial
        if spatial:
            assert ogr.GeometryTypeToName(layer.GetGeomType()).replace(" ", "").upper() == declared.geometry.value


def test_it_follows_the_geopackage_standard(workspace: Path) -> None:
    """GDAL's own checker, requirement by requirement (R-tree and schema extensions included)."""
    errors = validate_gpkg.check(str(workspace), abort_at_first_error=False, extra_checks=True)
    assert errors == []


def test_editing_with_gdal_keeps_the_spatial_index_right(workspace: Path) -> None:
    dataset = gdal.OpenEx(str(workspace), gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayerByName("site")
    for uid, wkt in (("a", "POINT (1.44 43.6)"), ("b", "POINT (1.5 43.7)")):
        layer.CreateFeature(new_site(layer, uid, wkt))
    moved = layer.GetFeature(1)
    moved.SetGeometry(ogr.CreateGeometryFromWkt("POINT (0.72 43.11)"))
    layer.SetFeature(moved)
    layer.DeleteFeature(2)
    layer.SetSpatialFilterRect(0.7, 43.1, 0.8, 43.2)
    assert layer.GetFeatureCount() == 1
    del layer, moved, dataset
    assert tree(workspace) == [(0.72, 43.11)]


@pytest.mark.parametrize(
    ("column", "value"), [("status", "elsewhere"), ("population_total", 0), ("name", "x" * 40), ("built_at", "hier")]
)
def test_no_program_can_write_what_the_model_forbids(workspace: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(workspace)) as connection:
        geometry.add_functions(connection)
        point = bytes.fromhex("47500001e61000000101000000000000000000f03f0000000000004540")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"INSERT INTO site (uid, geom, {column}) VALUES ('a', ?, ?)", (point, value))


def with_field(layer: Layer, field: Field) -> Layer:
    return replace(layer, fields=(*layer.fields, field))


def test_adding_a_field_is_one_line(tmp_path: Path) -> None:
    """The column, its constraints, the widget, the title, the line of the dictionary all come from one declaration."""
    shade = Field(
        "shade",
        Label("Shade", "Ombre"),
        Kind.INTEGER,
        "features",
        minimum=0,
        maximum=100,
        unit="%",
        help=Label("Share of the site in the shade at noon.", "Part du site à l'ombre à midi."),
    )
    site = with_field(catalogue.layer("site"), shade)
    catalogue.validate([site])
    path = tmp_path / "grown.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        for text in standard.HEADER:
            connection.execute(text)
        for statement in schema.statements([site]):
            connection.execute(statement.sql, statement.values)
        connection.commit()
        geometry.add_functions(connection)
        with pytest.raises(sqlite3.IntegrityError, match="shade_maximum"):
            connection.execute("INSERT INTO site (uid, geom, shade) VALUES ('a', x'00', 101)")

    layer = QgsVectorLayer(f"{path}|layername=site", "site", "ogr")
    apply_form(layer, site, FormContext("fr"))
    index = layer.fields().indexOf("shade")
    assert layer.attributeAlias(index) == "Ombre (%)"
    assert layer.editorWidgetSetup(index).type() == "Range"
    assert layer.editorWidgetSetup(index).config()["Max"] == 100
    tab = next(tab for tab in layer.editFormConfig().tabs() if tab.name() == "Caractéristiques")
    shown = tab.findElements(Qgis.AttributeEditorType.Field)
    assert "shade" in [element.name() for element in shown]
    assert "| `shade` | Ombre | nombre entier (%) | au moins 0 ; au plus 100 |" in "\n".join(layer_page(site))


@pytest.mark.parametrize("given", ["left out", "null"])
def test_a_record_drawn_without_identifier_is_given_one(workspace: Path, given: str) -> None:
    dataset = gdal.OpenEx(str(workspace), gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayerByName("site")
    for _ in range(2):
        site = new_site(layer, "")
        site.UnsetField("uid") if given == "left out" else site.SetFieldNull("uid")
        layer.CreateFeature(site)
    del site, layer, dataset
    with closing(sqlite3.connect(workspace)) as connection:
        uids = [uid for (uid,) in connection.execute("SELECT uid FROM site")]
        noted = connection.execute("SELECT uid FROM gpkg_sync_change WHERE layer = 'site'").fetchall()
    assert sorted(uid for (uid,) in noted) == sorted(uids)
    assert len({uuid.UUID(uid) for uid in uids}) == 2
    assert {uuid.UUID(uid).version for uid in uids} == {4}
    assert all(wire.UUID.fullmatch(uid) for uid in uids)
