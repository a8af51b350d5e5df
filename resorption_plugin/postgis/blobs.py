"""The contents of photos in the shared database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from ..core.i18n import mark
from ..core.sync.attachments import PhotoError, Stored
from .connection import Server

_STATE = "SELECT sha256, bytes, complete, pieces FROM app.blob_state(%s)"
_PUT = "SELECT app.blob_put(%s, %s, %s, %s)"
_FINISH = "SELECT app.blob_finish(%s)"
_GET = "SELECT app.blob_get(%s, %s)"
_ASKED_AT_ONCE = 5_000
_REFUSALS = "RS04"
"""The SQLSTATEs under which one photo is refused, and no other."""


class ServerPhotos:
    """Implements ``core.sync.attachments.PhotoVault``; each piece is a transaction of its own."""

    def __init__(self, server: Server) -> None:
        """Ask ``server``."""
        self._server = server

    def state(self, hashes: Collection[str]) -> Mapping[str, Stored]:
        asked = list(hashes)
        found: dict[str, Stored] = {}
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            rows = self._server.ask(_STATE, (asked[start : start + _ASKED_AT_ONCE],), is_harmless=True)
            found |= {sha256: Stored(size, frozenset(held), done) for sha256, size, done, held in rows}
        return found

    def put(self, sha256: str, number: int, size: int, data: bytes) -> None:
        self._ask(_PUT, sha256, number, size, psycopg2.Binary(data))

    def finish(self, sha256: str) -> bool:
        return bool(self._ask(_FINISH, sha256))

    def get(self, sha256: str, number: int) -> bytes:
        return bytes(self._ask(_GET, sha256, number))

    def _ask(self, query: str, *values: object) -> Any:
        """Return the one value asked for; whatever is asked here may be asked twice."""
        found = self._server.run(lambda connection: _one(connection, query, values), is_harmless=True)
        if isinstance(found, psycopg2.Error):
            raise PhotoError(
                mark(
                    "The shared database refuses a photo ({reason}). Synchronise again; if this lasts, tell its "
                    "administrator."
                ),
                reason=found.diag.message_primary,
            )
        return found


def _one(connection: Connection, query: str, values: tuple[object, ...]) -> Any:
    with connection.cursor() as cursor:
        try:
            cursor.execute(query, values)
        except psycopg2.Error as error:
            if (error.pgcode or "").startswith(_REFUSALS):
                return error
            raise
        return cursor.fetchall()[0][0]
