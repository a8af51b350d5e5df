"""The layers of a workspace that is exchanged are open in QGIS, and somebody edits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from resorption_plugin.core.ports import Silent
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.sync_workspace import SyncWorkspace
from resorption_plugin.qgis_adapters.layers import feature_of, find_layer, open_layer
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.qgis_adapters.unsaved_edits import UnsavedEdits, UnsavedEditsError
from tests.qgis.shared_base import Base, Log, add_site, change, names, run, start, synced


@pytest.fixture
def project(workspace: Path) -> Iterator[QgsProject]:
    """Return a project that shows the sites of the workspace."""
    opened = QgsProject()
    opened.addMapLayer(open_layer(workspace, "site", "site", "Bidonvilles"))
    yield opened
    opened.clear()


def test_nothing_is_written_under_unsaved_edits(base: Base, workspace: Path, other: Path, project: QgsProject):
    anne, bob = base.place(base.officer("anne")), base.place(base.officer("bob"))
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    change(other, uid, name="Bob's")
    synced(other, bob)
    layer = find_layer(project, "site")
    layer.reload()
    assert layer.startEditing()
    feature = feature_of(layer, uid)
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("comments"), "Mine")
    log = Log()
    assert start(SyncWorkspace, log, project, WORKSPACE=workspace, CONNECTION=anne) is None
    assert "Save or cancel the edits of Bidonvilles first" in str(log)
    assert names(workspace) == {uid: "Before"}
    assert layer.commitChanges()
    assert start(SyncWorkspace, log, project, WORKSPACE=workspace, CONNECTION=anne) is not None, str(log)
    seen = feature_of(layer, uid)
    assert (seen["name"], seen["comments"]) == ("Bob's", "Mine")


def test_edits_begun_while_it_runs_stop_the_writing_too(base: Base, workspace: Path, project: QgsProject):
    anne = base.place(base.officer("anne"))
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    base.rows("UPDATE resorption.site SET name = 'Changed'")
    layer = find_layer(project, "site")
    layer.reload()
    unsaved = UnsavedEdits(project, workspace)
    try:
        assert unsaved.titles() == []
        layer.startEditing()
        assert unsaved.titles() == []
        layer.changeAttributeValue(feature_of(layer, uid).id(), layer.fields().indexOf("comments"), "Mine")
        assert unsaved.titles() == ["Bidonvilles"]
        with pytest.raises(UnsavedEditsError):
            synchronise_workspace(workspace, anne, Silent(), unsaved)
        assert names(workspace) == {uid: "Before"}
        layer.rollBack()
        assert unsaved.titles() == []
        layer.startEditing()
        layer.changeAttributeValue(feature_of(layer, uid).id(), layer.fields().indexOf("comments"), "Mine")
        assert unsaved.titles() == ["Bidonvilles"]
        project.removeMapLayer(layer.id())
        assert synchronise_workspace(workspace, anne, Silent(), unsaved).report.received == 1
    finally:
        unsaved.stop()


def test_layers_that_are_followed_no_more_are_edited_as_before(workspace: Path, project: QgsProject):
    uid = add_site(workspace, name="Before")
    layer = find_layer(project, "site")
    layer.reload()
    unsaved = UnsavedEdits(project, workspace)
    layer.startEditing()
    unsaved.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    layer.changeAttributeValue(feature_of(layer, uid).id(), layer.fields().indexOf("comments"), "Mine")
    assert layer.isModified()
    assert unsaved.titles() == []
    assert layer.commitChanges()


class BegunMeanwhile(UnsavedEdits):
    """Somebody begins to edit once the server was asked."""

    def __init__(self) -> None:
        super().__init__(None, Path())
        self.looks = 0

    def titles(self) -> Sequence[str]:
        self.looks += 1
        return ["Bidonvilles"] if self.looks > 1 else []


@pytest.mark.parametrize("is_new_beginning", [False, True])
def test_edits_begun_while_it_is_written_undo_it(base: Base, workspace: Path, *, is_new_beginning: bool):
    anne = base.place(base.officer("anne"))
    uid = add_site(workspace, name="Before")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    base.rows("UPDATE resorption.site SET name = 'Changed'")
    if is_new_beginning:
        base.rows("SELECT app.new_epoch()")
    begun = BegunMeanwhile()
    with pytest.raises(UnsavedEditsError):
        synchronise_workspace(workspace, anne, Silent(), begun)
    assert begun.looks == 2
    assert names(workspace) == {uid: "Before"}
    assert synchronise_workspace(workspace, anne, Silent()).report.received == 1
    assert names(workspace) == {uid: "Changed"}
