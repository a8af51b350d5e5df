"""Short stories, each of something that must not go wrong; every one was broken by some mistake, or would be."""

from __future__ import annotations

from collections.abc import Callable

from resorption_plugin.core.sync.operations import Choice, ConflictKind
from tests.stories.held import Key
from tests.stories.story import Story
from tests.stories.world import Client, Cut, World

AREAS = {"ana": ["31"], "ben": ["31"], "cid": ["31", "81"]}


class Scene:
    """Three people who know one site and its dwelling."""

    def __init__(self, world: World) -> None:
        self.story = Story(world, AREAS)
        self.kept: dict[str, dict] = {}
        """What somebody may take back, by workspace."""
        self.ana, self.ben, self.cid = self.story.clients
        filled = {name: self.story.value(name) for name in ("name", "geom", "population_total")}
        place = {"status": "open", "living_conditions_version": 2, "department": "31"}
        self.site = self.story.insert(self.ana, "site", {**place, **filled}) or ("", "")
        comments = {"site_uid": self.site[1], "comments": self.story.value("comments")}
        self.dwelling = self.story.insert(self.ana, "dwelling", comments) or ("", "")
        self.sync(self.ana, self.ben, self.cid)

    def sync(self, *clients: Client) -> None:
        for client in clients:
            self.story.sync(client)
            self.story.check()

    def edit(self, client: Client, key: Key, *names: str) -> None:
        self.story.write(client, key, {name: self.story.value(name) for name in names})

    def decide(self, client: Client, choice: Choice) -> None:
        for conflict in client.conflicts():
            self.story.decide(client, conflict, choice)

    def conflicts(self) -> list[ConflictKind]:
        return [conflict.kind for conflict in self.story.world.conflicts()]


def _same_column(scene: Scene) -> None:
    """Two people write the same column: both values stay, a person decides."""
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "name", "address")
    scene.sync(scene.ana, scene.ben, scene.ana, scene.ben)
    assert scene.conflicts() == [ConflictKind.SAME_FIELD]
    assert scene.ben.rows()[scene.site]["name"] == scene.story.world.conflicts()[0].mine["name"]
    scene.decide(scene.ben, Choice.MINE)
    scene.sync(scene.ben, scene.ana)
    assert scene.ana.rows()[scene.site]["name"] == scene.ben.rows()[scene.site]["name"]


def _pull_before_push(scene: Scene) -> None:
    """What others wrote comes before one's own edit goes: the edit still meets it as a stranger."""
    scene.edit(scene.ana, scene.site, "name")
    scene.sync(scene.ana)
    scene.edit(scene.ben, scene.site, "name")
    scene.story.pull(scene.ben)
    scene.sync(scene.ben)
    assert scene.conflicts() == [ConflictKind.SAME_FIELD]


def _group(scene: Scene) -> None:
    """Two columns that say one thing together, each changed by somebody: one of them decides on both."""
    scene.edit(scene.ana, scene.site, "population_total")
    scene.edit(scene.ben, scene.site, "population_couples")
    scene.sync(scene.ana, scene.ben)
    assert scene.conflicts() == [ConflictKind.SAME_FIELD]


def _edit_after_sending(scene: Scene) -> None:
    """Who goes on editing while the answer is under way does not contradict themselves."""
    scene.edit(scene.ana, scene.site, "name")
    scene.story.push(scene.ana)
    scene.edit(scene.ana, scene.site, "name")
    scene.story.push(scene.ana)
    scene.edit(scene.ana, scene.site, "name")
    scene.sync(scene.ana)
    assert not scene.conflicts()


def _lost_answer(scene: Scene) -> None:
    """The server has done it and could not say so; meanwhile somebody else goes on from there."""
    scene.edit(scene.ana, scene.site, "name")
    scene.ana.remote.cut("push", Cut.AFTER, 2)
    scene.story.sync(scene.ana)
    scene.sync(scene.ben)
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ben, scene.ana)
    assert not scene.conflicts(), "sent twice, done twice"


def _killed_before_sending(scene: Scene) -> None:
    """The program ends between the freeze and the sending."""
    scene.edit(scene.ana, scene.site, "name")
    scene.ana.trap.set("push:before_send")
    scene.sync(scene.ana)
    scene.sync(scene.ana, scene.ben)
    assert scene.ben.rows()[scene.site]["name"] == scene.ana.rows()[scene.site]["name"]


def _cut_then_overtaken(scene: Scene) -> None:
    """The batch never left, and somebody else wrote the same column before it did."""
    scene.edit(scene.ana, scene.site, "name")
    scene.story.freeze(scene.ana)
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ben, scene.ana)
    assert scene.conflicts() == [ConflictKind.SAME_FIELD]


def _emptied(scene: Scene) -> None:
    """Emptying a column, and filling an empty one, are edits like others."""
    scene.story.write(scene.ana, scene.site, {"name": None})
    scene.edit(scene.ana, scene.site, "address")
    scene.sync(scene.ana, scene.ben)
    assert scene.ben.rows()[scene.site]["name"] is None
    assert scene.ben.rows()[scene.site]["address"] == scene.ana.rows()[scene.site]["address"] is not None
    scene.edit(scene.ben, scene.site, "census_conducted_by")
    scene.story.write(scene.ana, scene.site, {"address": None})
    scene.sync(scene.ben, scene.ana, scene.ben)
    assert not scene.conflicts()
    assert scene.ben.rows()[scene.site]["address"] is None


