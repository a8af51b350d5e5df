"""The rows of a workspace that another program wrote, as far as what they lack tells them from the others."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.records import Record
from .faults import sentences
from .sql import fill
from .store import GeoPackageStore

_LACKING = "coalesce({column}, '') = ''"


class StrangeRows(GeoPackageStore):
    """An open workspace, asked for incomplete rows."""

    def lacking(self, layer: str, columns: Sequence[str]) -> list[Record]:
        """Return the records of a layer in which all of these columns are empty. Raises ``WorkspaceError``."""
        tests = " AND ".join(fill(_LACKING, column=name) for name in columns)
        with sentences(self.path):
            found = self._connection.execute(fill("SELECT uid FROM {table} WHERE ", table=layer) + tests).fetchall()
        return self.read_uids(layer, [uid for (uid,) in found])
