"""The folder of photos beside a workspace: each content once, under a name made of its contents."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..core.errors import WorkspaceError
from ..core.exchange.whole_file import draft_beside
from ..core.i18n import mark
from ..core.photos import HEADER_BYTES, folder_name, is_inside, kept_suffix, stored_path, unreadable
from ..core.ports import Feedback, stop_if_cancelled

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo in the folder."""

    path: str
    """Relative to the folder of the workspace, with ``/``."""
    sha256: str
    original_name: str
    size_bytes: int
    is_new: bool
    """Whether the file was not there before."""


class PhotoFolder:
    """Keeps photos; the files they come from are only read."""

    def __init__(self, workspace: Path) -> None:
        """Use the folder beside ``workspace``; it is made when the first photo is kept."""
        self._workspace = workspace
        self.folder = workspace.parent / folder_name(workspace)

    def find(self, path: str) -> Path | None:
        """Return the file of a stored path, ``None`` when it is not there (any more) or the path leads elsewhere."""
        file = self._workspace.parent / path
        return file if is_inside(path) and file.is_file() else None

    def keep(self, source: Path, feedback: Feedback) -> KeptPhoto:
        """Copy a file into the folder, unless its contents are there already.

        Raises ``ImportFileError`` for a file that is no photo or cannot be read, ``WorkspaceError`` when the folder
        cannot be written or the disk is full, ``Cancelled``; nothing is left behind then.
        """
        header, size = _look(source)
        suffix = kept_suffix(source.name, header, size)
        with self._room() as room:
            with _opened(source) as file:
                sha256, size = _copy(file, room, source, feedback)
            path = stored_path(self._workspace, sha256, suffix)
            kept = self._workspace.parent / path
            is_new = not (kept.is_file() and kept.stat().st_size == size)
            if is_new:
                kept.parent.mkdir(exist_ok=True)
                try:
                    room.replace(kept)
                finally:
                    self._tidy(kept.parent)
        return KeptPhoto(path, sha256, source.name, size, is_new)

    def forget(self, kept: KeptPhoto) -> None:
        """Take back what ``keep`` added; a file that was there before stays."""
        if kept.is_new:
            with suppress(OSError):
                (self._workspace.parent / kept.path).unlink()
            self._tidy((self._workspace.parent / kept.path).parent)

    @contextmanager
    def _room(self) -> Iterator[Path]:
        """Give a file to write in the folder, gone afterwards like every folder left empty."""
        draft: Path | None = None
        try:
            self.folder.mkdir(exist_ok=True)
            draft = draft_beside(self.folder / "photo")
            yield draft
        except OSError as error:
            raise cannot_keep(self.folder, error) from error
        finally:
            if draft is not None:
                draft.unlink(missing_ok=True)
            self._tidy(self.folder)

    def _tidy(self, *folders: Path) -> None:
        for folder in (*folders, self.folder):
            with suppress(OSError):  # it holds something, or is not there
                folder.rmdir()


def _look(source: Path) -> tuple[bytes, int]:
    with _opened(source) as file:
        return file.read(HEADER_BYTES), os.fstat(file.fileno()).st_size


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise unreadable(source, error) from error
    with file:
        yield file


def _copy(file: BinaryIO, room: Path, source: Path, feedback: Feedback) -> tuple[str, int]:
    """Copy while hashing; return the hash and the number of bytes."""
    digest, size = hashlib.sha256(), 0
    with room.open("wb") as written:
        while chunk := _chunk(file, source):
            stop_if_cancelled(feedback)
            digest.update(chunk)
            written.write(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _chunk(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:  # a card pulled out while it is read
        raise unreadable(source, error) from error


def cannot_keep(folder: Path, error: OSError) -> WorkspaceError:
    """Return the error of a folder of photos that cannot be written."""
    if error.errno == errno.ENOSPC:
        return WorkspaceError(
            mark("The disk is full: the photo was not added to {folder}. Free some space and try again."), folder=folder
        )
    return WorkspaceError(
        mark("The folder of photos {folder} cannot be written ({reason}): nothing was added. Check its permissions."),
        folder=folder,
        reason=error.strerror or error,
    )