def _killed_while_receiving(scene: Scene) -> None:
    """The program ends while what others did is written."""
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ben)
    scene.ana.trap.set("pull:before_commit")
    scene.sync(scene.ana)
    scene.sync(scene.ana)
    assert scene.ana.rows()[scene.site]["name"] == scene.ben.rows()[scene.site]["name"]


def _deleted_meanwhile(scene: Scene) -> None:
    """One deletes what the other edits: the edit is not lost, whoever comes first."""
    scene.story.delete(scene.ana, scene.dwelling)
    scene.edit(scene.ben, scene.dwelling, "people")
    scene.sync(scene.ana, scene.ben)
    assert scene.conflicts() == [ConflictKind.EDIT_VS_DELETE]
    scene.decide(scene.ben, Choice.MINE)
    scene.sync(scene.ben, scene.ana)
    assert scene.ana.rows()[scene.dwelling]["people"] == scene.ben.rows()[scene.dwelling]["people"]
    scene.story.delete(scene.ana, scene.dwelling)
    scene.edit(scene.ben, scene.dwelling, "people")
    scene.sync(scene.ben, scene.ana)
    assert scene.conflicts()[1:] == [ConflictKind.DELETE_VS_EDIT]


def _deletion_undone(scene: Scene) -> None:
    """A deletion is taken back after others' edit came: their edit stays."""
    before = dict(scene.ana.rows()[scene.dwelling])
    scene.edit(scene.ben, scene.dwelling, "comments")
    scene.sync(scene.ben)
    scene.story.delete(scene.ana, scene.dwelling)
    scene.story.pull(scene.ana)
    scene.story.undo(scene.ana, scene.dwelling, before)
    scene.sync(scene.ana, scene.ben)
    assert scene.ana.rows()[scene.dwelling]["comments"] == scene.ben.rows()[scene.dwelling]["comments"]


def _restored(scene: Scene) -> None:
    """A backup takes the server back: what it has lost is sent again."""
    backup = scene.story.world.backup()
    scene.edit(scene.ana, scene.dwelling, "comments")
    scene.sync(scene.ana, scene.ben)
    scene.story.restore(backup)
    scene.story.direct(scene.site, {"address": scene.story.value("address")})
    scene.sync(scene.ben, scene.ana, scene.ben)
    assert scene.ben.rows()[scene.dwelling]["comments"] == scene.ana.rows()[scene.dwelling]["comments"]


def _counted_again(scene: Scene) -> None:
    """A server taken back counts the versions again: the same number is another content, which nobody has seen."""
    backup = scene.story.world.backup()
    scene.story.direct(scene.dwelling, {"comments": scene.story.value("comments")})
    scene.sync(scene.ben)
    scene.story.restore(backup)
    scene.story.direct(scene.dwelling, {"comments": scene.story.value("comments")})
    scene.story.delete(scene.ben, scene.dwelling)
    scene.sync(scene.ben)
    assert scene.conflicts() == [ConflictKind.DELETE_VS_EDIT]


def _refused(scene: Scene) -> None:
    """What the server refuses stays in the workspace, is told, and is not sent twice."""
    scene.story.write(scene.ana, scene.site, {"department": "81"})
    scene.sync(scene.ana, scene.ana)
    assert scene.ana.rows()[scene.site]["department"] == "81"
    assert scene.ana.base()[scene.site]["department"] == "31"
    assert [report.refused for report in scene.story.reports[-2:]] == [1, 0]


def _decided_by_another(scene: Scene) -> None:
    """A third person decides: nobody's workspace takes it back."""
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ana, scene.ben, scene.cid)
    scene.decide(scene.cid, Choice.MINE)
    scene.sync(scene.cid, scene.cid, scene.ana, scene.ben)
    assert scene.ana.rows()[scene.site]["name"] == scene.ben.rows()[scene.site]["name"]


def _third_edit(scene: Scene) -> None:
    """Somebody writes again while the conflict is looked at: it opens again."""
    scene.edit(scene.ana, scene.site, "name")
    scene.edit(scene.ben, scene.site, "name")
    scene.sync(scene.ana, scene.ben)
    scene.decide(scene.ben, Choice.MINE)
    scene.edit(scene.ana, scene.site, "name")
    scene.sync(scene.ana, scene.ben)
    assert len(scene.ben.conflicts()) == 1


def _left(scene: Scene) -> None:
    """A row goes where its editor may not read: the edit is set aside, the rest of the row goes."""
    scene.edit(scene.ana, scene.site, "name")
    scene.story.direct(scene.site, {"department": "81"})
    scene.sync(scene.ben)
    assert scene.site not in scene.ben.rows()
    scene.story.pull(scene.ana)
    scene.sync(scene.ana)
    assert [key for key, _ in scene.ana.remains().quarantined] == [scene.site]


SCENES: dict[str, Callable[[Scene], None]] = {
    scene.__name__.strip("_"): scene
    for scene in (
        _same_column,
        _pull_before_push,
        _group,
        _edit_after_sending,
        _lost_answer,
        _killed_before_sending,
        _cut_then_overtaken,
        _emptied,
        _killed_while_receiving,
        _deleted_meanwhile,
        _deletion_undone,
        _restored,
        _counted_again,
        _refused,
        _decided_by_another,
        _third_edit,
        _left,
    )
}


def play(name: str, world: World) -> None:
    """Play a scene to its end; ``AssertionError`` when a promise is broken."""
    scene = Scene(world)
    SCENES[name](scene)
    scene.story.check()
    scene.story.finish()
