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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ROOT / "build" / "profile"
ZIP = ROOT / "build" / "resorption_plugin.zip"
LIMIT_S = 300
DONE = "tour: done"

INI = """[locale]
overrideFlag=true
userLocale=fr
globalLocale=fr_FR

[app]
askToSaveProjectChanges=true

[qgis]
checkVersion=false
showTips=false
iconSize=24

[fonts]
downloadMissingFonts=false

[migration]
fileVersion=2
settings=true
"""


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
    ended = _run_qgis(folder, log)
    said = log.read_text("utf-8", errors="replace")
    for picture in sorted(folder.glob("[0-9]*.png")):
        print(f"{picture.relative_to(Path.cwd()) if picture.is_relative_to(Path.cwd()) else picture}")
    if not ended or DONE not in said:
        print(f"screenshots: the tour stopped before its end, see {log}\n{said[-3000:]}", file=sys.stderr)
        return 1
    return 0


def _empty_profile() -> None:
    shutil.rmtree(PROFILES, ignore_errors=True)
    settings = PROFILES / "profiles" / "default" / "QGIS"
    settings.mkdir(parents=True)
    (settings / "QGIS3.ini").write_text(INI, encoding="utf-8")


def _run_qgis(folder: Path, log: Path) -> bool:
    """Run QGIS with the tour until it ends by itself; say whether it did."""
    environment = os.environ | {
        # shapely, as an officer would have it; the hands of the tour
        "PYTHONPATH": os.pathsep.join((sysconfig.get_paths()["purelib"], str(ROOT / "tools"))),
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "fr",
        "QT_QPA_PLATFORM": "xcb",
        "TOUR_FOLDER": str(folder),
        "TOUR_ZIP": str(ZIP),
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
