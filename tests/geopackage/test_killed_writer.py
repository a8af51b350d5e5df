"""A program killed while it writes leaves a file that SQLite mends: it is opened as it was, never called damaged."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.geopackage import safety
from resorption_plugin.geopackage.store import GeoPackageStore

WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA cache_size = 4")  # pages go to the file before the end
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE passing (words TEXT)")
connection.executemany("INSERT INTO passing VALUES (?)", [("x" * 900,) for _ in range(2000)])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def torn(workspace: Path) -> Path:
    """Return a workspace whose writer was killed in the middle, with its journal."""
    ended = subprocess.run([sys.executable, "-c", WRITER, str(workspace)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert safety.has_journal(workspace)
    return workspace


def tables(path: Path) -> int:
    with GeoPackageStore.open(path) as store:
        return len(store.read({"commune"}).layer("commune"))


def test_the_file_is_as_before_the_writer_began(torn: Path, empty_workspace: Path):
    assert tables(torn) == tables(empty_workspace) > 0
    assert not safety.has_journal(torn)


def test_a_file_that_is_shorter_than_it_says_is_mended_too(torn: Path):
    header = bytearray(torn.read_bytes()[:100])
    header[28:32] = (10_000_000).to_bytes(4, "big")  # as when the first page was written before the last ones
    with torn.open("r+b") as file:
        file.write(header)
    assert tables(torn) > 0


def test_what_was_copied_without_its_journal_is_still_called_damaged(torn: Path, tmp_path: Path):
    copy = tmp_path / "copy.gpkg"
    shutil.copy(torn, copy)
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)
    with pytest.raises(WorkspaceError, match="damaged"):
        tables(copy)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_torn_file_that_cannot_be_written_is_left_as_it_is(torn: Path):
    torn.chmod(0o444)
    before = torn.read_bytes()
    with pytest.raises(WorkspaceError):
        tables(torn)
    assert torn.read_bytes() == before
