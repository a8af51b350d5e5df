"""Tour the plugin in a real QGIS, as an officer does on her first day, and keep a picture of each step.

Usage: screenshots.py FOLDER, under a screen of at least 1600 × 1000 (``tools/screenshots.sh`` brings one).
QGIS starts in French with an empty profile and installs the zip; ``tools/in_qgis_tour.py`` then does the steps in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from driven_qgis import write_profile
from throw_away_cluster import running_cluster

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from resorption_plugin.postgis.installing import install  # noqa: E402 - the plugin lies beside the tools

PROFILES = ROOT / "build" / "profile"
ZIP = ROOT / "build" / "resorption_plugin.zip"
LIMIT_S = 480
OFFICERS = ("marie", "karim")
DONE = "tour: done"


def main(arguments: list[str]) -> int:
    """Run the tour and say which pictures it made."""
    if len(arguments) != 1 or not os.environ.get("DISPLAY"):
        print(__doc__, file=sys.stderr)
        return 2
    if not ZIP.is_file():
        print(f"screenshots: there is no {ZIP}: run make package", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9]*.png"):
        old.unlink()
    _empty_profile()
    log = folder / "tour.log"
    with _server() as services:
        ended = _run_qgis(folder, log, services)
    said = log.read_text("utf-8", errors="replace")
    for picture in sorted(folder.glob("[0-9]*.png")):
        print(f"{picture.relative_to(Path.cwd()) if picture.is_relative_to(Path.cwd()) else picture}")
    if not ended or DONE not in said:
        print(f"screenshots: the tour stopped before its end, see {log}\n{said[-3000:]}", file=sys.stderr)
        return 1
    return 0


def _empty_profile() -> None:
    shutil.rmtree(PROFILES, ignore_errors=True)
    write_profile(PROFILES)


@contextmanager
def _server() -> Iterator[Path]:
    """Give the file of services of two officers of Haute-Garonne, whose shared database is deleted afterwards."""
    with running_cluster(tcp=True) as cluster:
        cluster.sql("CREATE DATABASE shared")
        cluster.sql("CREATE EXTENSION postgis", "shared")
        with closing(psycopg2.connect(cluster.place("shared"))) as connection:
            install(connection)
        lines = []
        for login in OFFICERS:
            cluster.login(login)
            given = f"'{login}', 'officer', ARRAY['31'], ARRAY['justice', 'owners'], 'DDETS 31'"
            cluster.sql(f"SELECT app.grant_access({given})", "shared")
            place = cluster.address("shared", login)
            lines += [f"[{login}]", *(f"{key}={value}" for key, value in place.items()), ""]
        services = cluster.folder / "services.conf"
        services.write_text("\n".join(lines), encoding="utf-8")
        yield services


def _run_qgis(folder: Path, log: Path, services: Path) -> bool:
    """Run QGIS with the tour until it ends by itself; say whether it did."""
    environment = os.environ | {
        # shapely, as an officer would have it; the hands of the tour
        "PYTHONPATH": os.pathsep.join((sysconfig.get_paths()["purelib"], str(ROOT / "tools"))),
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "fr",
        "QT_QPA_PLATFORM": "xcb",
        "TOUR_FOLDER": str(folder),
        "TOUR_ZIP": str(ZIP),
        "PGSERVICEFILE": str(services),
        "TOUR_WORK": str(ROOT / "build" / "tour"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    shutil.rmtree(ROOT / "build" / "tour", ignore_errors=True)
    (ROOT / "build" / "tour").mkdir(parents=True)
    window_manager = subprocess.Popen(["openbox"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = ["qgis", "--noversioncheck", "--nologo", "--profiles-path", str(PROFILES)]
    command += ["--code", str(ROOT / "tools" / "in_qgis_tour.py")]
    try:
        with log.open("w", encoding="utf-8") as output:
            subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=LIMIT_S,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return False
    finally:
        window_manager.terminate()
        window_manager.wait()
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
