"""Writes the pages of docs/ that come from the model and the registries (``make docs``).

A page is a function registered with ``page``. With ``--check`` nothing is written, and the command fails when a page
is not what the code says.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES: dict[str, Callable[[], str]] = {}
_GENERATORS = ("docs_dictionary", "docs_checks", "docs_indicators", "docs_systems")
"""Modules of tools/ that register pages."""


def page(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a function that returns the text of ``docs/<name>``."""

    def register(write: Callable[[], str]) -> Callable[[], str]:
        PAGES[name] = write
        return write

    return register


def stale() -> list[str]:
    """Return the pages whose file is not what the code says."""
    files = {name: ROOT / "docs" / name for name in load()}
    drifted = [
        name for name, path in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != PAGES[name]()
    ]
    return drifted + sorted(orphans())


def orphans() -> set[str]:
    """Return the pages, in folders of which every page comes from the code, that the code knows no more."""
    folders = {name.rpartition("/")[0] for name in load() if "/" in name}
    there = {f"{folder}/{path.name}" for folder in folders for path in (ROOT / "docs" / folder).glob("*.md")}
    return there - set(PAGES)


def load() -> dict[str, Callable[[], str]]:
    """Return every registered page."""
    for module in _GENERATORS:
        importlib.import_module(f"tools.{module}")
    return PAGES


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that drifted."""
    if "--check" in arguments:
        drifted = stale()
        for name in drifted:
            print(f"docs/{name} is not what the code says: run make docs")
        return 1 if drifted else 0
    for name, write in load().items():
        path = ROOT / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(write(), encoding="utf-8")
        print(f"docs/{name}")
    for name in orphans():
        (ROOT / "docs" / name).unlink()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tools import docs  # the pages register themselves in this module under its package name

    sys.exit(docs.main(sys.argv[1:]))
