"""A real QGIS in a process and on a screen of its own, that plays the scenes it is told (see ``in_qgis_driver.py``).

It runs in French with an empty profile; the plugin is the one staged in a folder as QGIS installs it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).resolve().parent
SCREEN = "1600x1000x24"
START_S = 240
PATIENCE_S = 240
"""A machine that does other things at the same time is several times slower than one at rest."""
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
_WITH_PLUGIN = """
[PythonPlugins]
resorption_plugin=true
"""


class SceneError(Exception):
    """A scene stopped before its end, or QGIS did."""


def missing_program() -> str | None:
    """Return the first program that a driven QGIS needs and this machine lacks."""
    return next((name for name in ("qgis", "Xvfb", "openbox") if shutil.which(name) is None), None)


def write_profile(profiles: Path, more: str = "") -> None:
    """Write an empty profile in French under a folder of profiles."""
    settings = profiles / "profiles" / "default" / "QGIS"
    settings.mkdir(parents=True)
    (settings / "QGIS3.ini").write_text(INI + more, encoding="utf-8")


@contextmanager
def screen() -> Iterator[str]:
    """Give the name of a screen that nobody sees, with a window manager."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": display}, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


@dataclass
class DrivenQgis:
    """One installation of QGIS, that can be started again after it ended."""

    folder: Path
    """Holds the profile, the socket and the log; its path is short, as that of every socket."""
    plugins: Path
    """Holds the staged plugin."""
    pictures: Path
    display: str
    scenes: Path = TOOLS
    """Holds modules of scenes, beside those of ``tools``."""
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _line: socket.socket | None = None
    _answers: Any = None

    @property
    def log(self) -> Path:
        """Return the file of all that QGIS printed."""
        return self.folder / "log"

    def start(self) -> None:
        """Start QGIS and wait until it listens."""
        if not (self.folder / "profiles").exists():
            write_profile(self.folder, _WITH_PLUGIN)
        self.pictures.mkdir(parents=True, exist_ok=True)
        listening = self.folder / "driver"
        listening.unlink(missing_ok=True)
        command = ["qgis", "--noversioncheck", "--nologo", "--profiles-path", str(self.folder)]
        command += ["--code", str(TOOLS / "in_qgis_driver.py")]
        libraries = sysconfig.get_paths()["purelib"]  # shapely, as an officer would have it
        passing = self.folder / "tmp"
        passing.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env={
                    **os.environ,
                    **self.environment,
                    "DISPLAY": self.display,
                    "QT_QPA_PLATFORM": "xcb",
                    "LC_ALL": "C.UTF-8",
                    "LANGUAGE": "fr",
                    "TMPDIR": str(passing),  # a workspace beside it is no temporary layer: QGIS asks about those
                    "PYTHONPATH": os.pathsep.join((libraries, str(TOOLS), str(self.scenes))),
                    "PYTHONDONTWRITEBYTECODE": "1",
                    "QGIS_PLUGINPATH": str(self.plugins),
                    "DRIVER_SOCKET": str(listening),
                    "TOUR_FOLDER": str(self.pictures),
                    "TOUR_WORK": str(self.folder),
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._connect(listening)

    def play(self, scene: str, *, patience_s: float = PATIENCE_S, **given: object) -> Any:
        """Play ``module:function`` and return what it tells; raises ``SceneError``."""
        self.begin(scene, patience_s=patience_s, **given)
        return self.told()

    def begin(self, scene: str, *, patience_s: float = PATIENCE_S, **given: object) -> None:
        """Begin a scene without waiting for its end; each of its waits may last ``patience_s``."""
        asked = json.dumps({"scene": scene, "given": given, "patience_s": patience_s})
        if self._line is None:
            raise SceneError("QGIS does not run")
        self._line.sendall(asked.encode() + b"\n")

    def told(self) -> Any:
        """Wait for the end of the scene that was begun; raises ``SceneError``."""
        line = self._answers.readline()
        if not line:
            raise SceneError(f"QGIS ended in the middle of a scene:\n{self._last_words()}")
        answer = json.loads(line)
        if "error" in answer:
            raise SceneError(f"{answer['error']}\n{self._last_words()}")
        return answer["told"]

    def ended(self, within_s: float) -> int:
        """Wait until QGIS, asked to, ends by itself; return its exit code.

        Raises ``SceneError`` when it does not, with what the scene that was begun then tells.
        """
        if self._process is None:
            raise SceneError("QGIS does not run")
        try:
            code = self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            raise SceneError(f"QGIS did not end within {within_s} s: {self.told()}\n{self._last_words()}") from None
        self._forget()
        return code

    def kill(self) -> None:
        """End QGIS at once, as a power failure does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._forget()

    def _connect(self, listening: Path) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                raise SceneError(f"QGIS ended by itself:\n{self._last_words()}")
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(str(listening))
            except OSError:
                line.close()
                time.sleep(0.1)
                continue
            self._line, self._answers = line, line.makefile("r", encoding="utf-8")
            return
        raise SceneError(f"QGIS did not start within {START_S} s:\n{self._last_words()}")

    def _forget(self) -> None:
        if self._line is not None:
            self._answers.close()
            self._line.close()
        self._process = self._line = self._answers = None

    def _last_words(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-3000:]
