"""What breaks around a synchronisation: the server, the disk, the clock, the file; nothing is lost, and it goes on."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from resorption_plugin.core.errors import Cancelled, ResorptionError, WorkspaceError
from resorption_plugin.core.sync.operations import Batch, Edit, Kind, Operation
from resorption_plugin.core.sync.ports import BusyError, UnreachableError
from resorption_plugin.core.sync.session import synchronise
from resorption_plugin.postgis.remote import PostgresRemote

from . import children
from .conftest import Engage
from .exchanges import KILL_STEPS
from .ground import Ground
from .officers import GIVES_UP, HURRIED, Officer, attached
from .people import new_uid, writing
from .proxy import Cut, How, Where
from .rest import check_everything, come_to_rest, look_at
from .test_mutations import a_site, all_holds, theirs

CHANCE = random.Random(12)


@pytest.mark.parametrize(
    ("step", "nth"), [*((step, 1) for step in KILL_STEPS), ("push:before_send", 2), ("pull:before_commit", 2)]
)
def test_a_process_killed_at_any_step_goes_on(engage: Engage, fresh: Ground, step: str, nth: int) -> None:
    anne, bruno = engage("31"), engage("31")
    a_site(bruno)
    uid = a_site(anne)
    anne.hands.set("site", uid, name="edited")
    if step.startswith("rebase"):
        fresh.grant(anne.login, ["31", "09"])
        anne.departments = anne.ever = frozenset(("31", "09"))
    anne.close()
    ending = anne.sync_in_child(children.KillAt(step, nth))
    assert ending.killed or (nth == 2 and ending.code == 0), ending.told
    look_at(anne)
    all_holds(anne, bruno)


@pytest.mark.parametrize("step", ["freeze", "settle", "pull"])
def test_a_step_that_raises_leaves_nothing_half_written(engage: Engage, step: str) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(bruno, anne)
    bruno.hands.set("site", uid, comments="of bruno")
    bruno.sync()
    anne.hands.set("site", uid, name="of anne")

    def full(seen: str) -> None:
        if seen == f"{step}:before_commit":
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises((WorkspaceError, sqlite3.OperationalError)):
        anne.sync(probe=full)
    look_at(anne)
    all_holds(anne, bruno)


def test_a_full_disk_is_told_and_loses_nothing(engage: Engage, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("Only root mounts a small disk.")
    anne, bruno = engage("31"), engage("31")
    anne.close()
    size = anne.path.stat().st_size
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + 200_000}", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("This machine does not let mount a small disk.")
    try:
        anne.path = anne.hands.path = Path(shutil.move(anne.path, disk))
        for _ in range(150):
            bruno.hands.add_site(new_uid(CHANCE), comments="x" * 3_000)
        bruno.sync()
        before = anne.state().cursor
        with pytest.raises(WorkspaceError, match=r"disk|full|space"):
            anne.sync()
        assert anne.state().cursor == before
        anne.check_file()
        anne.close()
        subprocess.run(["mount", "-o", f"remount,size={size + 20_000_000}", disk], check=True)
        all_holds(anne, bruno)
    finally:
        anne.close()
        subprocess.run(["umount", disk], check=True)


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


def test_the_disks_of_a_workspace_and_its_copy(engage: Engage) -> None:
    """Two files of one device never take one for the other, and what both send arrives once."""
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, comments="waits in both files")
    with attached(anne.path) as local:
        local.freeze()
    anne.close()
    copy = anne.path.with_name("copy_of_anne.gpkg")
    shutil.copy(anne.path, copy)
    twin = replace_path(anne, copy)
    anne.sync()
    twin.hands.set("site", uid, name="by the twin")
    twin.sync()
    try:
        all_holds(anne, twin, bruno)
        anne.witness.look()
        arrivals = [entry for entry in anne.witness.log if (entry.after or {}).get("comments") and entry.op == "U"]
        assert len(arrivals) == 1
    finally:
        twin.close()


def replace_path(officer: Officer, path: Path) -> Officer:
    hands = replace(officer.hands, who=f"{officer.name} twin", path=path)
    officer.ledger.inherit(officer.name, hands.who)
    return replace(officer, path=path, hands=hands, _local=None)


def test_the_same_history_under_mad_clocks_gives_the_same_rows(engage: Engage) -> None:
    """The dates that people's computers write are data like others: they decide nothing."""
    images = []
    anne, bruno = engage("31"), engage("31")
    for years in (-10, 0, 10):
        uid = anne.hands.add_site(new_uid(CHANCE), name="same")
        anne.sync()
        bruno.sync()
        anne.hands.set("site", uid, address="of anne", updated_at=f"{2026 + years}-01-01T00:00:00.000Z")
        bruno.hands.set("site", uid, address="of bruno", updated_at=f"{2026 - years}-01-01T00:00:00.000Z")
        bruno.sync()
        anne.sync()
        come_to_rest((anne, bruno), theirs)
        found = anne.witness.images(("site",))["site", uid]
        images.append({name: found[name] for name in ("name", "address", "comments", "status")})
    assert images[0] == images[1] == images[2]
    assert images[0]["address"] == "of bruno"


