"""The first look at a file: says in one sentence why it cannot be a workspace, and touches nothing.

The look opens nothing for writing and leaves no ``-wal`` or ``-shm`` file behind.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from ..core.errors import OutdatedWorkspaceError, WorkspaceError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Geometry
from . import standard, upgrades
from .held_files import first_bytes
from .schema import META_TABLE
from .sql import fill

_SQLITE_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"}
)
_MOUNTS = Path("/proc/mounts")
_VERSION = fill("SELECT value FROM {meta} WHERE key = ?", meta=META_TABLE)
VERSION_KEY = "schema_version"
"""The property of the workspace that holds the version of its data."""


def check_place(path: Path) -> None:
    """Refuse a place shared over the network.

    SQLite's write-ahead log, which QGIS switches on as soon as it edits a GeoPackage, needs memory shared between
    all who open the file: two machines would destroy each other's changes (https://www.sqlite.org/wal.html).
    """
    if is_on_network(path):
        raise WorkspaceError(
            mark("{path} is on a network drive, where edits can be lost. Copy it to a disk of this computer."),
            path=path,
        )


def is_on_network(path: Path, mounts: str | None = None) -> bool:
    """Say whether a path lies on a network drive (UNC paths everywhere, mount types on Linux)."""
    written = os.fspath(path)
    if written.startswith(("\\\\", "//")):
        return True
    if mounts is None:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace") if sys.platform == "linux" else ""
    types = _mount_types(mounts)
    folder = Path(os.path.abspath(path))  # noqa: PTH100 - a link is followed by realpath just below
    for place in (folder, Path(os.path.realpath(path))):
        kind = next((types[str(parent)] for parent in (place, *place.parents) if str(parent) in types), "")
        if kind in _NETWORK_TYPES:
            return True
    return False


def _mount_types(mounts: str) -> Mapping[str, str]:
    r"""Return the file system type by mount point; in /proc/mounts a space is written ``\040``."""
    rows = (line.split() for line in mounts.splitlines())
    return {row[1].replace("\\040", " "): row[2] for row in rows if len(row) > 2}


def check_file(path: Path) -> None:
    """Raise ``WorkspaceError`` when the file is not a workspace this version can open."""
    check_place(path)
    _check_header(path, _header(path))
    try:
        with closing(look(path)) as connection:
            check_tables(connection, path)
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error


def damaged(path: Path) -> WorkspaceError:
    """Return the error of a file that SQLite cannot read to the end."""
    return WorkspaceError(
        mark("The workspace {path} is damaged or was cut short while being copied. Take it again from a backup."),
        path=path,
    )


def _header(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise WorkspaceError(mark("{path} is a folder. Choose a workspace file (.gpkg)."), path=path)
        return first_bytes(path, _HEADER_BYTES)
    except FileNotFoundError as error:
        raise WorkspaceError(
            mark("There is no workspace at {path}. Choose an existing .gpkg file or create a new workspace."), path=path
        ) from error
    except OSError as error:
        raise WorkspaceError(
            mark("The workspace {path} cannot be read ({reason}). Check the permissions of the file."),
            path=path,
            reason=error.strerror,
        ) from error


def _check_header(path: Path, header: bytes) -> None:
    if not header:
        raise WorkspaceError(mark("The file {path} is empty. Choose a workspace, or create a new one."), path=path)
    application = int.from_bytes(header[68:72], "big")
    if not header.startswith(_SQLITE_MAGIC[: len(header)]) or (
        len(header) == _HEADER_BYTES and application != standard.APPLICATION_ID
    ):
        raise WorkspaceError(
            mark("{path} is not a GeoPackage. Choose a workspace made by this plugin (.gpkg)."), path=path
        )
    # a write that goes on, or that was killed, leaves a file that only SQLite can judge by its side file
    if _is_short(path, header) and not _is_unfinished(path) and _is_short(path, _header(path)):
        raise damaged(path)


def _is_short(path: Path, header: bytes) -> bool:
    """Say whether the file holds less than its header tells."""
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    pages = int.from_bytes(header[28:32], "big")
    return len(header) < _HEADER_BYTES or path.stat().st_size < page_bytes * pages


def _is_unfinished(path: Path) -> bool:
    return has_log(path) or has_journal(path)


def look(path: Path) -> sqlite3.Connection:
    """Open for reading; where nobody is writing, without locks nor side files.

    What a killed program left half written SQLite takes back first, which it does only in a file that it may write.
    """
    mode = "mode=rw" if has_journal(path) and is_writable(path) else "mode=ro"
    if not _is_unfinished(path):
        mode += "&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)


def has_log(path: Path) -> bool:
    """Say whether another program keeps changes in a write-ahead log beside the file."""
    return _has_beside(path, "-wal")


def has_journal(path: Path) -> bool:
    """Say whether a program is writing, or was killed while it did: what was there before lies beside the file."""
    return _has_beside(path, "-journal")


def _has_beside(path: Path, suffix: str) -> bool:
    side = path.with_name(path.name + suffix)
    try:
        return side.stat().st_size > 0
    except OSError:
        return False


def check_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``WorkspaceError`` when the tables are not those of a workspace of this version."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if META_TABLE not in tables:
        raise WorkspaceError(
            mark("{path} is a GeoPackage, but not a workspace of this plugin. Create a workspace and import the file."),
            path=path,
        )
    check_version(connection, path)
    for layer in catalogue.layers():
        columns = {row[1] for row in connection.execute(fill("PRAGMA table_info({table})", table=layer.key))}
        needed = {"fid", "geom"} if layer.geometry is not Geometry.NONE else {"fid"}
        missing = sorted({*needed, *layer.names()} - columns)
        if missing:
            raise WorkspaceError(
                mark("The workspace {path} lacks {missing} in the layer {layer}. Take it again from a backup."),
                path=path,
                missing=", ".join(missing[:5]),
                layer=layer.key,
            )


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``WorkspaceError`` when the data are of another version, ``OutdatedWorkspaceError`` of an older one."""
    version, needed = noted_version(connection, path), catalogue.SCHEMA_VERSION
    if version > needed:
        raise WorkspaceError(
            mark(
                "The workspace {path} was made by a newer version of the plugin: it was left as it is. Update the "
                "plugin to open it."
            ),
            path=path,
        )
    if version == needed:
        return
    if not upgrades.leads_from(version):
        raise WorkspaceError(
            mark("The workspace {path} was made by an older version that this plugin cannot read any more."), path=path
        )
    raise OutdatedWorkspaceError(
        mark(
            "The workspace {path} was made by an older version of the plugin (data {version}, this one needs "
            "{needed}): it was left as it is. To upgrade it, open it with “Open Workspace…”, or run the tool “Upgrade "
            "a workspace” (resorption:upgradeworkspace)."
        ),
        path=path,
        version=version,
        needed=needed,
    )


def noted_version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the data that the workspace notes of itself; raises ``WorkspaceError``."""
    row = connection.execute(_VERSION, (VERSION_KEY,)).fetchone()
    if row is None or not row[0].isdigit():
        raise damaged(path)
    return int(row[0])


def check_writable(path: Path) -> None:
    """Raise ``WorkspaceError`` when the file or its folder (where SQLite keeps its journal) is read-only."""
    place = _protected(path)
    if place:
        raise WorkspaceError(
            mark("{place} is read-only. Remove the protection, or copy the workspace to a folder of yours."),
            place=place,
        )


def is_writable(path: Path) -> bool:
    """Say whether both the file and its folder can be written."""
    return _protected(path) is None


def _protected(path: Path) -> Path | None:
    return next((place for place in (path, path.parent) if not os.access(place, os.W_OK)), None)
