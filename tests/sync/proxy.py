"""Stands between a client and the server, understands where their messages end, and breaks the line where told."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
_UNTYPED_QUESTION = 8
"""Length of the client's question whether the line may be encrypted."""


class Where(Enum):
    """Where in the life of a statement the line breaks."""

    BEFORE = "before"
    """The server never hears of it."""
    MIDDLE = "middle"
    """The server hears half of it."""
    AFTER = "after"
    """The server has done it, and its answer is lost."""


class How(Enum):
    """What the two sides see of a broken line."""

    CLOSED = "closed"
    RESET = "reset"
    SILENT = "silent"
    """Nothing at all: both believe that it stands."""


@dataclass(frozen=True)
class Cut:
    """Breaks the line once, at the n-th statement that matches."""

    where: Where
    statement: str
    how: How = How.CLOSED
    nth: int = 1


class Proxy:
    """Listens on ``port`` and passes on to the server's; a context manager that closes every line."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.latency_s = 0.0
        self.bytes_per_s = 0.0
        """0 for no limit."""
        self.refuses = False
        self.cut: Cut | None = None
        self.cuts = 0
        """How many lines were broken as asked."""
        self._seen = 0
        self._lines: list[_Line] = []
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()
        self.drop()

    def arm(self, cut: Cut | None) -> None:
        """Break the line at the next occasion, or no more."""
        self._seen, self.cut = 0, cut

    def drop(self) -> None:
        """Reset every line that stands."""
        for line in self._lines:
            line.end(How.RESET)
        self._lines.clear()

    def hit(self, statement: bytes) -> Cut | None:
        """Return the cut that this statement calls for; each is made once."""
        cut = self.cut
        if cut is None or not re.search(cut.statement.encode(), statement):
            return None
        self._seen += 1
        if self._seen < cut.nth:
            return None
        self.cut = None
        self.cuts += 1
        return cut

    def delay(self, size: int) -> None:
        """Take the time that so many bytes need."""
        seconds = self.latency_s + (size / self.bytes_per_s if self.bytes_per_s else 0)
        if seconds:
            time.sleep(seconds)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.refuses:
                client.close()
                continue
            try:
                self._lines.append(_Line(self, client, socket.create_connection((LOOPBACK, self.server_port))))
            except OSError:
                client.close()


class _Line:
    """One connection: a thread in each direction."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._cut_after: Cut | None = None
        self._ended = False
        for side in (client, server):  # as libpq does: else each small message waits 40 ms for news of the one before
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for work in (self._upwards, self._downwards):
            threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def end(self, how: How) -> None:
        """Break the line."""
        if self._ended:
            return
        self._ended = True
        if how is How.SILENT:
            return
        for side in (self._client, self._server):
            try:
                if how is How.RESET:
                    side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                # wakes the thread that reads, without which close() would wait for it
                side.shutdown(socket.SHUT_RD if how is How.RESET else socket.SHUT_RDWR)
                side.close()
            except OSError:
                continue

    def _run(self, work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except (OSError, EOFError):
            self.end(How.CLOSED)

    def _upwards(self) -> None:
        head = _read(self._client, 4)
        while struct.unpack(">I", head)[0] == _UNTYPED_QUESTION:
            _read(self._client, 4)
            self._client.sendall(b"N")
            head = _read(self._client, 4)
        self._pass_on(self._server, head + _read(self._client, struct.unpack(">I", head)[0] - 4))
        while True:
            kind, message = _message(self._client)
            cut = self._proxy.hit(message) if kind == b"Q" else None
            if cut is None or cut.where is Where.AFTER:
                self._cut_after = cut
                self._pass_on(self._server, message)
                continue
            if cut.where is Where.MIDDLE:
                self._server.sendall(message[: len(message) // 2])
            self.end(cut.how)

    def _downwards(self) -> None:
        while True:
            kind, message = _message(self._server)
            if self._cut_after is None:
                self._pass_on(self._client, message)
            elif kind == b"Z":  # the server is ready for the next: this one is done
                self.end(self._cut_after.how)

    def _pass_on(self, target: socket.socket, message: bytes) -> None:
        self._proxy.delay(len(message))
        if not self._ended:
            target.sendall(message)


def _message(side: socket.socket) -> tuple[bytes, bytes]:
    head = _read(side, 5)
    return head[:1], head + _read(side, struct.unpack(">I", head[1:])[0] - 4)


def _read(side: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = side.recv(min(size - len(parts), 1 << 16))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
