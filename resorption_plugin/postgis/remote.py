"""The shared database as a session of synchronisation sees it: every question is one of the functions of ``app``."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any, Self

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from ..core.model.catalogue import SCHEMA_VERSION
from ..core.ports import Feedback
from ..core.sync.news import Page, PulledRow, Welcome
from ..core.sync.operations import Batch, Conflict, Result
from ..core.sync.ports import Bucket, Digest, LocalState, Snapshot, Table
from ..core.sync.travelling import Travel, travel, travels
from .connection import Server
from .target import Target, plugin_version

ROWS_AT_ONCE = 5_000
"""Rows of a page: some megabytes at most, and a few pages for a morning of work by others."""
KEPT_IN_MEMORY = 2**19
"""Bytes of a table that are read before they are used: the line holds more, and the server fills it meanwhile."""

_HELLO = "SELECT app.hello(%s::jsonb)"
_PUSH = "SELECT app.push(%s::uuid, %s::uuid, %s::int, %s::uuid, %s::text, %s::text)"
_PULL = "SELECT app.pull(%s::bigint, %s::int)"
_ROWS = "SELECT app.rows(%s::jsonb)"
_UIDS = "SELECT uid::text, hash FROM app.uids(%s::text, %s::int)"
_DIGEST = "SELECT app.revision(), (SELECT jsonb_agg(jsonb_build_array(tbl, bucket, n, x)) FROM app.digest())"
_BEGIN = sql.SQL(
    "SET LOCAL statement_timeout = 0; SELECT app.pull(app.revision(), 1), app.conflicts(), ARRAY({filled})"
)
_FILLED = sql.SQL("SELECT {layer} WHERE EXISTS (SELECT FROM app.{view})")
_COPY = sql.SQL("COPY (SELECT {columns} FROM app.{view}) TO STDOUT")


class PostgresRemote:
    """Implements ``core.sync.ports.RemoteSide``; a context manager that closes the connection.

    Each question costs one round trip, those that need one look at several tables one more. A connection that broke is
    made again at the next question. ``Cancelled`` is raised within seconds when ``feedback`` says so, whatever the
    network does.
    """

    def __init__(self, target: Target, feedback: Feedback | None = None) -> None:
        """Connect at the first question."""
        self.server = Server(target, feedback)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.close()

    def hello(self, state: LocalState) -> Welcome:
        """Say who asks."""
        told = {
            "plugin_version": plugin_version(),
            "schema_version": state.schema_version,
            "plugin_schema_version": SCHEMA_VERSION,
            "device": state.device,
            "counter": state.counter,
            "epoch": state.epoch or None,
            "cursor": state.cursor,
            "chain": state.chain,
            "scope": state.scope,
        }
        return Welcome.from_json(self._answer(_HELLO, json.dumps(told)))

    def push(self, batch: Batch, state: LocalState) -> tuple[int, list[Result]]:
        """Send a batch, and once more when the connection kept from before is broken: it is done only once."""
        values = (batch.uid, state.device, batch.schema_version, state.epoch or None, batch.sha256, batch.payload)
        told = self._answer(_PUSH, *values, is_harmless=True)
        return told["rev"], [Result.from_json(result) for result in told["results"]]

    def pull(self, cursor: int) -> Page:
        """Return what changed after a revision."""
        return Page.from_json(self._answer(_PULL, cursor, ROWS_AT_ONCE, is_harmless=True))

    def rows(self, asked: Collection[tuple[str, str]]) -> list[PulledRow]:
        """Return some rows whole."""
        told = self._answer(_ROWS, json.dumps([list(pair) for pair in asked]), is_harmless=True)
        return [PulledRow.from_json(row) for row in told]

    def uids(self, bucket: Bucket) -> dict[str, int]:
        """Return the hash of each row of a bucket."""
        return dict(self.server.ask(_UIDS, bucket, is_harmless=True))

    def digest(self) -> tuple[int, Digest]:
        """Return the revision and the digests."""
        with self.server.look(_DIGEST) as ((revision, buckets),):
            return revision, {(layer, number): (count, joined) for layer, number, count, joined in buckets or ()}

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give everything this login may read; what is written meanwhile is not seen."""
        filled = sql.SQL(" UNION ALL ").join(
            _FILLED.format(layer=sql.Literal(each.key), view=_view(each)) for each in travels()
        )
        with self.server.look(_BEGIN.format(filled=filled)) as ((page, told, keys),):
            conflicts = tuple(map(Conflict.from_json, told))
            yield Snapshot(page["upto"], page["chain"] or "", map(self._table, sorted(keys, key=_order)), conflicts)

    def _table(self, key: str) -> Table:
        each = travel(key)
        columns = (*each.columns, *each.carried)
        names = sql.SQL(", ").join(map(sql.Identifier, ("uid", "_ver", "_hash", *columns)))
        query = _COPY.format(columns=names, view=_view(each))
        return Table(key, columns, _lines(self.server.stream(partial(_copy, query))))

    def _answer(self, query: str, *values: object, is_harmless: bool = False) -> Any:
        return self.server.ask(query, values, is_harmless=is_harmless)[0][0]


def _view(each: Travel) -> sql.Composable:
    return sql.Identifier(f"wire_{each.key}")


def _order(key: str) -> int:
    return travels().index(travel(key))


class _Gathered:
    """A file in which a COPY writes line after line, handed over in larger parts of whole lines."""

    def __init__(self, give: Callable[[bytes], None]) -> None:
        self._give = give
        self._lines: list[bytes] = []
        self._bytes = 0

    def write(self, line: bytes) -> None:
        self._lines.append(line)
        self._bytes += len(line)
        if self._bytes >= KEPT_IN_MEMORY:
            self.flush()

    def flush(self) -> None:
        part, self._lines, self._bytes = b"".join(self._lines), [], 0
        self._give(part)


def _copy(query: sql.Composable, connection: Connection, give: Callable[[bytes], None]) -> None:
    gathered = _Gathered(give)
    with connection.cursor() as cursor:
        cursor.copy_expert(query, gathered)
    gathered.flush()


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield from part.split(b"\n")[:-1]
