"""Attaches a workspace to a shared database, exchanges with it, detaches it.

What a workspace remembers is how the connection is called, never a secret: whoever opens it needs a connection of that
name, or a service.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import Cancelled, ResorptionError
from ..core.i18n import mark
from ..core.ports import Feedback, Part, Silent, SystemClock
from ..core.sync import attachments, session
from ..core.sync.attachments import Exchanged
from ..core.sync.news import Page, PulledRow, Welcome
from ..core.sync.ports import LocalState, Probe, Received, RefusedError, Snapshot, UnreachableError, Waiting, unwatched
from ..core.sync.welcoming import Emptying
from ..geopackage.sync.workspace import SyncedWorkspace, is_attached
from ..geopackage.workspace_photos import WorkspacePhotos
from ..postgis.blobs import ServerPhotos
from ..postgis.remote import PostgresRemote
from ..postgis.target import Target
from .attachment import CONNECTION_KEY, NotAttachedError, connection_of, remembered_connection
from .exchanging import exchanging
from .server_connection import is_memorable, target_of
from .taking_in import take_in
from .unsaved_edits import UnsavedEdits

_OTHERS_READ_S = 30.0
"""How long an exchange waits for those who read the file: the checks of 100,000 sites take some seconds."""
_TAKING = frozenset({"pull", "repair", "rebase"})
"""The steps that write what others did."""
_OF_DATA = 0.9
"""The share of the progress that rows take; the rest is for photos."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a synchronisation did."""

    report: session.Report
    photos: Exchanged
    problems: Sequence[ResorptionError]
    """What was left out among the photos, and why."""

    @property
    def layers(self) -> frozenset[str]:
        """Return the layers written in the workspace."""
        return self.report.layers | self.photos.layers


def attach_workspace(workspace: Path, reference: str, feedback: Feedback, unsaved: UnsavedEdits | None = None) -> Done:
    """Bring a workspace and a shared database together, and remember how the connection is called.

    Nothing is written before the server has welcomed it. Stopped later, it goes on from there the next time. Raises
    ``RefusedError`` when the workspace is attached to another database, and what ``synchronise_workspace`` raises.
    """
    name = reference.strip() if is_memorable(reference) else ""
    return _exchange(workspace, reference, feedback, unsaved, _Greeting(is_same_asked=True, remembered=name))


def synchronise_workspace(
    workspace: Path,
    reference: str,
    feedback: Feedback,
    unsaved: UnsavedEdits | None = None,
    emptying: Emptying = Emptying.REFUSED,
) -> Done:
    """Exchange with the shared database by the connection given, else by the one remembered.

    Raises ``NotAttachedError``, ``ParameterError``, ``UnsavedEditsError``, ``SyncError`` (``EmptiedError`` where a
    program emptied a layer, unless a person agreed), ``WorkspaceError``, ``Paused``, and ``Cancelled`` before the
    server has answered; whatever it is, nothing is lost, and the next time goes on from there.
    """
    chosen, remembered = connection_of(workspace, reference), remembered_connection(workspace)
    # the database behind the name may be set back to a backup; another name may mean another database
    is_same_asked = bool(remembered) and chosen != remembered
    return _exchange(workspace, chosen, feedback, unsaved, _Greeting(is_same_asked, emptying=emptying))


def detach_workspace(workspace: Path) -> None:
    """Make a workspace an ordinary file again; its records stay, and a copy is made beside it before.

    What was not sent, decided or mended is then known to the copy only: ask ``waiting_in`` first. Raises
    ``NotAttachedError`` and ``WorkspaceError``.
    """
    if not is_attached(workspace):
        raise NotAttachedError(workspace)
    with SyncedWorkspace.attach(workspace) as local:
        local.detach()
        local.set_meta(CONNECTION_KEY, "")


def waiting_in(workspace: Path) -> Waiting:
    """Say what is left to do in a workspace. Raises ``NotAttachedError`` and ``WorkspaceError``."""
    if not is_attached(workspace):
        raise NotAttachedError(workspace)
    with SyncedWorkspace.attach(workspace) as local:
        return local.waiting()


