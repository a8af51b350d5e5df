"""A file that appears complete or not at all, and the sentences for a place that cannot be written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ExportFileError
from ..i18n import mark


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give an empty draft to write beside ``path``, and put it there at the end; a failure leaves ``path`` as it was.

    Raises ``ExportFileError`` when the folder cannot be written or the disk is full.
    """
    draft: Path | None = None
    try:
        draft = draft_beside(path)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def draft_beside(path: Path) -> Path:
    """Make an empty file in the folder of ``path``, so that the last step is a renaming on the same disk.

    Raises ``OSError``.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=f".part{path.suffix}", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    draft.chmod(0o666 & ~_umask())  # mkstemp makes it private; what is written follows the folder's habit
    return draft


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> ExportFileError:
    if error.errno == errno.ENOSPC:
        return ExportFileError(
            mark("The disk is full: nothing was written to {path}. Free some space and try again."), path=path
        )
    if not path.parent.is_dir():
        return ExportFileError(
            mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent
        )
    return ExportFileError(
        mark("{path} cannot be written ({error}). Choose another folder."), path=path, error=error.strerror or error
    )
