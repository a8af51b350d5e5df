"""The zip as a script sees it: unpacked in a plugin folder, run by the real ``qgis_process`` in a French profile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

import package

PROFILE = """[PythonPlugins]
resorption_plugin=true

[locale]
overrideFlag=true
userLocale=fr
"""
TAPS = """id;nom;type;lat;lon
1;Place du Capitole;fontaine_publique;43.6045;1.4440
2;Nulle part;fontaine_publique;0;0
"""

pytestmark = pytest.mark.skipif(
    shutil.which("qgis_process") is None, reason="There is no qgis_process: run make setup."
)


class Headless:
    """Runs algorithms of the plugin from its zip."""

    def __init__(self, folder: Path) -> None:
        package.stage(folder / "staged" / package.NAME)
        package.archive(folder / "staged" / package.NAME, folder / "plugin.zip")
        with zipfile.ZipFile(folder / "plugin.zip") as packed:
            packed.extractall(folder / "plugins")
        settings = folder / "config" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE, encoding="utf-8")
        self.environment = {
            **os.environ,
            "QGIS_PLUGINPATH": str(folder / "plugins"),
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "config"),
            "PYTHONPATH": sysconfig.get_paths(vars={"base": sys.prefix})["purelib"],
            "QT_QPA_PLATFORM": "offscreen",
        }

    def __call__(self, algorithm: str, **parameters: object) -> tuple[int, dict[str, Any], str]:
        """Return the exit code, the results and all that was said."""
        given = [f"{name}={value}" for name, value in parameters.items()]
        command = ["qgis_process", "--json", "run", f"resorption:{algorithm}", "--", *given]
        ended = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        said = ended.stdout + ended.stderr
        assert "Traceback" not in said
        results = json.loads(ended.stdout).get("results", {}) if ended.returncode == 0 else {}
        return ended.returncode, results, said


@pytest.fixture(scope="module")
def headless(tmp_path_factory: pytest.TempPathFactory) -> Headless:
    return Headless(tmp_path_factory.mktemp("headless"))


def test_a_day_of_work_without_a_window(headless: Headless, tmp_path: Path) -> None:
    workspace, table, report = tmp_path / "l'été.gpkg", tmp_path / "robinets.csv", tmp_path / "constats.json"
    table.write_text(TAPS, encoding="utf-8")
    code, results, said = headless("createworkspace", TERRITORY="31", OUTPUT=workspace, PROJECT=tmp_path / "31.qgz")
    assert code == 0, said
    assert Path(results["PROJECT"]).is_file()
    code, results, said = headless("importwaterpoints", INPUT=table, WORKSPACE=workspace)
    assert code == 0, said
    assert (results["ADDED"], results["UPDATED"], results["UNCHANGED"], results["REJECTED"]) == (1, 0, 0, 1)
    code, results, said = headless("importwaterpoints", INPUT=table, WORKSPACE=workspace)
    assert (code, results["ADDED"], results["UNCHANGED"]) == (0, 0, 1), said
    code, results, said = headless("runchecks", WORKSPACE=workspace, REPORT=report)
    assert code == 0, said
    assert all(isinstance(results[name], int) for name in ("ERRORS", "WARNINGS", "TO_VERIFY"))
    assert json.loads(report.read_text(encoding="utf-8"))["workspace"] == workspace.name


def test_a_missing_workspace_is_one_french_sentence(headless: Headless, tmp_path: Path) -> None:
    code, _, said = headless("runchecks", WORKSPACE=tmp_path / "absent.gpkg")
    assert code != 0
    assert "Il n'y a pas d'espace de travail" in said.replace("’", "'")
