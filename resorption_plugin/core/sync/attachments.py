"""The contents of photos: exchanged with the shared database after the rows, in pieces, each file whole or not at all.

A content is known by its SHA-256 alone, so that sending it twice, or from two places at once, is sending it once. What
was cut goes on where it stopped. Nothing here deletes a photo.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from ..errors import ResorptionError
from ..i18n import mark
from ..ports import Feedback, stop_if_cancelled
from .ports import Probe, SyncError, unwatched

PIECE_BYTES = 1 << 20
MOST_BYTES = 20 << 20
"""Choice of this plugin: a photo of 24 million pixels as a telephone saves it takes some 10 MB."""


class PhotoError(SyncError):
    """A photo that cannot be exchanged as it is; the others are."""


class PhotoState(Enum):
    """Where the content of a photo is; the value is what the workspace keeps of an exchange."""

    LOCAL = "local"
    """Here only."""
    SENDING = "sending"
    """Here; the shared database has a part of it."""
    SAFE = "safe"
    """The shared database has confirmed that it holds all of it."""
    COMING = "coming"
    """Not here: the shared database has it, or waits for it from whoever took the photo."""
    MISSING = "missing"
    """Not here any more, or never taken in; no exchange finds that, only a look at the folder."""


TO_SEND = frozenset({PhotoState.LOCAL, PhotoState.SENDING})
"""The states of the photos that would be lost with this computer."""


def seen(noted: PhotoState | None, *, is_here: bool) -> PhotoState:
    """Return where a content is today: what the last exchange noted, and whether the file is here now."""
    if is_here:
        return noted if noted in (PhotoState.SENDING, PhotoState.SAFE) else PhotoState.LOCAL
    return PhotoState.COMING if noted is PhotoState.COMING else PhotoState.MISSING


@dataclass(frozen=True, slots=True)
class Photo:
    """The content that a row of the layer ``photo`` tells of."""

    sha256: str
    name: str
    """What people call it; its extension may be wrong."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the shared database holds of a content that this login may read."""

    size: int
    """In bytes; 0 when nothing of it came yet."""
    pieces: frozenset[int] = frozenset()
    is_complete: bool = False
    """All of it is there, and its hash was computed again there."""


class PhotoShelf(Protocol):
    """The photos of a workspace. All raise ``WorkspaceError``; ``PhotoError`` where it says so."""

    def photos(self) -> Sequence[Photo]:
        """Return the contents that the rows tell of."""

    def size(self, photo: Photo) -> int | None:
        """Return how many bytes the file has, ``None`` when it is not here."""

    def check(self, photo: Photo) -> None:
        """Raise ``PhotoError`` when the file does not hold what its hash says (any more)."""

    def piece(self, photo: Photo, number: int) -> bytes:
        """Return a piece of the file, counted from 0."""

    def received(self, photo: Photo) -> int:
        """Return how many pieces came already, in their order."""

    def receive(self, photo: Photo, number: int, data: bytes) -> None:
        """Put a piece after those received, out of sight."""

    def keep(self, photo: Photo) -> None:
        """Put what was received where photos are; ``PhotoError`` when it is not the photo: nothing is left of it."""

    def note(self, states: Mapping[str, PhotoState]) -> bool:
        """Remember where contents are, by hash; return whether that is news."""

    def arrange(self) -> bool:
        """Make the rows name the files as they are called here; return whether a row changed."""


class PhotoVault(Protocol):
    """The contents in the shared database. Raises as ``RemoteSide`` does; ``PhotoError`` when one is refused."""

    def state(self, hashes: Collection[str]) -> Mapping[str, Stored]:
        """Return what is held of the contents told of by a row that this login may read; the others are left out."""

    def put(self, sha256: str, number: int, size: int, data: bytes) -> None:
        """Give a piece of a content of ``size`` bytes; one that is there already changes nothing."""

    def finish(self, sha256: str) -> bool:
        """Have the hash computed; return whether it is right. Where it is wrong, nothing of the content is left."""

    def get(self, sha256: str, number: int) -> bytes:
        """Return a piece."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What became of the photos."""

    sent: int
    fetched: int
    states: Mapping[str, PhotoState]
    """By hash, of every photo of the workspace."""
    problems: Sequence[ResorptionError] = ()
    """The photos that could not be exchanged, and why."""
    layers: frozenset[str] = frozenset()
    """The layers to show anew: their rows were written, or where their contents are has changed."""


def exchange(shelf: PhotoShelf, vault: PhotoVault, feedback: Feedback, probe: Probe = unwatched) -> Exchanged:
    """Send the photos that the shared database lacks, then fetch those that are not here; the small ones first.

    A photo that cannot be exchanged is told among the ``problems``. Raises ``Cancelled``, ``WorkspaceError`` and what
    ``RemoteSide`` raises: what was exchanged until then stays, and the next time goes on from there.
    """
    photos = {photo.sha256: photo for photo in shelf.photos()}
    work = _Work(shelf, vault, feedback, probe)
    is_news = False
    if photos:
        work.look(photos)
        try:
            work.all_of(work.send, work.to_send)
            work.all_of(work.fetch, work.to_fetch)
        finally:
            is_news = shelf.note(work.states)
    is_news |= shelf.arrange()
    layers = frozenset({"photo"}) if is_news else frozenset[str]()
    return Exchanged(work.sent, work.fetched, work.states, work.problems, layers)


