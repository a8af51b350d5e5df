"""The import dialog, used as an officer uses it: choose, look, agree."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from osgeo import ogr, osr
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QFileDialog

from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.ui.column_choice import FILLS
from resorption_plugin.ui.import_dialog import ImportDialog

PATIENCE_MS = 30_000
TABLE = "lieu;lat;lon;etat\nStade;43.6;1.44;En service\nMairie;43.601;1.441;En panne\nPerdue;0;0;\n"


@pytest.fixture
def paris(tmp_path, territory) -> Path:
    path = tmp_path / "75.gpkg"
    create_workspace(path, ["75"], territory)
    return path


@pytest.fixture
def open_dialog(qtbot, qgis_app):
    def opened(workspace: Path) -> ImportDialog:
        dialog = ImportDialog(workspace)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


@pytest.fixture
def wait(qtbot):
    def for_the_task(dialog: ImportDialog) -> None:
        qtbot.waitUntil(
            lambda: dialog.buttons.button(QDialogButtonBox.StandardButton.Close).text() == "Close", timeout=PATIENCE_MS
        )

    return for_the_task


def tabs(dialog: ImportDialog) -> list[str]:
    return [dialog.pages.tabText(index) for index in range(dialog.pages.count())]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names(workspace: Path) -> set[str]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return {point["name"] for point in store.read({"water_point"}).layer("water_point")}


def import_button(dialog: ImportDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_fountains_of_paris_by_four_clicks(qtbot, open_dialog, wait, paris, shared_data):
    dialog = open_dialog(paris)
    assert not import_button(dialog).isEnabled()
    dialog.file.setFilePath(str(shared_data / "paris" / "fontaines_a_boire_2025.csv"))
    wait(dialog)
    assert dialog.message.text() == "Rows read: 1312. Text read as UTF-8."
    assert dialog.source.text() == "Ville de Paris, fontaines à boire"
    before = fingerprint(paris)
    click(qtbot, dialog.preview)
    wait(dialog)
    assert tabs(dialog)[1:] == ["Added (1312)", "Changed (0)", "Unchanged (0)", "Rejected (0)"]
    assert fingerprint(paris) == before
    with qtbot.waitSignal(dialog.imported, timeout=PATIENCE_MS) as imported:
        click(qtbot, import_button(dialog))
    assert imported.args[0].counts()["added"] == 1312
    assert dialog.message.text().startswith("Import done. Added: 1312")
    assert not import_button(dialog).isEnabled()
    click(qtbot, dialog.preview)
    wait(dialog)
    assert tabs(dialog)[3] == "Unchanged (1312)"
    assert not import_button(dialog).isEnabled()


def test_a_file_of_hydrants_is_recognised(qtbot, open_dialog, wait, workspace, tmp_path):
    columns = "insee;id_sdis;type_pei;type_rd;debit;disponible;lon;lat"
    path = tmp_path / "pei.csv"
    path.write_text(f"{columns}\n31555;31555.1;PI;poteau;60;1;1.44;43.6\n31555;2;PU;puits;;;1.44;43.6\n", "utf-8")
    dialog = open_dialog(workspace.workspace)
    assert dialog.format.findText("National schema PEI (fire hydrants)") > 0
    dialog.file.setFilePath(str(path))
    wait(dialog)
    assert dialog.source.text() == "PEI"
    click(qtbot, dialog.preview)
    wait(dialog)
    assert tabs(dialog)[1:] == ["Added (1)", "Changed (0)", "Unchanged (0)", "Rejected (1)"]


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_mapping_proposed_can_be_corrected(qtbot, open_dialog, wait, workspace, table):
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(table))
    wait(dialog)
    model = dialog.columns.model()
    assert [model.index(row, FILLS).data() for row in range(4)] == [
        "(nothing)",
        "Position: latitude",
        "Position: longitude",
        "Working state",
    ]
    dialog.columns.edit(model.index(0, FILLS))
    choice = dialog.columns.findChild(QComboBox)
    choice.setCurrentIndex(choice.findData("name"))
    choice.activated.emit(choice.currentIndex())
    assert model.index(0, FILLS).data() == "Name"
    click(qtbot, dialog.preview)
    wait(dialog)
    click(qtbot, import_button(dialog))
    wait(dialog)
    assert names(workspace.workspace) == {"Stade", "Mairie"}


def test_a_correction_asks_for_a_new_preview(qtbot, open_dialog, wait, workspace, table):
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(table))
    wait(dialog)
    click(qtbot, dialog.preview)
    wait(dialog)
    assert import_button(dialog).isEnabled()
    dialog.columns.model().setData(dialog.columns.model().index(0, FILLS), "name")
    assert not import_button(dialog).isEnabled()
    assert tabs(dialog)[1] == "Added"


def test_a_field_filled_by_another_column_is_taken_from_it(open_dialog, wait, workspace, table):
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(table))
    wait(dialog)
    model = dialog.columns.model()
    model.setData(model.index(0, FILLS), "latitude")
    assert [model.index(row, FILLS).data() for row in (0, 1)] == ["Position: latitude", "(nothing)"]


def test_a_table_without_position_says_what_to_do(qtbot, open_dialog, wait, workspace, table):
    table.write_text("a;b\n1;2\n", encoding="utf-8")
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(table))
    wait(dialog)
    click(qtbot, dialog.preview)
    assert "does not say where its rows lie" in dialog.message.text()


def test_coordinates_in_metres_ask_for_their_reference_system(open_dialog, wait, workspace, table):
    table.write_text("nom;x;y\nStade;574008.4;6279127.4\n", encoding="utf-8")
    dialog = open_dialog(workspace.workspace)
    assert not dialog.crs.isVisible()
    dialog.file.setFilePath(str(table))
    wait(dialog)
    assert dialog.crs.isVisible()
    assert dialog.crs.crs().authid() == "EPSG:2154"


@pytest.fixture
def saved_as(table, monkeypatch) -> Path:
    """The file chosen when the dialog asks where to save."""
    target = table.with_name("rejects.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    return target


def test_rejected_rows_are_shown_with_their_reason_and_saved(qtbot, open_dialog, wait, workspace, saved_as):
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(saved_as.with_name("points.csv")))
    wait(dialog)
    click(qtbot, dialog.preview)
    wait(dialog)
    model = dialog.rejected.model()
    assert [model.index(0, column).data() for column in (0, 2)] == ["4", "The position is 0, 0: it was not filled in."]
    dialog.pages.setCurrentWidget(dialog.rejected_page)
    click(qtbot, dialog.save_rejected)
    assert "Perdue" in saved_as.read_text("utf-8-sig")
    assert str(saved_as) in dialog.message.text()


def test_nothing_is_written_when_the_workspace_changed_since_the_preview(qtbot, open_dialog, wait, workspace, table):
    first, second = open_dialog(workspace.workspace), open_dialog(workspace.workspace)
    for dialog in (first, second):
        dialog.file.setFilePath(str(table))
        wait(dialog)
        click(qtbot, dialog.preview)
        wait(dialog)
    click(qtbot, import_button(first))
    wait(first)
    after_first = fingerprint(workspace.workspace)
    click(qtbot, import_button(second))
    wait(second)
    assert second.message.text() == "The workspace changed since the preview. Preview again, then import."
    assert fingerprint(workspace.workspace) == after_first


def test_cancel_stops_the_work_and_keeps_the_dialog(qtbot, open_dialog, wait, workspace, table):
    rows = "".join(f"p{n};{43.5 + n / 1e6:.6f};1.44;\n" for n in range(60_000))
    table.write_text("lieu;lat;lon;etat\n" + rows, encoding="utf-8")
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(table))
    wait(dialog)
    before = fingerprint(workspace.workspace)
    click(qtbot, dialog.preview)
    assert dialog.progress.isVisible()
    click(qtbot, dialog.buttons.button(QDialogButtonBox.StandardButton.Close))
    wait(dialog)
    assert dialog.isVisible()
    assert dialog.message.text() == "Cancelled: nothing was changed."
    assert not import_button(dialog).isEnabled()
    assert fingerprint(workspace.workspace) == before


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(open_dialog, wait, workspace, tmp_path):
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(tmp_path / "none.csv"))
    wait(dialog)
    assert dialog.message.text() == f"There is no file {tmp_path / 'none.csv'}. Check its name and folder."
    assert not dialog.preview.isEnabled()


def test_the_layer_of_points_is_chosen_among_several(open_dialog, wait, workspace, tmp_path):
    file = tmp_path / "two.gpkg"
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(file))
    system = osr.SpatialReference()
    system.ImportFromEPSG(4326)
    for name, kind in (("limits", ogr.wkbPolygon), ("taps", ogr.wkbPoint)):
        layer = dataset.CreateLayer(name, system, kind)
        layer.CreateField(ogr.FieldDefn("of_" + name))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (43.6 1.44)" if name == "taps" else "POLYGON EMPTY"))
        layer.CreateFeature(feature)
    dataset = layer = None  # closes the file
    dialog = open_dialog(workspace.workspace)
    dialog.file.setFilePath(str(file))
    wait(dialog)
    assert dialog.layer.isVisible()
    assert dialog.layer.currentText() == "taps"
    assert dialog.columns.model().index(0, 0).data() == "of_taps"
