"""How long QGIS's window stays deaf while a workspace of 100,000 sites is exchanged over a slow line.

A real QGIS on a screen that nobody sees, its page of sharing open, works through its own windows: first the whole
database comes, then 1,000 edits go while 1,000 of others come. ``BENCH_ROWS=10000`` asks for another number of sites.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

import package
from bench._latency import SlowLine
from bench._sync_child import sites
from bench._sync_session import edit, others
from bench._sync_shared import shared_database
from bench._sync_world import uids
from driven_qgis import DrivenQgis, screen

USUAL_SITES = 100_000
EDITS = 1_000
ROUND_TRIP_S = 0.05
BYTES_PER_S = 20e6 / 8
REST_S = 5
PATIENCE_S = 1_500
SCENES = "_window_scenes"


def run() -> list[dict[str, Any]]:
    """Measure one workspace in one QGIS; what it does while it is late is told on the way."""
    count = sites(USUAL_SITES)
    with shared_database(count) as shared, tempfile.TemporaryDirectory(prefix="win-", dir="/tmp") as made:
        folder = Path(made)
        port = int(parse_dsn(shared.officer)["port"])
        with SlowLine(port, ROUND_TRIP_S, BYTES_PER_S) as line, _qgis(folder, shared.officer, line.port) as qgis:
            workspace = folder / "workspace.gpkg"
            project = str(workspace.with_suffix(".qgz"))
            qgis.play("in_qgis_sharing:make_workspace", workspace=str(workspace), project=project)
            qgis.play("in_qgis_sharing:open_project", project=project)
            rows = [_row(count, "at rest", qgis.play(f"{SCENES}:nothing", seconds=REST_S))]
            told = qgis.play(f"{SCENES}:attach", patience_s=PATIENCE_S, reference="service=officer")
            rows += [_row(count, "first exchange", told["exchange"]), _row(count, "after it", told["after"])]
            mine, theirs = _parts(count)
            edit(workspace, mine, "mine")
            with closing(psycopg2.connect(shared.admin)) as connection, connection:
                others(connection, theirs, "theirs")
            told = qgis.play(f"{SCENES}:synchronise", patience_s=PATIENCE_S)
            name = f"{EDITS:,} edits each way"
            rows += [_row(count, name, told["exchange"]), _row(count, f"after {name}", told["after"])]
    return rows


def _parts(count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chosen = uids("site", count)
    return chosen[:EDITS], chosen[EDITS : 2 * EDITS]


@contextmanager
def _qgis(folder: Path, officer: str, port: int) -> Iterator[DrivenQgis]:
    """Give a QGIS that reaches the database through a line, under the service ``officer``."""
    package.stage(folder / "plugins" / package.NAME)
    place = parse_dsn(make_dsn(officer, port=str(port)))
    services = folder / "services.conf"
    services.write_text("\n".join(["[officer]", *(f"{key}={value}" for key, value in place.items()), ""]), "utf-8")
    with screen() as display:
        scenes = Path(__file__).resolve().parent
        surroundings = {"PGSERVICEFILE": str(services)}
        qgis = DrivenQgis(folder, folder / "plugins", folder / "pictures", display, scenes, surroundings)
        try:
            qgis.start()
            yield qgis
        finally:
            qgis.kill()


def _row(count: int, name: str, told: dict[str, Any]) -> dict[str, Any]:
    for gap, doing in told["late"]:
        print(f"{name}, late by {1000 * gap:.0f} ms:\n{doing}", file=sys.stderr)
    note = f"p99 {1000 * told['p99_s']:.0f} ms, {told['over']} gaps over 100 ms of {told['ticks']:,} ticks"
    if "seconds" in told:
        note += f"; it took {told['seconds']:.0f} s"
    print(f"{name}: longest {1000 * told['longest_s']:.0f} ms, {note}", file=sys.stderr, flush=True)
    return {
        "name": f"longest silence of the window, {name}",
        "size": f"{count:,} sites",
        "ours_s": told["longest_s"],
        "peer": None,
        "peer_s": None,
        "ratio": None,
        "note": note,
    }
