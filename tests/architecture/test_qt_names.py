"""The reading of Qt's names out of the code, on which ``make matrix`` stands."""

from __future__ import annotations

from qt_names import collect


def names(text: str) -> set[str]:
    return {f"{name.module}.{name.chain}" for name in collect(text, "a.py")}


def test_an_import_and_the_chains_that_start_at_it_are_found():
    text = "from qgis.PyQt.QtCore import Qt\nrole = Qt.ItemDataRole.UserRole\n"
    assert names(text) == {"QtCore.Qt", "QtCore.Qt.ItemDataRole", "QtCore.Qt.ItemDataRole.UserRole"}


def test_a_renamed_import_is_followed():
    assert "QtGui.QColor.fromRgb" in names("from qgis.PyQt.QtGui import QColor as Colour\nColour.fromRgb(1, 2, 3)\n")


def test_what_a_call_returns_is_not_a_name_of_qt():
    assert names("from qgis.PyQt.QtCore import QLocale\nQLocale().toString(1)\n") == {"QtCore.QLocale"}


def test_names_of_others_are_left_alone():
    assert names("from qgis.core import Qgis\nQgis.MessageLevel.Critical\n") == set()


def test_the_place_is_told():
    found = collect("from qgis.PyQt.QtCore import Qt\n\nQt.UserRole\n", "ui/dock.py")
    assert [name.where for name in found if name.chain == "Qt.UserRole"] == ["ui/dock.py:3"]
