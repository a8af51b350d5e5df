"""The promises are worth what their tests catch: each mistake that would break one is made here, and must be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from resorption_plugin.core.sync import ancestry, freezing, merging, settling
from resorption_plugin.core.sync.ancestry import LocalRow, alike
from resorption_plugin.core.sync.merging import Merged
from resorption_plugin.core.sync.news import Page
from resorption_plugin.core.sync.operations import Batch
from resorption_plugin.core.sync.ports import Received
from tests.stories.memory import MemoryWorld
from tests.stories.scenes import SCENES, play
from tests.stories.server import MemoryServer
from tests.stories.workspace import MemoryLocal

Patch = Callable[..., None]


@pytest.mark.parametrize("name", SCENES)
def test_the_scenes_end_well(name: str) -> None:
    play(name, MemoryWorld())


def _nothing_held(patch: Patch, world: MemoryWorld) -> None:
    plain = merging.received
    patch(merging, "received", lambda *given: replace(plain(*given), held={}))


def _conflicts_do_not_hold(patch: Patch, world: MemoryWorld) -> None:
    plain = freezing.operation
    patch(freezing, "operation", lambda layer, uid, row, _groups: plain(layer, uid, row))


def _refusals_sent_again(patch: Patch, world: MemoryWorld) -> None:
    patch(freezing, "fingerprint", lambda _made: "another")


def _base_does_not_follow(patch: Patch, world: MemoryWorld) -> None:
    plain = merging.received

    def received(travel: Any, row: LocalRow, *theirs: Any) -> Merged:
        return replace(plain(travel, row, *theirs), base=row.base or theirs[0])

    patch(merging, "received", received)


def _theirs_win(patch: Patch, world: MemoryWorld) -> None:
    patch(merging, "received", lambda _travel, _row, theirs, version: Merged(dict(theirs), theirs, version))


def _deletions_win(patch: Patch, world: MemoryWorld) -> None:
    patch(merging, "gone", lambda *_given, **_more: Merged(None, None))


def _edits_of_what_left_forgotten(patch: Patch, world: MemoryWorld) -> None:
    patch(merging, "left", lambda *_given, **_more: Merged(None, None))


def _nothing_is_not_nothing(patch: Patch, world: MemoryWorld) -> None:
    """Compare as SQL's `=` does: with nothing on one side, nothing is told apart."""
    for module in (ancestry, freezing, merging):
        patch(module, "same", lambda one, other: one is None or other is None or one == other)


def _groups_torn(patch: Patch, world: MemoryWorld) -> None:
    plain = freezing._edits

    def edits(travel: Any, row: LocalRow, *given: Any) -> Any:
        return {name: edit for name, edit in plain(travel, row, *given).items() if edit.before != edit.after}

    patch(freezing, "_edits", edits)


def _versions_compared(patch: Patch, world: MemoryWorld) -> None:
    plain = merging._over_absence

    def over_absence(travel: Any, row: LocalRow, theirs: Any, version: Any) -> Merged:
        after = plain(travel, row, theirs, version)
        return replace(after, held={}) if row.version == version else after

    patch(merging, "_over_absence", over_absence)
    restore = MemoryServer.restore

    def counts_again(self: MemoryServer, backup: Any) -> None:
        restore(self, backup)
        self.state.first_version = 1

    patch(MemoryServer, "restore", counts_again)


def _deletions_forget_what_they_saw(patch: Patch, world: MemoryWorld) -> None:
    plain = merging._over_absence

    def over_absence(travel: Any, row: LocalRow, theirs: Any, version: Any) -> Merged:
        after = plain(travel, row, theirs, version)
        is_seen = row.base is None or alike(travel, row.base, theirs)
        return after if is_seen else replace(after, held={ancestry.WHOLE: ancestry.UNSEEN})

    patch(merging, "_over_absence", over_absence)
    patch(merging, "retried", lambda _travel, row: Merged(row.working, row.base, row.version, row.held))


def _answers_teach_nothing(patch: Patch, world: MemoryWorld) -> None:
    patch(settling, "advanced", lambda row, _confirmed: row)


def _all_decisions_ours(patch: Patch, world: MemoryWorld) -> None:
    plain = settling.settle

    def settle(batch: Batch, results: Any, **more: Any) -> settling.Settled:
        ours = {made.conflict for made in batch.operations()}
        return plain(batch, results, **{**more, "ours": ours})

    patch(settling, "settle", settle)


def _base_advanced_at_freeze(patch: Patch, world: MemoryWorld) -> None:
    plain = MemoryLocal.freeze

    def freeze(self: MemoryLocal) -> Batch | None:
        batch = plain(self)
        for made in batch.operations() if batch else ():
            key = (made.layer, made.uid)
            if key in self.file.working:
                self.file.base[key] = (self.file.working[key], None)
        return batch

    patch(MemoryLocal, "freeze", freeze)


def _cursor_before_data(patch: Patch, world: MemoryWorld) -> None:
    plain = MemoryLocal.receive

    def receive(self: MemoryLocal, page: Page) -> Received:
        self.file.state = replace(self.file.state, cursor=page.upto, chain=page.chain)
        return plain(self, page)

    patch(MemoryLocal, "receive", receive)


def _another_name_each_time(patch: Patch, world: MemoryWorld) -> None:
    plain = MemoryLocal.freeze

    def freeze(self: MemoryLocal) -> Batch | None:
        batch = plain(self)
        if batch is None:
            return None
        sent = next(sent for sent in self.file.outbox if sent.batch == batch)
        sent.batch = replace(batch, uid=world.server.name())
        return sent.batch

    patch(MemoryLocal, "freeze", freeze)


def _frozen_again_each_time(patch: Patch, world: MemoryWorld) -> None:
    plain = MemoryLocal.freeze

    def freeze(self: MemoryLocal) -> Batch | None:
        self.file.outbox = [sent for sent in self.file.outbox if sent.is_done]
        return plain(self)

    patch(MemoryLocal, "freeze", freeze)


def _lost_batches_stay_lost(patch: Patch, world: MemoryWorld) -> None:
    patch(MemoryLocal, "requeue", lambda _self: 0)


def _server_asks_no_version(patch: Patch, world: MemoryWorld) -> None:
    plain = MemoryServer.apply

    def apply(self: MemoryServer, login: str, device: str, batch: Batch) -> Any:
        told = [
            replace(made, version=held.version if (held := self.state.rows.get((made.layer, made.uid))) else None)
            for made in batch.operations()
        ]
        return plain(self, login, device, Batch.of(batch.uid, told))

    patch(MemoryServer, "apply", apply)


MUTATIONS = [
    _nothing_held,
    _conflicts_do_not_hold,
    _refusals_sent_again,
    _base_does_not_follow,
    _theirs_win,
    _deletions_win,
    _edits_of_what_left_forgotten,
    _nothing_is_not_nothing,
    _groups_torn,
    _versions_compared,
    _deletions_forget_what_they_saw,
    _answers_teach_nothing,
    _all_decisions_ours,
    _base_advanced_at_freeze,
    _cursor_before_data,
    _another_name_each_time,
    _frozen_again_each_time,
    _lost_batches_stay_lost,
    _server_asks_no_version,
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_a_mistake_is_caught(mutation: Callable[[Patch, MemoryWorld], None], monkeypatch: pytest.MonkeyPatch) -> None:
    world = MemoryWorld()
    mutation(monkeypatch.setattr, world)
    for name in SCENES:
        try:
            play(name, world)
        except (AssertionError, KeyError):  # a row that should be there is not
            return
        world = MemoryWorld()
    pytest.fail("no scene notices this mistake")
