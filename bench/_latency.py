"""A line with a latency and a rate, which counts what passes: bytes arrive late, and none waits for an answer."""

from __future__ import annotations

import math
import queue
import socket
import threading
import time
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
_WAITING = 256
"""Pieces under way, of 64 kB at most: who sends faster than the line carries has to wait."""


class SlowLine:
    """Listens on ``port`` and passes on to the server's; a context manager that closes every connection."""

    def __init__(self, server_port: int, round_trip_s: float, bytes_per_s: float = math.inf) -> None:
        self.sent = 0
        """Bytes from the client to the server, and ``received`` the other way."""
        self.received = 0
        self.turns = 0
        """How many times the client spoke after the server did: the round trips that someone waited for."""
        self._server_port = server_port
        self._delay_s = round_trip_s / 2
        self._bytes_per_s = bytes_per_s
        self._is_clients_turn = True
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listener, *self._sockets):
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection((LOOPBACK, self._server_port))
            self._sockets += [client, server]
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._join(client, server, upwards=True)
            self._join(server, client, upwards=False)

    def _join(self, source: socket.socket, target: socket.socket, *, upwards: bool) -> None:
        waiting: queue.Queue[tuple[float, bytes]] = queue.Queue(_WAITING)
        threading.Thread(target=self._read, args=(source, waiting, upwards), daemon=True).start()
        threading.Thread(target=self._write, args=(target, waiting), daemon=True).start()

    def _read(self, source: socket.socket, waiting: queue.Queue[tuple[float, bytes]], upwards: bool) -> None:  # noqa: FBT001
        while True:
            try:
                part = source.recv(1 << 16)
            except OSError:
                part = b""
            if upwards:
                self.sent += len(part)
                self.turns += bool(part) and self._is_clients_turn
            else:
                self.received += len(part)
            self._is_clients_turn = not upwards
            waiting.put((time.monotonic() + self._delay_s, part))
            if not part:
                return

    def _write(self, target: socket.socket, waiting: queue.Queue[tuple[float, bytes]]) -> None:
        while True:
            at, part = waiting.get()
            time.sleep(max(0.0, at - time.monotonic()) + len(part) / self._bytes_per_s)
            try:
                if not part:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(part)
            except OSError:
                return
