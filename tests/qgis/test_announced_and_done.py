"""What is announced before an exchange is what it reports: a real server, two real workspaces."""

from __future__ import annotations

import uuid
from pathlib import Path

import shapely

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.core.sync.overview import Line, Way
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.qgis_adapters.server_visit import look_ahead
from resorption_plugin.qgis_adapters.sharing import preview, read_sharing
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from tests.qgis.shared_base import HERE, Base, add_site, change, counts, run, synced


def contradict(workspace: Path, anne: str, other: Path, bob: str) -> str:
    """Return a site on which Anne has a contradiction to decide."""
    uid = add_site(workspace, fk_city="31555", name="Before")
    synced(workspace, anne)
    synced(other, bob)
    change(other, uid, name="Bob's")
    synced(other, bob)
    change(workspace, uid, name="Anne's")
    assert synced(workspace, anne)[2] == 1
    return uid


def add(workspace: Path, layer: str, shape: shapely.Geometry | None = None, **values: object) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[Record(layer, str(uuid.uuid4()), values, shape)]))


def decide(workspace: Path, choice: Choice) -> None:
    with SyncedWorkspace.attach(workspace) as local:
        for dispute in local.conflicts():
            local.decide(dispute.conflict.uid, choice)


def announced(workspace: Path, connection: str) -> tuple[int, int, int, int]:
    """Return how many will be sent and received, to decide and set aside."""

    def passing(way: Way) -> int:
        return sum(line.count - line.stopped for line in lines if line.way is way)

    lines: tuple[Line, ...] = preview(workspace, connection, "en", Silent()).lines
    going = [line for line in lines if line.way is Way.GOES]
    left = sum(line.contradicted for line in going), sum(line.refused for line in going)
    return passing(Way.GOES), passing(Way.COMES), *left


def done(workspace: Path, connection: str) -> tuple[int, int, int, int]:
    report = synchronise_workspace(workspace, connection, Silent()).report
    return report.sent, report.received, report.waiting.conflicts, report.waiting.quarantined


def test_what_is_announced_is_what_is_reported(base: Base, workspace: Path, other: Path):
    anne, bob = base.place(base.officer("anne", "31555")), base.place(base.officer("bob"))
    whole, part, plain = (add_site(workspace, fk_city="31555", name="Before") for _ in range(3))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    decided = contradict(workspace, anne, other, bob)
    for uid in (whole, part):
        change(other, uid, name="Bob's", comments="Bob's")
    change(other, plain, comments="Bob's")
    synced(other, bob)
    change(workspace, whole, name="Anne's", comments="Anne's")
    change(workspace, part, name="Anne's", address="Anne's")
    change(workspace, plain, name="Anne's")
    decide(workspace, Choice.THEIRS)
    change(workspace, decided, comments="Anne's")
    add_site(workspace, fk_city="31069", name="Elsewhere")
    assert read_sharing(workspace, "en").waiting.to_send == 5
    told = announced(workspace, anne)
    assert told == (3, 2, 3, 1)
    assert done(workspace, anne) == told


def test_what_is_announced_before_attaching_is_what_is_sent(base: Base, workspace: Path):
    anne = base.place(base.officer("anne", "31555"))
    inside, outside = (add_site(workspace, fk_city=city, name="Site") for city in ("31555", "31069"))
    for site in (inside, outside):
        add(workspace, "dwelling", HERE, site_uid=site)
    add(workspace, "owner", site_uid=inside, fk_owner_type=2, active=True)
    outlook = look_ahead(workspace, anne, Silent())
    going = sum(outlook.goes.values())
    assert (going, outlook.refused) == (5, 3)
    assert counts(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne) == (going - outlook.refused, 0, 0, 3)


def test_a_decision_overtaken_by_another_edit_does_not_pass(base: Base, workspace: Path, other: Path):
    anne, bob = base.place(base.officer("anne", "31555")), base.place(base.officer("bob"))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    uid = contradict(workspace, anne, other, bob)
    decide(workspace, Choice.MINE)
    assert announced(workspace, anne) == (1, 0, 0, 0)
    change(other, uid, name="Bob's again")
    synced(other, bob)
    assert announced(workspace, anne) == done(workspace, anne) == (0, 0, 1, 0)


def test_to_give_way_is_not_refused_where_one_may_not_write_any_more(base: Base, workspace: Path, other: Path):
    anne, bob = base.place(base.officer("anne", "31555")), base.place(base.officer("bob"))
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=anne)
    run(AttachWorkspace, WORKSPACE=other, CONNECTION=bob)
    uid = contradict(workspace, anne, other, bob)
    change(other, uid, fk_city="31069")
    synced(other, bob)
    synced(workspace, anne)
    decide(workspace, Choice.THEIRS)
    assert announced(workspace, anne) == done(workspace, anne) == (1, 0, 0, 0)
    assert base.rows("SELECT status FROM sync.conflict") == [("resolved",)]
