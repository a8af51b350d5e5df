"""What the functions of the shared workspace refuse as a whole, as sentences: the SQLSTATE of class RS."""

from __future__ import annotations

from ..core.i18n import mark
from ..core.sync.news import Action
from ..core.sync.ports import BusyError, RefusedError
from ..core.sync.welcoming import REFUSALS
from .fault import Fault

_NO_ACCESS = Fault(
    mark("The login “{login}” has no access to the shared workspace of {where}. Its administrator has to grant it."),
)
_BEGIN_ANEW = Fault(
    mark(
        "The shared database {where} has to be read again from the beginning. Synchronise again: your edits are kept."
    ),
    action=Action.REBASE,
)
_SOMEONE_ELSE = Fault(
    mark(
        "This workspace, or the file of which it is a copy, speaks to {where} in the name of another login than "
        "“{login}”. Use the connection with which it was attached; else detach it and attach it again. Everybody "
        "attaches a file of their own, not a copy of somebody else's."
    )
)
_NOT_ADMIN = Fault(
    mark("The login “{login}” does not administrate the shared database {where}. Use the connection of who does.")
)
_NO_SUCH_LOGIN = Fault(
    mark(
        "The server {where} knows no such login, or it has no access ({reason}). Correct its name, or have it made "
        "first (CREATE ROLE … LOGIN)."
    )
)
_NO_SUCH_ACCESS = Fault(mark("What is to be granted does not exist at {where} ({reason}). Correct it."))
_NOT_TO_BE_HANDED = Fault(
    mark(
        "{where} does not keep what is handed over ({reason}): nothing was kept. Export the list, and give the file to "
        "the administrator."
    )
)
_NOT_HANDED = Fault(mark("This is not among what was handed over at {where} any more. Read the list again."))
_DAMAGED = Fault(mark("What was sent to {where} was damaged on its way. Try again."), BusyError)
_OTHER_CONTENT = Fault(
    mark(
        "What this workspace sends again to {where} is not what it sent before under the same name: what the file kept "
        "of it was damaged, or changed otherwise than by this plugin. Nothing was written. Keep the file and all its "
        "copies as they are, and tell the administrator before going on."
    )
)
_TOO_MUCH = Fault(
    mark(
        "{where} does not take as much at once ({reason}): nothing was written, and your changes are kept. Update this "
        "plugin, then synchronise again; if this lasts, tell the administrator."
    )
)
_NOT_UNDERSTOOD = Fault(
    mark(
        "{where} does not understand what this plugin sends ({reason}): nothing was written, your changes are kept. "
        "Update this plugin, then synchronise again; if this lasts, tell the administrator."
    )
)

PROTOCOL: tuple[tuple[str, Fault], ...] = (
    ("RS001", _NO_ACCESS),
    ("RS002", _BEGIN_ANEW),
    ("RS004", _OTHER_CONTENT),
    ("RS005", _SOMEONE_ELSE),
    ("RS006", _DAMAGED),
    ("RS007", _TOO_MUCH),
    ("RS008", _NOT_UNDERSTOOD),
    ("RS009", _BEGIN_ANEW),
    ("RS032", _NOT_ADMIN),
    ("RS033", _NO_SUCH_LOGIN),
    ("RS034", _NO_SUCH_ACCESS),
    ("RS060", _NOT_TO_BE_HANDED),
    ("RS061", _NOT_HANDED),
)

OTHER_VERSION = "RS003"
"""The SQLSTATE of what is sent in another version of the data."""


def of_versions(reason: str) -> RefusedError:
    """Return the error of ``OTHER_VERSION``, in the words of a greeting; ``reason`` reads ``upgrade_plugin 1 < 2``."""
    name, _, versions = reason.partition(" ")
    return RefusedError(REFUSALS[Action(name)], Action(name), reason=versions)
