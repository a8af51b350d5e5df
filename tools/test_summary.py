"""Add up the reports of the test tiers, and say it in one closing line."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def main(folder: Path, failed_steps: int) -> int:
    """Print one line a tier, then the closing line; return 1 when a step or a test failed."""
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for report in sorted(folder.glob("*.xml")):
        suites = list(ET.parse(report).getroot().iter("testsuite"))
        counts = {name: sum(int(suite.get(name, 0)) for suite in suites) for name in totals}
        seconds = sum(float(suite.get("time", 0)) for suite in suites)
        print(f"{report.stem:>14}: {counts['tests']:5d} tests, {counts['skipped']:3d} skipped, {seconds:6.1f} s")
        totals = {name: totals[name] + counts[name] for name in totals}
    broken = totals["failures"] + totals["errors"]
    passed = totals["tests"] - broken - totals["skipped"]
    failed = max(broken, failed_steps)
    print(f"{passed} passed, {failed} failed, {totals['skipped']} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2])))
