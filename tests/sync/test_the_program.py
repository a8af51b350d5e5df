"""The program ends, or a step of it fails, in the middle of a synchronisation; its disk is full."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync import freezing
from resorption_plugin.postgis import remote

from . import children
from .conftest import Engage
from .exchanges import KILL_STEPS
from .followed import new_uid
from .ground import Ground
from .rest import a_site, all_holds, look_at

CHANCE = random.Random(12)


@pytest.mark.parametrize(
    ("step", "nth"), [*((step, 1) for step in KILL_STEPS), ("push:before_send", 2), ("pull:before_commit", 2)]
)
def test_a_process_killed_at_any_step_goes_on(
    engage: Engage, fresh: Ground, step: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne, bruno = engage("31"), engage("31")
    a_site(bruno)
    uids = a_site(anne), a_site(anne)
    monkeypatch.setattr(freezing, "OPERATIONS_AT_ONCE", 1)  # each edit is a batch of its own
    monkeypatch.setattr(remote, "ROWS_AT_ONCE", 1)  # and each transaction a page
    for uid in uids:
        anne.hands.set("site", uid, name="edited")
    if step.startswith("rebase"):
        fresh.grant(anne.login, ["31", "09"])
        anne.departments = anne.ever = frozenset(("31", "09"))
    anne.close()
    ending = anne.sync_in_child(children.KillAt(step, nth))
    assert ending.killed, (ending.code, ending.told)
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
        subprocess.run(["umount", "--lazy", disk], check=True)  # a descriptor of the workspace stays open
