"""Random histories of several people, rows and accidents, played in memory with the very functions of the workspace."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from resorption_plugin.core.sync.operations import Choice, ConflictKind
from resorption_plugin.core.sync.travelling import travel
from tests.stories.held import Key
from tests.stories.memory import MemoryWorld
from tests.stories.scenes import AREAS
from tests.stories.story import Story
from tests.stories.world import Client, Cut, World

FIELDS = {
    "site": (
        "name",
        "address",
        "population_total",
        "population_couples",
        "geom",
        "social_origins",
        "census_conducted_by",
    ),
    "dwelling": ("comments", "people", "geom"),
}

STEPS = ("greet", "freeze", "settle", "pull", "rebase", "repair", "requeue")
KILLS = [f"{step}:{side}_commit" for step in STEPS for side in ("before", "after")]
KILLS += ["push:before_send", "push:after_answer"]

clients = st.integers(0, 3)
picks = st.integers(0, 7)
layers = st.sampled_from(["site", "site", "dwelling"])
questions = st.sampled_from(["push", "push", "pull"])
some_fields = st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True)


class Machine(RuleBasedStateMachine):
    """Plays in the world that ``world`` makes: the same histories elsewhere, with another one."""

    @staticmethod
    def world() -> World:
        return MemoryWorld()

    @initialize()
    def begin(self) -> None:
        self.story = Story(self.world(), AREAS)
        self.backup: object | None = None
        self.undoable: list[tuple[Client, Key, dict | None]] = []
        first = self.story.clients[0]
        site = self.story.insert(first, "site", self._site("31"))
        assert site is not None
        self.story.insert(first, "dwelling", {"site_uid": site[1], "comments": self.story.value("comments")})
        for client in self.story.clients:
            self.story.sync(client)

    def _site(self, department: str) -> dict:
        filled = {name: self.story.value(name) for name in ("name", "geom", "population_total")}
        return {"status": "open", "living_conditions_version": 2, "department": department, **filled}

    def _client(self, number: int) -> Client:
        return self.story.clients[number % len(self.story.clients)]

    @staticmethod
    def _key(client: Client, layer: str, pick: int) -> Key | None:
        keys = sorted(key for key in client.rows() if key[0] == layer)
        return keys[pick % len(keys)] if keys else None

    # --- people

    @rule(c=clients)
    def insert_site(self, c: int) -> None:
        self.story.insert(self._client(c), "site", self._site("31"))

    @rule(c=clients, pick=picks)
    def insert_dwelling(self, c: int, pick: int) -> None:
        client = self._client(c)
        if site := self._key(client, "site", pick):
            self.story.insert(client, "dwelling", {"site_uid": site[1], "comments": self.story.value("comments")})

    @rule(
        c=clients,
        pick=picks,
        layer=layers,
        fields=some_fields,
        empty=st.integers(0, 9),
    )
    def update(self, c: int, pick: int, layer: str, fields: list[int], empty: int) -> None:
        client = self._client(c)
        key = self._key(client, layer, pick)
        if key is None:
            return
        names = {FIELDS[layer][number % len(FIELDS[layer])] for number in fields}
        values = {name: self.story.value(name) for name in sorted(names)}
        if empty == 0 and (name := min(names)) != "geom":
            values[name] = None
        before = {name: client.rows()[key].get(name) for name in values}
        if self.story.write(client, key, values):
            self.undoable.append((client, key, before))

    @rule(c=clients, pick=picks, layer=st.sampled_from(["site", "dwelling"]))
    def delete(self, c: int, pick: int, layer: str) -> None:
        client = self._client(c)
        if key := self._key(client, layer, pick):
            if layer == "dwelling":
                self.undoable.append((client, key, dict(client.rows()[key])))
            self.story.delete(client, key)

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        client, key, before = self.undoable.pop()
        if key in client.rows() or set(before) >= set(travel(key[0]).columns):
            self.story.undo(client, key, before)

    @rule(c=clients, pick=picks, choice=st.sampled_from(Choice))
    def decide(self, c: int, pick: int, choice: Choice) -> None:
        client = self._client(c)
        conflicts = sorted(client.conflicts(), key=lambda conflict: conflict.uid)
        if not conflicts:
            return
        conflict = conflicts[pick % len(conflicts)]
        values = None
        if choice is Choice.EDIT:
            if conflict.kind is ConflictKind.DELETE_VS_EDIT:
                return
            names = [name for name in conflict.mine if name in FIELDS[conflict.layer]]
            values = {name: self.story.value(name) for name in names[:1]}
        self.story.decide(client, conflict, choice, values)

    # --- exchanges and accidents

    @rule(c=clients)
    def freeze(self, c: int) -> None:
        self.story.freeze(self._client(c))

    @rule(c=clients)
    def push(self, c: int) -> None:
        self.story.push(self._client(c))

    @rule(c=clients)
    def pull(self, c: int) -> None:
        self.story.pull(self._client(c))

    @rule(c=clients)
    def sync(self, c: int) -> None:
        self.story.sync(self._client(c))

    @rule(
        c=clients,
        where=st.sampled_from(Cut),
        times=st.integers(1, 2),
        question=questions,
    )
    def sync_over_a_bad_line(self, c: int, where: Cut, times: int, question: str) -> None:
        client = self._client(c)
        client.remote.cut(question, where, times)
        self.story.sync(client)

    @rule(c=clients, step=st.sampled_from(KILLS), nth=st.integers(1, 2))
    def sync_and_be_killed(self, c: int, step: str, nth: int) -> None:
        client = self._client(c)
        client.trap.set(step, nth)
        self.story.sync(client)

    # --- the others

    @rule(pick=picks, department=st.sampled_from(["81", "31"]))
    def move_elsewhere(self, pick: int, department: str) -> None:
        keys = sorted(key for key in self.story.world.rows() if key[0] == "site")
        if keys:
            self.story.direct(keys[pick % len(keys)], {"department": department})

    @rule(pick=picks)
    def change_directly(self, pick: int) -> None:
        keys = sorted(self.story.world.rows())
        if keys:
            key = keys[pick % len(keys)]
            name = "comments" if key[0] == "dwelling" else "address"
            self.story.direct(key, {name: self.story.value(name)})

    @rule(wide=st.booleans())
    def change_rights(self, wide: bool) -> None:
        self.story.world.grant("cid", ["31", "81"] if wide else ["81"])

    @rule()
    def back_up(self) -> None:
        self.backup = self.story.world.backup()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        self.story.restore(self.backup)
        self.backup = None

    @precondition(lambda self: len(self.story.clients) < 4)
    @rule(c=st.integers(0, 2))
    def copy_the_file(self, c: int) -> None:
        self.story.copy(self._client(c))

    @invariant()
    def check(self) -> None:
        if hasattr(self, "story"):
            self.story.check()

    def teardown(self) -> None:
        if hasattr(self, "story"):
            self.story.world.grant("cid", ["31", "81"])
            self.story.check()
            self.story.finish()


def test_any_history_keeps_the_promises() -> None:
    """Always the same few, so that a change is judged by itself; the profile `torture` plays thousands of new ones."""
    quick = settings(
        max_examples=60,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    is_torture = settings.get_current_profile_name() == "torture"
    run_state_machine_as_test(Machine, settings=settings() if is_torture else quick)
