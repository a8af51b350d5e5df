"""Check the code against what is not installed: Qt 6 and newer Pythons; say what was run and what was only read.

QGIS itself is run by ``make test`` in the version that the system has. Qt 6 is proven by reading: every name of Qt in
the code is looked up in PyQt6, and every form is compiled by it.
"""

from __future__ import annotations

import ast
import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import qt_names

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "build" / "venv-qt6"
REQUIREMENTS = ROOT / "requirements-matrix.txt"
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: against what, how, how many things were checked, and what was wrong."""

    against: str
    how: str
    checked: int
    wrong: list[str]


def qt6_python() -> Path:
    """Return a Python with the pinned PyQt6, made when it is not there or its pins have changed."""
    python, stamp = VENV / "bin" / "python", VENV / "made-from.txt"
    pins = REQUIREMENTS.read_text("utf-8")
    if not stamp.is_file() or stamp.read_text("utf-8") != pins:
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--clear", str(VENV)], check=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
        subprocess.run(install, check=True, stdin=subprocess.DEVNULL)
        stamp.write_text(pins, encoding="utf-8")
    return python


def modules() -> list[Path]:
    """Return the plugin's Python files."""
    return sorted((ROOT / "resorption_plugin").rglob("*.py"))


def against_qt6() -> Iterator[Row]:
    """Look every name of Qt up in PyQt6, and compile every form with it."""
    names = [
        name for path in modules() for name in qt_names.collect(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    ]
    forms = sorted(str(path) for path in (ROOT / "forms").glob("*.ui"))
    asked = json.dumps({"names": [asdict(name) for name in names], "forms": forms})
    command = [str(qt6_python()), str(ROOT / "tools" / "qt_names.py")]
    answer = json.loads(subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout)
    missing = [f"{name['where']}: {name['module']}.{name['chain']}" for name in answer["missing"]]
    yield Row(f"Qt {answer['qt']}", "every name of Qt looked up in PyQt6", len(names), missing)
    yield Row(f"Qt {answer['qt']}", "every form compiled by PyQt6", len(forms), answer["forms"])


def against_flake8_qgis() -> Row:
    """Run the rules of flake8-qgis about Qt 6 and QGIS 4."""
    command = [sys.executable, "-m", "flake8", "--select", "QGS4", "resorption_plugin"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    return Row("QGIS 4", "flake8-qgis, rules QGS4xx", len(modules()), found)


def against_python(version: tuple[int, int]) -> Row:
    """Parse every module with the grammar of a Python version (a newer one than this has nothing to add to it)."""
    wrong = []
    for path in modules():
        try:
            ast.parse(path.read_text("utf-8"), feature_version=version)
        except SyntaxError as error:
            wrong.append(f"{path.relative_to(ROOT)}:{error.lineno}: {error.msg}")
    return Row(f"Python {version[0]}.{version[1]}", "grammar", len(modules()), wrong)


def installed_qgis() -> str:
    """Return what ``make test`` runs on."""
    program = (
        "from qgis.core import Qgis; from qgis.PyQt.QtCore import qVersion; print(Qgis.version(), '· Qt', qVersion())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return f"QGIS {done.stdout.strip()} · Python {platform.python_version()}"


def main() -> int:
    """Print the table; return 1 when something is wrong."""
    rows = [*against_qt6(), against_flake8_qgis()]
    rows += [against_python(version) for version in PYTHONS if version <= sys.version_info[:2]]
    print(f"{installed_qgis()}: make test runs on it\n")
    print(f"{'against':<14} {'how':<40} {'checked':>8} {'wrong':>6}")
    for row in rows:
        print(f"{row.against:<14} {row.how:<40} {row.checked:>8} {len(row.wrong):>6}")
    for row in rows:
        for line in row.wrong:
            print(f"  {row.against}: {line}")
    return 1 if any(row.wrong for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
