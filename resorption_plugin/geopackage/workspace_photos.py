"""The photos of a workspace as they are exchanged: its rows, its folder, and what is known of their contents."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from ..core.errors import ImportFileError
from ..core.i18n import mark
from ..core.photos import HEADER_BYTES, SHA256, SUFFIXES, folder_name, is_inside, kept_suffix, shared_path, stored_path
from ..core.sync.attachments import PIECE_BYTES, Photo, PhotoError, PhotoState, changed, seen
from . import history_tables, standard
from .faults import sentences
from .photo_folder import cannot_keep
from .sql import fill
from .store import GeoPackageStore

STATE_TABLE = "gpkg_sync_photo"
_IS_THERE = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
_MAKE = fill("CREATE TABLE {table} (sha256 TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID", table=STATE_TABLE)
_STATES = fill("SELECT sha256, state FROM {table}", table=STATE_TABLE)
_NOTE = fill("INSERT OR REPLACE INTO {table} (sha256, state) VALUES (?, ?)", table=STATE_TABLE)
_PATHS = "SELECT sha256, path, original_name FROM photo"
_PATHS_OF = f"{_PATHS} WHERE {{target}} = ?"
_NAME = "UPDATE photo SET path = ? WHERE sha256 = ? AND path <> ?"
_TOUCH = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = 'photo'"
_COMING = ".coming"
"""The folder, in that of the photos, of what has not come whole; cameras and people name none like it."""


class PhotoRows(GeoPackageStore):
    """The rows of a workspace, as the exchange of photos reads and writes them."""

    def paths(self, target: str = "", uid: str = "") -> dict[str, tuple[str, str]]:
        """Return the path and the original name of the photos, by hash; rows without a hash are left out.

        ``target`` is a column that names a record, to ask for the photos of the record ``uid`` alone.
        """
        text = fill(_PATHS_OF, target=target) if target else _PATHS
        with sentences(self.path):
            rows = self._connection.execute(text, (uid,) if target else ()).fetchall()
        return {
            sha256: (str(path), str(name or path))
            for sha256, path, name in rows
            if isinstance(sha256, str) and SHA256.fullmatch(sha256)
        }

    def states(self) -> dict[str, PhotoState]:
        """Return where contents were at the last exchange, by hash."""
        with sentences(self.path):
            if not self._has_states():
                return {}
            return {sha256: PhotoState(state) for sha256, state in self._connection.execute(_STATES)}

    def note(self, states: Mapping[str, PhotoState]) -> bool:
        """Remember where contents are; a file in which that is written already is left as it is."""
        known = self.states()
        news = [(sha256, state.value) for sha256, state in states.items() if known.get(sha256) is not state]
        if not news:
            return False
        with self._transaction():
            if not self._has_states():
                self._connection.execute(_MAKE)
                hidden = standard.hidden(STATE_TABLE)
                self._connection.execute(hidden.sql, hidden.values)
            self._connection.executemany(_NOTE, news)
        return True

    def rename(self, paths: Mapping[str, str]) -> None:
        """Give the rows of contents other paths, as the work of a program: it is nobody's edit."""
        with self._transaction(), self._applying():
            self._connection.executemany(_NAME, [(path, sha256, path) for sha256, path in paths.items()])
            self._connection.execute(_TOUCH)

    def _has_states(self) -> bool:
        return bool(self._connection.execute(_IS_THERE, (STATE_TABLE,)).fetchone()[0])

    @contextmanager
    def _applying(self) -> Iterator[None]:
        for value in (1, 0):
            statement = history_tables.note("applying", value)
            self._connection.execute(statement.sql, statement.values)
            if value:
                yield


