"""The plugin of the next version, made of that of today: a column more, two codes renamed, and the steps to get there.

It lies in a folder of its own and runs in processes of its own, as on the computer of somebody who has updated.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from resorption_plugin.core.model import catalogue

ROOT = Path(__file__).resolve().parent.parent
NEXT = catalogue.SCHEMA_VERSION + 1
CODES = {"scheduled": "planned", "european": "eu"}
"""What is called otherwise: an answer of ``site.census_status`` and one in the lists of ``site.social_origins``."""
COLUMN = "shade_trees"

_EDITS = {
    "core/model/catalogue.py": {
        f"\nSCHEMA_VERSION = {catalogue.SCHEMA_VERSION}\n": f"\nSCHEMA_VERSION = {NEXT}\n",
        f"\nOLDEST_SPOKEN = {catalogue.OLDEST_SPOKEN}\n": f"\nOLDEST_SPOKEN = {NEXT}\n",
    },
    "core/model/domains.py": {'("scheduled",': '("planned",', '("european",': '("eu",'},
    "core/model/layers/site.py": {
        "    *audit(),\n)\n": '    Field("shade_trees", Label("Trees", "Arbres"), Kind.INTEGER, "census"),\n'
        "    *audit(),\n)\n"
    },
}
_STEP = f"""
from ..moves import Column, Step, add_column, make_anew

CODES = {{("site", "census_status"): {{"scheduled": "planned"}}, ("site", "social_origins"): {{"european": "eu"}}}}


def upgrade(connection):
    test = "typeof({{0}}) IN ('integer', 'null')"
    add_column(connection, "site", Column("shade_trees", "INTEGER", test, "Arbres"))
    make_anew(connection, "site", {{"'none', 'scheduled', 'done'": "'none', 'planned', 'done'"}}, CODES)
    connection.execute("UPDATE list_census_status SET code = 'planned' WHERE code = 'scheduled'")
    connection.execute("UPDATE list_social_origin SET code = 'eu' WHERE code = 'european'")


STEP = Step({NEXT}, upgrade, CODES)
"""
_CHANGELOG = """
ALTER TABLE resorption.site ADD COLUMN "shade_trees" bigint;
ALTER TABLE resorption.site DROP CONSTRAINT "census_status_list", DROP CONSTRAINT "social_origins_kind";
UPDATE resorption.site SET census_status = 'planned' WHERE census_status = 'scheduled';
UPDATE resorption.site SET social_origins = array_replace(social_origins, 'european', 'eu')
WHERE social_origins && ARRAY['european'];
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE resorption.site
  ADD CONSTRAINT "census_status_list" CHECK ("census_status" IN ('none', 'planned', 'done')),
  ADD CONSTRAINT "social_origins_kind" CHECK (
    "social_origins" IS NOT DISTINCT FROM sync.in_order("social_origins", ARRAY['french', 'eu', 'other']));
"""


@dataclass(frozen=True)
class NextPlugin:
    """The folder in which the plugin of the next version lies."""

    folder: Path

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script, which finds ``arguments`` in ``given``; return what it leaves in ``told``, by JSON."""
        head = "import json, sys\nfrom pathlib import Path\ngiven = sys.argv[1:]\ntold = None\n"
        text = f"{head}{dedent(script)}\nsys.stdout.write(json.dumps(told))\n"
        path = os.pathsep.join((str(self.folder), str(ROOT)))
        done = subprocess.run(
            [sys.executable, "-c", text, *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def upgrade(self, workspace: Path) -> dict[str, Any]:
        """Upgrade a workspace; return what was done."""
        return self.run(
            """
            from resorption_plugin.geopackage.upgrading import upgrade
            done = upgrade(Path(given[0]))
            told = {"before": done.before, "now": done.now, "copy": done.copy and str(done.copy)}
            """,
            workspace,
        )


def next_plugin(folder: Path, *, changelog: str = _CHANGELOG) -> NextPlugin:
    """Make it in an empty folder."""
    package = folder / "resorption_plugin"
    shutil.copytree(ROOT / "resorption_plugin", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "sql", folder / "sql")
    shutil.copy(ROOT / "metadata.txt", folder)
    (folder / "build").symlink_to(ROOT / "build")
    for name, replaced in _EDITS.items():
        text = (package / name).read_text("utf-8")
        for old, new in replaced.items():
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        (package / name).write_text(text, "utf-8")
    (package / "geopackage" / "upgrades" / f"to_{NEXT}.py").write_text(_STEP, "utf-8")
    step = folder / "sql" / "changelogs" / str(NEXT)
    step.mkdir()
    (step / "010_next.sql").write_text(changelog, "utf-8")
    return NextPlugin(folder)