def test_a_page_heard_twice_changes_nothing(engage: Engage) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="again")
    anne.sync()
    cursor = bruno.state().cursor
    page = bruno.remote().pull(cursor)
    for _ in range(3):
        bruno.local().receive(page)
        assert bruno.state().cursor == page.upto
    all_holds(anne, bruno)


class Impatient:
    """A person who stops after some tenths of a second."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    def progress(self, fraction: float) -> None:
        """Look away."""

    def is_cancelled(self) -> bool:
        return time.monotonic() > self.until


def test_a_line_that_falls_silent_is_left_when_the_person_stops(engage: Engage, fresh: Ground) -> None:
    anne = engage("31")
    uid = a_site(anne)
    anne.hands.set("site", uid, name="into the silence")
    fresh.hang_up()
    fresh.proxy.arm(Cut(Where.AFTER, r"app\.push", How.SILENT))
    began = time.monotonic()
    target = fresh.target(anne.login)
    with (
        attached(anne.path) as local,
        PostgresRemote(target, Impatient(1.0)) as remote,
        pytest.raises(Cancelled),
    ):
        synchronise(local, remote, patience=GIVES_UP)
    assert time.monotonic() - began < 12
    look_at(anne)
    all_holds(anne)


def test_a_slow_line_takes_its_time_and_carries_all(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    for _ in range(5):
        anne.hands.act(CHANCE)
    fresh.hang_up()
    fresh.proxy.latency_s, fresh.proxy.bytes_per_s = 0.02, 200_000
    try:
        anne.sync()
        bruno.sync()
    finally:
        fresh.proxy.latency_s = fresh.proxy.bytes_per_s = 0
    all_holds(anne, bruno)


def test_three_lines_of_ten_are_dropped(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    for number in range(20):
        anne.hands.act(CHANCE)
        if CHANCE.random() < 0.3:
            statement = CHANCE.choice((r"app\.push", r"app\.pull", r"app\.hello"))
            fresh.hang_up()
            fresh.proxy.arm(Cut(CHANCE.choice(list(Where)), statement, CHANCE.choice((How.CLOSED, How.RESET))))
        try:
            (anne, bruno)[number % 2].sync(patience=GIVES_UP)
        except UnreachableError:
            look_at(anne)
    fresh.proxy.arm(None)
    all_holds(anne, bruno)


@pytest.mark.parametrize(
    "value", ["a\x00b", "x" * 3_900, "e\u0301", "\u2028 \U0001f9ff", "'; DROP TABLE resorption.site; --", "\\N", "-0"]
)
def test_a_strange_text_arrives_as_it_is_or_is_set_aside(engage: Engage, value: str) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    with writing(anne.path) as connection:
        connection.execute("UPDATE site SET comments = ? WHERE uid = ?", (value, uid))
    anne.hands.add_site(new_uid(CHANCE))
    report = anne.sync()
    come_to_rest((anne, bruno), lambda *_: None)
    if "\x00" in value:
        assert report.waiting.quarantined == 1
        return
    assert bruno.hands.value("site", uid, "comments") == unicodedata.normalize("NFC", value)


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


def test_gdal_opens_what_was_synchronised(engage: Engage) -> None:
    anne, bruno = engage("31"), engage("31")
    for _ in range(12):
        anne.hands.act(CHANCE)
    all_holds(anne, bruno)
    code = (
        "import sys; from osgeo import gdal; gdal.UseExceptions();"
        "file = gdal.OpenEx(sys.argv[1], gdal.OF_VECTOR);"
        "print(*(f'{n}={file.GetLayerByName(n).GetFeatureCount()}' for n in ('site', 'dwelling')));"
        "assert not any(file.GetLayer(i).GetName().startswith('gpkg_') for i in range(file.GetLayerCount()))"
    )
    told = subprocess.run([sys.executable, "-c", code, bruno.path], check=True, capture_output=True, text=True).stdout
    with closing(sqlite3.connect(bruno.path)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("site", "dwelling")]
    assert told.split() == [f"site={counts[0]}", f"dwelling={counts[1]}"]
    check_everything((anne, bruno), CHANCE)
