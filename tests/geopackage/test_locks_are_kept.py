"""Looking at a workspace takes no lock away from who has it open in the same process, as QGIS has."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from resorption_plugin.geopackage import held_files, safety

READ_AND_CLOSE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT value FROM meta WHERE key = 'said'").fetchone()[0])
connection.close()
"""


def read_elsewhere(path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", READ_AND_CLOSE, path], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="Locks belong to the handle there.")
def test_another_program_does_not_take_the_log_away(workspace):
    with closing(sqlite3.connect(workspace, isolation_level=None)) as held:
        assert held.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        held.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT)")
        for said in ("first", "second"):
            held.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('said', ?)", (said,))
            safety.check_file(workspace)
            assert read_elsewhere(workspace) == said
            assert workspace.with_name(workspace.name + "-wal").exists()


def test_no_more_files_than_needed_stay_open(tmp_path):
    for number in range(200):
        file = tmp_path / str(number)
        file.write_bytes(b"0123456789")
        assert held_files.first_bytes(file, 4) == b"0123"
    assert len(held_files._held) <= held_files._MOST
    file.unlink()
    other = tmp_path / "other"
    other.write_bytes(b"abc")
    assert held_files.first_bytes(other, 10) == b"abc"


def test_a_file_that_was_replaced_is_read_anew(tmp_path):
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_bytes(b"old")
    assert held_files.first_bytes(file, 3) == b"old"
    other.write_bytes(b"new")
    other.replace(file)
    assert held_files.first_bytes(file, 3) == b"new"
