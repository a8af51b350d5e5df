"""One exchange by QgsOfflineEditing, in a process of its own: its account and its times, as a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg2

from bench import _sync_hands as hands
from bench._sync_account import account, remember
from bench._sync_world import LAYERS, Wishes, create_table, fill, interfere, wishes

from qgis.core import QgsDataSourceUri, QgsOfflineEditing, QgsProject, QgsVectorLayer  # isort: skip

KEY_COLUMN = {"uuid": "uid", "serial": "id", "bigserial": "id"}


def main(place: str, key: str, sites: int) -> None:
    """Fill the database of ``place``, take it offline, edit, go back online, and count."""
    hands.start_qgis()
    plan = wishes(sites)
    with closing(psycopg2.connect(place)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        for table in LAYERS:
            cursor.execute(create_table(table, key))
        fill(cursor, "public", sites)
        cursor.execute("ANALYZE")
        remember(cursor, "public")
        with tempfile.TemporaryDirectory() as folder:
            told = exchange(place, key, Path(folder), lambda: interfere(cursor, "public", plan), plan)
        told["account"] = asdict(account(cursor, "public", plan, set()))
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps(told))


def exchange(place: str, key: str, folder: Path, others: Callable[[], None], plan: Wishes) -> dict[str, Any]:
    """Return the seconds of each step, and what QGIS told the person."""
    warned: list[str] = []
    project = QgsProject.instance()
    online = [_layer(place, table, KEY_COLUMN[key]) for table in LAYERS]
    project.addMapLayers(online)
    project.write(str(folder / "project.qgs"))
    offline = QgsOfflineEditing()
    offline.warning.connect(lambda title, message: warned.append(f"{title}: {message}"))
    begin = time.perf_counter()
    names = [layer.id() for layer in online]
    if not offline.convertToOfflineProject(str(folder), "offline.gpkg", names, False, QgsOfflineEditing.GPKG, ""):
        raise hands.CommitError("QGIS did not take the project offline")
    converted = time.perf_counter()
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    hands.edit(layers, plan)
    edited = time.perf_counter()
    tables = {name: layer.source().split("layername=")[1].split("|")[0] for name, layer in layers.items()}
    hands.edit_with_another_tool(folder / "offline.gpkg", tables, plan)
    others()
    begin_sync = time.perf_counter()
    offline.synchronize()
    end = time.perf_counter()
    left = sum(layer.dataProvider().name() != "postgres" for layer in project.mapLayers().values())
    return {
        "clone_s": converted - begin,
        "edit_s": edited - converted,
        "sync_s": end - begin_sync,
        "warnings": warned,
        "layers_left_offline": left,
    }


def _layer(place: str, table: str, key: str) -> QgsVectorLayer:
    told = dict(part.split("=", 1) for part in place.split())
    uri = QgsDataSourceUri()
    uri.setConnection(told["host"], told["port"], told["dbname"], told["user"], "")
    uri.setDataSource("public", table, "geom", "", key)
    layer = QgsVectorLayer(uri.uri(False), table, "postgres")
    if not layer.isValid():
        raise hands.CommitError(f"QGIS cannot read {table}: {layer.error().summary()}")
    return layer


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
