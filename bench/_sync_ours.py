"""One exchange by the plugin, in a process of its own: its account and its times, as a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg2

from bench import _sync_hands as hands
from bench._sync_account import Asked, account, remember
from bench._sync_plugin import clone, synchronised
from bench._sync_shared import SCHEMA
from bench._sync_world import LAYERS, interfere, wishes

from qgis.core import QgsVectorLayer  # isort: skip


def main(admin: str, officer: str, sites: int) -> None:
    """Clone, edit, let the others edit, synchronise, and count."""
    hands.start_qgis()
    plan = wishes(sites)
    with (
        closing(psycopg2.connect(admin)) as connection,
        connection.cursor() as cursor,
        tempfile.TemporaryDirectory() as folder,
    ):
        connection.autocommit = True
        remember(cursor, SCHEMA)
        path = Path(folder) / "workspace.gpkg"
        begin = time.perf_counter()
        clone(path, officer)
        cloned = time.perf_counter()
        layers = {table: QgsVectorLayer(f"{path}|layername={table}", table, "ogr") for table in LAYERS}
        hands.edit(layers, plan)
        edited = time.perf_counter()
        layers.clear()
        hands.edit_with_another_tool(path, {table: table for table in LAYERS}, plan)
        interfere(cursor, SCHEMA, plan)
        begin_sync = time.perf_counter()
        report, steps = synchronised(path, officer)
        told: dict[str, Any] = {
            "clone_s": cloned - begin,
            "edit_s": edited - cloned,
            "sync_s": time.perf_counter() - begin_sync,
            "steps": steps,
            "conflicts": report.conflicts,
            "refused": report.refused,
            "account": asdict(account(cursor, SCHEMA, plan, set(asked(cursor)))),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        }
    print(json.dumps(told))


def asked(cursor: Any) -> Iterator[tuple[str, str]]:
    """Yield what a person is asked about: the values of both sides of each open contradiction, and its row."""
    cursor.execute("SELECT uid::text, mine, theirs FROM sync.conflict WHERE status = 'open'")
    found: Asked = set()
    for uid, mine, theirs in cursor.fetchall():
        found |= {(uid, value) for value in (*mine.values(), *theirs.values()) if isinstance(value, str)}
        found |= {(uid, "")} if not mine or not theirs else set()
    yield from found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
