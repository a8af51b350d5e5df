"""A check that is begun is found by the registry, and its scenes fail until they are filled in."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tools.new_check import ScaffoldError, begin


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "resorption_plugin/core/checks/rules").mkdir(parents=True)
    (tmp_path / "tests/scenes").mkdir(parents=True)
    return tmp_path


def test_the_files_are_a_check_that_can_be_loaded(root: Path):
    rule, scenes = begin("DON-913", root)
    assert (rule.name, scenes.name) == ("don_913.py", "don_913.py")
    name = "resorption_plugin.core.checks.rules.don_913"
    spec = importlib.util.spec_from_file_location(name, rule)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check = module.judge_don_913
    assert check.spec.id == "DON-913"
    text = scenes.read_text("utf-8")
    assert "DON_913" in text
    assert all(f'"{scene}"' in text for scene in check.spec.scenarios.names())


def test_what_is_written_is_clean(root: Path, project_root: Path):
    ruff = Path(sys.executable).with_name("ruff")
    for path in begin("RES-950", root):
        place = project_root / path.relative_to(root)
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [ruff, *command, "--stdin-filename", place, "-"],
                input=path.read_text("utf-8"),
                cwd=project_root,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("code", ["", "DON-1", "XYZ-001", "DON-001; rm"])
def test_a_code_that_is_none_is_refused(root: Path, code: str):
    with pytest.raises(ScaffoldError, match="is no code"):
        begin(code, root)
    assert not list((root / "tests/scenes").iterdir())


def test_a_check_that_is_there_is_left_as_it_is(root: Path):
    begin("DON-913", root)
    rule = root / "resorption_plugin/core/checks/rules/don_913.py"
    rule.write_text("mine")
    with pytest.raises(ScaffoldError, match="already"):
        begin("DON-913", root)
    assert rule.read_text() == "mine"
