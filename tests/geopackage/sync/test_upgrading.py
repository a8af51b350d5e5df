"""A workspace of an older version becomes one of the next, with all that waits in it; by another plugin's own code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync.operations import Batch, Choice, Outcome, Result
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from tests.geopackage.sync.shared import Person, assert_sound, other_program
from tests.next_version import CODES, COLUMN, NEXT, NextPlugin, next_plugin

MAKE = """
from resorption_plugin import paths
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.workspace import create_workspace
create_workspace(Path(given[0]), ["31"], Territory.load(paths.territories()))
"""
LOOK = """
from dataclasses import asdict
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
with SyncedWorkspace.attach(Path(given[0])) as local:
    told = {
        "to_send": [made.to_json(0) for made in local.to_send()],
        "disputes": [[one.conflict.mine, one.conflict.theirs, one.decision and one.decision.values]
            for one in local.conflicts()],
        "former": [one.former and one.former["social_origins"] for one in local.conflicts()],
        "aside": [[one.cause.value, one.operation, one.image] for one in local.quarantined()],
        "changes": [[change.field, change.before, change.after] for change in local.history.changes()
            if change.field in ("census_status", "social_origins")],
        "gaps": len(local.history.gaps()),
        "scope": local.state().scope, "epoch": local.state().epoch,
    }
"""
WRITE = f"""
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
with GeoPackageStore.open(Path(given[0])) as store:
    values = {{"census_status": "planned", "social_origins": ["eu"], "{COLUMN}": 3}}
    store.apply(ChangeSet(update=[Record("site", given[1], values)]))
    told = [[change.field, change.after] for change in store.history.changes() if change.uid == given[1]][-3:]
"""


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> NextPlugin:
    """Return the plugin of the next version."""
    return next_plugin(tmp_path_factory.mktemp("next") / "plugin")


@pytest.fixture
def scene(anna: Person, bob: Person) -> dict[str, str]:
    """Leave in Anna's workspace an edit, a contradiction, a decision, a refusal, a batch whose answer was lost."""
    names = ("edited", "contested", "decided", "refused", "sent")
    uids = {name: anna.insert(name=name, census_status="none") for name in names}
    anna.sync()
    bob.sync()
    bob.update(uids["contested"], census_status="done")
    bob.update(uids["decided"], social_origins=("french",))
    bob.sync()
    anna.update(uids["contested"], census_status="scheduled")
    anna.update(uids["decided"], social_origins=("european", "other"))
    anna.sync()
    settled = next(one for one in anna.local.conflicts() if one.conflict.row == uids["decided"])
    anna.local.decide(settled.conflict.uid, Choice.EDIT, {"social_origins": ["french", "european"]})
    anna.update(uids["refused"], social_origins=("european",))
    batch = in_flight(anna)
    refused = [
        Result(number, Outcome.FORBIDDEN if made.uid == uids["refused"] else Outcome.CONFLICT, code="outside_area")
        for number, made in enumerate(batch.operations(), start=1)
        if made.uid == uids["refused"]
    ]
    anna.local.settle(batch, refused, anna.local.state().cursor)
    anna.update(uids["sent"], census_status="scheduled")
    in_flight(anna)
    anna.update(uids["edited"], census_status="scheduled", social_origins=("european",))
    anna.local.close()
    return uids


def in_flight(anna: Person) -> Batch:
    batch = anna.local.freeze()
    assert batch is not None
    return batch


def outbox(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as plain:
        text = "SELECT batch, payload, sha256, schema_version, state, results FROM gpkg_sync_outbox ORDER BY id"
        return plain.execute(text).fetchall()


def test_an_upgraded_workspace_is_the_one_that_the_next_version_makes(
    plugin: NextPlugin, workspace: Path, tmp_path: Path
) -> None:
    assert plugin.upgrade(workspace) == {
        "before": NEXT - 1, "now": NEXT, "copy": str(next(tmp_path.glob("31_version1_*.gpkg"))),
    }  # fmt: skip
    fresh = tmp_path / "fresh.gpkg"
    plugin.run(MAKE, fresh)
    assert described(workspace) == described(fresh)


def described(path: Path) -> list[Any]:
    """Return all that a workspace is, but for the order of its columns and for its rows."""
    with closing(sqlite3.connect(path)) as plain:
        names = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        made = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY name"
        lists = [name for name in names if name.startswith("list_")]
        return [
            [(name, sorted(row[1:] for row in plain.execute(f'PRAGMA table_info("{name}")'))) for name in names],
            [sorted(plain.execute(f'PRAGMA foreign_key_list("{name}")')) for name in names],
            plain.execute(made).fetchall(),
            [plain.execute(f"SELECT code, label_fr FROM {name} ORDER BY position").fetchall() for name in lists],
            plain.execute("SELECT table_name, column_name, title, mime_type FROM gpkg_data_columns "
                          "ORDER BY table_name, column_name").fetchall(),
            sorted(part.strip(" ,") for part in create(plain, "site").splitlines() if "CONSTRAINT" in part
                   and COLUMN not in part),
        ]  # fmt: skip


def create(plain: sqlite3.Connection, table: str) -> str:
    return str(plain.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])


