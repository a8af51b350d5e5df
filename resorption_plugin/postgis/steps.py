"""The steps of an installation and their SQL: numbered changelogs, then what is made again at each upgrade."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..core.model.terms import quote_name, quote_text
from ..core.sync.travelling import travels
from . import from_model, from_model_protocol, layer_functions

APP = "app"
"""The step that is made again."""
_GENERATED = "140_from_model"
_PROTOCOL = "200_from_model"


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the installation: its name and its SQL."""

    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Return the hexadecimal SHA-256 of its text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def changelogs(folder: Path) -> list[Step]:
    """Return the changelogs of a folder of SQL, in the order in which they are applied."""
    found = sorted((folder / "changelogs").glob("*/*.sql"), key=lambda path: (int(path.parent.name), path.name))
    return [Step(f"{path.parent.name}/{path.name}", path.read_text("utf-8")) for path in found]


def app_step(folder: Path, postgis: str) -> Step:
    """Return what is made again at each upgrade, for a database that has PostGIS in some schema."""
    parts = {path.stem: path.read_text("utf-8") for path in (folder / "app").glob("*.sql")}
    parts[_GENERATED] = ";\n".join((*layer_functions.functions(postgis), *_comments())) + ";\n"
    parts[_PROTOCOL] = "".join(from_model_protocol.statements(postgis))
    return Step(APP, "\n".join(parts[name] for name in sorted(parts)))


def _comments() -> Iterator[str]:
    for travel in travels():
        layer, name = travel.layer, from_model.table(travel.key)
        yield f"COMMENT ON TABLE {name} IS {quote_text(f'{layer.plural.fr}. {layer.help.fr}')}"
        for column, comment in from_model.column_comments(travel):
            yield f"COMMENT ON COLUMN {name}.{quote_name(column)} IS {quote_text(comment)}"