def changed(photo: Photo) -> PhotoError:
    """Return the error of a file that does not hold any more what its hash says."""
    return PhotoError(
        mark(
            "The file of the photo {name} was changed since it was added: it is not shared. "
            "Add the changed file as a new photo."
        ),
        name=photo.name,
    )


def pieces(size: int) -> int:
    """Return how many pieces a content of ``size`` bytes has."""
    return -(-size // PIECE_BYTES)


@dataclass
class _Work:
    """The exchange under way."""

    shelf: PhotoShelf
    vault: PhotoVault
    feedback: Feedback
    probe: Probe
    states: dict[str, PhotoState] = field(default_factory=dict)
    problems: list[ResorptionError] = field(default_factory=list)
    stored: Mapping[str, Stored] = field(default_factory=dict)
    to_send: list[tuple[int, Photo]] = field(default_factory=list)
    to_fetch: list[tuple[int, Photo]] = field(default_factory=list)
    sent: int = 0
    fetched: int = 0
    _done: int = 0
    _all: int = 1

    def look(self, photos: Mapping[str, Photo]) -> None:
        """Find what is here, what is there, and what is left to do."""
        self.stored = self.vault.state(photos)
        for sha256, photo in photos.items():
            size, stored = self.shelf.size(photo), self.stored.get(sha256)
            self.states[sha256] = _state(size, stored)
            if stored is None:
                continue  # its row was not accepted there, or not sent yet
            if size is not None and not stored.is_complete:
                self.to_send.append((size, photo))
            elif size is not None and size != stored.size:
                self.states[sha256] = PhotoState.LOCAL
                self.problems.append(changed(photo))
            elif size is None and stored.is_complete:
                self.to_fetch.append((stored.size, photo))
        self._all = max(sum(pieces(size) for size, _ in (*self.to_send, *self.to_fetch)), 1)

    def all_of(self, step: Callable[[int, Photo], None], found: Iterable[tuple[int, Photo]]) -> None:
        """Exchange each, the small ones first; one that cannot be does not stop the others."""
        for size, photo in sorted(found, key=lambda pair: (pair[0], pair[1].sha256)):
            try:
                if size > MOST_BYTES:
                    raise _too_large(photo, size)
                step(size, photo)
            except PhotoError as error:
                self.problems.append(error)
            else:
                self.states[photo.sha256] = PhotoState.SAFE

    def send(self, size: int, photo: Photo) -> None:
        """Send the pieces that are not there."""
        self.shelf.check(photo)
        there = self.stored[photo.sha256]
        held = there.pieces if there.size == size else frozenset()
        for number in range(pieces(size)):
            if number not in held:
                self.vault.put(photo.sha256, number, size, self.shelf.piece(photo, number))
                self.states[photo.sha256] = PhotoState.SENDING
                self.probe("blob:chunk")
            self._step()
        self.probe("blob:before_finish")
        if not self.vault.finish(photo.sha256):
            self.states[photo.sha256] = PhotoState.LOCAL
            raise _damaged(photo)
        self.probe("blob:after_finish")
        self.sent += 1

    def fetch(self, size: int, photo: Photo) -> None:
        """Fetch the pieces that are not here."""
        for number in range(self.shelf.received(photo), pieces(size)):
            self.shelf.receive(photo, number, self.vault.get(photo.sha256, number))
            self.probe("blob:chunk")
            self._step()
        self.probe("blob:before_keep")
        self.shelf.keep(photo)
        self.fetched += 1

    def _step(self) -> None:
        self._done += 1
        self.feedback.progress(min(self._done / self._all, 1.0))
        stop_if_cancelled(self.feedback)


def _state(size: int | None, stored: Stored | None) -> PhotoState:
    if size is None:
        return PhotoState.COMING
    if stored is None or not (stored.pieces or stored.is_complete):
        return PhotoState.LOCAL
    return PhotoState.SAFE if stored.is_complete else PhotoState.SENDING


def _too_large(photo: Photo, size: int) -> PhotoError:
    return PhotoError(
        mark("The photo {name} takes {size} MB; {limit} MB can be shared. Save it smaller and add it again."),
        name=photo.name,
        size=-(-size >> 20),
        limit=MOST_BYTES >> 20,
    )


def _damaged(photo: Photo) -> PhotoError:
    return PhotoError(
        mark("The photo {name} was damaged on its way. It will be sent again at the next synchronisation."),
        name=photo.name,
    )
