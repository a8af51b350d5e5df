"""A connection to the shared database: made when first needed, made again when it broke, given up when asked."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from ..core.errors import Cancelled
from ..core.ports import Feedback, Silent, stop_if_cancelled
from ..core.sync.ports import SyncError
from . import faults
from .target import Target

T = TypeVar("T")
Query: TypeAlias = str | sql.Composable
Rows: TypeAlias = list[tuple[Any, ...]]

LOOK_S = 0.1
"""How often the user's wish to stop is looked for."""
PATIENCE_S = 2.0
"""How long the server may take to give up a query before the line is cut."""
_LOOK = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "


class Server:
    """The shared database as one login sees it; a context manager that closes the connection.

    Every method raises ``UnreachableError``, ``BusyError`` or ``RefusedError``, whose sentences hold no secret, and
    ``Cancelled``: then the query is stopped on the server too, nobody knows whether it was done, and this is closed.
    """

    def __init__(self, target: Target, feedback: Feedback | None = None) -> None:
        """Connect to nothing yet."""
        self.target = target
        self._feedback = feedback or Silent()
        self._connection: Connection | None = None
        self._is_closed = False
        self._is_pinned = False
        self._streams: list[Generator[bytes, None, None]] = []
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgresql")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self._is_closed = True
        self._forget()
        self._worker.shutdown(wait=False)

    def ask(self, query: Query, values: Sequence[object] = (), *, is_harmless: bool = False) -> Rows:
        """Run a statement in a transaction of its own and return its rows.

        What is ``is_harmless`` is asked once more when the connection kept from before turns out to be broken.
        """
        return self.run(lambda connection: _rows(connection, query, values), is_harmless=is_harmless)

    def run(self, work: Callable[[Connection], T], *, is_harmless: bool = False) -> T:
        """Give the connection, which commits each statement, to ``work`` in another thread."""
        was_kept = self._connection is not None
        failure = None
        try:
            return self._patiently(lambda: work(self._connect()))
        except (psycopg2.Error, OSError) as error:
            failure = error
        is_cut = self._forget_if_cut(failure)
        if is_cut and was_kept and is_harmless and not self._is_pinned:
            return self.run(work)
        # outside the handler: the error of psycopg2 must not follow as a cause, where its text would be shown
        raise faults.on_asking(failure, self.target, is_cut=is_cut)

    def stream(self, work: Callable[[Connection, Callable[[bytes], None]], None]) -> Iterator[bytes]:
        """Give the connection to ``work`` in another thread; yield what it hands over, each part once it is asked for.

        While a part is used here the server goes on, as far as the line holds what it sends: to read ahead in the
        other thread would take the time of this one. Within ``look``, whose end stops what was not read to its end;
        one after the other.
        """
        begun = self._streamed(work)
        self._streams.append(begun)
        return begun

    def _streamed(self, work: Callable[[Connection, Callable[[bytes], None]], None]) -> Generator[bytes, None, None]:
        stop_if_cancelled(self._feedback)
        handover = _Handover()
        future = self._worker.submit(lambda: handover.run(lambda give: work(self._connect(), give)))
        try:
            while (part := self._handed(handover)) is not None:
                yield part
                handover.wanted.release()
        except Cancelled:
            handover.stop()
            self._give_up(future)
            raise
        finally:
            if not future.done():
                handover.stop()
                if not wait([future], timeout=LOOK_S).done:
                    self._stop(future)
                    self._forget()
        failure = None
        try:
            future.result()
        except (psycopg2.Error, OSError) as error:
            failure = error
        if failure is not None:
            raise faults.on_asking(failure, self.target, is_cut=self._forget_if_cut(failure))

    def _end_streams(self) -> None:
        streams, self._streams = self._streams, []
        for begun in streams:
            begun.close()

    def _handed(self, handover: _Handover) -> bytes | None:
        """Return the next part, ``None`` at the end, looking meanwhile whether the user wants to stop."""
        while True:
            with suppress(queue.Empty):
                return handover.parts.get(timeout=LOOK_S)
            stop_if_cancelled(self._feedback)

    @contextmanager
    def look(self, query: Query, values: Sequence[object] = ()) -> Iterator[Rows]:
        """Answer a query, and all that is asked until the end, from one look at the data; nothing can be written.

        The connection is not made again on the way: what follows would come from another look.
        """
        begun = sql.SQL(_LOOK) + (sql.SQL(query) if isinstance(query, str) else query)
        try:
            rows = self.ask(begun, values, is_harmless=True)
            self._is_pinned = True
            yield rows
        finally:
            self._end_streams()
            self._is_pinned = False
            if self._connection is not None:
                with suppress(SyncError, Cancelled):
                    self.ask("ROLLBACK")

    def _connect(self) -> Connection:
        if self._connection is None or self._connection.closed:
            if self._is_pinned:
                raise psycopg2.InterfaceError
            made = connect(self.target)
            if self._is_closed:  # while it was being made
                made.close()
                raise Cancelled
            self._connection = made
        return self._connection

    def _forget_if_cut(self, failure: Exception) -> bool:
        is_cut = self._connection is None or bool(self._connection.closed) or faults.is_of_the_line(failure)
        if is_cut:
            self._forget()
        return is_cut

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg2.Error):
                connection.close()

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do the work in the other thread, looking here whether the user wants to stop."""
        stop_if_cancelled(self._feedback)
        future = self._worker.submit(work)
        while not wait([future], timeout=LOOK_S).done:
            if self._feedback.is_cancelled():
                self._give_up(future)
                raise Cancelled
        return future.result()

    def _give_up(self, future: Future[Any]) -> None:
        self._stop(future)
        self.close()

    def _stop(self, future: Future[Any]) -> None:
        """Ask the server to stop; a server that does not answer loses the line."""
        connection = self._connection
        if connection is not None:
            threading.Thread(target=_cancel, args=(self.target, connection.info.backend_pid), daemon=True).start()
            if not wait([future], timeout=PATIENCE_S).done:
                _cut(connection)
                wait([future], timeout=PATIENCE_S)


class _Handover:
    """Where one thread leaves parts for another, and goes on only once each was used."""

    def __init__(self) -> None:
        self.parts: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.wanted = threading.Semaphore(0)
        self._is_stopped = False

    def run(self, work: Callable[[Callable[[bytes], None]], None]) -> None:
        try:
            work(self._give)
        finally:
            self.parts.put(None)

    def stop(self) -> None:
        """Take nothing any more."""
        self._is_stopped = True
        self.wanted.release()

    def _give(self, part: bytes) -> None:
        if not self._is_stopped:
            self.parts.put(part)
            self.wanted.acquire()


def connect(target: Target) -> Connection:
    """Return a connection that commits each statement. Raises ``SyncError``s whose sentences hold no secret."""
    failure = None
    try:
        connection = psycopg2.connect(**target.settings())
        connection.autocommit = True
    except (psycopg2.Error, OSError, ValueError) as error:
        failure = error
    if failure is not None:
        raise faults.on_connecting(failure, target)
    return connection


def _rows(connection: Connection, query: Query, values: Sequence[object]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


def _cancel(target: Target, process: int) -> None:
    """Ask the server, on a line of its own, to stop a query of this login.

    ``connection.cancel()`` of psycopg2 would stop every thread of this program until the server answers.
    """
    with (
        suppress(psycopg2.Error, OSError),
        closing(psycopg2.connect(**target.settings())) as other,
        other.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_cancel_backend(%s)", (process,))


def _cut(connection: Connection) -> None:
    """Shut the socket down under a query that waits for a server gone silent."""
    with suppress(OSError, psycopg2.Error):
        line = socket.socket(fileno=connection.fileno())
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()