class WorkspacePhotos:
    """Implements ``core.sync.attachments.PhotoShelf`` on a workspace and the folder of photos beside it.

    A file is found, and put, by its hash alone: the path that a row tells is followed only where it says that very
    hash, in a folder of photos beside the workspace.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._folder = workspace.parent / folder_name(workspace)
        self._paths: dict[str, tuple[str, str]] = {}

    def photos(self) -> Sequence[Photo]:
        with PhotoRows.open(self._workspace, read_only=True) as rows:
            self._paths = rows.paths()
        return [Photo(sha256, name) for sha256, (_, name) in self._paths.items()]

    def size(self, photo: Photo) -> int | None:
        file = self._find(photo.sha256)
        return None if file is None else file.stat().st_size

    def check(self, photo: Photo) -> None:
        with self._opened(photo) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != photo.sha256:
                raise changed(photo)

    def piece(self, photo: Photo, number: int) -> bytes:
        with self._opened(photo) as file:
            file.seek(number * PIECE_BYTES)
            return file.read(PIECE_BYTES)

    def received(self, photo: Photo) -> int:
        coming = self._coming(photo)
        return coming.stat().st_size // PIECE_BYTES if coming.is_file() else 0

    def receive(self, photo: Photo, number: int, data: bytes) -> None:
        coming = self._coming(photo)
        try:
            coming.parent.mkdir(parents=True, exist_ok=True)
            with coming.open("ab") as file:
                file.truncate(number * PIECE_BYTES)  # what was cut in the middle of a piece
                file.write(data)
        except OSError as error:
            self._drop(coming)
            raise cannot_keep(self._folder, error) from error

    def keep(self, photo: Photo) -> None:
        coming = self._coming(photo)
        try:
            target = self._workspace.parent / stored_path(self._workspace, photo.sha256, _suffix_of(coming, photo))
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                coming.replace(target)
        except OSError as error:
            raise cannot_keep(self._folder, error) from error
        finally:
            self._drop(coming)

    def note(self, states: Mapping[str, PhotoState]) -> bool:
        with PhotoRows.open(self._workspace) as rows:
            return rows.note(states)

    def seen(self, target: str = "", uid: str = "") -> dict[str, PhotoState]:
        """Return where contents are as far as this computer knows, by hash: of all photos, or of those of a record."""
        with PhotoRows.open(self._workspace, read_only=True) as rows:
            self._paths, noted = rows.paths(target, uid), rows.states()
        return {sha256: seen(noted.get(sha256), is_here=self._find(sha256) is not None) for sha256 in self._paths}

    def states(self) -> dict[str, PhotoState]:
        """Return where contents were at the last exchange, by hash, without asking the shared database."""
        with PhotoRows.open(self._workspace, read_only=True) as rows:
            return rows.states()

    def arrange(self) -> bool:
        wanted: dict[str, str] = {}
        for sha256, (path, _) in self._paths.items():
            file = self._find(sha256)
            if file is not None and file.parent.parent == self._folder:
                named = stored_path(self._workspace, sha256, file.suffix)
                wanted |= {sha256: named} if named != path else {}
        if wanted:
            with PhotoRows.open(self._workspace) as rows:
                rows.rename(wanted)
        return bool(wanted)

    def _find(self, sha256: str) -> Path | None:
        path, _ = self._paths.get(sha256, ("", ""))
        told = [self._workspace.parent / path] if is_inside(path) and _tells(path, sha256) else []
        own = [self._workspace.parent / stored_path(self._workspace, sha256, suffix) for suffix in SUFFIXES]
        return next((file for file in (*told, *own) if file.is_file()), None)

    @contextmanager
    def _opened(self, photo: Photo) -> Iterator[BufferedReader]:
        file = self._find(photo.sha256)
        try:
            if file is None:
                raise FileNotFoundError(2, os.strerror(2))
            with file.open("rb") as opened:
                yield opened
        except OSError as error:
            raise PhotoError(
                mark("The file of the photo {name} cannot be read ({reason}): it is not shared yet."),
                name=photo.name,
                reason=error.strerror or error,
            ) from error

    def _coming(self, photo: Photo) -> Path:
        if not SHA256.fullmatch(photo.sha256):
            raise ValueError(photo.sha256)
        return self._folder / _COMING / photo.sha256

    def _drop(self, coming: Path) -> None:
        with suppress(OSError):
            coming.unlink(missing_ok=True)
        for folder in (coming.parent, self._folder):
            with suppress(OSError):  # it holds something, or is not there
                folder.rmdir()


def _suffix_of(coming: Path, photo: Photo) -> str:
    """Return the extension of what was received, once it is safe on the disk; ``PhotoError`` for another thing."""
    with closing(coming.open("r+b")) as file:
        header = file.read(HEADER_BYTES)
        file.seek(0)
        is_it = hashlib.file_digest(file, "sha256").hexdigest() == photo.sha256
        os.fsync(file.fileno())
    if not is_it:
        raise PhotoError(
            mark("The photo {name} was damaged on its way. It will be fetched again at the next synchronisation."),
            name=photo.name,
        )
    try:
        return kept_suffix(photo.name, header, coming.stat().st_size)
    except ImportFileError as error:
        raise PhotoError(
            mark("What the shared database holds as the photo {name} is not a photo: it was not kept."), name=photo.name
        ) from error


def _tells(path: str, sha256: str) -> bool:
    """Say whether a path is that of a kept photo of this hash, in whichever workspace's folder."""
    return Path(shared_path(path)).stem == sha256 and shared_path(path).startswith(f"photos/{sha256[:2]}/")
