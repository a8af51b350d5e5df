"""The scenes that break when a rule of the engine is left out: each holds on the engine, and fails on its mutant."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress

import psycopg2
import pytest

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.sync.operations import Choice

from . import children, mutations
from .conftest import Engage
from .followed import Place, new_uid
from .ground import Ground
from .interleavings import pull, push
from .officers import GIVES_UP
from .proxy import Cut, Where
from .rest import a_site, all_holds, look_at

Scene = Callable[[Engage, Ground], None]
InDatabase = Callable[[Ground], None]
InCode = Callable[[], AbstractContextManager[None]]

CHANCE = random.Random(31)


def two_transactions_at_once(engage: Engage, ground: Ground) -> None:
    anne = engage("31")
    slow, quick = a_site(anne), a_site(anne)
    with closing(psycopg2.connect(anne.witness.place)) as holder, holder.cursor() as cursor:
        cursor.execute("UPDATE resorption.site SET address = 'slow' WHERE uid = %s", (slow,))
        anne.ledger.write("sql", "site", (slow, "address"), "slow", None)
        anne.witness.write("site", quick, address="quick")
        anne.ledger.write("sql", "site", (quick, "address"), "quick", None)
        anne.sync()
        holder.commit()
    all_holds(anne)


def a_site_leaves(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("09")
    uid = a_site(anne)
    anne.hands.add_child("dwelling", uid, new_uid(CHANCE))
    anne.sync()
    anne.witness.write("site", uid, **Place("09").values)
    bruno.sync()
    bruno.hands.set("site", uid, comments="what only the other department may read")
    all_holds(anne, bruno)


def somebody_elses_site(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("09")
    a_site(bruno)
    all_holds(anne, bruno)


def a_new_workspace(engage: Engage, ground: Ground) -> None:
    a_site(engage("09"))
    all_holds(engage("31"))


def a_position(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    a_site(anne)
    all_holds(anne, bruno)


def a_first_comment(engage: Engage, ground: Ground) -> None:
    anne = engage("31")
    uid = a_site(anne)
    anne.hands.set("site", uid, comments="the first")
    assert not anne.sync().conflicts, "a person contradicts nobody"
    all_holds(anne)


def the_same_field(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="of anne")
    bruno.hands.set("site", uid, name="of bruno")
    bruno.sync()
    pull(anne)
    look_at(anne)
    push(anne)
    look_at(anne)
    all_holds(anne, bruno)


def a_delete_by_who_has_not_seen(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    bruno.hands.set("site", uid, name="of bruno")
    bruno.sync()
    anne.hands.delete("site", uid)
    push(anne)
    all_holds(anne, bruno)


def a_delete(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    bruno.hands.delete("site", uid)
    all_holds(bruno, anne)


def a_third_edit_during_the_decision(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="of anne")
    bruno.hands.set("site", uid, name="of bruno")
    bruno.sync()
    anne.sync()
    bruno.hands.set("site", uid, name="of bruno again")
    bruno.sync()
    for dispute in anne.disputes():
        anne.decide(dispute, Choice.MINE, anne.hands.marks)
    anne.sync()
    all_holds(anne, bruno)


def a_refused_value(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    one, two = a_site(anne, bruno), a_site(anne, bruno)
    bruno.hands.set("site", one, rb_id=7)
    bruno.sync()
    anne.hands.set("site", two, rb_id=7)
    push(anne)
    assert anne.waiting().quarantined == 1
    all_holds(anne, bruno)


def a_kill_while_receiving(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    a_site(anne)
    ending = bruno.sync_in_child(children.KillAt("pull:before_commit"))
    assert ending.killed
    all_holds(anne, bruno)


def an_answer_that_is_lost(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = anne.hands.add_site(new_uid(CHANCE))
    ground.hang_up()  # on a line that is known to have stood, it would be asked again at once
    ground.proxy.arm(Cut(Where.AFTER, r"app\.push"))
    with suppress(ResorptionError):
        push(anne)
    bruno.sync()
    bruno.hands.set("site", uid, name="of bruno")
    bruno.sync()
    assert not anne.sync(patience=GIVES_UP).conflicts, "nobody contradicts anybody"
    all_holds(anne, bruno)


def what_was_received(engage: Engage, ground: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="of anne")
    anne.sync()
    bruno.sync()
    with closing(sqlite3.connect(bruno.path)) as connection:
        table = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'gpkg_%change%'"
        ((name,),) = connection.execute(table).fetchall()
        own = connection.execute(f"SELECT count(*) FROM {name} WHERE NOT received AND layer = 'site'").fetchone()
    assert own == (0,), "the history of a workspace takes for its own what it received"


DATABASE: tuple[tuple[InDatabase, Scene, str], ...] = (
    (mutations.revision_of_the_first_write, two_transactions_at_once, "I3"),
    (mutations.only_new_departments, a_site_leaves, "I3"),
    (mutations.children_stay, a_site_leaves, "I3|rounds"),
    (mutations.everybody_reads_the_log, somebody_elses_site, "I3|I7"),
    (mutations.snapshots_of_everybody, a_new_workspace, "I3|I7"),
    (mutations.geometry_as_json, a_position, "I3|I8"),
    (mutations.nothing_equals_nothing, a_first_comment, "contradicts nobody"),
    (mutations.last_one_wins, the_same_field, "I5"),
    (mutations.deletes_unseen, a_delete_by_who_has_not_seen, "I5"),
    (mutations.deletions_untold, a_delete, "I3"),
    (mutations.decides_unseen, a_third_edit_during_the_decision, "I5"),
)
CODE: tuple[tuple[InCode, Scene, str], ...] = (
    (mutations.no_hold, the_same_field, "I5"),
    (mutations.mine_over_theirs, the_same_field, "I1"),
    (mutations.base_advanced_at_freeze, a_refused_value, "I3"),
    (mutations.cursor_before_data, a_kill_while_receiving, "I3"),
    (mutations.another_name_each_time, an_answer_that_is_lost, "nobody contradicts"),
    (mutations.no_flag_while_receiving, what_was_received, "for its own"),
)
SCENES = tuple(dict.fromkeys(scene for _, scene, _ in (*DATABASE, *CODE)))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_scene_holds(engage: Engage, fresh: Ground, scene: Scene) -> None:
    scene(engage, fresh)


@pytest.mark.parametrize(("mutate", "scene", "told"), DATABASE, ids=lambda one: getattr(one, "__name__", ""))
def test_a_mutant_of_the_database_is_caught(
    engage: Engage, fresh: Ground, mutate: InDatabase, scene: Scene, told: str
) -> None:
    mutate(fresh)
    with pytest.raises(AssertionError, match=told):
        scene(engage, fresh)


@pytest.mark.parametrize(("mutate", "scene", "told"), CODE, ids=lambda one: getattr(one, "__name__", ""))
def test_a_mutant_of_the_code_is_caught(engage: Engage, fresh: Ground, mutate: InCode, scene: Scene, told: str) -> None:
    with mutate(), pytest.raises(AssertionError, match=told):
        scene(engage, fresh)
