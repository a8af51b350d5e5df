"""How a session goes: what it insists on, what it says, and what it leaves to the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync import session
from resorption_plugin.core.sync.freezing import fill, fingerprint, ordered
from resorption_plugin.core.sync.news import Action
from resorption_plugin.core.sync.operations import (
    BYTES_AT_ONCE,
    OPERATIONS_AT_ONCE,
    UNKNOWN,
    Choice,
    Edit,
    Kind,
    Operation,
)
from resorption_plugin.core.sync.patience import Patience
from resorption_plugin.core.sync.ports import BusyError, RefusedError, UnreachableError
from resorption_plugin.core.sync.session import Paused, Scrutiny, synchronise
from tests.stories.memory import MemoryWorld
from tests.stories.scenes import Scene
from tests.stories.world import AT_ONCE, Cut


@pytest.fixture
def scene() -> Scene:
    return Scene(MemoryWorld())


def test_what_a_session_did_is_told(scene: Scene) -> None:
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "name", "address")
    scene.sync(scene.ana)
    report = scene.story.sync(scene.ben)
    assert (report.sent, report.conflicts, report.refused) == (1, 1, 0)  # the address was taken
    assert report.waiting.conflicts == 1
    assert scene.ben.rows()[scene.site]["address"] == scene.story.world.rows()[scene.site]["address"]
    report = scene.story.sync(scene.ana)
    assert (report.sent, report.received, report.layers) == (0, 1, frozenset({"site"}))


@pytest.mark.parametrize("at_once", [OPERATIONS_AT_ONCE, 1])
def test_a_record_that_goes_more_than_once_is_counted_once(
    scene: Scene, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision on a record and what else changed in it are two operations, in one batch or in several."""
    monkeypatch.setattr("resorption_plugin.core.sync.freezing.OPERATIONS_AT_ONCE", at_once)
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ana, scene.ben)
    scene.decide(scene.ben, Choice.MINE)
    scene.edit(scene.ben, scene.site, "address")
    scene.edit(scene.ben, scene.dwelling, "comments")
    batches = []
    plain = scene.ben.remote.remote.push
    scene.ben.remote.remote.push = lambda batch, state: (batches.append(batch), plain(batch, state))[1]
    report = scene.story.sync(scene.ben)
    sent = [(made.layer, made.uid) for batch in batches for made in batch.operations()]
    assert len(batches) > 1 or at_once > 1
    assert (len(sent) > len(set(sent)), set(sent)) == (True, {scene.site, scene.dwelling})
    assert report.sent == 2


def test_the_first_session_reads_everything(scene: Scene) -> None:
    late = scene.story.world.client("ana")
    report = scene.story.sync(late)
    assert report.is_new_beginning
    assert late.rows().keys() == scene.ana.rows().keys()


def test_the_workspace_is_copied_before_much_is_written_and_not_for_an_echo(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(session, "MANY_ROWS", 0)
    for client, name in ((scene.ana, "ana"), (scene.ben, "ben")):
        monkeypatch.setattr(client.local, "back_up", lambda name=name: copied.append(name), raising=False)
    scene.edit(scene.ana, scene.site, "name")
    scene.sync(scene.ana)
    assert copied == []
    scene.sync(scene.ben)
    assert copied == ["ben"]


def test_a_busy_server_is_asked_again_with_longer_waits(scene: Scene) -> None:
    waits: list[float] = []
    plain, refusals = scene.ana.remote.remote.pull, [BusyError("Busy."), BusyError("Busy.")]

    def pull(cursor: int) -> Any:
        if refusals:
            raise refusals.pop()
        return plain(cursor)

    scene.ana.remote.remote.pull = pull
    patience = Patience(when_busy=(1.0, 2.0, 4.0), sleep=waits.append, chance=lambda: 0.5)
    synchronise(scene.ana.local, scene.ana.remote, patience=patience)
    assert waits == [1.0, 2.0]


def test_a_server_that_stays_busy_is_left_alone(scene: Scene) -> None:
    def busy(_state: object) -> Any:
        raise BusyError("Busy.")

    scene.ana.remote.remote.hello = busy
    with pytest.raises(BusyError):
        synchronise(scene.ana.local, scene.ana.remote, patience=AT_ONCE)


def test_without_network_a_greeting_is_not_repeated(scene: Scene) -> None:
    asked: list[object] = []

    def hello(state: object) -> Any:
        asked.append(state)
        raise UnreachableError("Nobody there.")

    scene.ana.remote.remote.hello = hello
    with pytest.raises(UnreachableError):
        synchronise(scene.ana.local, scene.ana.remote, patience=AT_ONCE)
    assert len(asked) == 1


def test_a_lost_answer_is_asked_for_with_the_same_bytes(scene: Scene) -> None:
    scene.edit(scene.ana, scene.site, "name")
    sent = []
    plain = scene.ana.remote.remote.push
    scene.ana.remote.remote.push = lambda batch, state: (sent.append(batch), plain(batch, state))[1]
    scene.ana.remote.cut("push", Cut.AFTER)
    assert synchronise(scene.ana.local, scene.ana.remote, patience=AT_ONCE).sent == 1
    assert len(sent) == 2
    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    "action", [Action.UPGRADE_PLUGIN, Action.UPGRADE_WORKSPACE, Action.UPGRADE_SERVER, Action.WAIT]
)
def test_what_the_server_wants_first_is_said_before_anything_is_sent(scene: Scene, action: Action) -> None:
    scene.edit(scene.ana, scene.site, "name")
    plain: Callable[[Any], Any] = scene.ana.remote.remote.hello
    scene.ana.remote.remote.hello = lambda state: replace(plain(state), action=action, reason="2 < 3")
    before = scene.story.world.log()
    with pytest.raises(RefusedError, match="2 < 3") as refusal:
        synchronise(scene.ana.local, scene.ana.remote, patience=AT_ONCE)
    assert refusal.value.action is action
    assert scene.story.world.log() == before
    assert not scene.ana.is_in_flight()


