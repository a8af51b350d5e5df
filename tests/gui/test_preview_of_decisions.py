"""A decision that was not sent yet, in the account of what would travel: a real server, two real workspaces."""

from __future__ import annotations

from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.qgis_adapters.sharing import preview
from tests.gui.sharing_desk import contradict


def test_a_decision_is_told_with_what_it_changes(page, workspace, colleague, qtbot):
    contradict(page, workspace.workspace, colleague, qtbot)
    told = {}
    for choice in (Choice.THEIRS, Choice.MINE):
        with SyncedWorkspace.attach(workspace.workspace) as local:
            (dispute,) = local.conflicts()
            if dispute.decision is not None:
                local.undecide(dispute.conflict.uid)
            local.decide(dispute.conflict.uid, choice)
        account = preview(workspace.workspace, "", "en", Silent())
        ((parcel,),) = [line.shown for line in account.lines]
        (one,) = parcel.moves
        decided = account.disputes[one.conflict].decision
        told[choice] = (decided.choice, one.columns)
    assert told == {Choice.THEIRS: (Choice.THEIRS, ()), Choice.MINE: (Choice.MINE, ("name",))}
