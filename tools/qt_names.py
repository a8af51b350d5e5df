"""Find the names of Qt in the code, and look them up in PyQt6.

``collect`` needs only the standard library. Run as a program with a Python that has PyQt6, it reads what
``collect`` found as JSON from its standard input, and writes what Qt 6 does not know.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

# qgis.PyQt puts these back where Qt 5 had them.
MOVED_BACK = {"QtWidgets": {"QAction": "QtGui", "QActionGroup": "QtGui", "QShortcut": "QtGui"}}


@dataclass(frozen=True, slots=True)
class QtName:
    """A name of Qt and where it is used: ``QtCore``, ``Qt.ItemDataRole.UserRole``."""

    module: str
    chain: str
    where: str


def imported_names(tree: ast.AST) -> dict[str, tuple[str, str]]:
    """Return local name → (Qt module, name in it) for each ``from qgis.PyQt.QtX import …``."""
    return {
        alias.asname or alias.name: (node.module.removeprefix("qgis.PyQt."), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qgis.PyQt.Qt")
        for alias in node.names
    }


def dotted(node: ast.expr) -> list[str]:
    """Return the parts of a plain chain of attributes (``a.b.c``), or nothing for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return [node.id, *parts] if isinstance(node, ast.Name) else []


def collect(text: str, where: str) -> list[QtName]:
    """Return the imports from Qt in a module, and every chain of attributes that starts at one of them."""
    tree = ast.parse(text)
    known = imported_names(tree)
    found = {QtName(module, name, where) for module, name in known.values()}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        parts = dotted(node)
        if parts and parts[0] in known:
            module, name = known[parts[0]]
            found.add(QtName(module, ".".join([name, *parts[1:]]), f"{where}:{node.lineno}"))
    return sorted(found, key=lambda name: (name.where, name.chain))


def exists(name: QtName) -> bool:
    """Say whether PyQt6 has the name."""
    first, *rest = name.chain.split(".")
    module_name = MOVED_BACK.get(name.module, {}).get(first, name.module)
    try:
        found: object = getattr(importlib.import_module(f"PyQt6.{module_name}"), first)
        for part in rest:
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    return True


def form_error(path: Path) -> str:
    """Return why Qt 6 cannot make a form from ``path``, or nothing when it can."""
    uic: ModuleType = importlib.import_module("PyQt6.uic")
    try:
        uic.compileUi(str(path), io.StringIO())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"{path.name}: {error!r}"
    return ""


def main() -> int:
    """Read ``{"names": […], "forms": […]}``, write ``{"qt": "6.x", "missing": […], "forms": […]}``."""
    asked = json.load(sys.stdin)
    missing = [asdict(name) for name in (QtName(**values) for values in asked["names"]) if not exists(name)]
    errors = [error for error in (form_error(Path(path)) for path in asked["forms"]) if error]
    version = importlib.import_module("PyQt6.QtCore").qVersion()
    json.dump({"qt": version, "missing": missing, "forms": errors}, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
