"""What has to be done before anything is exchanged: by an upgrade, or by a person who looks."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from ..i18n import mark
from ..model import catalogue
from .news import Action, Welcome
from .ports import Emptied, RefusedError, SyncError

REFUSALS = {
    Action.UPGRADE_PLUGIN: mark(
        "The shared database needs a newer version of the plugin ({reason}). Update the plugin; your changes wait here."
    ),
    Action.UPGRADE_WORKSPACE: mark(
        "The shared database needs a newer workspace ({reason}). Open this one again so that it is upgraded; your "
        "changes wait in it."
    ),
    Action.UPGRADE_SERVER: mark(
        "The shared database is older than this plugin ({reason}). Ask its administrator to upgrade it; your changes "
        "wait here."
    ),
    Action.WAIT: mark("The shared database cannot be used now ({reason}). Try again later; your changes wait here."),
}
"""What to say of an action that the server asks for; ``reason`` compares the versions of the data on both sides."""

EMPTIED = mark(
    "Another program took {gone} of the {known} records out of “{layer}”, and no deletion was seen: sending this would "
    "delete them for everybody. Nothing was sent. If they are to go, agree to it (the window of “Synchronise…” asks, "
    "the tool has a box to tick); else take the workspace again from a copy."
)


class Emptying(Enum):
    """What becomes of deletions that nobody was seen making, once they are most of a layer."""

    REFUSED = "refused"
    """A person has to look first."""
    AGREED = "agreed"
    """A person saw them and wants them sent."""


class EmptiedError(SyncError):
    """A program emptied a layer of the workspace: nothing was sent."""


def refuse_unless_welcome(welcome: Welcome) -> None:
    """Raise ``RefusedError`` when something has to be upgraded before anything is exchanged."""
    if welcome.action not in (Action.OK, Action.REBASE):
        raise RefusedError(REFUSALS[welcome.action], action=welcome.action, reason=welcome.reason)


def refuse_emptied(layers: Iterable[Emptied]) -> None:
    """Raise ``EmptiedError`` for the first layer out of which most records went unseen."""
    for one in layers:
        raise EmptiedError(EMPTIED, layer=catalogue.layer(one.layer).plural, gone=one.gone, known=one.known)
