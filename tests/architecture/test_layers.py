"""The arrows between the parts point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.python_sources import PACKAGE, ROOT, sources, sources_of

OUTSIDE_THE_CORE = ("qgis", "PyQt5", "PyQt6", "osgeo", "psycopg2", "processing")


def test_the_import_contracts_hold():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_core_and_the_workspace_file_are_imported_without_qgis_and_qt():
    """Not only by reading the imports: every module is really imported, with QGIS forbidden."""
    modules = [
        source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for source in sources_of("core", "geopackage")
    ]
    program = (
        "import importlib, sys\n"
        "class Forbid:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {OUTSIDE_THE_CORE!r}:\n"
        "            raise ImportError(f'{name} is outside the core')\n"
        "sys.meta_path.insert(0, Forbid())\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_adapters_and_algorithms_know_no_widgets():
    """What runs in ``qgis_process`` and in tasks must not need a screen."""
    widgets = ("qgis.gui", "qgis.PyQt.QtWidgets", "qgis.PyQt.uic", "qgis.utils")
    offenders = {
        (source.name, name)
        for source in sources_of("qgis_adapters", "processing")
        for name in source.imported()
        if name.startswith(widgets)
    }
    assert not offenders


def test_the_interface_holds_no_sql():
    starts = ("select ", "insert into", "update ", "delete from", "create table", "pragma ", "attach database ")

    offenders = [
        (source.name, node.lineno, node.value[:60])
        for source in sources_of("ui", "processing")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lower().lstrip().startswith(starts)
        and any(word in node.value.lower() for word in (" from ", " set ", " values", "pragma ", "attach "))
    ]
    assert not offenders


def test_the_composition_root_only_composes():
    plugin = PACKAGE / "plugin.py"
    assert len(plugin.read_text("utf-8").splitlines()) <= 150


def test_only_the_composition_root_takes_iface():
    """Everything else is handed what it needs: a canvas, a message bar, a main window."""
    offenders = [source.name for source in sources() if "qgis.utils.iface" in set(source.imported())]
    assert not offenders


@pytest.mark.parametrize("name", ["core", "geopackage", "qgis_adapters", "processing", "ui"])
def test_each_part_says_what_it_is(name: str):

    docstring = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text("utf-8")))
    assert docstring