@dataclass(frozen=True, slots=True)
class _Greeting:
    """What follows from the answer to hello."""

    is_same_asked: bool
    remembered: str | None = None
    """How the workspace is to remember the connection; ``None`` leaves it as it is."""
    emptying: Emptying = Emptying.REFUSED


def _exchange(
    workspace: Path, reference: str, feedback: Feedback, unsaved: UnsavedEdits | None, greeting: _Greeting
) -> Done:
    if unsaved is not None:
        unsaved.refuse()
    with (
        exchanging(workspace),
        _Remote(target_of(reference), feedback, greeting) as remote,
        _Local.attach(workspace, lock_timeout_s=_OTHERS_READ_S) as local,
    ):
        local.unsaved, local.greeting, local.feedback = unsaved, greeting, feedback
        try:
            report = session.synchronise(local, remote, Part(feedback, 0, _OF_DATA), emptying=greeting.emptying)
            photos, problems = _exchange_photos(workspace, remote, Part(feedback, _OF_DATA, 1))
        except Cancelled:
            if not local.is_welcome:
                raise Cancelled from None
            raise session.Paused from None  # in the middle of a question: it may have been done
    return Done(report, photos, [*local.refused, *problems])


def _exchange_photos(
    workspace: Path, remote: PostgresRemote, feedback: Feedback
) -> tuple[Exchanged, Sequence[ResorptionError]]:
    """Exchange the photos; a line that breaks now does not undo what was exchanged before."""
    try:
        done = attachments.exchange(WorkspacePhotos(workspace), ServerPhotos(remote.server), feedback)
    except UnreachableError as error:
        return Exchanged(0, 0, {}), [error]
    return done, done.problems


class _Remote(PostgresRemote):
    """Makes sure that this is the database to which the workspace is attached."""

    def __init__(self, target: Target, feedback: Feedback, greeting: _Greeting) -> None:
        super().__init__(target, feedback)
        self._greeting = greeting

    def hello(self, state: LocalState) -> Welcome:
        welcome = super().hello(state)
        if self._greeting.is_same_asked and state.epoch and welcome.epoch != state.epoch:
            raise RefusedError(
                mark(
                    "{where} is not the shared database to which this workspace is attached, or it was made anew: "
                    "nothing was sent. Use the connection with which it was attached. If it is the right one, ask the "
                    "administrator; once it is certain that the database was made anew, detach the workspace, then "
                    "attach it again."
                ),
                where=self.server.target.where,
            )
        return welcome


class _Local(SyncedWorkspace):
    """Leaves the file as it is until the server has welcomed it: an attachment that fails before leaves no trace.

    It writes nothing under the unsaved edits of a person, be they begun meanwhile.
    """

    unsaved: UnsavedEdits | None = None
    greeting = _Greeting(is_same_asked=False)
    feedback: Feedback = Silent()
    refused: Sequence[ResorptionError] = ()
    """Why photos that other programs added were not taken in."""
    is_welcome = False

    def make(self, probe: Probe) -> None:
        if is_attached(self.path):
            super().make(probe)

    def state(self) -> LocalState:
        state = super().state()
        return state if state.device else replace(state, device=str(uuid.uuid4()))

    def greet(self, welcome: Welcome) -> None:
        self.is_welcome = True
        if self.greeting.remembered is not None:
            self.set_meta(CONNECTION_KEY, self.greeting.remembered)
        super().make(unwatched)
        super().greet(welcome)
        self.refused = take_in(self.path, SystemClock(), self.feedback)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """Look again when all is written: a download may last, and an edit be begun meanwhile."""
        with super()._step(name):
            yield
            if name in _TAKING:
                self._refuse()

    def receive(self, page: Page) -> Received:
        self._refuse()
        return super().receive(page)

    def repair(self, rows: Sequence[PulledRow], asked: Collection[tuple[str, str]]) -> Received:
        self._refuse()
        return super().repair(rows, asked)

    def rebase(self, welcome: Welcome, snapshot: Snapshot, feedback: Feedback) -> Received:
        self._refuse()
        return super().rebase(welcome, snapshot, feedback)

    def _refuse(self) -> None:
        if self.unsaved is not None:
            self.unsaved.refuse()
