"""The server crashes, is away, keeps a row locked, is restored from a backup, or is asked by who may not."""

from __future__ import annotations

import random
import threading
import time
from contextlib import closing
from dataclasses import replace

import psycopg2
import pytest

from resorption_plugin.core.errors import ResorptionError
from resorption_plugin.core.sync.operations import Batch, Edit, Kind, Operation
from resorption_plugin.core.sync.ports import BusyError, UnreachableError
from resorption_plugin.postgis.remote import PostgresRemote

from .conftest import Engage
from .followed import new_uid
from .ground import Ground
from .officers import GIVES_UP, HURRIED, Officer, attached
from .rest import a_site, all_holds, look_at, theirs

CHANCE = random.Random(12)


def test_the_server_crashes_and_comes_back(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="before the crash")
    child = anne.start_sync()
    time.sleep(0.1)
    anne.witness.close()
    fresh.cluster.restart("immediate")
    assert child.wait().error in ("", "UnreachableError", "BusyError")
    fresh.hang_up()
    look_at(anne)
    all_holds(anne, bruno)


def test_the_server_is_away(engage: Engage, fresh: Ground) -> None:
    anne = engage("31")
    uid = a_site(anne)
    anne.hands.set("site", uid, name="while it is away")
    anne.witness.close()
    fresh.cluster.stop("immediate")
    try:
        before = anne.path.read_bytes()
        with pytest.raises(UnreachableError):
            anne.sync(patience=GIVES_UP)
        assert anne.path.read_bytes() == before
    finally:
        fresh.cluster.start()
    all_holds(anne)


def held_row(officer: Officer, uid: str) -> psycopg2.extensions.connection:
    """Lock a row of the server until the connection is closed."""
    holder = psycopg2.connect(officer.witness.place)
    with holder.cursor() as cursor:
        cursor.execute("SELECT FROM resorption.site WHERE uid = %s FOR UPDATE", (uid,))
    return holder


def test_a_lock_that_lasts_is_waited_for_and_then_told(engage: Engage, fresh: Ground) -> None:
    anne = engage("31")
    uid = a_site(anne)
    anne.hands.set("site", uid, name="behind a lock")
    with attached(anne.path) as local:
        batch, state = local.freeze(), local.state()
    assert batch is not None
    target = fresh.target(anne.login)
    hurried = replace(target, parameters={**target.parameters, "options": "-c statement_timeout=300ms"})
    with closing(held_row(anne, uid)), PostgresRemote(hurried) as remote, pytest.raises(BusyError):
        remote.push(batch, state)
    all_holds(anne)


def test_two_sessions_that_wait_for_each_other_both_get_through(engage: Engage, fresh: Ground) -> None:
    anne = engage("31")
    one, two = sorted((a_site(anne), a_site(anne)))
    anne.hands.set("site", one, name="first")
    anne.hands.set("site", two, name="second")
    with closing(psycopg2.connect(anne.witness.place)) as other, other.cursor() as cursor:
        cursor.execute("SET deadlock_timeout = '10s'; UPDATE resorption.site SET address = 'a' WHERE uid = %s", (two,))
        anne.ledger.write("sql", "site", (two, "address"), "a", None)
        anne.ledger.write("sql", "site", (one, "address"), "b", None)

        def cross() -> None:
            time.sleep(0.3)
            cursor.execute("UPDATE resorption.site SET address = 'b' WHERE uid = %s", (one,))
            other.commit()

        thread = threading.Thread(target=cross)
        thread.start()
        anne.sync(patience=HURRIED)
        thread.join()
    all_holds(anne)


def test_a_backup_that_is_put_back_gets_again_what_it_lost(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    cluster, database = fresh.cluster, fresh.database
    for _ in range(2):
        fresh.hang_up()
        anne.witness.close()
        cluster.disconnect(database)
        cluster.copy(database, "backup")
        anne.hands.set("site", uid, name=f"of anne {CHANCE.random()}")
        anne.sync()
        bruno.hands.add_child("journal_entry", uid, new_uid(CHANCE))
        bruno.sync()
        look_at(bruno)
        fresh.hang_up()
        anne.witness.close()
        cluster.drop(database)
        cluster.rename("backup", database)
        anne.witness.ask("SELECT app.new_epoch()")
        anne.witness.look_again()
        anne.ledger.doubt(anne.witness.kept)
        all_holds(anne, bruno)
        assert anne.witness.ask("SELECT count(*) FROM resorption.journal_entry WHERE site_uid = %s", (uid,))[0][0]


@pytest.mark.parametrize("is_decided", [False, True], ids=["undecided", "decided"])
def test_a_contradiction_is_the_same_after_a_new_beginning(engage: Engage, *, is_decided: bool) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    for officer in (anne, bruno):
        officer.hands.set("site", uid, name=f"of {officer.name}")
        officer.sync()
    chloe = engage("31")
    (waits,) = bruno.disputes()
    assert [one.conflict.uid for one in chloe.local().conflicts()] == [waits.conflict.uid]
    if is_decided:
        theirs(bruno, waits)
    anne.witness.ask("SELECT app.new_epoch()")
    for officer in (bruno, anne, chloe):
        assert officer.sync().is_new_beginning
    assert [one.conflict.uid for one in bruno.disputes()] == ([] if is_decided else [waits.conflict.uid])
    statuses = anne.witness.ask("SELECT status FROM sync.conflict")
    assert statuses == [("resolved" if is_decided else "open",)]
    all_holds(anne, bruno, chloe)


def test_what_another_login_or_a_forger_sends_is_refused(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("09")
    uid = a_site(bruno)
    theft = Operation("site", uid, Kind.UPDATE, {"name": Edit(None, "stolen")}, 1)
    batch = Batch.of("00000000-0000-4000-8000-000000000001", [theft])
    _, results = anne.remote().push(batch, anne.state())
    assert [result.code for result in results] == ["outside_area"]
    with pytest.raises(ResorptionError):
        bruno.remote().push(batch, bruno.state())
    with pytest.raises(ResorptionError):
        anne.remote().push(Batch(batch.uid, batch.payload.replace("stolen", "other")), anne.state())
    all_holds(anne, bruno)