class _Impatient(Silent):
    """Cancels at the n-th question."""

    def __init__(self, after: int) -> None:
        self.left = after

    def is_cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("after", range(7))
def test_a_session_stopped_between_two_steps_goes_on_later(scene: Scene, after: int) -> None:
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "address")
    scene.sync(scene.ben)
    with pytest.raises(Paused):
        synchronise(scene.ana.local, scene.ana.remote, _Impatient(after), patience=AT_ONCE)
    scene.story.check()
    scene.story.finish()


def test_what_is_too_long_to_tell_is_read_anew(scene: Scene) -> None:
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ben)
    plain = scene.ana.remote.remote.pull
    refusals = [RefusedError("Begin anew.", action=Action.REBASE)]

    def pull(cursor: int) -> Any:
        if refusals:
            raise refusals.pop()
        return plain(cursor)

    scene.ana.remote.remote.pull = pull
    scene.edit(scene.ana, scene.site, "address")
    report = scene.story.sync(scene.ana)
    assert report.is_new_beginning
    assert scene.ana.rows()[scene.site]["name"] == scene.ben.rows()[scene.site]["name"]
    scene.story.finish()


def test_what_was_spoilt_here_is_found_and_repaired(scene: Scene) -> None:
    file = scene.ana.local.file
    image, version = file.base[scene.site]
    file.base[scene.site] = ({**image, "address": "spoilt"}, version)
    file.working[scene.site] = {**image, "address": "spoilt"}
    file.base.pop(scene.dwelling)
    file.working.pop(scene.dwelling)
    report = scene.story.sync(scene.ana, Scrutiny.ALL)
    assert (report.repaired, report.unrepaired) == (2, ())
    scene.story.finish()


def test_what_cannot_be_repaired_is_said_and_the_session_ends(scene: Scene) -> None:
    scene.edit(scene.ana, scene.site, "name")
    scene.ana.remote.remote.rows = lambda _asked: []
    scene.ana.remote.remote.digest = lambda: (scene.story.world.server.state.revision, {("site", 1): (9, 9)})
    report = scene.story.sync(scene.ana)
    assert report.unrepaired


def test_batches_are_limited_in_number_and_size() -> None:
    def made(number: int, text: str = "") -> Operation:
        return Operation("dwelling", f"{number:032x}", Kind.UPDATE, {"comments": Edit(None, text)})

    many = [made(number) for number in range(OPERATIONS_AT_ONCE + 1)]
    assert len(fill(many).taken) == OPERATIONS_AT_ONCE
    third = "é" * (BYTES_AT_ONCE // 6)
    assert len(fill([made(number, third) for number in range(4)]).taken) == 2
    filled = fill([made(1, third * 4), made(2)])
    assert [one.uid for one in filled.too_large] == [made(1).uid]
    assert [one.uid for one in filled.taken] == [made(2).uid]


def test_parents_come_first_and_go_last() -> None:
    def made(layer: str, kind: Kind) -> Operation:
        return Operation(layer, "1", kind, {"comments": Edit(UNKNOWN, "x")} if kind is not Kind.DELETE else {})

    kinds = (Kind.DELETE, Kind.UPDATE, Kind.INSERT)
    told = [
        (one.kind.value, one.layer) for one in ordered(made(layer, k) for layer in ("dwelling", "site") for k in kinds)
    ]
    assert told == [
        ("I", "site"),
        ("I", "dwelling"),
        ("U", "site"),
        ("U", "dwelling"),
        ("D", "dwelling"),
        ("D", "site"),
    ]


def test_a_fingerprint_tells_what_is_said_not_who_says_it() -> None:
    one = Operation("site", "1", Kind.UPDATE, {"name": Edit("a", "b")})
    assert fingerprint(one) == fingerprint(replace(one))
    assert fingerprint(one) != fingerprint(replace(one, edits={"name": Edit("a", "c")}))
