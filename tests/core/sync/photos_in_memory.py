"""A shelf of photos and a vault in memory, between which the tests exchange."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from resorption_plugin.core.sync import attachments
from resorption_plugin.core.sync.attachments import Photo, PhotoError, PhotoState, Stored

SIZE = 1_000
"""Bytes of a piece in these tests."""


def photo(content: bytes) -> Photo:
    sha256 = hashlib.sha256(content).hexdigest()
    return Photo(sha256, f"{sha256[:6]}.jpg")


def content(pieces_: float, letter: bytes = b"a") -> bytes:
    return letter * int(SIZE * pieces_)


@dataclass
class Shelf:
    """The folder and the rows of one person."""

    rows: list[Photo] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    coming: dict[str, bytes] = field(default_factory=dict)
    noted: dict[str, PhotoState] = field(default_factory=dict)

    def take(self, data: bytes) -> Photo:
        taken = photo(data)
        self.rows.append(taken)
        self.files[taken.sha256] = data
        return taken

    def photos(self) -> list[Photo]:
        return self.rows

    def size(self, photo: Photo) -> int | None:
        return len(self.files[photo.sha256]) if photo.sha256 in self.files else None

    def check(self, photo: Photo) -> None:
        if hashlib.sha256(self.files.get(photo.sha256, b"")).hexdigest() != photo.sha256:
            raise attachments.changed(photo)

    def piece(self, photo: Photo, number: int) -> bytes:
        return self.files[photo.sha256][number * SIZE : (number + 1) * SIZE]

    def received(self, photo: Photo) -> int:
        return len(self.coming.get(photo.sha256, b"")) // SIZE

    def receive(self, photo: Photo, number: int, data: bytes) -> None:
        self.coming[photo.sha256] = self.coming.get(photo.sha256, b"")[: number * SIZE] + data

    def keep(self, photo: Photo) -> None:
        data = self.coming.pop(photo.sha256, b"")
        if hashlib.sha256(data).hexdigest() != photo.sha256:
            raise PhotoError("damaged")
        self.files[photo.sha256] = data

    def note(self, states: Mapping[str, PhotoState]) -> bool:
        is_news = not states.items() <= self.noted.items()
        self.noted |= states
        return is_news

    def arrange(self) -> bool:
        return False


@dataclass
class Vault:
    """The shared database: who has accepted rows of which contents, and the contents."""

    told: set[str] = field(default_factory=set)
    held: dict[str, dict[int, bytes]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    puts: list[tuple[str, int]] = field(default_factory=list)
    gets: list[tuple[str, int]] = field(default_factory=list)

    def state(self, hashes: Collection[str]) -> dict[str, Stored]:
        return {
            sha256: Stored(self.sizes.get(sha256, 0), frozenset(self.held.get(sha256, ())), sha256 in self.complete)
            for sha256 in hashes
            if sha256 in self.told
        }

    def put(self, sha256: str, number: int, size: int, data: bytes) -> None:
        assert len(data) <= SIZE
        self.puts.append((sha256, number))
        if self.sizes.get(sha256, size) != size:
            self.held.pop(sha256)
        self.sizes[sha256] = size
        self.held.setdefault(sha256, {}).setdefault(number, data)

    def finish(self, sha256: str) -> bool:
        if sha256 in self.complete:
            return True
        if hashlib.sha256(self.whole(sha256)).hexdigest() == sha256:
            self.complete.add(sha256)
            return True
        self.held.pop(sha256)
        self.sizes.pop(sha256)
        return False

    def get(self, sha256: str, number: int) -> bytes:
        self.gets.append((sha256, number))
        return self.held[sha256][number]

    def whole(self, sha256: str) -> bytes:
        return b"".join(data for _, data in sorted(self.held[sha256].items()))
