"""What a login may do on the shared database, and where: departments, intercommunal bodies (EPCI) and communes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..errors import ParameterError, TerritoryError
from ..i18n import mark
from ..territory import Territory

_EPCI = re.compile(r"(\d{9})(?:@(\w+))?")


class Role(StrEnum):
    """What a login is on the shared database."""

    OFFICER = "officer"
    """Reads its departments, writes in its areas."""
    ADMIN = "admin"
    """Reads and writes everything, grants access, settles any contradiction."""
    AUDITOR = "auditor"
    """Reads everything, the log too, and writes nothing."""


class Right(StrEnum):
    """What has to be granted beside the areas."""

    JUSTICE = "justice"
    OWNERS = "owners"


ROLE_NAMES: Mapping[str, str] = {
    Role.OFFICER: mark("officer"),
    Role.ADMIN: mark("administrator"),
    Role.AUDITOR: mark("auditor"),
}
ROLE_DEEDS: Mapping[str, str] = {
    Role.OFFICER: mark("officer: reads the departments, writes in the areas"),
    Role.ADMIN: mark("administrator: reads and writes everything, gives access"),
    Role.AUDITOR: mark("auditor: reads everything, writes nothing"),
}
RIGHT_FOR: Mapping[str, Right] = {"procedure": Right.JUSTICE, "owner": Right.OWNERS}
"""The right that a layer needs, to be read or written; the shared database says the same (``app.right_for``)."""
RIGHT_NAMES: Mapping[str, str] = {Right.JUSTICE: mark("procedures"), Right.OWNERS: mark("owners")}


@dataclass(frozen=True, slots=True)
class Access:
    """What one login may do; it replaces what the login could do before."""

    login: str
    """An existing login of PostgreSQL."""
    role: Role
    areas: Sequence[str] = ()
    """As ``areas`` gives them."""
    rights: Sequence[Right] = ()
    organisation: str | None = None
    """Opens the messages that are addressed to it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wrote to give access: lists are separated by commas."""

    login: str
    role: Role
    areas: str
    rights: str
    organisation: str

    def access(self, territory: Territory) -> Access:
        """Return what is to be granted.

        Raises ``ParameterError`` for a code or a right that there is not, and for an officer without any area.
        """
        places = areas(_listed(self.areas), territory)
        if not self.login.strip():
            raise ParameterError(mark("Give the login of the person on the server."))
        if self.role is Role.OFFICER and not places:
            raise ParameterError(mark("Give at least one area: without it an officer reads and writes nothing."))
        rights = [_right(name) for name in _listed(self.rights)]
        return Access(self.login.strip(), self.role, places, rights, self.organisation.strip() or None)


def _listed(told: str) -> list[str]:
    return [part.strip() for part in told.split(",") if part.strip()]


def _right(name: str) -> Right:
    try:
        return Right(name.lower())
    except ValueError:
        raise ParameterError(
            mark("There is no right “{name}”. Expected one of: {known}."), name=name, known=", ".join(Right)
        ) from None


def areas(codes: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Return the areas of some codes as the shared database names them, each once.

    A department is ``31``, a commune ``31555``, an EPCI ``243100518@31``: one area for each of its departments. Raises
    ``ParameterError`` for a code that is none of these.
    """
    return tuple(dict.fromkeys(area for code in codes for area in _areas(code.strip().upper(), territory)))


def _areas(code: str, territory: Territory) -> Iterable[str]:
    epci = _EPCI.fullmatch(code)
    if epci:
        departments = territory.epci_departments(epci[1])
        found = [f"{epci[1]}@{department}" for department in departments if epci[2] in (None, department)]
    else:
        found = [code] if _is_known(code, territory) else []
    if not found:
        raise ParameterError(
            mark(
                "“{code}” is no department, intercommunality or commune. Give codes such as 31, 243100518 or 31555, "
                "separated by commas."
            ),
            code=code,
        )
    return found


def _is_known(code: str, territory: Territory) -> bool:
    for look in (territory.department, territory.commune):
        try:
            look(code)
        except TerritoryError:
            continue
        return True
    return False
