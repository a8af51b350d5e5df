"""Wherever the program is killed, the workspace is as it was, or as it was to be."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import pytest

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.news import Page, PulledRow, Theirs
from resorption_plugin.core.sync.operations import Outcome, Result
from resorption_plugin.core.sync.ports import Probe
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.geopackage.sync.rows import Rows
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from tests.geopackage.sync.shared import THERE, CopyingRemote, Person, assert_sound, dumped, images
from tests.stories.server import MemoryServer

KILLS = 100
Work = Callable[[SyncedWorkspace, CopyingRemote], object]


def in_a_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own; return the signal that ended it, 0 when it came to its end."""
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def killing(step: str) -> Probe:
    def probe(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return probe


def killed_at(step: str, person: Person, work: Work) -> None:
    """Let a child do something to a workspace and die at a step."""

    def doomed() -> None:
        with SyncedWorkspace.attach(person.path, probe=killing(step)) as local:
            work(local, person.remote)

    assert in_a_child(doomed) == signal.SIGKILL


def freeze(local: SyncedWorkspace, remote: CopyingRemote) -> object:
    return local.freeze()


def settle(local: SyncedWorkspace, remote: CopyingRemote) -> object:
    batch = local.freeze()
    assert batch is not None
    revision, results = remote.push(batch, local.state())
    return local.settle(batch, results, revision)


def receive(local: SyncedWorkspace, remote: CopyingRemote) -> object:
    return local.receive(remote.pull(local.state().cursor))


def repair(local: SyncedWorkspace, remote: CopyingRemote) -> object:
    asked = [("site", uid) for uid in images(remote.server)]
    return local.repair(remote.rows(asked), asked)


def rebase(local: SyncedWorkspace, remote: CopyingRemote) -> object:
    with remote.snapshot() as snapshot:
        return local.rebase(remote.hello(local.state()), snapshot, Silent())


def detach(local: SyncedWorkspace, remote: CopyingRemote) -> None:
    local.detach()


@pytest.fixture
def scene(anna: Person, bob: Person) -> Person:
    """Anna, with edits of her own on what Bob has changed since."""
    uids = [anna.insert(name=f"S{number}") for number in range(3)]
    anna.sync()
    bob.sync()
    bob.update(uids[0], name="De Bob", geom=THERE)
    bob.insert("dwelling", site_uid=uids[1])
    bob.delete(uids[2])
    bob.sync()
    anna.update(uids[0], population_total=4)
    anna.update(uids[1], name="D'Anna")
    anna.local.close()
    return anna


STEPS = [
    ("freeze:before_commit", freeze, True),
    ("freeze:after_commit", freeze, False),
    ("settle:before_commit", settle, True),
    ("settle:after_commit", settle, False),
    ("pull:before_commit", receive, True),
    ("pull:after_commit", receive, False),
    ("repair:before_commit", repair, True),
    ("repair:after_commit", repair, False),
    ("rebase:loaded", rebase, True),
    ("rebase:written", rebase, True),
    ("rebase:before_commit", rebase, True),
    ("rebase:after_commit", rebase, False),
    ("detach:before_commit", detach, True),
    ("detach:after_commit", detach, False),
]


@pytest.mark.parametrize(("step", "work", "is_old"), STEPS, ids=[step for step, _, _ in STEPS])
def test_a_step_that_is_killed_is_done_or_not_begun(  # noqa: PLR0917
    scene: Person, bob: Person, server: MemoryServer, step: str, work: Work, is_old: bool
) -> None:
    if work is settle:
        with SyncedWorkspace.attach(scene.path) as local:
            batch = local.freeze()
            assert batch is not None
            scene.remote.push(batch, local.state())
    before = dumped(scene.path)
    killed_at(step, scene, work)
    assert_sound(scene.path)
    assert (dumped(scene.path) == before) == is_old
    with Person.at(scene.path, server, "anna") as again:
        if step == "detach:after_commit":
            assert again.value(min(images(server)), "name") is not None
            return
        again.sync()
        bob.sync()
        again.sync()
        for column in ("name", "population_total", "geom"):
            seen = {uid: image[column] for uid, image in images(server).items()}
            assert seen == {uid: again.row(uid).working[column] for uid in seen}
            assert seen == {uid: bob.row(uid).working[column] for uid in seen}
        assert sorted(image["name"] for image in images(server).values()) == ["D'Anna", "De Bob"]
        assert again.local.waiting().to_send == again.local.waiting().conflicts == 0
    assert_sound(scene.path)


def pages_from(local: SyncedWorkspace, uids: list[str]) -> None:
    """Write a page; it gives every site the number of its revision, and moves it."""
    there = travel("site")
    upto = local.state().cursor + 1
    rows = []
    for uid, base in known(local, uids).items():
        now = {**base, "population_total": upto + 1, "geom": point(upto)}
        changed = {name: now[name] for name in ("population_total", "geom")}
        rows.append(PulledRow("site", uid, Theirs.PATCH, upto, wire.row_hash(there, now), changed))
    received = local.receive(Page(upto, str(upto + 1), True, tuple(rows), ()))
    assert not received.damaged


def batches_from(local: SyncedWorkspace, uids: list[str]) -> None:
    """Edit, freeze and settle; every site gets the same number."""
    batch = local.freeze()
    if batch is None:
        number = 1 + max(int(str(base["population_total"])) for base in known(local, uids).values())
        local.apply(ChangeSet(update=[Record("site", uid, {"population_total": number}) for uid in uids]))
        batch = local.freeze()
    assert batch is not None
    accepted = [Result(number, Outcome.APPLIED) for number in range(1, len(batch.operations()) + 1)]
    local.settle(batch, accepted, local.state().cursor)


def known(local: SyncedWorkspace, uids: list[str]) -> dict[str, wire.Image]:
    rows = Rows(local._connection, local.path, travel("site")).read(uids)
    return {uid: row.base or {} for uid, row in rows.items()}


def point(turn: int) -> str:
    return str(wire.write_geometry(THERE if turn % 2 else THERE.buffer(0.001).centroid))


@pytest.mark.parametrize("work", [pages_from, batches_from], ids=["pages", "batches"])
def test_a_workspace_survives_many_kills(anna: Person, work: Callable[[SyncedWorkspace, list[str]], None]) -> None:
    uids = [anna.insert(name=f"S{number}", population_total=1) for number in range(10)]
    anna.sync()
    before = time.perf_counter()
    work(anna.local, uids)
    pace = time.perf_counter() - before
    anna.local.close()
    chance, seen = random.Random(7), set()
    for _ in range(KILLS // 2):
        ready, begun = os.pipe()
        child = os.fork()
        if not child:
            with SyncedWorkspace.attach(anna.path) as local:
                os.write(begun, b"!")
                while True:
                    work(local, uids)
        os.read(ready, 1)
        time.sleep(chance.uniform(0, 3 * pace))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        os.close(ready)
        os.close(begun)
        with SyncedWorkspace.attach(anna.path) as local:
            numbers = {base["population_total"] for base in known(local, uids).values()}
            assert len(numbers) == 1
            seen |= numbers
            if work is pages_from:
                assert local.freeze() is None
                assert local.state().chain == str(numbers.pop())
            else:
                batch = local.freeze()
                assert batch is None or len(batch.operations()) == len(uids)
    assert_sound(anna.path)
    assert len(seen) > KILLS // 20  # it got on, however slow the machine
