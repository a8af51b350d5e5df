"""One layer written as a GeoPackage of its own, for other programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from ..core.errors import ExportFileError, WorkspaceError
from ..core.exchange.whole_file import whole_file
from ..core.i18n import mark
from ..core.model.fields import Layer
from ..core.ports import ChangeSet
from ..core.records import Record
from . import geometry, safety, schema, standard
from .faults import sentences
from .store import GeoPackageStore


def refuse_workspace(path: Path) -> None:
    """Raise ``ExportFileError`` when ``path`` is a workspace: it holds work that exists nowhere else."""
    if not path.is_file():
        return
    try:
        safety.check_file(path)
    except WorkspaceError:
        return
    raise ExportFileError(mark("{path} is a workspace: it was left as it is. Choose another name."), path=path)


def write(path: Path, layer: Layer, records: Iterable[Record]) -> None:
    """Write records of one layer, with the columns of ``layer``, in EPSG:4326.

    Raises ``ExportFileError`` or ``WorkspaceError`` when the file cannot be written; ``path`` is then as it was.
    """
    names = [name for name in layer.names() if name != "uid"]
    rows = [
        Record(layer.key, record.uid, {name: record[name] for name in names}, record.geometry) for record in records
    ]
    with (
        whole_file(path) as draft,
        sentences(path),
        closing(sqlite3.connect(draft, isolation_level=None)) as connection,
    ):
        geometry.add_functions(connection)
        for text in standard.HEADER:
            connection.execute(text)
        connection.execute("BEGIN")
        for statement in (*standard.tables(), *schema.layer_statements(layer)):
            connection.execute(statement.sql, statement.values)
        connection.execute("COMMIT")
        _Draft(connection, path).apply(ChangeSet(insert=rows))


class _Draft(GeoPackageStore):
    """A file that is no workspace, and notes no version."""

    def _look_again(self) -> None:
        pass
