"""What a test of the synchronisation plays in: workspaces, the server they share, and what can go wrong between them.

The same stories are played in a world in memory (``memory``) and in one of real workspaces and a real server.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.news import Page, PulledRow, Welcome
from resorption_plugin.core.sync.operations import Batch, Choice, Conflict, Operation, Result
from resorption_plugin.core.sync.patience import Patience
from resorption_plugin.core.sync.ports import (
    Bucket,
    Digest,
    LocalSide,
    LocalState,
    RemoteSide,
    Snapshot,
    UnreachableError,
)
from resorption_plugin.core.sync.wire import Image
from tests.stories.held import Key, Line

AT_ONCE = Patience(when_busy=(0.0,) * 3, when_lost=(0.0,), sleep=lambda _seconds: None)
"""Nobody waits in a test."""


class Killed(BaseException):
    """The program was stopped there; nothing may catch it."""


class Trap:
    """A probe that stops the program once, at the n-th time it comes to a step."""

    def __init__(self) -> None:
        self._step, self._left = "", 0
        self.steps: set[str] = set()
        """Every step that was ever passed."""

    def set(self, step: str, nth: int = 1) -> None:
        self._step, self._left = step, nth

    def lift(self) -> None:
        self._left = 0

    def __call__(self, step: str) -> None:
        self.steps.add(step)
        if step == self._step and self._left > 0:
            self._left -= 1
            if not self._left:
                raise Killed(step)


class Cut(Enum):
    """Where the line to the server breaks."""

    BEFORE = "the server never hears of it"
    AFTER = "the server has done it, and its answer is lost"


class Wire(RemoteSide):
    """A remote side whose line breaks where it is told."""

    def __init__(self, remote: RemoteSide) -> None:
        self.remote = remote
        self._cuts: list[tuple[str, Cut]] = []

    def cut(self, question: str, where: Cut, times: int = 1) -> None:
        """Break the line the next times that something is asked (``push``, ``pull`` …)."""
        self._cuts = [(question, where)] * times

    def mend(self) -> None:
        self._cuts = []

    def _ask(self, question: str, ask: Callable[[], Any]) -> Any:
        where = None
        if self._cuts and self._cuts[0][0] == question:
            where = self._cuts.pop(0)[1]
        if where is Cut.BEFORE:
            raise UnreachableError("The line is cut.")
        answer = ask()
        if where is Cut.AFTER:
            raise UnreachableError("The line is cut.")
        return answer

    def hello(self, state: LocalState) -> Welcome:
        return self._ask("hello", lambda: self.remote.hello(state))

    def push(self, batch: Batch, state: LocalState) -> tuple[int, list[Result]]:
        return self._ask("push", lambda: self.remote.push(batch, state))

    def pull(self, cursor: int) -> Page:
        return self._ask("pull", lambda: self.remote.pull(cursor))

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        return self._ask("snapshot", self.remote.snapshot)

    def digest(self) -> tuple[int, Digest]:
        return self._ask("digest", self.remote.digest)

    def rows(self, asked: Collection[Key]) -> list[PulledRow]:
        return self._ask("rows", lambda: self.remote.rows(asked))

    def uids(self, bucket: Bucket) -> dict[str, int]:
        return self._ask("uids", lambda: self.remote.uids(bucket))


@dataclass(frozen=True)
class Remains:
    """What a workspace keeps and has not exchanged."""

    waiting: tuple[Operation, ...] = ()
    """Of the batches that have no answer."""
    sent: tuple[Operation, ...] = ()
    """Of the batches that have one."""
    quarantined: tuple[tuple[Key, Image], ...] = ()
    """What is set aside: of a refused operation its values, of a row the whole of it."""


class Client(Protocol):
    """A workspace and the person at it."""

    name: str
    login: str
    local: LocalSide
    """Made with ``trap`` as its probe."""
    remote: Wire
    trap: Trap

    def rows(self) -> Mapping[Key, Image]:
        """Return what the person sees, in wire form, of the layers in play."""

    def known(self, key: Key) -> Mapping[str, Any] | None:
        """Return what edits of a row are made on (``LocalRow.known``)."""

    def base(self) -> Mapping[Key, Image]:
        """Return what the server is known to hold."""

    def write(self, key: Key, values: Image | None) -> None:
        """Insert a row, change some of its columns, or delete it (``None``) with what goes with it.

        Raises ``ResorptionError`` when the workspace's own rules refuse it.
        """

    def conflicts(self) -> list[Conflict]:
        """Return the open conflicts known here that this person may decide, but those decided already."""

    def decide(self, conflict: Conflict, choice: Choice, values: Image | None = None) -> Decision:
        """Decide a conflict; ``values`` only for ``EDIT``."""

    def has_raised(self, conflict: Conflict) -> bool:
        """Say whether the edit of a conflict was made in this workspace."""

    def is_in_flight(self) -> bool:
        """Say whether a batch has no answer."""

    def remains(self) -> Remains: ...

    def restart(self) -> None:
        """Open the workspace again after the program was killed."""


class World(Protocol):
    """The server and those who share it."""

    def client(self, login: str) -> Client:
        """Return a new workspace of a login, attached, never synchronised."""

    def copy(self, client: Client) -> Client:
        """Return a second workspace whose file is a copy of another's."""

    def grant(self, login: str, departments: Collection[str]) -> None: ...

    def direct(self, key: Key, values: Image | None) -> None:
        """Change or delete a row on the server as an administrator does, without any workspace."""

    def rows(self) -> Mapping[Key, Image]:
        """Return what the server holds."""

    def visible(self, login: str) -> Collection[Key]:
        """Return the rows that a login may read."""

    def log(self) -> list[Line]:
        """Return the log, oldest line first."""

    def conflicts(self) -> list[Conflict]:
        """Return every conflict, open or not."""

    def epoch(self) -> str: ...

    def backup(self) -> object: ...

    def restore(self, backup: object) -> None:
        """Put a backup in place of the database, as another epoch."""
