"""The small map of a conflict: three places, a line between two of them, and signs besides colours."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt

from resorption_plugin.qgis_adapters.layers import KEY_PROPERTY
from resorption_plugin.ui.place_map import PlaceMap
from resorption_plugin.ui.place_signs import MINE, THEIRS, Sign

LAMBERT, TITLES = QgsCoordinateReferenceSystem("EPSG:2154"), ("Mine", "Of <karim>")
BASE_PLACE = "Point (1.4400 43.6000)"
MY_PLACE = "Point (1.4395 43.6000)"
THEIR_PLACE = "Point (1.4408 43.6003)"


@pytest.fixture
def shown(qgis_app, qtbot) -> PlaceMap:
    made = PlaceMap([], LAMBERT, TITLES)
    made.resize(500, 350)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def count(widget: PlaceMap, sign: Sign) -> int:
    picture = widget.canvas.grab().toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return sum(picture.pixelColor(x, y).name() == sign.colour for x, y in points)


def places(*wkt: str | None) -> list[QgsGeometry | None]:
    return [QgsGeometry.fromWkt(text) if text else None for text in wkt]


def footprint(west: float) -> str:
    east = west + 0.001
    return f"Polygon (({west} 43.6, {east} 43.6, {east} 43.601, {west} 43.601, {west} 43.6))"


SIDES = {"left and right": (MY_PLACE, THEIR_PLACE), "right and left": (THEIR_PLACE, MY_PLACE)}


@pytest.mark.parametrize(("mine", "theirs"), SIDES.values(), ids=SIDES)
@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_End], ids=["left", "middle", "right"])
def test_no_sign_is_hollow_on_either_side_of_the_line(shown, qtbot, mine, theirs, key):
    shown.show_places(*places(BASE_PLACE, mine, theirs))
    qtbot.keyClick(shown.slider, key)
    qtbot.waitUntil(lambda: count(shown, MINE) > 400 and count(shown, THEIRS) > 400)


@pytest.mark.parametrize(
    ("mine", "theirs"), [(MY_PLACE, MY_PLACE), (footprint(1.44), footprint(1.44))], ids=["points", "footprints"]
)
def test_each_place_stands_out_on_its_side_of_the_line(shown, qtbot, mine, theirs):
    shown.show_places(*places(BASE_PLACE, mine, theirs))
    qtbot.keyClick(shown.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: count(shown, THEIRS) > 2 * count(shown, MINE))
    qtbot.keyClick(shown.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: count(shown, MINE) > 2 * count(shown, THEIRS))


def test_it_says_how_far_the_places_are_and_the_mouse_drags_the_line(shown, qtbot):
    shown.show_places(*places(BASE_PLACE, MY_PLACE, THEIR_PLACE))
    assert shown.told.text().startswith("110.1 m between the two places.")
    map_area = shown.canvas.viewport()
    qtbot.mousePress(map_area, Qt.MouseButton.LeftButton, pos=QPoint(map_area.width() // 4, 40))
    assert shown.slider.value() == pytest.approx(25, abs=2)


def test_the_layer_of_distances_is_left_out(qgis_app, qtbot):
    layers = [QgsVectorLayer("Point?crs=EPSG:4326", key, "memory") for key in ("distance", "site")]
    for layer in layers:
        layer.setCustomProperty(KEY_PROPERTY, layer.name())
    made = PlaceMap(layers, LAMBERT, TITLES)
    qtbot.addWidget(made)
    assert [layer.name() for layer in made.canvas.layers()] == ["site"]
    made.canvas.setLayers([])


def test_the_legend_names_the_places_there_are_by_their_signs(shown):
    shown.show_places(*places(None, MY_PLACE, None))
    assert "■" in shown.legend.text()
    assert "<b>A</b> Mine" in shown.legend.text()
    assert "line" not in shown.legend.text()
    assert shown.slider.isHidden()
    assert shown.told.isHidden()
    assert not {"▲", "○"} & set(shown.legend.text())


def test_footprints_of_several_parts_are_drawn(shown, qtbot):
    shape = "MultiPolygon (((1.44 43.6, 1.441 43.6, 1.441 43.601, 1.44 43.6)))"
    shown.show_places(*places(None, shape, None))
    qtbot.waitUntil(lambda: count(shown, MINE) > 200)
