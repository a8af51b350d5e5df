"""The small map of a conflict: three places, a line between two of them, and signs besides colours."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
from qgis.PyQt.QtCore import Qt

from resorption_plugin.ui.place_map import MINE, THEIRS, PlaceMap

BASE_PLACE = "Point (1.4400 43.6000)"
MY_PLACE = "Point (1.4395 43.6000)"
THEIR_PLACE = "Point (1.4408 43.6003)"


@pytest.fixture
def shown(qgis_app, qtbot) -> PlaceMap:
    made = PlaceMap([], QgsCoordinateReferenceSystem("EPSG:2154"))
    made.resize(500, 350)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def count(widget: PlaceMap, colour: str) -> int:
    picture = widget.canvas.grab().toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return sum(picture.pixelColor(x, y).name() == colour for x, y in points)


def places(*wkt: str | None) -> list[QgsGeometry | None]:
    return [QgsGeometry.fromWkt(text) if text else None for text in wkt]


def test_each_place_stands_out_on_its_side_of_the_line(shown, qtbot):
    shown.show_places(*places(BASE_PLACE, MY_PLACE, THEIR_PLACE))
    qtbot.waitUntil(lambda: count(shown, MINE) > 20 and count(shown, THEIRS) > 20)
    qtbot.keyClick(shown.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: count(shown, MINE) == 0 and count(shown, THEIRS) > 20)
    qtbot.keyClick(shown.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: count(shown, MINE) > 20 and count(shown, THEIRS) == 0)


def test_the_legend_names_the_places_there_are_by_their_signs(shown):
    shown.show_places(*places(None, MY_PLACE, None))
    assert "■" in shown.legend.text()
    assert not {"▲", "○"} & set(shown.legend.text())


def test_footprints_of_several_parts_are_drawn(shown, qtbot):
    shape = "MultiPolygon (((1.44 43.6, 1.441 43.6, 1.441 43.601, 1.44 43.6)))"
    shown.show_places(*places(None, shape, None))
    shown.slider.setValue(100)
    qtbot.waitUntil(lambda: count(shown, MINE) > 200)
