"""Begins a new check (``make check NAME=DON-013``): its rule and its scenes, which fail until they are filled in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THEMES = ("EAU", "DON", "RES")

_RULE = '''"""What it finds, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_FOUND = mark("{{name}}: say what is wrong and where, in one sentence.")


@check(
    CheckSpec(
        id="{code}",
        title=mark("What it finds"),
        why=mark("Why it matters to the people of the site."),
        help=mark("How it judges, and what it does with what is unknown."),
        mend=mark("What the officer does about it."),
        targets=("site",),
        reads=(),
        severity=Severity.WARNING,
        scenarios=Scenarios(
            passing=("a site that passes",),
            failing=("a site that fails",),
            boundary=("a site on the boundary",),
            unknown=("a site of which it is unknown",),
        ),
    )
)
def {function}(site: Record, _context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one site."""
    if site["name"] == "replace this condition":
        yield Remark(Verdict.FAILS, _FOUND, {{"name": site["name"]}}, field="name")
'''

_SCENES = '''"""The scenes of {code}: each says what the check must find."""

from __future__ import annotations

from .build import Scene, fails, passes, site, to_verify

{name}: dict[str, Scene] = {{
    "a site that passes": passes(site()),
    "a site that fails": fails(site()),
    "a site on the boundary": fails(site()),
    "a site of which it is unknown": to_verify(site()),
}}
'''


class ScaffoldError(Exception):
    """The check cannot be begun: the sentence says why."""


def begin(code: str, root: Path = ROOT) -> list[Path]:
    """Write the two files of a check; nothing when one is there already. Raises ``ScaffoldError``."""
    if not re.fullmatch(rf"(?:{'|'.join(THEMES)})-\d{{3}}", code):
        raise ScaffoldError(f"“{code}” is no code of a check: write NAME=DON-013, with one of {', '.join(THEMES)}.")
    name = code.replace("-", "_")
    files = {
        root / "resorption_plugin" / "core" / "checks" / "rules" / f"{name.lower()}.py": _RULE.format(
            code=code, function=f"judge_{name.lower()}"
        ),
        root / "tests" / "scenes" / f"{name.lower()}.py": _SCENES.format(code=code, name=name),
    }
    there = [path for path in files if path.exists()]
    if there:
        raise ScaffoldError(f"There is already a check {code}: {there[0]} was left as it is.")
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return list(files)


def main(arguments: list[str]) -> int:
    """Begin the check named on the command line."""
    try:
        written = begin(arguments[0].upper() if arguments else "")
    except ScaffoldError as error:
        print(error)
        return 2
    for path in written:
        print(path.relative_to(ROOT))
    print("Write the rule, then its scenes; French goes to i18n/fr/checks.json; then make i18n docs test.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
