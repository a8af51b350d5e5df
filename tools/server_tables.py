"""Write the tables of the model as the changelog of a version that is not released yet: once, then by hand."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from resorption_plugin.postgis import from_model  # noqa: E402 - after the path is set

TARGET = ROOT / "sql" / "changelogs" / "1" / "050_tables.sql"
HEAD = "-- The tables of the data, parents first. Written from the model, then frozen: later changes are other steps.\n"


def main() -> int:
    """Write the changelog."""
    TARGET.write_text(HEAD + ";\n\n".join(["", *from_model.create_tables()]).lstrip(";") + ";\n", "utf-8")
    print(TARGET.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
