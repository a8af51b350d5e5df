"""Print what the demonstration holds, from the outputs of its algorithms."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def results(folder: Path, name: str) -> dict[str, Any]:
    """Return the outputs that ``qgis_process --json`` wrote."""
    return dict(json.loads((folder / name).read_text(encoding="utf-8"))["results"])


def main(outputs: Path, demo: Path) -> None:
    """Print the counts, then the files."""
    made, distances, checks = (results(outputs, name) for name in ("made.json", "distances.json", "checks.json"))
    print(f"{made['SITES']} sites, {made['WATER_POINTS']} water points, {distances['PAIRS']} distances")
    print(f"findings: {checks['ERRORS']} errors, {checks['WARNINGS']} warnings, {checks['TO_VERIFY']} to verify")
    for path in sorted(demo.iterdir()):
        if path.is_file():
            print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