def test_all_that_waits_is_taken_along_in_the_codes_of_today(
    plugin: NextPlugin, anna: Person, scene: dict[str, str]
) -> None:
    before = outbox(anna.path)
    assert [row[4] for row in before][-1] == "sending"
    assert any("scheduled" in row[1] for row in before)
    copy = Path(plugin.upgrade(anna.path)["copy"])
    # what was frozen keeps its name and its very bytes, and says in which version it was made
    assert outbox(anna.path) == outbox(copy) == before
    assert {row[3] for row in before} == {NEXT - 1}
    assert_sound(copy)
    with closing(sqlite3.connect(anna.path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    told = plugin.run(LOOK, anna.path)
    sent = {made["uid"]: made.get("set", {}) for made in told["to_send"] if made["kind"] == "U"}
    assert sent[scene["edited"]]["census_status"] == ["none", "planned"]
    assert sent[scene["edited"]]["social_origins"] == [None, ["eu"]]
    mine = {json.dumps(dispute[0].get("census_status")): dispute for dispute in told["disputes"]}
    assert mine['"planned"'][1]["census_status"] == "done"
    decided = next(dispute[2] for dispute in told["disputes"] if dispute[2])
    assert decided["social_origins"] == ["french", "eu"]
    assert [value for value in told["former"] if value] == [["eu", "other"]]
    ((cause, operation, image),) = told["aside"]
    assert (cause, operation["set"]["social_origins"]) == ("refused", [None, ["eu"]])
    assert json.loads(image["social_origins"]) == ["eu"]
    # what the server refused is not sent again for having been renamed
    assert scene["refused"] not in sent
    assert not set(CODES) & set(json.dumps(told["changes"]).replace('"', " ").split())
    assert told["gaps"] == 0
    # everything is read anew after what is on its way: the server is not taken for another one
    assert told["scope"] == ""
    assert told["epoch"]


def test_the_upgraded_tables_keep_their_rules_and_their_history(
    plugin: NextPlugin, anna: Person, scene: dict[str, str]
) -> None:
    plugin.upgrade(anna.path)
    written = plugin.run(WRITE, anna.path, scene["contested"])
    assert [COLUMN, 3] in written
    with other_program(anna.path) as plain, pytest.raises(sqlite3.IntegrityError, match="census_status"):
        plain.execute("UPDATE site SET census_status = 'scheduled'")


def test_a_workspace_of_a_newer_version_is_left_as_it_is(
    plugin: NextPlugin, anna: Person, scene: dict[str, str]
) -> None:
    plugin.upgrade(anna.path)
    before = anna.path.read_bytes()
    opened: list[Callable[[Path], Any]] = [GeoPackageStore.open, SyncedWorkspace.attach]
    for opening in opened:
        with pytest.raises(WorkspaceError, match=r"newer version of the plugin.*Update the plugin"):
            opening(anna.path)
    assert anna.path.read_bytes() == before


def test_a_program_that_has_the_file_open_stops_once_another_has_upgraded_it(
    plugin: NextPlugin, anna: Person, scene: dict[str, str]
) -> None:
    with SyncedWorkspace.attach(anna.path) as local:
        plugin.upgrade(anna.path)
        before = anna.path.read_bytes()
        with pytest.raises(WorkspaceError, match="newer version of the plugin"):
            local.decide(local.conflicts()[0].conflict.uid, Choice.MINE)
    assert anna.path.read_bytes() == before


def test_done_already_an_upgrade_changes_nothing(plugin: NextPlugin, workspace: Path, tmp_path: Path) -> None:
    plugin.upgrade(workspace)
    before = workspace.read_bytes()
    assert plugin.upgrade(workspace) == {"before": NEXT, "now": NEXT, "copy": None}
    assert workspace.read_bytes() == before
    assert len(list(tmp_path.glob("31_version*"))) == 1
